"""What waits to be screened, looked at again, answered."""

from datetime import date
from typing import Any

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.days import said
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.organisations.models import Appointment, Office, Organisation, OrganisationKind
from yishiting.ground.places.models import Place
from yishiting.ground.seasons.due_days import due_after
from yishiting.ground.seasons.queries import rules_for
from yishiting.year.suggestions.models import Appeal, Category, Screening, Suggestion, Supplement
from yishiting.year.suggestions.queries.class_versions import in_force
from yishiting.year.suggestions.queries.limits import last_result_on
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


def past_in_words(suggestion: Suggestion) -> str:
    """The words of a suggestion and all that came after them, as one reads before deciding."""
    screenings, supplements, appeals = past_of(suggestion)
    found, added, screened, appealed, comma = [suggestion.text], _("本人补充"), _("初审"), _("申请复核"), _("，")
    found += [f"{added}（{said(one.added_on, 'plain')}）\n{one.text}" for one in supplements]
    for one in screenings:
        marks = _("；").join(f"{criterion}：{mark}" for criterion, mark in one.said_marks)
        found.append(f"{screened}（{said(one.screened_on, 'plain')}{comma}{one.screened_by}）\n{marks}\n{one.reason}")
    found += [f"{appealed}（{said(one.received_on, 'plain')}）\n{one.text}\n{one.decision}" for one in appeals]
    return "\n\n".join(part.strip() for part in found)


def open_appeals(place: Place) -> "QuerySet[Suggestion]":
    """Suggestions whose proposers asked for a second look, the first due first, with the appeal and what it is against."""
    rows = Suggestion.objects.filter(place=place, state=State.APPEALED).select_related("place")
    waiting = Prefetch("appeals", Appeal.objects.filter(decided_on=None), to_attr="waiting")
    decided = Prefetch("screenings", Screening.objects.select_related("screened_by"), to_attr="decided")
    return rows.prefetch_related(waiting).prefetch_related(decided).order_by("answer_due", "receipt")


def in_charge(place: Place) -> "QuerySet[Person]":
    """Who holds an office today at a place or above it: from among them somebody is made responsible."""
    held = Appointment.objects.in_force(timezone.localdate()).filter(place__division_path__in=place.ancestor_paths())
    nearest = held.filter(person=OuterRef("pk")).order_by("-place__division_path", "office")
    leads = {"office": Subquery(nearest.values("office")[:1]), "at": Subquery(nearest.values("place__short_name")[:1])}
    return Person.objects.filter(pk__in=held.values("person")).annotate(**leads).order_by("name")


def sections(place: Place) -> "QuerySet[Organisation]":
    """The sections, offices and departments at a place or above it that may be given a matter."""
    kinds = (OrganisationKind.SECTION, OrganisationKind.SUBDISTRICT_OFFICE, OrganisationKind.DEPARTMENT)
    here = Organisation.objects.filter(kind__in=kinds, place__division_path__in=place.ancestor_paths(), valid_to=None)
    return here.select_related("place").order_by("-place__division_path", "name")


def nobody_in_charge(suggestion: Suggestion, at: Place | None = None) -> Sentence | None:
    """Where the rules say so, nothing goes past the screening without somebody who answers for it."""
    if suggestion.state != State.VALID or suggestion.responsible_id is not None:
        return None
    if not rules_for(at or suggestion.place).values["suggestion.assign_first"]:
        return None
    return _("请先“确定责任人”：有效建议定下责任领导和科室，再答复、写建议案。")


def leading_words(person: Any) -> str:
    """How one of them is called: by name, place and office, the nearest one."""
    return f"{person.name}（{person.at}{Office(person.office).label}）"


def may_be_chosen() -> "QuerySet[Category]":
    """The classes one may choose: the lowest of each tree, in the version that is in force today."""
    versions = [one.pk for one in in_force(timezone.localdate()).values()]
    lowest = Category.objects.filter(Q(parent__isnull=False) | Q(scheme__key=OWN), scheme__in=versions)
    return lowest.select_related("parent").order_by("-scheme__key", "parent__position", "position")


def appeal_by(suggestion: Suggestion) -> date | None:
    """The last day on which a second look may be asked for; None while there is nothing to appeal against."""
    told = last_result_on(suggestion)
    if suggestion.state not in (State.TRANSFERRED, State.NOT_ADMISSIBLE) or told is None:
        return None
    return due_after(told, rules_for(suggestion.place).number("suggestion.appeal_workdays"))


def classes() -> list[tuple[str, list[Category]]]:
    """The same by groups: the aspects of the subdistricts by theirs, then the district's own classes."""
    groups: dict[str, list[Category]] = {}
    for one in may_be_chosen().select_related("scheme"):
        groups.setdefault(one.parent.name if one.parent is not None else one.scheme.name, []).append(one)
    return list(groups.items())
