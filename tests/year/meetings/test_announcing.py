"""What notice was given of is what is decided: the words of an item, its days of notice, what it says of the law."""

from datetime import timedelta

import pytest

from tests.cast import Cast
from tests.conftest import Clock
from tests.factories import meetings
from yishiting.ground.common.refused import Refused
from yishiting.ground.ledger.models import Entry
from yishiting.ground.notices.models import Message
from yishiting.year.meetings import actions
from yishiting.year.meetings.models import AgendaItem, ItemKind
from yishiting.year.meetings.states import ItemState

pytestmark = pytest.mark.django_db
FEE = {"title": "收取每户每月50元物业费", "text": "每户每月50元。"}


def test_an_announced_item_replaced_is_not_voted_on(cast: Cast, clock: Clock) -> None:
    _, item = meetings.opened(cast, clock)
    with pytest.raises(Refused, match="请写明为什么修改") as refused:
        actions.amend_item(item, by=cast.liu, **FEE)
    assert refused.value.field == "reason"
    item = AgendaItem.objects.get(pk=item.pk)
    actions.amend_item(item, by=cast.liu, **FEE, reason="物业来函")
    with pytest.raises(Refused, match="议题、文本和会议通知里写的不一样"):
        actions.put_to_vote(item, by=cast.wang)
    with pytest.raises(Refused, match="会上改了文本的，请“改期再议”"):
        actions.announce_again(item, by=cast.liu)
    was = item.announced_words
    actions.amend_item(item, by=cast.liu, title=was["title"], text=was["text"])
    assert actions.put_to_vote(item, by=cast.wang).state == ItemState.VOTING


def test_announced_again_early_enough_it_is_voted_on(cast: Cast, clock: Clock) -> None:
    meeting, item = meetings.convened(cast)
    with pytest.raises(Refused, match="不用“重新通知议题”"):
        actions.announce_again(item, by=cast.liu)
    item = AgendaItem.objects.get(pk=item.pk)
    actions.amend_item(item, by=cast.liu, text="改建9个车位。", reason="消防通道")
    actions.announce_again(item, by=cast.liu)
    assert [one["words"]["text"] for one in item.announcements] == ["改建12个车位。", "改建9个车位。"]
    told = Message.objects.get(to=cast.liming, subject="议题重新通知").body
    assert "原来：楼前绿地改停车位。改建12个车位。" in told
    assert "现在：楼前绿地改停车位。改建9个车位。" in told
    assert Entry.objects.latest("seq").verb == "item.announce_again"
    clock.to(meetings.DAY, 14)
    meetings.here(cast, meeting, 10)
    actions.open_meeting(meeting, by=cast.wang)
    assert meetings.voted(cast, AgendaItem.objects.get(pk=item.pk)).carried


def test_the_days_of_notice_are_counted_again(cast: Cast, clock: Clock) -> None:
    _, item = meetings.convened(cast)
    clock.to(meetings.DAY - timedelta(days=1), 9)
    item = AgendaItem.objects.get(pk=item.pk)
    actions.amend_item(item, by=cast.liu, text="改建9个车位。", reason="消防通道")
    with pytest.raises(Refused, match="会议通知至少提前3个工作日"):
        actions.announce_again(item, by=cast.liu)


def test_a_matter_of_law_stays_one_after_notice(cast: Cast, clock: Clock) -> None:
    meeting = meetings.planned(cast)
    item = actions.add_item(
        meeting, by=cast.liu, kind=ItemKind.DELIBERATE, title="收费", text="每户5元。", touches_law=True
    )
    actions.convene_meeting(meeting, by=cast.wang)
    clock.to(meetings.DAY, 14)
    meetings.here(cast, meeting, 10)
    actions.open_meeting(meeting, by=cast.wang)
    item = AgendaItem.objects.get(pk=item.pk)
    actions.amend_item(item, by=cast.liu, touches_law=False, reason="点错了")
    with pytest.raises(Refused, match="是否涉及法律问题和会议通知里写的不一样"):
        actions.put_to_vote(item, by=cast.wang)


def test_a_meeting_put_on_another_day_is_announced_with_the_words_of_then(cast: Cast) -> None:
    meeting, item = meetings.convened(cast)
    later = meetings.BEGINS + timedelta(days=7)
    actions.postpone_meeting(meeting, by=cast.wang, starts_at=later, reason="停电")
    item = AgendaItem.objects.get(pk=item.pk)
    actions.amend_item(item, by=cast.liu, text="改建9个车位。")
    actions.convene_meeting(meeting, by=cast.wang)
    item.refresh_from_db()
    assert not item.parted
    assert item.announced_words["text"] == "改建9个车位。"


def test_a_task_noted_wrongly_is_corrected_and_taken_up_again(cast: Cast, clock: Clock) -> None:
    meeting, _ = meetings.opened(cast, clock)
    task = actions.assign_task(meeting, by=cast.liu, what="量车位", who="刘芳", due=meetings.DAY)
    actions.correct_task(task, by=cast.liu, what="量地", who="李明", due=meetings.DAY, reason="责任人写错了")
    actions.finish_task(task, by=cast.liu)
    with pytest.raises(Refused, match="已经登记完成"):
        actions.correct_task(task, by=cast.liu, what="量地", who="刘芳", due=meetings.DAY, reason="又错了")
    actions.reopen_task(task, by=cast.liu, reason="还没有量")
    task.refresh_from_db()
    assert (task.who, task.done_on) == ("李明", None)
