"""Who grants, contracts, asks, approves and pays: never one person all of it."""

from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.predicates import Permissions, Predicate, Question
from yishiting.ground.files.permissions import read_by
from yishiting.ground.organisations.permissions import holds_above, keeps_accounts, leads_here, reads_money
from yishiting.ground.organisations.rules import ACCOUNTS
from yishiting.year.projects.permissions import works_on_it
from yishiting.year.spending.models import Contract, Gift, Payment, PaymentFile


def _is_another(ask: Question) -> bool:
    asked = getattr(ask.thing, "asked_by_id", None)
    return asked is None or not isinstance(ask.actor, Person) or ask.actor.pk != asked


#: Whoever asked for a payment does not approve it.
did_not_ask = Predicate(
    _is_another,
    _("不是申请支付的人"),
    _("申请支付和审批要由两个人办。这一笔是您申请的，请另一位负责人审批。"),
)
#: Money of the place or of one above it is granted by whoever keeps the accounts there.
keeps_accounts_here_or_above = holds_above(*ACCOUNTS)

MAY: Permissions = {
    "grant.make": keeps_accounts_here_or_above,
    "grant.release": keeps_accounts_here_or_above,
    "gift.enter": works_on_it | keeps_accounts_here_or_above,
    "gift.withdraw": works_on_it | keeps_accounts_here_or_above,
    "contract.sign": works_on_it,
    "contract.end": works_on_it,
    "payment.ask": works_on_it,
    "payment.approve": leads_here & did_not_ask,
    "payment.send_back": leads_here | keeps_accounts,
    "payment.pay": keeps_accounts & did_not_ask,
    "payment.take_in": keeps_accounts,
    "fund.allot_many": keeps_accounts,
    "payment.reverse": keeps_accounts,
}

read_by(reads_money, Contract, Payment, Gift, PaymentFile)
