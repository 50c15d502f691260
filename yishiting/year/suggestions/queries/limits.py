"""By when the proposer of a suggestion hears: the council's calendar, and the days of the rulebook."""

from datetime import date

from yishiting.ground.places.models import Place
from yishiting.ground.seasons.due_days import due_after
from yishiting.ground.seasons.queries import rules_for
from yishiting.year.councils.queries import serving_here
from yishiting.year.meetings.models import MeetingKind
from yishiting.year.meetings.queries import due_meetings, meetings_ahead
from yishiting.year.suggestions.models import Suggestion


def deliberated_on(place: Place, today: date) -> date | None:
    """By when the council of a place deliberates: the day of the meeting that is planned, else the end of the time in
    which one is due now. None where no council sits, and outside that time."""
    if not serving_here(place, today).exists():
        return None
    planned = meetings_ahead(place).exclude(kind=MeetingKind.REVIEW).filter(starts_at__date__gte=today).first()
    if planned is not None:
        return planned.day
    due = (one for one in due_meetings(place, today.year, today) if one.due.kind == MeetingKind.DELIBERATION)
    return next((one.due.closes for one in due if one.standing == "open"), None)


def answer_by(place: Place, today: date) -> date:
    """The last day on which a suggestion let in today is answered: some working days, after the council where one is due."""
    days = rules_for(place, today).number("suggestion.answer_workdays")
    return due_after(deliberated_on(place, today) or today, days)


def more_by(place: Place, today: date) -> date:
    """The last day on which what is asked for today may be added."""
    return due_after(today, rules_for(place, today).number("suggestion.more_work_workdays"))


def last_result_on(suggestion: Suggestion) -> date | None:
    """When the proposer was last told a result: from then on the days of an appeal count."""
    return suggestion.answered_on or suggestion.screened_on
