"""The daily reminders of the oversight list. Not a verb: the daily command calls it; a second run tells nobody."""

from datetime import date, timedelta

from yishiting.ground.common.days import chinese
from yishiting.ground.common.language import in_chinese
from yishiting.ground.notices.actions import in_one_statement
from yishiting.ground.notices.queries import calls_of, steps_told
from yishiting.ground.organisations.rules import DESKS
from yishiting.ground.places.models import Level, Place
from yishiting.year.matters.actions.telling import told_offices, told_units
from yishiting.year.matters.oversight import Owed, longest_ahead, owed_until, stage_of


@in_chinese
def remind_of_owed(today: date) -> int:
    """Remind units, leaders and the office of what is due soon or late, each stage once; gives back of how many."""
    places = Place.objects.filter(level=Level.DISTRICT)
    return sum(_remind(owed, today) for place in places for owed in owed_until(place, _ahead(place, today)))


def _ahead(place: Place, today: date) -> date:
    return today + timedelta(days=longest_ahead(place))


def _remind(owed: Owed, today: date) -> bool:
    """Whether something was said: what was said at this stage is not said again."""
    stage = stage_of(owed, today)
    step = f"oversight.{owed.row.pk}.{owed.due.isoformat()}.{stage}"
    if not stage or steps_told([step]) or calls_of(step):
        return False
    body = _in_words(owed, today)
    desk = DESKS[owed.place.level]
    with in_one_statement():
        told_units(owed.matter, step, owed.units, body)
        told_offices(owed.matter, step, desk.working, body)
    return True


def _in_words(owed: Owed, today: date) -> str:
    days, day = (today - owed.due).days, chinese(owed.due, "plain")
    who = "、".join(one.name for one in owed.units) or "办公室"
    when = f"期限{day}，已超过{days}天" if days > 0 else f"期限{day}"
    return f"督查提醒：“{owed.matter.title}”（{owed.matter.number}）由{who}{owed.what}，{when}。请抓紧办理。"
