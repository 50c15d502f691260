"""A milestone is asked for, approved by another, paid by who keeps the accounts."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.days import said
from yishiting.ground.common.locks import hold
from yishiting.ground.common.money import amount
from yishiting.ground.common.parameters import A, Day, Files, Ref, Text, line
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.files.actions import attach
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.notices.actions import tell
from yishiting.ground.notices.models import Audience
from yishiting.instruments.funds.actions.booking import account_of, book
from yishiting.instruments.funds.models import AccountKind, PostingKind
from yishiting.instruments.funds.rules import drawn
from yishiting.year.spending.actions.grants import goes_on
from yishiting.year.spending.models import Contract, Draw, Milestone, Payment
from yishiting.year.spending.permissions import MAY
from yishiting.year.spending.queries import accounts_for, not_yet_asked
from yishiting.year.spending.states import LIFECYCLE


def _called(milestone: Milestone) -> str:
    return f"{milestone.position}. {milestone.title} {amount(milestone.fen)}"


def _open_ones(contract: Contract) -> QuerySet[Milestone]:
    return contract.milestones.all()


WHICH = Ref(
    _("哪一期"),
    _open_ones,
    called=_called,
    offered=not_yet_asked,
    initial=lambda contract: not_yet_asked(contract).first(),
    missing=_("请选申请支付哪一期。"),
)
INVOICES = Files(_("发票、验收单"), hint=_("只有工作人员看得到。"))
WHY = line(_("原因"), most=200, missing=_("请写明原因。"))


def _for_a_project_that_goes_on(thing: Contract | Payment) -> Sentence | None:
    contract = thing if isinstance(thing, Contract) else thing.contract
    return goes_on(contract.project)


@verb(
    "payment.ask",
    _("申请支付"),
    MAY,
    done=_("已申请，等待负责人审批。"),
    conditions=(_for_a_project_that_goes_on,),
)
def ask(
    contract: Contract,
    *,
    by: Person,
    milestone: Annotated[A[Milestone], WHICH],
    note: Annotated[str, Text(_("说明"), rows=3, hint=_("付款条件是怎么达到的。"))] = "",
    papers: Annotated[Sequence[Any], INVOICES] = (),
) -> Payment:
    """Ask for the payment of a milestone that is reached."""
    payment = Payment.objects.create(
        contract=contract,
        milestone=milestone,
        place=contract.place,
        asked_on=timezone.localdate(),
        asked_by=by,
        note=note,
    )
    write_entry(payment, project=str(contract.project_id), amount=milestone.fen, private={"note": note})
    for paper in papers:
        attach(payment, paper, by=by, purpose="invoice", public=False)
    return payment


def _what_is_paid(payment: Payment) -> str:
    told = {"payee": payment.contract.payee, "fen": amount(payment.milestone.fen), "title": payment.milestone.title}
    return str(_("付给%(payee)s %(fen)s：%(title)s") % told)


@verb(
    "payment.approve",
    _("审批支付"),
    MAY,
    before=_what_is_paid,
    done=_("已审批，等待财务支付。"),
    conditions=(_for_a_project_that_goes_on,),
)
def approve(payment: Payment, *, by: Person) -> Payment:
    """Approve a payment that somebody else asked for."""
    LIFECYCLE.advance(payment, "payment.approve")
    payment.approved_on, payment.approved_by = timezone.localdate(), by
    payment.save(update_fields=["state", "approved_on", "approved_by"])
    write_entry(payment, project=str(payment.contract.project_id), amount=payment.milestone.fen)
    return payment


@verb("payment.send_back", _("退回支付申请"), MAY, done=_("已退回，可以重新申请。"), kind="danger")
def send_back(payment: Payment, *, by: Actor, reason: Annotated[str, WHY]) -> Payment:
    """Send back what was asked for, with the reason; the milestone may be asked for again."""
    LIFECYCLE.advance(payment, "payment.send_back")
    payment.reason = reason
    payment.save(update_fields=["state", "reason"])
    write_entry(payment, project=str(payment.contract.project_id), private={"reason": reason})
    _tell_who_asked(payment, "send_back", f"退回了，原因：{reason}")
    return payment


VOUCHER = line(_("凭证号"), most=60, hint=_("银行回单或财务凭证的编号。"), missing=_("请写凭证号。"))
PAID_ON = Day(_("支付日期"), past=True, initial=lambda _payment: timezone.localdate())


@verb(
    "payment.pay",
    _("登记支付"),
    MAY,
    before=_what_is_paid,
    done=_("已登记支付，账目和公开页面已更新。"),
    conditions=(_for_a_project_that_goes_on,),
)
def pay(
    payment: Payment,
    *,
    by: Person,
    voucher: Annotated[str, VOUCHER],
    paid_on: Annotated[date | None, PAID_ON] = None,
) -> Payment:
    """Enter that a milestone was paid; the money is drawn from the project's funds in their order."""
    day = paid_on or timezone.localdate()
    if payment.approved_on is not None and day < payment.approved_on:
        told = {"day": said(payment.approved_on, "plain")}
        raise Refused(_("%(day)s才审批，支付日期不能早于审批。") % told, field="paid_on")
    LIFECYCLE.advance(payment, "payment.pay")
    payment.paid_on, payment.booked_on, payment.voucher = day, timezone.localdate(), voucher
    payment.save(update_fields=["state", "paid_on", "booked_on", "voucher"])
    _draw(payment)
    write_entry(payment, project=str(payment.contract.project_id), amount=payment.milestone.fen, on=day.isoformat())
    _tell_who_asked(payment, "pay", "已经支付")
    return payment


def _tell_who_asked(payment: Payment, step: str, what: str) -> None:
    contract, milestone = payment.contract, payment.milestone
    tell(
        payment.asked_by,
        once=f"payment.{step}:{payment.pk}",
        template=f"payment.{step}",
        subject="您申请的支付",
        body=f"“{contract.project.title}”合同{contract.number}第{milestone.position}期{amount(milestone.fen)}{what}。",
        audience=Audience.DESK,
        about=contract.project,
        place_code=payment.place.code,
    )


def _draw(payment: Payment) -> None:
    """Book the payment from the accounts of the project, each as far as it lasts."""
    project, fen = payment.contract.project, payment.milestone.fen
    held = [one for one in accounts_for(project) if one.kind == AccountKind.COMMITTED]
    hold(*held)
    parts = drawn([(one, one.balance) for one in held], fen)
    if (lacks := fen - sum(part for _one, part in parts)) > 0:
        raise Refused(_("这个项目的钱不够付这一期，还差%(short)s。请先安排经费。") % {"short": amount(lacks)})
    moves = [(one, account_of(one.fund, AccountKind.SPENT, project, project.title), part) for one, part in parts]
    basis = str(_("合同%(number)s第%(n)s期") % {"number": payment.contract.number, "n": payment.milestone.position})
    Draw.objects.bulk_create(Draw(payment=payment, posting=one) for one in book(PostingKind.PAY, moves, basis))


@verb(
    "payment.reverse",
    _("冲正支付"),
    MAY,
    before=_("登记错了，或钱已经退回来了，才冲正。原来的支付留在账上，另记一笔相反的。"),
    done=_("已冲正，这一期可以重新申请。"),
    kind="danger",
)
def reverse(payment: Payment, *, by: Actor, reason: Annotated[str, WHY]) -> Payment:
    """Reverse a payment entered wrongly or returned; the money is the project's again."""
    LIFECYCLE.advance(payment, "payment.reverse")
    payment.reason = reason
    payment.save(update_fields=["state", "reason"])
    for draw in payment.draws.select_related("posting__debit__fund", "posting__credit__fund"):
        was = draw.posting
        book(PostingKind.REVERSE, [(was.debit, was.credit, was.fen)], reason, reverses=was)
    write_entry(
        payment, project=str(payment.contract.project_id), amount=payment.milestone.fen, private={"reason": reason}
    )
    return payment
