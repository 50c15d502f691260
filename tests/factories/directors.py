"""Sittings of the directors' meeting of 麦子店街道, and who sits there."""

from datetime import date
from typing import Any

from django.utils import timezone

from tests.cast import OPERATOR, Cast, person
from yishiting.ground.accounts.models import Person
from yishiting.ground.organisations.actions import appoint
from yishiting.ground.organisations.models import Office, Organisation, OrganisationKind
from yishiting.ground.places.models import ResponsibleLevel
from yishiting.year.directors.actions import begin_sitting, call_sitting, put_down
from yishiting.year.directors.models import Sitting
from yishiting.year.suggestions.actions import screen_suggestion, take_down_suggestion
from yishiting.year.suggestions.models import Channel, Criterion, Mark, Suggestion
from yishiting.year.suggestions.states import State as SuggestionState

SINCE = date(2025, 1, 1)
HEAD, LEADER = "hezhuren", "liqiang"


def heads(cast: Cast) -> tuple[Person, Person]:
    """何主任, the director, and 李强, a responsible leader of 麦子店街道."""
    found = Person.objects.filter(login__in=(HEAD, LEADER)).order_by("login")
    if found.exists():
        return found[0], found[1]
    head, leader = person(HEAD, "何静"), person(LEADER, "李强")
    appoint(cast.maizidian, by=OPERATOR, person=head, office=Office.SUBDISTRICT_DIRECTOR, since=SINCE)
    appoint(cast.maizidian, by=OPERATOR, person=leader, office=Office.SUBDISTRICT_LEADER, since=SINCE)
    return head, leader


def section(cast: Cast, name: str = "城市管理科") -> Organisation:
    kept, _made = Organisation.objects.get_or_create(
        place=cast.maizidian, name=name, defaults={"kind": OrganisationKind.SECTION}
    )
    return kept


def passed(cast: Cast, text: str = "朝阳公园路要修", level: str = ResponsibleLevel.SUBDISTRICT) -> Suggestion:
    """A suggestion of the subdistrict that has passed the screening and is classed."""
    today = timezone.localdate()
    one = take_down_suggestion(cast.maizidian, by=cast.zhao, channel=Channel.PHONE, text=text, received_on=today)
    marks = {criterion: str(Mark.PASS) for criterion in Criterion.values}
    screen_suggestion(one, by=cast.zhao, **marks, result=SuggestionState.VALID)
    Suggestion.objects.filter(pk=one.pk).update(responsible_level=level)
    one.refresh_from_db()
    return one


def called(cast: Cast, **given: Any) -> Sitting:
    return call_sitting(cast.maizidian, by=cast.zhao, **{"held_on": timezone.localdate(), **given})


def sitting(cast: Cast, *suggestions: Suggestion) -> Sitting:
    """A sitting that has begun, with these on its agenda."""
    head, leader = heads(cast)
    made = called(cast)
    if suggestions:
        put_down(made, by=cast.zhao, suggestions=list(suggestions))
    return begin_sitting(made, by=cast.zhao, chaired_by=head, present=[leader, cast.zhao])
