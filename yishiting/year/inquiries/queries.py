"""Inquiries by whom they wait for, and the answers kept with a rule."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from yishiting.ground.accounts.models import Person
from yishiting.ground.places.models import Level, Place
from yishiting.instruments.documents.rules import read_receipt
from yishiting.year.dossiers.models import Dossier
from yishiting.year.inquiries.models import Exchange, Inquiry, Part
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.queries import PUBLIC

RELATED = ("place", "asked_at", "dossier")
EVER = date(1900, 1, 1)


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


def answers_about(rule: str, place: Place, *, public: bool) -> list[Inquiry]:
    """The inquiries about a rule that an office of this place or above it has answered, newest first.

    Each has what was said up to its latest answer as `said`; `public` leaves out what is for desks alone.
    """
    rows = Inquiry.objects.filter(rule=rule, asked_at__division_path__in=place.ancestor_paths(), answered_on__gt=EVER)
    if public:
        rows = rows.filter(public=True)
    parts = Prefetch("exchanges", to_attr="said")
    found: list[Inquiry] = list(
        rows.select_related(*RELATED).prefetch_related(parts).order_by("-answered_on", "-created_at")
    )
    for one in found:
        setattr(one, "said", answered_part(getattr(one, "said")))  # noqa: B009, B010  # put there by the query
    return found


def answered_part(said: Sequence[Exchange]) -> list[Exchange]:
    """What was said up to the latest answer: what was asked after it is between whoever asks and the office."""
    answers = [n for n, one in enumerate(said) if one.part == Part.ANSWER]
    return [one for one in said[: answers[-1] + 1] if one.part != Part.ASKED_BACK] if answers else []


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
