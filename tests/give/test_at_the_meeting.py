"""Who is there, who has a vote, who was asked: asked again when it matters."""

from datetime import date, datetime, timedelta

import pytest

from tests.cast import Cast
from tests.conftest import BEIJING, Clock
from tests.factories import meetings
from tests.factories import projects as F
from yishiting.ground.common.refused import Refused
from yishiting.year.councils.actions import end_representative
from yishiting.year.councils.models import Leaving, Representative
from yishiting.year.meetings import actions
from yishiting.year.meetings.models import Attendance
from yishiting.year.meetings.queries import members
from yishiting.year.projects.actions import accept_project, complete_project, sign_acceptance

pytestmark = pytest.mark.django_db


def test_after_midnight_people_can_leave(cast: Cast, clock: Clock) -> None:
    m, item = meetings.convened(cast)
    clock.traveller.move_to(datetime(2026, 3, 20, 20, 0, tzinfo=BEIJING))
    meetings.here(cast, m, 8)
    actions.open_meeting(m, by=cast.wang)
    clock.traveller.move_to(datetime(2026, 3, 21, 0, 20, tzinfo=BEIJING))
    gone = {str(one.pk): Attendance.LEFT for one in members(m)[:2]}
    actions.take_attendance(m, by=cast.liu, attendance=gone)
    item.refresh_from_db()
    with pytest.raises(Refused, match="还差1人"):
        actions.put_to_vote(item, by=cast.wang)


def test_a_seat_lost_before_the_vote_has_no_vote(cast: Cast, clock: Clock) -> None:
    _m, item = meetings.opened(cast, clock, present=8)
    rep = Representative.objects.get(name="李明")
    end_representative(rep, by=cast.wang, kind=Leaving.values[0], reason="昨天书面辞去", on=date(2026, 3, 19))
    actions.put_to_vote(item, by=cast.wang)
    assert "李明" not in [one["name"] for one in item.poll.entitled]
    assert len(item.poll.entitled) == 11


def test_a_new_date_asks_everyone_again(cast: Cast, clock: Clock) -> None:
    m, _ = meetings.convened(cast)
    mine = m.invitations.get(person=cast.liming)
    actions.excuse(mine, by=cast.liming, reason="20日出差")
    actions.postpone_meeting(m, by=cast.wang, starts_at=meetings.BEGINS + timedelta(days=7), reason="停电")
    actions.convene_meeting(m, by=cast.wang)
    mine.refresh_from_db()
    assert mine.attendance == Attendance.EXPECTED


def test_who_leaves_early_was_there(cast: Cast, clock: Clock) -> None:
    m, item = meetings.opened(cast, clock, present=8)
    one = next(x for x in members(m) if x.attendance == Attendance.PRESENT)
    actions.excuse(one, by=cast.liu, reason="家里有事，提前走")
    meetings.voted(cast, item, 5, 1, 1)
    actions.close_meeting(m, by=cast.wang)
    assert f"请假：{one.name}" not in m.minutes
    assert "实到8人，列席" in m.minutes


def test_one_signature_is_no_group(cast: Cast, clock: Clock) -> None:
    p = F.underway(cast, clock)
    complete_project(p, by=cast.liu, text="完工")
    group = list(p.supervisors.select_related("representative"))
    F.give_account(group[0].representative)
    for one in group[1:]:
        end_representative(
            one.representative, by=cast.wang, kind=Leaving.values[0], reason="迁出", on=date(2026, 4, 14)
        )
    sign_acceptance(p, by=group[0].representative.person, meets_standard=True)
    with pytest.raises(Refused):
        accept_project(p, by=cast.wang)
