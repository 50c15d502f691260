"""Who posts notices, who may object, who answers."""

from yishiting.ground.accounts.permissions import anyone, the_clock
from yishiting.ground.common.predicates import Permissions
from yishiting.ground.files.permissions import read_by
from yishiting.ground.organisations.permissions import at_desk
from yishiting.instruments.publicity.models import PublicNotice

MAY: Permissions = {
    "notice.post": at_desk | the_clock,
    "notice.close": at_desk | the_clock,
    "notice.extend": at_desk | the_clock,
    "notice.withdraw": at_desk,
    "objection.raise": anyone,
    "objection.answer": at_desk,
}

read_by(at_desk, PublicNotice)
