"""Funds and what was booked in them, contracts, payments and gifts of projects; amounts are fen."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import ModelSchema, Router, Schema

from yishiting.doors.api.v1.base import load, needs, page_of, place_with
from yishiting.doors.api.v1.declared import SHAPES, operations
from yishiting.doors.api.v1.shapes import Paged, Standing, Thing
from yishiting.ground.organisations.permissions import reads_money
from yishiting.instruments.funds.models import Fund, Posting, PostingKind, Source
from yishiting.instruments.funds.queries import RELATED, Figures, figures_of, funds_at, postings_of
from yishiting.year.evaluation.models import Reward
from yishiting.year.projects.models import Project
from yishiting.year.spending.models import Contract, Gift, Payment, PaymentFile
from yishiting.year.spending.queries import money_of
from yishiting.year.spending.rules import public_name

router = Router(tags=["经费 funds"])
postings_router = Router(tags=["经费 funds"])
contracts_router = Router(tags=["经费 funds"])
payments_router = Router(tags=["经费 funds"])
gifts_router = Router(tags=["经费 funds"])


class FiguresOut(Schema):
    """What a fund comes to: given = allotted + carried + committed + spent + left."""

    given: int
    allotted: int
    carried: int
    committed: int
    spent: int
    left: int


class FundOut(Thing):
    """A fund of a place, a year and a source, as everybody may read it."""

    place: str
    year: int
    source: Source
    figures: FiguresOut

    @staticmethod
    def resolve_place(fund: Fund) -> str:
        """The code of its place."""
        return fund.place.code

    @staticmethod
    def resolve_figures(fund: Fund) -> Figures:
        """What it comes to now."""
        return figures_of([fund])[fund.pk]


class PostingOut(Thing):
    """An amount that went from one account to another."""

    kind: PostingKind
    fen: int
    booked_on: date
    basis: str
    debit: str
    credit: str
    reverses_id: UUID | None

    @staticmethod
    def resolve_debit(posting: Posting) -> str:
        """Where it went."""
        return f"{posting.debit.fund.place.code} {posting.debit}"

    @staticmethod
    def resolve_credit(posting: Posting) -> str:
        """Where it came from."""
        return f"{posting.credit.fund.place.code} {posting.credit}"


class ContractOut(ModelSchema, Standing):
    """A contract at the desk."""

    project_id: UUID

    class Meta:
        model = Contract
        fields = ["number", "title", "payee", "private_payee", "fen", "signed_on"]


class PaymentOut(ModelSchema, Standing):
    """A payment at the desk."""

    contract_id: UUID
    milestone_id: UUID
    fen: int

    class Meta:
        model = Payment
        fields = ["asked_on", "approved_on", "paid_on", "voucher", "reason"]

    @staticmethod
    def resolve_fen(payment: Payment) -> int:
        """The amount of its milestone."""
        return payment.milestone.fen


class GiftOut(ModelSchema, Thing):
    """A gift at the desk."""

    project_id: UUID

    class Meta:
        model = Gift
        fields = ["kind", "giver", "what", "fen", "hours", "basis", "received_on", "withdrawn_on"]


class PaymentFileOut(ModelSchema, Thing):
    """What became of each row of a file of payments."""

    class Meta:
        model = PaymentFile
        fields = ["name", "lines", "matched", "unmatched", "taken_on"]


class RewardOut(ModelSchema, Thing):
    """What a review earned a project."""

    project_id: UUID
    review_id: UUID

    class Meta:
        model = Reward
        fields = ["fen", "rules_label"]


class SourceOfMoneyOut(Schema):
    """What one source gave to a project, and its share of all the cash in per cent."""

    place: str
    source: str
    year: int
    given: int
    paid: int
    share: str


class SignedOut(Schema):
    """A contract as everybody may read it."""

    number: str
    payee: str
    fen: int
    signed_on: date


class ProjectMoneyOut(Schema):
    """The money of a project: granted + given = paid + left; gifts in kind and hours stand apart."""

    planned: int | None
    granted: int
    given: int
    contracted: int
    paid: int
    left: int
    in_kind: int
    hours: int
    sources: list[SourceOfMoneyOut]
    contracts: list[SignedOut]


@router.get("/", response=Paged[FundOut], summary="各级资金")
def funds(request: HttpRequest, place: str, page: int = 1, size: int = 50) -> dict[str, Any]:
    """The funds of a place and of everything below it, the newest year first."""
    return page_of(funds_at(place_with(place)), page, size)


@router.get("/{uuid:pk}/postings", response=Paged[PostingOut], summary="一笔资金的账目")
def fund_postings(request: HttpRequest, pk: UUID, page: int = 1, size: int = 50) -> dict[str, Any]:
    """What was booked in a fund, the newest first; for those who read the accounts."""
    fund = load(Fund, pk, *RELATED)
    needs(request, reads_money, fund)
    return page_of(postings_of(fund), page, size)


@router.get("/of-project/{uuid:pk}", response=ProjectMoneyOut, summary="一个项目的经费")
def project_money(request: HttpRequest, pk: UUID) -> dict[str, Any]:
    """The money of a project to the fen, as everybody may read it."""
    project = load(Project, pk, "place")
    money = money_of(project)
    sources = [
        {"place": one.place.code, **{name: getattr(one, name) for name in ("source", "year", "given", "paid", "share")}}
        for one in money.parts
    ]
    signed = [
        {
            "number": one.number,
            "payee": public_name(one.payee, private=one.private_payee),
            "fen": one.fen,
            "signed_on": one.signed_on,
        }
        for one in project.contracts.all()
    ]
    names = ("planned", "granted", "given", "contracted", "paid", "left", "in_kind", "hours")
    return {**{name: getattr(money, name) for name in names}, "sources": sources, "contracts": signed}


SHAPES[PaymentFile], SHAPES[Reward] = PaymentFileOut, RewardOut
SHAPES[Fund], SHAPES[Posting] = FundOut, PostingOut
SHAPES[Contract], SHAPES[Payment], SHAPES[Gift] = ContractOut, PaymentOut, GiftOut
operations(router, Fund, related=RELATED)
operations(postings_router, Posting, related=("place", "debit__fund__place", "credit__fund__place"))
operations(contracts_router, Contract, related=("place", "project__place"))
operations(payments_router, Payment, related=("place", "milestone", "contract__project__place"))
operations(gifts_router, Gift, related=("place", "project__place"))
