"""One vote in a meeting of the demo: put, keyed by two, announced; and a council that sits already."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from yishiting.ground.accounts.models import Person
from yishiting.ground.places.models import Place
from yishiting.instruments.ballots.actions import enter_tally
from yishiting.year.councils.actions import confirm_entry, enter_term, found_council
from yishiting.year.councils.models import Council
from yishiting.year.councils.roster import Sitting
from yishiting.year.meetings.actions import (
    approve_minutes,
    close_meeting,
    decide_item,
    open_meeting,
    publish_minutes,
    put_to_vote,
    take_attendance,
    take_notes,
)
from yishiting.year.meetings.models import AgendaItem, Attendance, Meeting

Votes = tuple[int, int, int]


def everyone_present(meeting: Meeting, by: Person) -> None:
    """Everyone due has come."""
    sheet = {str(one.pk): Attendance.PRESENT for one in meeting.invitations.all()}
    take_attendance(meeting, by=by, attendance=sheet)


def open_with_everyone(meeting: Meeting, chair: Person) -> None:
    """Those who are due sign in, and the meeting is opened."""
    everyone_present(meeting, chair)
    open_meeting(meeting, by=chair)


def vote(item: AgendaItem | None, chair: Person, clerk: Person, votes: Votes, said: str) -> None:
    """Talk about an item, put it to the vote, key the count by two, announce it."""
    if item is None:
        raise RuntimeError("what is voted on is an agenda item")
    item.refresh_from_db()
    take_notes(item, by=clerk, discussion=said)
    put_to_vote(item, by=chair)
    if item.poll is None:
        raise RuntimeError("an item put to the vote has a poll")
    counts = dict(zip(("for", "against", "abstain"), votes, strict=True))
    for someone in (clerk, chair):
        enter_tally(item.poll, by=someone, counts=counts)
    decide_item(item, by=chair)


def close(meeting: Meeting, chair: Person) -> None:
    """End it, and publish its minutes."""
    close_meeting(meeting, by=chair)
    approve_minutes(meeting, by=chair)
    publish_minutes(meeting, by=chair)


def seated(
    place: Place, by: Person, above: Person, roster: Iterable[Sequence[Any]], begins: date, ends: date, basis: str
) -> Council:
    """A council that sat before the system came: entered by its place, confirmed by the one above."""
    council = found_council(place, by=by, purpose="商量本地的公共事务。", founded_on=begins)
    rows = [Sitting(*row) for row in roster]
    term = enter_term(
        council, by=by, number=3, begins=begins, ends=ends, basis=basis, roster=rows, consents=True
    )  # fmt: skip
    confirm_entry(term, by=above)
    return council
