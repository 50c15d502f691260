"""A contract within the money of a project, and its end."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.money import amount
from yishiting.ground.common.parameters import Day, Files, Money, YesNo, line
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.row_parameters import Rows
from yishiting.ground.common.verbs import verb
from yishiting.ground.files.actions import attach
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.organisations.actions.naming import WhoHere
from yishiting.instruments.funds.actions.booking import AMOUNT
from yishiting.instruments.funds.rules import is_plain_name
from yishiting.year.projects.models import Project
from yishiting.year.spending.actions.grants import goes_on
from yishiting.year.spending.models import Contract, Milestone
from yishiting.year.spending.permissions import MAY
from yishiting.year.spending.queries import money_of, paid_of
from yishiting.year.spending.states import CONTRACT_LIFECYCLE, TO_BE_PAID

PAYEE = WhoHere(_("收款人"), hint=_("合同上的对方，写全称。"), missing=_("请写明收款的单位或个人。"))
IS_PRIVATE = YesNo(_("收款的是单位还是个人"), yes=_("个人，公开时只写姓"), no=_("单位，公开写全称"))
MILESTONES = Rows(
    _("付款期次"),
    {"title": line(_("付款条件"), most=120), "fen": Money(_("金额（元）"), least=1)},
    spare=3,
    hint=_("一期一行，加起来等于合同金额。最后一行是尾款，年终评议达标以后才能支付。"),
    missing=_("请写明分几期付款、每期多少。"),
)
SCANS = Files(_("合同扫描件"), hint=_("只有工作人员看得到。"))


def refuse_foreign(name: str, field: str) -> None:
    """Refuse a name with signs that belong to no name."""
    if not is_plain_name(name):
        raise Refused(_("名称里不能有 < > { } 这样的符号，请照合同或证件上的写。"), field=field)


@verb("contract.sign", _("登记合同"), MAY, done=_("合同已登记，收款人和金额已公开。"), conditions=(goes_on,))
def sign_contract(
    project: Project,
    *,
    by: Actor,
    title: Annotated[str, line(_("合同内容"), missing=_("请写明做什么、买什么。"))],
    number: Annotated[str, line(_("合同编号"), most=60, missing=_("请写合同编号。"))],
    payee: Annotated[str, PAYEE],
    private_payee: Annotated[bool, IS_PRIVATE],
    fen: Annotated[int, AMOUNT],
    milestones: Annotated[Sequence[Mapping[str, Any]], MILESTONES],
    signed_on: Annotated[date, Day(_("签订日期"), past=True, initial=lambda _project: timezone.localdate())],
    papers: Annotated[Sequence[Any], SCANS] = (),
) -> Contract:
    """Enter a contract: with whom, for what, how much, paid at which milestones; within the money there is."""
    refuse_foreign(payee, "payee")
    _must_add_up(fen, milestones)
    _must_be_covered(project, fen)
    contract = Contract.objects.create(
        project=project,
        place=project.place,
        title=title,
        number=number,
        payee=payee,
        private_payee=private_payee,
        fen=fen,
        signed_on=signed_on,
    )
    Milestone.objects.bulk_create(
        Milestone(contract=contract, position=n, title=one["title"], fen=one["fen"], last=n == len(milestones))
        for n, one in enumerate(milestones, start=1)
    )
    write_entry(
        contract,
        project=str(project.pk),
        amount=fen,
        milestones=len(milestones),
        private={"payee": payee, "title": title},
    )
    for paper in papers:
        attach(contract, paper, by=by, purpose="contract", public=False)
    return contract


def _must_add_up(fen: int, milestones: Sequence[Mapping[str, Any]]) -> None:
    if not milestones:
        raise Refused(MILESTONES.missing, field="milestones")
    together = sum(one["fen"] for one in milestones)
    if together != fen:
        told = {"together": amount(together), "fen": amount(fen), "off": amount(abs(together - fen))}
        raise Refused(_("各期加起来是%(together)s，合同金额是%(fen)s，相差%(off)s。") % told, field="milestones")


def _must_be_covered(project: Project, fen: int) -> None:
    money = money_of(project)
    if fen > money.free:
        told = {"cash": amount(money.cash), "bound": amount(money.contracted), "short": amount(fen - money.free)}
        words = _("这个项目一共有%(cash)s，合同已经占用%(bound)s，还差%(short)s。请先安排经费，再签合同。")
        raise Refused(words % told, field="fen")


def _nothing_on_its_way(contract: Contract) -> Sentence | None:
    if contract.payments.filter(state__in=TO_BE_PAID).exists():
        return _("还有申请中的支付。请先支付或退回，再终止合同。")
    return None


@verb(
    "contract.end",
    _("终止合同"),
    MAY,
    before=lambda contract: _("已付%(paid)s，没有付的不再付。") % {"paid": amount(paid_of(contract))},
    done=_("合同已终止。"),
    kind="danger",
    conditions=(_nothing_on_its_way,),
)
def end_contract(
    contract: Contract,
    *,
    by: Actor,
    reason: Annotated[str, line(_("为什么终止"), most=200, missing=_("请写明为什么终止合同。"))],
) -> Contract:
    """End a contract: what was not paid will not be, and the money is free again."""
    CONTRACT_LIFECYCLE.advance(contract, "contract.end")
    contract.ended_because = reason
    contract.save(update_fields=["state", "ended_because"])
    write_entry(contract, project=str(contract.project_id), amount=paid_of(contract), private={"reason": reason})
    return contract
