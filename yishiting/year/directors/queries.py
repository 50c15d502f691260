"""What waits for the directors, what they have before them, what they have decided."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from yishiting.ground.accounts.models import Person
from yishiting.ground.organisations.models import Appointment, Office
from yishiting.ground.organisations.rules import DESKS
from yishiting.ground.places.models import Level, Place
from yishiting.ground.seasons.queries import rules_for
from yishiting.year.directors.models import Sitting, SittingItem, Topic
from yishiting.year.directors.states import State
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.queries import reported_to
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.suggestions.queries.joining import lying_at
from yishiting.year.suggestions.states import State as SuggestionState

RELATED = ("place", "chaired_by")
LIVE = (State.CALLED, State.OPEN)


def directors_name(place: Place) -> bool:
    """Whether it is the directors' meeting that names who answers for a matter at this place."""
    return place.level == Level.SUBDISTRICT and bool(rules_for(place).values["suggestion.assigned_by_directors"])


def sittings_of(place: Place) -> "QuerySet[Sitting]":
    """The sittings of a place, newest first, with how many items stand on the agenda and how many are decided."""
    stands = Q(items__taken_off_because="")
    rows = Sitting.objects.filter(place=place).select_related(*RELATED)
    counted = rows.annotate(
        item_count=Count("items", filter=stands),
        decided_count=Count("items", filter=Q(items__decided_on__isnull=False)),
    )
    return counted.order_by("-held_on", "-created_at")


def items_of(sitting: Sitting) -> "QuerySet[SittingItem]":
    """The agenda with its decisions, in order; what was taken off is left out."""
    rows = SittingItem.objects.filter(sitting=sitting, taken_off_because="")
    return rows.select_related("suggestion__place", "proposal__place", "responsible", "section", "place")


def undecided(sitting: Sitting, *topics: Topic) -> "QuerySet[SittingItem]":
    """What stands on the agenda and nothing is decided on; of these kinds only, where some are named."""
    rows = items_of(sitting).filter(decided_on=None)
    return rows.filter(topic__in=topics) if topics else rows


def without_leader(place: Place) -> "QuerySet[Suggestion]":
    """Valid suggestions of a place, and those it has joined, that nobody answers for yet; special ones need no meeting."""
    here = Q(place=place) | lying_at(place)
    rows = Suggestion.objects.filter(here, state=SuggestionState.VALID, responsible=None, special=None)
    return rows.exclude(responsible_level="").select_related("place").order_by("received_on", "receipt")


def not_before_the_directors(place: Place) -> "QuerySet[Suggestion]":
    """Those that stand on no agenda yet."""
    return without_leader(place).exclude(Exists(_on_an_agenda("suggestion")))


def reported_and_not_named(place: Place) -> "QuerySet[Proposal]":
    """What communities have reported up and no sitting has named anybody for."""
    named = SittingItem.objects.filter(proposal=OuterRef("pk"), place=place, decided_on__isnull=False)
    return reported_to(place).exclude(Exists(named)).exclude(Exists(_on_an_agenda("proposal")))


def _on_an_agenda(name: str) -> "QuerySet[SittingItem]":
    live: dict[str, Any] = {name: OuterRef("pk")}
    return SittingItem.objects.filter(
        taken_off_because="", decided_on=None, sitting__state__in=LIVE, topic=Topic.LEADERS, **live
    )


def may_sit(place: Place) -> "QuerySet[Person]":
    """Everybody who may be there: who holds an office at the desk of the place today, the heads first."""
    held = Appointment.objects.in_force(timezone.localdate()).filter(place=place, office__in=DESKS[place.level].working)
    nearest = held.filter(person=OuterRef("pk")).order_by("office")
    rows = Person.objects.filter(pk__in=held.values("person"))
    return rows.annotate(office=Subquery(nearest.values("office")[:1])).order_by("name")


def may_chair(place: Place) -> "QuerySet[Person]":
    """Who may take the chair: the heads and those who lead with them."""
    return may_sit(place).filter(pk__in=_holding(place, DESKS[place.level].leading))


def leaders(place: Place) -> "QuerySet[Person]":
    """Who may be made the responsible leader: the heads and the responsible leaders of the place."""
    return may_chair(place)


def _holding(place: Place, offices: Iterable[str]) -> Any:
    held = Appointment.objects.in_force(timezone.localdate()).filter(place=place, office__in=tuple(offices))
    return held.values("person")


def with_office(person: Any) -> str:
    """How one of them is called: by name and office."""
    return f"{person.name}（{Office(person.office).label}）"


def named_for(proposal: Proposal) -> SittingItem | None:
    """What the directors last decided of who answers for a proposal."""
    rows = SittingItem.objects.filter(proposal=proposal, topic=Topic.LEADERS, decided_on__isnull=False)
    return rows.select_related("responsible", "section", "sitting").order_by("created_at").last()


def decided_about(suggestions: Sequence[Suggestion], proposals: Sequence[Proposal]) -> list[SittingItem]:
    """What the directors have decided about these, oldest first."""
    if not suggestions and not proposals:
        return []
    rows = SittingItem.objects.filter(Q(suggestion__in=suggestions) | Q(proposal__in=proposals))
    rows = rows.filter(decided_on__isnull=False).select_related("sitting__place", "section", "responsible")
    return list(rows.order_by("created_at"))
