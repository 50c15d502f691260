"""What waits of an assessment: at the office of the district, and at each unit."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q

from yishiting.ground.accounts.models import Person
from yishiting.ground.organisations.queries import offices_of
from yishiting.ground.organisations.rules import DESKS
from yishiting.ground.places.models import Level, Place
from yishiting.overview.assessment.models import Assessment, UnitSheet
from yishiting.overview.assessment.queries import open_appeals, sheets_for, unchecked
from yishiting.overview.assessment.states import State
from yishiting.overview.cycle.rows import row_of, told
from yishiting.overview.cycle.shapes import Wait


def waiting_of_assessments(person: Person, today: date) -> list[Wait]:
    """What this person has to do in an assessment, for the district or for their unit."""
    working = DESKS["district"].working
    districts = {
        one.place for one in offices_of(person, today) if one.office in working and one.place.level == Level.DISTRICT
    }
    waits = [wait for place in districts for wait in told(place, _at_the_district(place, today))]
    mine = sheets_for(person, today).filter(
        assessment__state=State.SCORING, self_scored_on=None, assessment__self_until__gte=today
    )
    return waits + [
        Wait(
            "unit_sheet.self_score",
            str(one.assessment),
            one.place,
            one.assessment.counted_on or today,
            one.assessment.self_until,
            kind="unit_sheet",
            pk=str(one.pk),
            thing=one,
        )
        for one in mine
    ]


def _at_the_district(place: Place, today: date) -> list[Any]:
    rows = Assessment.objects.filter(place=place).exclude(state=State.WITHDRAWN)
    going = rows.filter(state__in=(State.SCORING, State.ANNOUNCED))
    to_check = UnitSheet.objects.filter(Exists(unchecked(*going).filter(sheet=OuterRef("pk"))))
    silent = UnitSheet.objects.filter(assessment=OuterRef("pk"), self_scored_on=None)
    ready = Q(state=State.SCORING) & (Q(self_until__lt=today) | ~Exists(silent))
    over = Q(state=State.ANNOUNCED, appeal_until__lt=today)
    unanswered = open_appeals(*going)
    return [
        row_of("assessment.begin", "assessment", rows.filter(state=State.DRAFT), "since", says="place__name"),
        row_of("unit_sheet.check", "unit_sheet", to_check, "assessment__counted_on", says="name"),
        row_of("assessment.announce", "assessment", rows.filter(ready), "self_until", says="place__name"),
        row_of("mark.answer_appeal", "mark", unanswered, "appealed_on", says="label"),
        row_of("assessment.publish", "assessment", rows.filter(over), "appeal_until", says="place__name"),
    ]
