"""What waits to be screened, looked at again, answered."""

from datetime import date

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from yishiting.ground.organisations.models import Appointment
from yishiting.ground.places.models import Place
from yishiting.ground.seasons.queries import holidays, rules_for
from yishiting.methods.workdays import add_workdays
from yishiting.year.suggestions.models import Appeal, Category, Screening, Suggestion, Supplement
from yishiting.year.suggestions.states import State

#: The key of the district's own classes.
OWN = "district"


def to_screen(place: Place) -> "QuerySet[Suggestion]":
    """What waits for screening at a place, the first due first."""
    rows = Suggestion.objects.filter(place=place, state=State.RECEIVED)
    return rows.select_related("place", "session", "category").order_by("screen_due", "receipt")


def next_to_screen(place: Place, after: str = "") -> Suggestion | None:
    """The next one of the queue behind this receipt number; from the start again when there is none behind it."""
    here = Suggestion.objects.filter(place=place, receipt=after) if after else Suggestion.objects.none()
    passed = here.values("screen_due", "receipt").first()
    if passed is not None:
        behind = Q(screen_due__gt=passed["screen_due"]) | Q(
            screen_due=passed["screen_due"], receipt__gt=passed["receipt"]
        )
        found = to_screen(place).filter(behind).first()
        if found is not None:
            return found
    return to_screen(place).first()


def past_of(suggestion: Suggestion) -> tuple[list[Screening], list[Supplement], list[Appeal]]:
    """What was decided about a suggestion, what its proposer added, what they appealed against; oldest first."""
    if suggestion.screened_on is None:
        return [], [], []
    return (
        list(suggestion.screenings.select_related("screened_by")),
        list(suggestion.supplements.all()),
        list(suggestion.appeals.select_related("decided_by")),
    )


def open_appeals(place: Place) -> "QuerySet[Suggestion]":
    """Suggestions whose proposers asked for a second look, the first due first, with the appeal and what it is against."""
    rows = Suggestion.objects.filter(place=place, state=State.APPEALED).select_related("place")
    waiting = Prefetch("appeals", Appeal.objects.filter(decided_on=None), to_attr="waiting")
    decided = Prefetch("screenings", Screening.objects.select_related("screened_by"), to_attr="decided")
    return rows.prefetch_related(waiting).prefetch_related(decided).order_by("answer_due", "receipt")


def in_charge(place: Place) -> "QuerySet[Appointment]":
    """The offices held today at a place and above it: from among their holders somebody is made responsible."""
    held = Appointment.objects.in_force(timezone.localdate()).filter(place__division_path__in=place.ancestor_paths())
    return held.select_related("person", "place").order_by("-place__division_path", "office")


def appeal_by(suggestion: Suggestion) -> date | None:
    """The last day on which a second look may be asked for; None while there is nothing to appeal against."""
    if suggestion.state not in (State.TRANSFERRED, State.NOT_ADMISSIBLE) or suggestion.screened_on is None:
        return None
    days = rules_for(suggestion.place).number("suggestion.appeal_workdays")
    return add_workdays(suggestion.screened_on, days, holidays())


def classes() -> list[tuple[str, list[Category]]]:
    """The classes one may choose: the aspects of the subdistricts by their groups, then the district's own classes.

    Of a scheme with several versions the newest is used.
    """
    rows = list(Category.objects.select_related("parent", "scheme", "maps_to"))
    newest = {one.scheme.key: one.scheme_id for one in sorted(rows, key=lambda one: one.scheme.version)}
    groups: dict[str, list[Category]] = {}
    own: dict[str, list[Category]] = {}
    for one in rows:
        if one.scheme_id != newest[one.scheme.key]:
            continue
        if one.parent is not None:
            groups.setdefault(one.parent.name, []).append(one)
        elif one.scheme.key == OWN:
            own.setdefault(one.scheme.name, []).append(one)
    order = {one.name: one.position for one in rows if one.parent is None and one.scheme.key != OWN}
    return [*sorted(groups.items(), key=lambda pair: order[pair[0]]), *own.items()]
