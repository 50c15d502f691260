"""Inquiries by whom they wait for, and the answers kept with a rule."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from yishiting.ground.accounts.models import Person
from yishiting.ground.places.models import Level, Place
from yishiting.instruments.documents.rules import read_receipt
from yishiting.year.dossiers.models import Dossier
from yishiting.year.inquiries.models import Exchange, Inquiry, Part
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.queries import PUBLIC

RELATED = ("place", "asked_at", "dossier")


def offices_above(place: Place) -> "QuerySet[Place]":
    """The places whose office may be asked: the ones above, and for the district its own, nearest last."""
    above = Place.objects.filter(division_path__in=place.ancestor_paths()).exclude(level=Level.COMMUNITY)
    found = above if place.parent_id is None else above.exclude(pk=place.pk)
    return found.order_by("division_path")


def received_at(place: Place) -> "QuerySet[Inquiry]":
    """What the office of a place was asked, what waits longest first."""
    rows = Inquiry.objects.filter(asked_at=place).select_related(*RELATED)
    return rows.order_by("answered_on", "due", "created_at")


def asked_from(place: Place) -> "QuerySet[Inquiry]":
    """What was asked from a place, newest first."""
    return Inquiry.objects.filter(place=place).select_related(*RELATED)


def asked_by(person: Person) -> "QuerySet[Inquiry]":
    """What a person asked, newest first."""
    return Inquiry.objects.filter(asked_by=person).select_related(*RELATED)


@dataclass(frozen=True, slots=True)
class Answered:
    """An inquiry that has an answer, with what was said up to the latest one."""

    inquiry: Inquiry
    said: Sequence[Exchange]


def answers_about(rule: str, place: Place, *, public: bool) -> list[Answered]:
    """What an office of this place or above it has answered about a rule, newest first.

    `public` leaves out what is for desks alone.
    """
    answered = Inquiry.objects.filter(answered_on__isnull=False, asked_at__division_path__in=place.ancestor_paths())
    rows = answered.filter(rule=rule, **({"public": True} if public else {}))
    found = rows.select_related(*RELATED).prefetch_related("exchanges").order_by("-answered_on", "-created_at")
    return [Answered(one, answered_part(one.exchanges.all())) for one in found]


def answered_part(said: Iterable[Exchange]) -> list[Exchange]:
    """What was said up to the latest answer: what was asked after it is between whoever asks and the office."""
    known = list(said)
    answers = [n for n, one in enumerate(known) if one.part == Part.ANSWER]
    return [one for one in known[: answers[-1] + 1] if one.part != Part.ASKED_BACK] if answers else []


def matters_of(place: Place) -> "QuerySet[Dossier]":
    """The files one may ask about from a place: those of the place and of everything below it."""
    return Dossier.objects.filter(origin__division_path__startswith=place.division_path, merged_into=None)


def named(rows: "QuerySet[Dossier]", words: str) -> "QuerySet[Dossier]":
    """Those of this number, by the number of the suggestion they began with, or of a proposal with these words."""
    tabled = Proposal.objects.filter(Q(number__icontains=words) | Q(title__icontains=words), state__in=PUBLIC)
    began = Q(suggestion__receipt=read_receipt(words) or words)
    return rows.filter(Q(number=words) | began | Q(pk__in=tabled.values("dossier")))


def matter_called(dossier: Dossier) -> str:
    """How a file is called: by the proposal in it that the council has before it or behind it, or by its number."""
    tabled = Proposal.objects.filter(dossier=dossier, state__in=PUBLIC).order_by("-created_at").first()
    return f"{tabled.number} {tabled.title}" if tabled is not None else dossier.number
