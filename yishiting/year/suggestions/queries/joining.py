"""What the desk of a place may join: its own suggestions, above a community those of the places below it as well."""

from django.db.models import Q, QuerySet

from yishiting.ground.accounts.models import Person
from yishiting.ground.organisations.queries import offices_of
from yishiting.ground.organisations.rules import WORKING
from yishiting.ground.places.models import Level, Place, ResponsibleLevel
from yishiting.ground.places.rules import may_lead
from yishiting.ground.seasons.queries import rules_for
from yishiting.year.dossiers.models import Dossier
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.suggestions.states import MERGEABLE, State

BELOW = {Level.DISTRICT: Level.SUBDISTRICT, Level.SUBDISTRICT: Level.COMMUNITY}
#: Of the places below: what their desks have let in, and what was joined since.
LET_IN = (State.VALID, State.MERGED)
LISTED = (
    "id", "revision", "receipt", "title", "where", "channel", "state", "received_on", "responsible_level",
    "place__name", "place__code", "place__level", "place__run_by", "place__division_path", "merged_into__receipt",
)  # fmt: skip


def joinable_at(place: Place) -> Q:
    """What may be joined at a place: what stands there, and what those below have let in, as far as the rules allow."""
    own = Q(place=place, state__in=MERGEABLE)
    return own if place.level == Level.COMMUNITY else own | from_below(place, (State.VALID,))


def from_below(place: Place, states: tuple[State, ...]) -> Q:
    """Suggestions of the places below in these states: all of them, or what was reported up or is not their duty."""
    below = Q(place__in=Place.objects.under(place).exclude(pk=place.pk), state__in=states)
    if rules_for(place).text("suggestion.joined_from") == "area":
        return below
    theirs = [duty for duty in ResponsibleLevel if may_lead(BELOW[Level(place.level)], duty)]
    not_theirs = Q(responsible_level__in=[duty for duty in ResponsibleLevel if duty not in theirs])
    return below & (not_theirs | Q(dossier__in=Dossier.objects.filter(lies_at=place)))


def suggestions_below(place: Place) -> "QuerySet[Suggestion]":
    """What the places below have let in and this one may join, newest first, as a list shows it."""
    rows = Suggestion.objects.filter(from_below(place, LET_IN)) if place.level in BELOW else Suggestion.objects.none()
    return rows.select_related("place", "merged_into").only(*LISTED).order_by("-received_on", "-receipt")


def lying_at(place: Place) -> Q:
    """Of the places below: what this one has joined or what was reported to it, and stands there."""
    elsewhere = ~Q(place=place) & Q(state=State.VALID)
    return elsewhere & Q(dossier__in=Dossier.objects.filter(lies_at=place).exclude(origin=place))


def desk_of(person: Person, suggestion: Suggestion) -> Place:
    """The widest place from whose desk a person deals with a suggestion; its own where they hold no office above it."""
    held = [one.place for one in offices_of(person) if one.office in WORKING and one.place.contains(suggestion.place)]
    return min(held, key=lambda place: len(place.division_path), default=suggestion.place)
