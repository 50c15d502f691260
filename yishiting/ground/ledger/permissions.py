"""Who may sign the day and who may take the ledger home: anyone may verify it."""

from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.permissions import administers, the_clock, the_operator
from yishiting.ground.common.predicates import Permissions

MAY: Permissions = {
    "ledger.checkpoint": the_clock | the_operator | administers("audit", _("审计管理员")),
}
