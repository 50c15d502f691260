"""代表 on the phone."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.conftest import Clock
from tests.factories import meetings, proposals
from yishiting.ground.files.actions import attach
from yishiting.year.meetings.actions import convene_meeting
from yishiting.year.meetings.models import Attendance


def test_my_next_meeting_and_what_is_deliberated(cast: Cast, sign_in) -> None:
    proposal, meeting = proposals.tabled(cast)
    phone = sign_in(cast.liming)
    assert "现在没有通知您参加的会议" in phone.get(reverse("representative-home")).content.decode()
    convene_meeting(meeting, by=cast.wang)
    page = phone.get(reverse("representative-home")).content.decode()
    assert meeting.title in page
    assert proposal.title in page
    assert "枣营北里社区，3号楼，第1届" in page


def test_one_tap_signs_in_on_the_day(cast: Cast, sign_in, clock: Clock) -> None:
    meeting, _ = meetings.convened(cast)
    mine = meeting.invitations.get(person=cast.liming)
    address = reverse("my-meeting", args=[mine.pk])
    assert "我到了，签到" not in sign_in(cast.liming).get(address).content.decode()
    clock.to(meetings.DAY, 13)
    phone = sign_in(cast.liming)
    assert "我到了，签到" in phone.get(address).content.decode()
    page = phone.post(reverse("do", args=["invitation.sign_in", mine.pk]), follow=True).content.decode()
    assert "您已签到" in page
    phone.post(reverse("do", args=["invitation.excuse", mine.pk]))
    mine.refresh_from_db()
    assert mine.attendance == Attendance.EXCUSED


def test_nobody_signs_in_for_another_on_the_phone(cast: Cast, sign_in, clock: Clock) -> None:
    meeting, _ = meetings.convened(cast)
    clock.to(meetings.DAY, 13)
    mine = meeting.invitations.get(person=cast.liming)
    assert sign_in(cast.lu).get(reverse("my-meeting", args=[mine.pk])).status_code == 403
    assert sign_in(cast.lu).post(reverse("do", args=["invitation.sign_in", mine.pk])).status_code == 403
    assert Client().get(reverse("my-meeting", args=[mine.pk])).status_code == 302


def test_the_rules_are_acknowledged_once(cast: Cast, sign_in) -> None:
    meeting, _ = meetings.convened(cast)
    mine = meeting.invitations.get(person=cast.liming)
    page = (
        sign_in(cast.liming)
        .post(reverse("do", args=["invitation.acknowledge_rules", mine.pk]), follow=True)
        .content.decode()
    )
    assert "您已阅知这一版议事规则" in page


def test_papers_that_are_not_public_open_for_those_invited(cast: Cast, sign_in) -> None:
    meeting, _ = meetings.convened(cast)
    upload = SimpleUploadedFile("平面图.txt", "停车改造平面图说明".encode())
    paper = attach(meeting, upload, by=cast.liu, purpose="material", caption="平面图")
    mine = meeting.invitations.get(person=cast.liming)
    address = reverse("my-paper", args=[mine.pk, paper.pk])
    phone = sign_in(cast.liming)
    assert address in phone.get(reverse("my-meeting", args=[mine.pk])).content.decode()
    assert b"".join(phone.get(address).streaming_content).decode() == "停车改造平面图说明"
    assert sign_in(cast.lu).get(address).status_code == 403
    elsewhere = SimpleUploadedFile("别的.txt", "别的材料".encode())
    other = attach(proposals.drafted(cast), elsewhere, by=cast.liu, purpose="material")
    assert phone.get(reverse("my-paper", args=[mine.pk, other.pk])).status_code == 404


def test_my_votes_say_whether_never_how(cast: Cast, sign_in, clock: Clock) -> None:
    _, item = meetings.opened(cast, clock)
    meetings.voted(cast, item)
    page = sign_in(cast.liming).get(reverse("my-votes")).content.decode()
    assert "参加表决" in page
    assert item.title in page
