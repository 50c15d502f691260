"""The money of a project: planned, granted, given, contracted, paid, left; who waits for a payment; how long steps took."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet, prefetch_related_objects

from yishiting.ground.places.models import Level, Place
from yishiting.ground.seasons.queries import holidays
from yishiting.instruments.funds.models import Account, AccountKind, Fund, Source
from yishiting.instruments.funds.rules import shares
from yishiting.methods.workdays import workdays_between
from yishiting.year.projects.models import Project
from yishiting.year.spending.models import Contract, Gift, GiftKind, Milestone, Payment
from yishiting.year.spending.states import LIVE, ContractState, State

ORDER = list(Source)


@dataclass(frozen=True, slots=True)
class Part:
    """What one source gave to a project in cash, what of it was paid, and its share of all the cash."""

    source: str
    place: Place
    year: int
    given: int
    paid: int
    share: str


@dataclass(frozen=True, slots=True)
class Money:
    """The money of a project in fen: cash = granted + given by others = paid + left."""

    planned: int | None
    granted: int
    given: int
    contracted: int
    paid: int
    left: int
    in_kind: int
    hours: int
    parts: Sequence[Part]

    @property
    def cash(self) -> int:
        """Everything that can be paid with."""
        return self.granted + self.given

    @property
    def free(self) -> int:
        """What no contract binds."""
        return self.cash - self.contracted

    @property
    def is_empty(self) -> bool:
        """Whether nothing was granted or given yet."""
        return not (self.cash or self.in_kind or self.hours or self.contracted)


def accounts_for(project: Project) -> list[Account]:
    """The accounts of a project in every fund, in the order in which they pay."""
    return accounts_of_each([project])[str(project.pk)]


def accounts_of_each(projects: Sequence[Project]) -> dict[str, list[Account]]:
    """The same for several projects, in one query."""
    found: dict[str, list[Account]] = defaultdict(list)
    rows = Account.objects.filter(subject_id__in=[str(one.pk) for one in projects]).select_related("fund__place")
    for one in sorted(rows, key=lambda row: (row.fund.year, ORDER.index(Source(row.fund.source)), str(row.fund_id))):
        found[one.subject_id].append(one)
    return found


def money_of(project: Project) -> Money:
    """What a project was granted and given, contracted for and paid, read anew."""
    return money_of_each([Project.objects.get(pk=project.pk)])[str(project.pk)]


def money_of_each(projects: Sequence[Project]) -> dict[str, Money]:
    """The same for several projects, by their keys, in a number of queries that does not grow with them."""
    prefetch_related_objects(projects, "gifts", "contracts__milestones__payments")
    accounts = accounts_of_each(projects)
    return {str(one.pk): _money(one, accounts[str(one.pk)]) for one in projects}


def _money(project: Project, accounts: Sequence[Account]) -> Money:
    held: dict[Fund, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for one in accounts:
        held[one.fund][one.kind] = one.balance
    sums = {fund: sum(kinds.values()) for fund, kinds in held.items() if sum(kinds.values())}
    parts = [
        Part(fund.get_source_display(), fund.place, fund.year, whole, held[fund][AccountKind.SPENT], share)
        for (fund, whole), share in zip(sums.items(), shares(list(sums.values())), strict=True)
    ]
    given = sum(whole for fund, whole in sums.items() if fund.source == Source.SOCIAL)
    gifts = gifts_of(project)
    return Money(
        planned=project.planned_cost,
        granted=sum(sums.values()) - given,
        given=given,
        contracted=sum(bound_by(one) for one in project.contracts.all()),
        paid=sum(one.paid for one in parts),
        left=sum(kinds[AccountKind.COMMITTED] for kinds in held.values()),
        in_kind=sum(one.fen or 0 for one in gifts if one.kind == GiftKind.GOODS),
        hours=sum(one.hours or 0 for one in gifts),
        parts=parts,
    )


def gifts_of(project: Project) -> list[Gift]:
    """The gifts that count, in the order they came."""
    return [one for one in project.gifts.all() if one.withdrawn_on is None]


def bound_by(contract: Contract) -> int:
    """What a contract binds: in force the whole of it, ended what was paid."""
    return contract.fen if contract.state == ContractState.IN_FORCE else paid_of(contract)


def paid_of(contract: Contract) -> int:
    """What was paid of a contract."""
    return sum(one.fen for one in contract.milestones.all() if any(p.state == State.PAID for p in one.payments.all()))


def not_yet_asked(contract: Contract) -> "QuerySet[Milestone]":
    """The milestones of a contract that are neither paid nor on their way."""
    return contract.milestones.exclude(payments__in=Payment.objects.filter(contract=contract, state__in=LIVE))


def payments_at(place: Place) -> "QuerySet[Payment]":
    """The payments of a place and of everything below it, the newest first."""
    rows = Payment.objects.filter(place__division_path__startswith=place.division_path)
    return rows.select_related(*RELATED)


RELATED = ("place", "milestone", "contract__project__place")


def to_approve(place: Place) -> "QuerySet[Payment]":
    """What was asked for at a place and waits for who leads it."""
    return Payment.objects.filter(place=place, state=State.ASKED).select_related(*RELATED)


def to_pay(place: Place) -> "QuerySet[Payment]":
    """What was approved and waits for who keeps the accounts: at a place, and in the communities directly below it."""
    here = Q(place=place) | Q(place__parent=place, place__level=Level.COMMUNITY)
    return Payment.objects.filter(here, state=State.APPROVED).select_related(*RELATED).order_by("approved_on")


@dataclass(frozen=True, slots=True)
class Took:
    """How many working days the steps of a payment took, or have taken until now."""

    approval: int | None
    payment: int | None


def took(payment: Payment, today: date) -> Took:
    """From asking to approval, from approval to payment; what has not come is counted until today."""
    table, over = holidays(), payment.state in (State.SENT_BACK, State.REVERSED)
    approved = payment.approved_on or (None if over else today)
    approval = workdays_between(payment.asked_on, approved, table) if approved else None
    if payment.approved_on is None:
        return Took(approval, None)
    paid = payment.paid_on or (None if over else today)
    return Took(approval, workdays_between(payment.approved_on, paid, table) if paid else None)


def granted_to_projects(place: Place, year: int) -> "QuerySet[Project]":
    """The projects for which money of a place's funds of a year was set aside."""
    keys = Account.objects.filter(fund__place=place, fund__year=year).exclude(subject_id="").values("subject_id")
    return Project.objects.filter(pk__in=[one["subject_id"] for one in keys]).select_related("place").order_by("number")


def spent_by_project(funds: Iterable[Fund]) -> dict[str, dict[str, int]]:
    """For each project, by its key, what these funds have set aside and paid."""
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    rows: Any = Account.objects.filter(fund__in=list(funds)).exclude(subject_id="")
    for one in rows:
        found[one.subject_id][one.kind] += one.balance
    return found
