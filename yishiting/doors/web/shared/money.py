"""The money of a project as pages show it: its figures, the share of each source, contracts with their parts, gifts."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext as _

from yishiting.doors.web.shared.declared import buttons
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Button, Fact, Words
from yishiting.doors.web.shared.templatetags.yishiting_ui import money as said
from yishiting.ground.common.masking import public_words
from yishiting.year.projects.models import Project
from yishiting.year.spending.models import Contract, Gift, GiftKind, Milestone, Payment
from yishiting.year.spending.queries import Money, Part, gifts_of, money_of_each, took
from yishiting.year.spending.rules import public_name
from yishiting.year.spending.states import LIVE, TO_BE_PAID, State

ON_PROJECT = ("grant.make", "reward.make", "contract.sign", "gift.enter", "grant.release")


@dataclass(frozen=True, slots=True)
class PartOf:
    """One milestone of a contract, the payment it is on or was, and how long its steps took."""

    milestone: Milestone
    standing: Words
    steps: Words
    verbs: list[Button] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Signed:
    """A contract with its parts; whom it pays, as this reader may know it."""

    contract: Contract
    title: str
    payee: str
    parts: list[PartOf]
    verbs: list[Button] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Given:
    """A gift; who gave it, as this reader may know it."""

    gift: Gift
    giver: str
    what: str
    worth: Words
    verbs: list[Button] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class MoneyShown:
    """Everything about the money of a project that a page shows."""

    money: Money
    facts: list[Fact]
    sources: Sequence[Part]
    contracts: list[Signed]
    gifts: list[Given]
    verbs: list[Button] = field(default_factory=list)


def money_shown(projects: Sequence[Project], request: Request | None = None) -> dict[str, MoneyShown]:
    """The money of each of these projects, by its key; with a request of the desk also what may be done."""
    found = money_of_each(projects)
    return {key: _shown(one, found[key], request) for one in projects if (key := str(one.pk)) in found}


def _shown(project: Project, money: Money, request: Request | None) -> MoneyShown:
    verbs = buttons(request, project, *ON_PROJECT, asleep=False, room="desk") if request else []
    return MoneyShown(
        money,
        _facts(money),
        money.parts,
        [_signed(project, one, request) for one in project.contracts.all()],
        [_given(project, one, request) for one in gifts_of(project)],
        verbs,
    )


def _facts(money: Money) -> list[Fact]:
    lines = (
        (_("计划费用"), said(money.planned) if money.planned is not None else _("还没有写")),
        (_("安排的经费"), said(money.granted)),
        (_("社会资金"), said(money.given)),
        (_("已签合同"), said(money.contracted)),
        (_("已支付"), said(money.paid)),
        (_("还没有支付"), said(money.left)),
        *([(_("实物和服务（另计）"), said(money.in_kind))] if money.in_kind else []),
        *([(_("义务劳动（不折成钱）"), _("%(n)s小时") % {"n": money.hours})] if money.hours else []),
    )
    return [Fact(label, value) for label, value in lines]


def _signed(project: Project, contract: Contract, request: Request | None) -> Signed:
    contract.project, contract.place = project, project.place
    words = str if request else public_words
    payee = contract.payee if request else public_name(contract.payee, private=contract.private_payee)
    verbs = buttons(request, contract, asleep=False, room="desk") if request else []
    parts = [_part(contract, one, request) for one in contract.milestones.all()]
    return Signed(contract, words(contract.title), payee, parts, verbs)


def _part(contract: Contract, milestone: Milestone, request: Request | None) -> PartOf:
    payment = _latest(milestone)
    if payment is None:
        return PartOf(milestone, _("还没有申请"), "")
    payment.contract, payment.milestone, payment.place = contract, milestone, contract.place
    verbs = buttons(request, payment, room="desk") if request else []
    return PartOf(milestone, payment.get_state_display(), _steps(payment), verbs)


def _latest(milestone: Milestone) -> Payment | None:
    """The payment that counts, or the last that came to nothing."""
    payments = sorted(milestone.payments.all(), key=lambda one: (one.state in LIVE, one.created_at))
    return payments[-1] if payments else None


def _steps(payment: Payment) -> str:
    """How many working days each step took."""
    steps, told = took(payment, timezone.localdate()), []
    if steps.approval is not None:
        words = _("审批用了%(n)s个工作日") if payment.approved_on else _("等审批已%(n)s个工作日")
        told.append(words % {"n": steps.approval})
    if steps.payment is not None:
        words = _("支付用了%(n)s个工作日") if payment.paid_on else _("等支付已%(n)s个工作日")
        told.append(words % {"n": steps.payment})
    return _("，").join(told) if payment.state in (*TO_BE_PAID, State.PAID) else ""


def _given(project: Project, gift: Gift, request: Request | None) -> Given:
    gift.project, gift.place = project, project.place
    giver = gift.giver if request else public_name(gift.giver, private=gift.private_giver)
    worth = _("%(n)s小时") % {"n": gift.hours} if gift.kind == GiftKind.HOURS else said(gift.fen)
    verbs = buttons(request, gift, "gift.withdraw", asleep=False, room="desk") if request else []
    return Given(gift, giver, gift.what if request else public_words(gift.what), worth, verbs)
