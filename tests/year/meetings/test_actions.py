"""A meeting from the plan to the published minutes, and everything that is refused on the way."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from tests.cast import Cast
from tests.conftest import Clock
from tests.factories import meetings
from tests.factories.meetings import BEIJING, DAY
from yishiting.ground.common.refused import NotAllowed, Refused, Stale, WrongState
from yishiting.ground.common.verbs import VERBS, as_seen
from yishiting.ground.ledger.models import Entry
from yishiting.ground.notices.models import Message
from yishiting.instruments.ballots.actions import enter_tally, void_poll
from yishiting.instruments.ballots.models import Method
from yishiting.instruments.ballots.states import State as PollState
from yishiting.instruments.publicity.models import NoticeKind
from yishiting.year.councils.models import Representative
from yishiting.year.meetings import actions
from yishiting.year.meetings.models import Attendance, ItemKind, MeetingKind, Role
from yishiting.year.meetings.queries import agenda, members, votes_of
from yishiting.year.meetings.states import ItemState, State


def last() -> Entry:
    return Entry.objects.latest("seq")


# ── Planning ─────────────────────────────────────────────────────────────


def test_a_meeting_is_planned_by_the_desk_of_the_place(cast: Cast) -> None:
    meeting = meetings.planned(cast)
    assert (meeting.state, meeting.place, last().verb) == (State.PLANNED, cast.zaobei, "meeting.plan")
    for someone in (cast.qian, cast.lu, cast.zhao):
        with pytest.raises(NotAllowed):
            actions.amend_meeting(meeting, by=someone, venue="楼下")


def test_a_meeting_is_not_planned_into_the_past(cast: Cast) -> None:
    with pytest.raises(Refused, match="已经过去"):
        meetings.planned(cast, starts_at=datetime(2026, 3, 1, 14, tzinfo=BEIJING))


def test_an_ad_hoc_meeting_names_who_consented(cast: Cast) -> None:
    council = meetings.a_council(cast.zaobei)
    with pytest.raises(Refused, match="临时会议须经社区（村）党组织同意"):
        meetings.planned(cast, council, kind=MeetingKind.AD_HOC)
    assert meetings.planned(cast, council, kind=MeetingKind.AD_HOC, consent="社区党委3月4日会议同意").consent


def test_a_plan_is_amended_until_notice_is_given(cast: Cast) -> None:
    meeting, _ = meetings.with_item(cast)
    actions.amend_meeting(meeting, by=cast.liu, venue="文体中心", starts_at=meetings.BEGINS + timedelta(days=3))
    assert (meeting.venue, last().facts["changed"]) == ("文体中心", ["starts_at", "venue"])
    actions.convene_meeting(meeting, by=cast.wang)
    with pytest.raises(WrongState):
        actions.amend_meeting(meeting, by=cast.liu, venue="楼下")


# ── Notice ───────────────────────────────────────────────────────────────


def test_notice_calls_those_in_office_that_day_and_tells_them(cast: Cast) -> None:
    meeting, _ = meetings.convened(cast)
    assert (meeting.state, meeting.due_count, len(members(meeting))) == (State.CONVENED, 12, 12)
    assert last().facts == {"due": 12, "items": 1, "workdays": 3}
    assert Message.objects.get(to=cast.liming).subject == "会议通知"


def test_notice_is_given_today_and_never_back_dated(cast: Cast) -> None:
    meeting, _ = meetings.with_item(cast)
    assert "on" not in VERBS["meeting.convene"].parameters
    actions.convene_meeting(meeting, by=cast.wang)
    assert meeting.convened_on == timezone.localdate()


def test_notice_comes_early_enough(cast: Cast, clock: Clock) -> None:
    meeting, _ = meetings.with_item(cast)
    clock.to(date(2026, 3, 18))
    with pytest.raises(Refused, match="至少提前3个工作日"):
        actions.convene_meeting(meeting, by=cast.wang)
    clock.to(date(2026, 3, 17))
    assert actions.convene_meeting(meeting, by=cast.wang).state == State.CONVENED


def test_no_notice_without_an_agenda_or_without_representatives(cast: Cast) -> None:
    with pytest.raises(Refused, match="还没有议题"):
        actions.convene_meeting(meetings.planned(cast, kind=MeetingKind.MIDYEAR), by=cast.wang)
    Representative.objects.update(until=date(2026, 3, 10))
    meeting, _ = meetings.with_item(cast, meetings.Council.objects.get())
    with pytest.raises(Refused, match="没有在任的代表"):
        actions.convene_meeting(meeting, by=cast.wang)


def test_postponed_and_announced_again(cast: Cast) -> None:
    meeting, _ = meetings.convened(cast)
    later = meetings.BEGINS + timedelta(days=7)
    with pytest.raises(Refused, match="写明改期的原因"):
        actions.postpone_meeting(meeting, by=cast.wang, starts_at=later, reason=" ")
    actions.postpone_meeting(meeting, by=cast.wang, starts_at=later, reason="会议室停电")
    assert (meeting.state, meeting.convened_on) == (State.PLANNED, None)
    actions.convene_meeting(meeting, by=cast.wang)
    assert Message.objects.filter(to=cast.liming).count() == 3


def test_cancelled_with_a_reason(cast: Cast) -> None:
    meeting, _ = meetings.convened(cast)
    with pytest.raises(Refused, match="写明取消的原因"):
        actions.cancel_meeting(meeting, by=cast.wang, reason="")
    actions.cancel_meeting(meeting, by=cast.wang, reason="并入下月会议")
    assert meeting.state == State.CANCELLED
    assert "并入下月会议" in Message.objects.filter(to=cast.liming, subject="会议取消").get().body


def test_others_are_invited_once_and_taken_off_before_notice(cast: Cast) -> None:
    meeting, _ = meetings.with_item(cast)
    lawyer = actions.invite(meeting, by=cast.liu, role=Role.LAWYER, name="张律师", unit="大成所")
    with pytest.raises(Refused, match="已经在邀请名单"):
        actions.invite(meeting, by=cast.liu, role=Role.OBSERVER, name="张律师", unit="大成所")
    with pytest.raises(Refused, match="由系统按开会当天在任"):
        actions.invite(meeting, by=cast.liu, role=Role.MEMBER, name="赵六")
    actions.withdraw_invitation(lawyer, by=cast.liu)
    assert not meeting.invitations.exists()
    actions.invite(meeting, by=cast.liu, role=Role.PROPOSER, name="陆桂芳", person=cast.lu)
    actions.convene_meeting(meeting, by=cast.wang)
    assert Message.objects.filter(to=cast.lu).exists()
    with pytest.raises(Refused, match="已经通知"):
        actions.withdraw_invitation(meeting.invitations.get(person=cast.lu), by=cast.liu)
    with pytest.raises(Refused, match="应到人员"):
        actions.withdraw_invitation(members(meeting)[0], by=cast.liu)


# ── Agenda ───────────────────────────────────────────────────────────────


def test_items_are_numbered_moved_and_taken_off(cast: Cast) -> None:
    meeting, first = meetings.with_item(cast)
    second = actions.add_item(meeting, by=cast.liu, kind=ItemKind.REPORT, title="去年的事")
    third = actions.add_item(meeting, by=cast.liu, kind=ItemKind.DELIBERATE, title="晾衣绳")
    actions.move_item(third, by=cast.liu, position=1)
    assert [item.title for item in agenda(meeting)] == ["晾衣绳", first.title, "去年的事"]
    actions.remove_item(first, by=cast.liu, reason="材料不齐")
    assert [(item.position, item.title) for item in agenda(meeting)] == [(1, "晾衣绳"), (2, "去年的事")]
    assert actions.add_item(meeting, by=cast.liu, kind=ItemKind.REPORT, title="新的").position == 3
    actions.amend_item(second, by=cast.liu, text="去年办成7件。")
    assert second.text == "去年办成7件。"
    with pytest.raises(NotAllowed):
        actions.move_item(second, by=cast.qian, position=1)


def test_after_notice_only_reports_are_added(cast: Cast) -> None:
    meeting, _ = meetings.convened(cast)
    with pytest.raises(Refused, match="只能通报"):
        actions.add_item(meeting, by=cast.liu, kind=ItemKind.DELIBERATE, title="晾衣绳")
    assert not actions.add_item(meeting, by=cast.liu, kind=ItemKind.REPORT, title="停水").announced


# ── Sign-in and quorum ───────────────────────────────────────────────────


def test_a_representative_signs_in_with_one_tap_on_the_day(cast: Cast, clock: Clock) -> None:
    meeting, _ = meetings.convened(cast)
    mine = meeting.invitations.get(person=cast.liming)
    with pytest.raises(Refused, match="会议当天"):
        actions.sign_in(mine, by=cast.liming)
    clock.to(DAY, 13)
    with pytest.raises(NotAllowed, match="别人的签到"):
        actions.sign_in(mine, by=cast.lu)
    actions.sign_in(mine, by=cast.liming)
    assert (mine.attendance, last().verb) == (Attendance.PRESENT, "invitation.sign_in")
    actions.excuse(mine, by=cast.liming, reason="发烧")
    assert mine.attendance == Attendance.EXCUSED
    actions.acknowledge_rules(mine, by=cast.liming)
    assert mine.rules_acknowledged.startswith("usual/2026")
    with pytest.raises(NotAllowed):
        actions.acknowledge_rules(mine, by=cast.wang)


@pytest.mark.parametrize(("present", "opens"), [(6, False), (7, True)])
def test_a_meeting_opens_at_the_edge_of_the_quorum(cast: Cast, clock: Clock, present: int, opens: bool) -> None:
    meeting, _ = meetings.convened(cast)
    clock.to(DAY, 14)
    meetings.here(cast, meeting, present)
    if opens:
        actions.open_meeting(meeting, by=cast.wang)
        assert (last().facts["due"], last().facts["present"]) == (12, 7)
    else:
        with pytest.raises(Refused, match="应到12人，实到6人，须到会7人，还差1人"):
            actions.open_meeting(meeting, by=cast.wang)
    meeting.refresh_from_db()
    assert (meeting.state == State.OPEN) == opens


def test_a_meeting_opens_only_on_its_day(cast: Cast, clock: Clock) -> None:
    meeting, _ = meetings.convened(cast)
    with pytest.raises(Refused, match="会议当天"):
        actions.open_meeting(meeting, by=cast.wang)


def test_a_representative_whose_term_has_ended_is_not_due(cast: Cast, clock: Clock) -> None:
    meeting, _ = meetings.convened(cast)
    Representative.objects.filter(name="李明").update(until=date(2026, 3, 19))
    clock.to(DAY, 14)
    meetings.here(cast, meeting, 12)
    actions.open_meeting(meeting, by=cast.wang)
    assert (meeting.due_count, meeting.present_count) == (11, 11)
    assert meeting.invitations.get(person=cast.liming).role == Role.OBSERVER


def test_whoever_left_no_longer_counts_for_a_vote(cast: Cast, clock: Clock) -> None:
    meeting, item = meetings.opened(cast, clock, present=7)
    actions.take_attendance(meeting, by=cast.liu, attendance={str(members(meeting)[0].pk): Attendance.LEFT})
    with pytest.raises(Refused, match="还差1人，不能表决"):
        actions.put_to_vote(item, by=cast.wang)


# ── Votes ────────────────────────────────────────────────────────────────


def test_an_item_is_voted_on_counted_and_numbered(cast: Cast, clock: Clock) -> None:
    _, item = meetings.opened(cast, clock)
    meetings.voted(cast, item)
    assert (item.state, item.carried) == (ItemState.DECIDED, True)
    assert item.resolution_number == "枣营北里社区议〔2026〕1号"
    assert "赞成 8，反对 1，弃权 1；通过。" in item.outcome
    assert last().facts == {"passed": True, "outcome": "passed", "resolution": "枣营北里社区议〔2026〕1号"}


def test_a_tie_is_not_passed_and_gets_no_number(cast: Cast, clock: Clock) -> None:
    _, item = meetings.opened(cast, clock)
    meetings.voted(cast, item, 5, 5, 0)
    assert (item.carried, item.resolution_number) == (False, "")
    assert "赞成与反对相等，未通过" in item.outcome


def test_those_concerned_stand_aside_with_a_reason(cast: Cast, clock: Clock) -> None:
    meeting, item = meetings.opened(cast, clock)
    first = str(members(meeting)[0].pk)
    with pytest.raises(Refused, match="回避要写明理由"):
        actions.put_to_vote(item, by=cast.wang, recused={first: " "})
    with pytest.raises(Refused, match="不在会议名单"):
        actions.put_to_vote(item, by=cast.wang, recused={"nobody": "住在楼上"})
    actions.put_to_vote(item, by=cast.wang, method=Method.PAPER, recused={first: "本人住在该楼"})
    assert (item.poll.sheet().able, item.poll.recused[0]["reason"]) == (9, "本人住在该楼")
    counts = {"issued": 10, "returned": 10, "valid": 10, "invalid": 0, "for": 8, "against": 1, "abstain": 1}
    with pytest.raises(Refused, match="多于实到有表决权的9人"):
        enter_tally(item.poll, by=cast.wang, counts=counts)


def test_nothing_is_announced_before_it_is_counted(cast: Cast, clock: Clock) -> None:
    _, item = meetings.opened(cast, clock)
    actions.put_to_vote(item, by=cast.wang)
    with pytest.raises(Refused, match="计票还没有完成"):
        actions.decide_item(item, by=cast.wang)


def test_two_people_cannot_both_put_one_item_to_the_vote(cast: Cast, clock: Clock) -> None:
    _, item = meetings.opened(cast, clock)
    seen, other = item.revision, type(item).objects.get(pk=item.pk)
    actions.put_to_vote(other, by=cast.liu)
    with pytest.raises(Stale, match="已经被别人处理过"), as_seen(seen):
        actions.put_to_vote(item, by=cast.wang)
    with pytest.raises(WrongState, match="正在表决"):
        actions.put_to_vote(item, by=cast.wang)
    assert item.poll.state == PollState.OPEN


def test_a_void_vote_is_held_again(cast: Cast, clock: Clock) -> None:
    _, item = meetings.opened(cast, clock)
    actions.put_to_vote(item, by=cast.wang)
    first = item.poll
    void_poll(first, by=cast.wang, reason="举手时有人走动")
    meetings.voted(cast, item)
    assert item.carried
    assert item.poll != first


def test_a_report_and_an_unannounced_item_are_not_voted_on(cast: Cast, clock: Clock) -> None:
    meeting, item = meetings.opened(cast, clock)
    report = actions.add_item(meeting, by=cast.liu, kind=ItemKind.REPORT, title="停水")
    with pytest.raises(Refused, match="只作通报"):
        actions.put_to_vote(report, by=cast.wang)
    with pytest.raises(Refused, match="提请审议表决"):
        actions.note_item(item, by=cast.wang)
    assert actions.note_item(report, by=cast.liu).outcome == "会议听取了通报。"


def test_what_touches_the_law_waits_for_a_lawyer_or_a_reason(cast: Cast, clock: Clock) -> None:
    meeting, item = meetings.opened(cast, clock)
    actions.amend_item(item, by=cast.liu, touches_law=True)
    with pytest.raises(Refused, match="请“邀请列席人员”请律师到会"):
        actions.put_to_vote(item, by=cast.wang)
    actions.invite(meeting, by=cast.liu, role=Role.LAWYER, name="张律师")
    assert actions.put_to_vote(item, by=cast.wang).state == ItemState.VOTING


def test_an_item_is_put_off_with_a_reason_and_its_vote_is_void(cast: Cast, clock: Clock) -> None:
    _, item = meetings.opened(cast, clock)
    actions.put_to_vote(item, by=cast.wang)
    with pytest.raises(Refused, match="为什么改期"):
        actions.put_off_item(item, by=cast.wang, reason="")
    actions.put_off_item(item, by=cast.wang, reason="要先量地")
    assert (item.state, item.poll.state) == (ItemState.PUT_OFF, PollState.VOID)
    assert last().verb == "item.put_off"


def test_a_representatives_record_says_where_they_took_part_never_how(cast: Cast, clock: Clock) -> None:
    _, item = meetings.opened(cast, clock)
    meetings.voted(cast, item)
    (mine,) = votes_of(cast.liming)
    assert (mine.item, mine.part) == (item, "present")
    assert votes_of(cast.lu) == []


# ── Minutes and tasks ────────────────────────────────────────────────────


def test_a_meeting_closes_when_every_item_has_its_end(cast: Cast, clock: Clock) -> None:
    meeting, item = meetings.opened(cast, clock)
    with pytest.raises(Refused, match="第1项还没有结果"):
        actions.close_meeting(meeting, by=cast.wang)
    meetings.voted(cast, item)
    actions.assign_task(meeting, by=cast.liu, what="量车位", who="刘芳", due=date(2026, 4, 1), item=item)
    actions.close_meeting(meeting, by=cast.wang)
    for words in ("应到12人，实到10人", "枣营北里社区议〔2026〕1号", "改建12个车位", "量车位（刘芳"):
        assert words in meeting.minutes


def test_minutes_are_written_approved_published(cast: Cast, clock: Clock) -> None:
    meeting, item = meetings.opened(cast, clock)
    meetings.voted(cast, item)
    actions.close_meeting(meeting, by=cast.wang)
    draft = meeting.minutes
    actions.write_minutes(meeting, by=cast.liu, minutes="什么也没有")
    with pytest.raises(Refused, match="缺少决议编号"):
        actions.approve_minutes(meeting, by=cast.wang)
    with pytest.raises(Refused, match="还是空的"):
        actions.write_minutes(meeting, by=cast.liu, minutes=" ")
    actions.write_minutes(meeting, by=cast.liu, minutes=draft)
    with pytest.raises(NotAllowed):
        actions.approve_minutes(meeting, by=cast.liu)
    actions.approve_minutes(meeting, by=cast.wang)
    assert (meeting.minutes_approved_on, meeting.minutes_approved_by) == (DAY, cast.wang)
    with pytest.raises(WrongState):
        actions.write_minutes(meeting, by=cast.liu, minutes=draft + "补")
    actions.publish_minutes(meeting, by=cast.wang)
    assert (meeting.notice.kind, meeting.notice.subject_id) == (NoticeKind.RESOLUTION, str(meeting.pk))
    assert meeting.state == State.PUBLISHED


def test_of_a_kind_one_meeting_at_a_time_is_prepared(cast: Cast) -> None:
    first = meetings.planned(cast)
    with pytest.raises(Refused, match="已经在筹备"):
        meetings.planned(cast, first.council)
    actions.cancel_meeting(first, by=cast.wang, reason="停电")
    meetings.planned(cast, first.council)


def test_tasks_have_a_person_and_a_date_and_are_done_once(cast: Cast, clock: Clock) -> None:
    planned = meetings.planned(cast, kind=MeetingKind.MIDYEAR)
    with pytest.raises(Refused, match="还没有开始"):
        actions.assign_task(planned, by=cast.liu, what="量车位", who="刘芳", due=date(2026, 4, 1))
    meeting, _ = meetings.opened(cast, clock, council=planned.council)
    with pytest.raises(Refused, match="不能早于"):
        actions.assign_task(meeting, by=cast.liu, what="量车位", who="刘芳", due=date(2026, 3, 19))
    task = actions.assign_task(meeting, by=cast.liu, what="量车位", who="刘芳", due=date(2026, 4, 1))
    with pytest.raises(Refused, match="不能晚于今天"):
        actions.finish_task(task, by=cast.liu, done_on=date(2026, 4, 1))
    actions.finish_task(task, by=cast.liu)
    with pytest.raises(Refused, match="已经登记完成"):
        actions.finish_task(task, by=cast.liu)
