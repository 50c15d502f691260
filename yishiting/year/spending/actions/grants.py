"""Money is set aside for a project, and taken back where it is not needed."""

from typing import Annotated

from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.money import amount
from yishiting.ground.common.parameters import A, Ref
from yishiting.ground.common.predicates import Question, Sentence
from yishiting.ground.common.refused import NotAllowed, Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.organisations.permissions import keeps_accounts
from yishiting.instruments.funds.actions.booking import AMOUNT, BASIS, account_of, book
from yishiting.instruments.funds.models import Account, AccountKind, Fund, Posting, PostingKind, Source
from yishiting.instruments.funds.queries import left_in
from yishiting.year.projects.models import Project
from yishiting.year.projects.states import State
from yishiting.year.spending.permissions import MAY
from yishiting.year.spending.queries import money_of


def goes_on(project: Project) -> Sentence | None:
    """Nothing is granted, contracted or paid for what was stopped."""
    if project.state != State.STOPPED:
        return None
    return format_lazy(_("项目{number}已经终止，不能再安排经费、签合同或付款。"), number=project.number)


def _funds(project: Project) -> QuerySet[Fund]:
    """The funds of the project's place and of those above it that set money aside for projects."""
    rows = Fund.objects.filter(place__division_path__in=[*project.place.ancestor_paths(), project.place.division_path])
    return rows.exclude(source=Source.SOCIAL).select_related("place").order_by("-year", "-place__code", "source")


def _called(fund: Fund) -> str:
    words = _("%(place)s%(fund)s，可用%(left)s")
    return str(words) % {"place": fund.place.name, "fund": fund, "left": amount(left_in(fund))}


def set_aside(project: Project, fund: Fund, fen: int, basis: str, by: Actor) -> Posting:
    """The posting that sets money of a fund aside for a project, by who keeps the accounts of that fund."""
    _must_keep(by, fund)
    into = account_of(fund, AccountKind.COMMITTED, project, project.title)
    return book(PostingKind.COMMIT, [(account_of(fund, AccountKind.LEFT), into, fen)], basis)[0]


FUND = Ref(
    _("从哪笔资金安排"),
    _funds,
    called=_called,
    missing=_("请选资金。本年度还没有设立资金的，请先在“经费”里设立，登记预算或等上级下达。"),
)


def _must_keep(by: Actor, fund: Fund) -> None:
    refusal = keeps_accounts.why_not(Question(by, fund))
    if refusal is not None:
        raise NotAllowed(refusal)


@verb("grant.make", _("安排经费"), MAY, done=_("已安排，项目页面上可以看到。"), conditions=(goes_on,))
def make_grant(
    project: Project,
    *,
    by: Actor,
    fund: Annotated[A[Fund], FUND],
    fen: Annotated[int, AMOUNT],
    basis: Annotated[str, BASIS],
) -> Project:
    """Set money of a fund aside for a project."""
    set_aside(project, fund, fen, basis, by)
    write_entry(project, amount=fen, source=fund.source, year=fund.year, private={"basis": basis})
    return project


def _set_aside(project: Project) -> QuerySet[Account]:
    rows = Account.objects.of_thing(project.pk).filter(kind=AccountKind.COMMITTED, balance__gt=0)
    return rows.exclude(fund__source=Source.SOCIAL).select_related("fund__place")


def _account_called(account: Account) -> str:
    words = _("%(place)s%(fund)s，已安排未支付%(left)s")
    return str(words) % {"place": account.fund.place.name, "fund": account.fund, "left": amount(account.balance)}


ACCOUNT = Ref(_("收回哪一笔"), _set_aside, called=_account_called, missing=_("请选收回哪一笔。"))


@verb("grant.release", _("收回经费"), MAY, done=_("已收回到原来的资金里。"))
def release_grant(
    project: Project,
    *,
    by: Actor,
    account: Annotated[A[Account], ACCOUNT],
    fen: Annotated[int, AMOUNT],
    basis: Annotated[str, BASIS],
) -> Project:
    """Take back money set aside for a project that no contract needs."""
    _must_keep(by, account.fund)
    refuse_bound(project, fen)
    book(PostingKind.RELEASE, [(account, account_of(account.fund, AccountKind.LEFT), fen)], basis)
    write_entry(project, amount=fen, source=account.fund.source, year=account.fund.year, private={"basis": basis})
    return project


def refuse_bound(project: Project, fen: int) -> None:
    """Refuse to take more from a project than its contracts leave free."""
    free = money_of(project).free
    if free < fen:
        told = {"free": amount(max(0, free)), "fen": amount(fen)}
        raise Refused(_("合同已经占用，只有%(free)s没有合同占用，不能收回%(fen)s。请先终止合同。") % told, field="fen")
