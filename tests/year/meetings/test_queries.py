"""The calendar of due meetings, and lists that cost the same for one row and three."""

from datetime import date, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.conftest import Clock
from tests.factories import meetings
from yishiting.year.meetings.actions import close_meeting
from yishiting.year.meetings.models import ItemKind, MeetingKind
from yishiting.year.meetings.queries import (
    due_meetings,
    invitations,
    invitations_of,
    meetings_of,
    open_tasks,
    published_meetings,
)


def standings(cast: Cast, today: date) -> list[tuple[str, str]]:
    return [(row.due.kind, row.standing) for row in due_meetings(cast.zaobei, 2026, today)]


def test_the_calendar_tells_what_is_due_planned_held_and_late(cast: Cast, clock: Clock) -> None:
    assert standings(cast, date(2026, 3, 5)) == [("deliberation", "open"), ("review", "ahead")]
    assert standings(cast, date(2026, 4, 1)) == [("deliberation", "late"), ("review", "ahead")]
    meeting, item = meetings.opened(cast, clock)
    assert standings(cast, date(2026, 3, 20)) == [("deliberation", "planned"), ("review", "ahead")]
    meetings.voted(cast, item)
    close_meeting(meeting, by=cast.wang)
    assert standings(cast, date(2026, 4, 1)) == [("deliberation", "held"), ("review", "ahead")]


def test_what_was_due_before_a_council_sat_is_not_late(cast: Cast) -> None:
    term = meetings.a_council(cast.zaobei, person=cast.liming).terms.get()
    term.begins = date(2026, 4, 1)
    term.save()
    assert standings(cast, date(2026, 4, 2)) == [("review", "ahead")]
    term.begins = date(2026, 3, 31)
    term.save()
    assert standings(cast, date(2026, 4, 2)) == [("deliberation", "late"), ("review", "ahead")]


def test_each_level_has_its_own_calendar(cast: Cast) -> None:
    assert [row.due.kind for row in due_meetings(cast.district, 2026)] == ["deliberation", "midyear", "review"]
    assert [row.due.opens for row in due_meetings(cast.maizidian, 2026)] == [date(2026, 11, 1), date(2026, 12, 1)]
    assert due_meetings(cast.district, 2026)[1].label == "评估会（年中）"


def test_lists_cost_the_same_for_one_and_for_three(cast: Cast) -> None:
    council = meetings.a_council(cast.zaobei, person=cast.liming)
    meetings.convened(cast, council)

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert [meeting.item_count for meeting in meetings_of(cast.zaobei)]
            assert [one.meeting.place.name for one in invitations_of(cast.liming)]
            for one in invitations(meetings_of(cast.zaobei)[0]):
                assert one.representative.constituency.name
            list(published_meetings(cast.zaobei))
            list(open_tasks(cast.zaobei))
        return len(queries)

    before = cost()
    for n in (1, 2):
        more = meetings.planned(
            cast, council, kind=MeetingKind.AD_HOC, consent="同意", starts_at=meetings.BEGINS + timedelta(days=n)
        )
        meetings.add_item(more, by=cast.liu, kind=ItemKind.REPORT, title="停水")
        meetings.convene_meeting(more, by=cast.wang)
    assert len(invitations_of(cast.liming)) == 3
    assert cost() == before
