"""会议 and 建议案 for everyone."""

from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.conftest import Clock
from tests.factories import meetings, proposals
from yishiting.year.meetings.actions import approve_minutes, close_meeting, publish_minutes
from yishiting.year.proposals.actions import put_off_proposal


def test_a_planned_meeting_is_not_public_an_announced_one_is(cast: Cast) -> None:
    meeting, _ = meetings.with_item(cast)
    assert Client().get(reverse("meeting", args=[meeting.pk])).status_code == 404
    from yishiting.year.meetings.actions import convene_meeting

    convene_meeting(meeting, by=cast.wang)
    page = Client().get(reverse("meeting", args=[meeting.pk])).content.decode()
    assert "楼前绿地改停车位" in page
    assert "2026年3月20日（周五）" in page


def test_minutes_are_read_once_they_are_published(cast: Cast, clock: Clock) -> None:
    meeting, item = meetings.opened(cast, clock)
    meetings.voted(cast, item)
    close_meeting(meeting, by=cast.wang)
    address = reverse("meeting", args=[meeting.pk])
    assert "主持人：王建国" not in Client().get(address).content.decode()
    approve_minutes(meeting, by=cast.wang)
    publish_minutes(meeting, by=cast.wang)
    page = Client().get(address).content.decode()
    assert "主持人：王建国" in page
    assert "枣营北里社区议〔2026〕1号" in page
    assert meeting.title in Client().get(reverse("place-meetings", args=[cast.zaobei.code])).content.decode()


def test_the_rules_card_names_its_version(cast: Cast) -> None:
    page = Client().get(reverse("debate-card", args=[cast.zaobei.code])).content.decode()
    assert "赞成和反对相等，为未通过。" in page
    assert "2026年通行规则" in page


def test_what_is_not_done_now_is_public_with_its_conditions(cast: Cast) -> None:
    proposal = proposals.drafted(cast, for_year=2027)
    address = reverse("place-proposals", args=[cast.zaobei.code])
    assert proposal.title not in Client().get(address).content.decode()
    put_off_proposal(proposal, by=cast.liu, conditions="围墙拆除后")
    assert "围墙拆除后" in Client().get(reverse("not-now", args=[cast.zaobei.code])).content.decode()
    assert proposal.title in Client().get(address, {"for": "2027"}).content.decode()
    assert proposal.title not in Client().get(address, {"for": "2026"}).content.decode()
