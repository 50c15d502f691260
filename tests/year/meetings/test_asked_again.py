"""What was asked once is asked again at the act: who is here, who serves, who comes on the new day."""

from datetime import date, datetime, timedelta

import pytest

from tests.cast import Cast
from tests.conftest import Clock
from tests.factories import meetings
from tests.factories.meetings import BEIJING
from yishiting.ground.common.refused import Refused
from yishiting.year.councils.actions import end_representative
from yishiting.year.councils.choices import Leaving
from yishiting.year.councils.models import Representative
from yishiting.year.meetings import actions
from yishiting.year.meetings.models import Attendance, Invitation, Meeting
from yishiting.year.meetings.queries import members


def sitting_past_midnight(cast: Cast, clock: Clock) -> Meeting:
    meeting, _item = meetings.convened(cast)
    clock.traveller.move_to(datetime(2026, 3, 20, 20, tzinfo=BEIJING))
    meetings.here(cast, meeting, 8)
    actions.open_meeting(meeting, by=cast.wang)
    clock.traveller.move_to(datetime(2026, 3, 21, 0, 40, tzinfo=BEIJING))
    return meeting


def test_whoever_leaves_after_midnight_is_no_longer_counted(cast: Cast, clock: Clock) -> None:
    meeting = sitting_past_midnight(cast, clock)
    gone = {str(one.pk): Attendance.LEFT for one in members(meeting)[:2]}
    actions.take_attendance(meeting, by=cast.liu, attendance=gone)
    with pytest.raises(Refused, match="还差1人"):
        actions.put_to_vote(meeting.items.get(), by=cast.wang)


def test_before_it_opens_the_day_still_counts(cast: Cast, clock: Clock) -> None:
    meeting, _item = meetings.convened(cast)
    clock.traveller.move_to(datetime(2026, 3, 19, 20, tzinfo=BEIJING))
    with pytest.raises(Refused, match="当天"):
        meetings.here(cast, meeting, 8)


def test_whoever_lost_their_seat_before_the_vote_has_none(cast: Cast, clock: Clock) -> None:
    _meeting, item = meetings.opened(cast, clock, present=8)
    seat = Representative.objects.get(name="李明")
    end_representative(seat, by=cast.wang, kind=Leaving.RESIGNED, reason="书面辞去", on=date(2026, 3, 19))
    meetings.voted(cast, item, 5, 1, 1)
    assert "李明" not in {one["name"] for one in item.poll.entitled}
    assert len(item.poll.entitled) == 11
    actions.close_meeting(item.meeting, by=cast.wang)
    assert "应到11人" in item.meeting.minutes


def test_on_a_new_day_everybody_is_asked_anew(cast: Cast) -> None:
    meeting, _item = meetings.convened(cast)
    mine = meeting.invitations.get(person=cast.liming)
    actions.excuse(mine, by=cast.liming, reason="那天出差")
    later = meetings.BEGINS + timedelta(days=7)
    actions.postpone_meeting(meeting, by=cast.wang, starts_at=later, reason="停电")
    actions.convene_meeting(meeting, by=cast.wang)
    mine.refresh_from_db()
    assert mine.attendance == Attendance.EXPECTED


def one_here(meeting: Meeting) -> Invitation:
    return next(one for one in members(meeting) if one.attendance == Attendance.PRESENT)


def test_whoever_leaves_early_was_there(cast: Cast, clock: Clock) -> None:
    meeting, item = meetings.opened(cast, clock, present=8)
    one = one_here(meeting)
    actions.excuse(one, by=cast.liu, reason="家里有事，提前走")
    meetings.voted(cast, item, 5, 1, 1)
    actions.close_meeting(meeting, by=cast.wang)
    assert one.attendance == Attendance.LEFT
    assert f"请假：{one.name}" not in meeting.minutes
    assert "实到8人" in meeting.minutes


def test_whoever_was_counted_in_a_vote_cannot_be_made_absent(cast: Cast, clock: Clock) -> None:
    meeting, item = meetings.opened(cast, clock, present=8)
    one = one_here(meeting)
    meetings.voted(cast, item, 6, 1, 1)
    with pytest.raises(Refused, match="中途离会"):
        actions.take_attendance(meeting, by=cast.liu, attendance={str(one.pk): Attendance.EXCUSED})
    actions.take_attendance(meeting, by=cast.liu, attendance={str(one.pk): Attendance.LEFT})
    assert members(meeting)[0].meeting.present_count == 7
