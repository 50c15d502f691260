"""Who was told: the sentence comes from the rows, whom no message reaches is rung, and that is written down."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import TODAY, Cast
from tests.conftest import Clock
from tests.consistency.source import HOUSE
from tests.factories import meetings, projects, proposals
from tests.factories.suggestions import a_slip, a_suggestion, a_valid_one
from yishiting.doors.web.shared.declared import said_after
from yishiting.ground.common.refused import NotAllowed, Refused
from yishiting.ground.common.verbs import VERBS
from yishiting.ground.notices.actions import deliver, note_call, note_delivery, text_message
from yishiting.ground.notices.gateways import Outcome
from yishiting.ground.notices.models import Call, Delivery, HowCalled, Message, Way
from yishiting.overview.cycle.board import waiting_for
from yishiting.year.councils.choices import Route
from yishiting.year.councils.models import Candidate, Council
from yishiting.year.meetings.models import Meeting
from yishiting.year.suggestions.actions import answer_suggestion, merge_suggestions
from yishiting.year.suggestions.models import AnswerKind

#: Said by nobody before it is known: what claims that somebody was told is made from the rows of what was sent.
CLAIMS = (
    "已通知", "已告知", "会收到通知", "已收到通知", "答复已告诉", "都会收到", "并告知提建议", "已告诉提出人", "已重新通知",
)  # fmt: skip
#: Names of a state, and what is promised of an act still ahead and comes out of the same rows afterwards.
NO_CLAIMS = {
    "ground/notices/queries.py": 1,
    "ground/notices/actions/calling.py": 1,
    "ground/notices/models.py": 0,
    "overview/assessment/states.py": 1,
    "year/meetings/states.py": 1,
    "year/hearings/states.py": 1,
    "year/suggestions/states.py": 1,
    "year/suggestions/actions/telling.py": 1,
    "year/suggestions/actions/answering.py": 1,
    "year/proposals/actions/afterwards.py": 1,
    "doors/web/desk/suggestions.py": 1,
    "doors/web/shared/templates/shared/style.html": 1,
    "doors/lists/notices.py": 1,
}


def claims(path: Path) -> int:
    text = path.read_text("utf8")
    return sum(text.count(one) for one in CLAIMS)


def test_nobody_is_said_to_have_been_told_but_by_the_rows() -> None:
    found = {
        str(path.relative_to(HOUSE)): n
        for path in HOUSE.rglob("*")
        if path.suffix in (".py", ".html") and "migrations" not in path.parts and "demo" not in path.parts
        and "methods" not in path.parts and (n := claims(path))
    }  # fmt: skip
    assert found == {name: n for name, n in NO_CLAIMS.items() if n}


def seated(cast: Cast) -> Council:
    """李明 and 陆桂芳 have accounts; of the others the first left a mobile, the second a landline, the rest nothing."""
    seats = projects.seated_council(cast)
    others = [one for one in seats if one.person is None]
    for seat, phone in zip(others, ("13900000081", "01065001234"), strict=False):
        whole = {"constituency": seat.constituency, "place": seat.place, "route": Route.NOMINATION}
        seat.candidate = Candidate.objects.create(**whole, name=seat.name, birth_year=1960, phone=phone)
        seat.save(update_fields=["candidate"])
    return Council.objects.get()


def called(council: Council) -> list[str]:
    return sorted(one.name for one in Call.objects.filter(place=council.place))


def test_a_notice_of_a_meeting_reaches_who_can_be_reached_and_names_the_others(cast: Cast) -> None:
    council = seated(cast)
    meeting, _item = meetings.convened(cast, council)
    due = meeting.invitations.count()
    texts = sorted(one.address for one in Message.objects.filter(way=Way.SMS, template="meeting"))
    assert texts == ["13800000001", "13800000002", "13900000081"], "two have accounts, one has left a mobile"
    assert len(called(council)) == due - 3
    said = str(said_after(VERBS["meeting.convene"], meeting))
    assert "已通知3人（站内2人、短信3人）" in said
    assert f"{due - 3}人系统通知不到，请打电话或当面告知" in said
    assert Call.objects.exclude(phone="").get().phone == "01065001234"


def test_nobody_is_told_or_rung_twice_about_one_step(cast: Cast) -> None:
    council = seated(cast)
    meeting, _item = meetings.convened(cast, council)
    counted = (Message.objects.count(), Call.objects.count())
    from yishiting.year.meetings.actions.planning import tell_invited

    tell_invited(Meeting.objects.get(pk=meeting.pk))
    assert (Message.objects.count(), Call.objects.count()) == counted


def test_a_call_waits_on_the_desks_home_until_it_is_noted(cast: Cast) -> None:
    meetings.convened(cast, seated(cast))
    waits = [one for one in waiting_for(cast.liu, TODAY) if one.verb == "call.note"]
    assert waits[0].count == Call.objects.count()
    for call in Call.objects.all():
        note_call(call, by=cast.liu, how=HowCalled.TELEPHONE, note="来")
    assert not [one for one in waiting_for(cast.liu, TODAY) if one.verb == "call.note"]
    call = Call.objects.earliest("created_at")
    assert (call.called_on, call.called_by) == (TODAY, cast.liu)
    note_call(call, by=cast.wang, how=HowCalled.NOT_REACHED)
    assert Call.objects.get(pk=call.pk).how == HowCalled.NOT_REACHED


def test_a_call_is_noted_by_the_desk_and_not_before_there_was_anything_to_tell(cast: Cast) -> None:
    meetings.convened(cast, seated(cast))
    call = Call.objects.earliest("created_at")
    with pytest.raises(NotAllowed):
        note_call(call, by=cast.qian, how=HowCalled.TELEPHONE)
    for day, why in ((-3, "早于这件事的日期"), (3, "不能晚于今天")):
        with pytest.raises(Refused, match=why):
            note_call(call, by=cast.liu, how=HowCalled.TELEPHONE, called_on=timezone.localdate() + timedelta(days=day))


def test_the_list_is_shown_printed_and_ticked_off(cast: Cast) -> None:
    meetings.convened(cast, seated(cast))
    desk, place = Client(), cast.zaobei.code
    desk.force_login(cast.liu)
    sheet = desk.get(f"/desk/p/{place}/papers/calls/").content.decode()
    assert "01065001234" in sheet
    assert "请您参加" in sheet
    call = Call.objects.exclude(phone="").get()
    assert call.name in desk.get(f"/desk/p/{place}/calls/").content.decode()
    desk.post(f"/do/call.note/{call.pk}/", {"how": "telephone", "note": "来"}, follow=True)
    assert call.name not in desk.get(f"/desk/p/{place}/calls/").content.decode()
    stranger = Client()
    stranger.force_login(cast.qian)
    assert stranger.get(f"/desk/p/{place}/papers/calls/").status_code == 403


def test_reporting_to_a_level_without_anybody_is_said_and_rung(cast: Cast, clock: Clock) -> None:
    proposal = proposals.decided(cast, clock)
    cast.zhao.appointments.all().delete()
    from yishiting.year.proposals.actions import report_up

    report_up(proposal, by=cast.wang, reason="要动主管线", responsible_level="subdistrict")
    said = str(said_after(VERBS["proposal.report_up"], proposal))
    assert "麦子店街道办事处" in said
    assert "科长" not in said
    assert Call.objects.get(subject__contains="等您答复").name == "麦子店街道办事处"


def test_an_answer_is_rung_to_a_landline_and_a_merger_says_who_was_told(cast: Cast) -> None:
    one = a_valid_one(cast, phone="01065001234", name="赵大爷")
    Call.objects.all().delete()
    answer = answer_suggestion(one, by=cast.liu, kind=AnswerKind.PLANNED, text="列入今年的计划。")
    call = Call.objects.get()
    assert (call.name, call.phone) == ("赵大爷", "01065001234")
    assert "1人没有留下能收消息" in str(said_after(VERBS["suggestion.answer"], answer))
    main, other, slip = a_suggestion(cast, text="灯坏了"), a_suggestion(cast, text="灯又坏了", by=cast.lu), a_slip(cast)
    merged = merge_suggestions(main, by=cast.liu, others=[other, slip])
    said = str(said_after(VERBS["suggestion.merge"], merged))
    assert "已告知1人。1人没有留下" in said


class Deaf:
    """A gateway that takes nothing."""

    def send(self, phone: str, body: str, *, key: str) -> Outcome:
        return Outcome(taken=False, failure="空号", hopeless=True)


def test_a_message_that_was_given_up_is_told_by_telephone(cast: Cast) -> None:
    """Whoever has read it on site is not rung, nor is anybody about a sign-in code."""
    meetings.convened(cast, seated(cast))
    rung = Call.objects.count()
    Message.objects.filter(to=cast.liming, way=Way.ON_SITE).update(read_at=timezone.now())
    text_message("13900000082", once="code:1", template="code", body="123456", place_code=cast.zaobei.code)
    assert deliver(gateway=Deaf())["given_up"] == 4
    new = Call.objects.filter(unit="短信没有送到")
    assert sorted(one.phone for one in new) == sorted([cast.lu.phone, "13900000081"])
    assert (Call.objects.count(), {one.place for one in new}) == (rung + 2, {cast.zaobei})
    assert all("请您参加" in one.body for one in new)
    desk = Client()
    desk.force_login(cast.liu)
    assert "短信没有送到" in desk.get(f"/desk/p/{cast.zaobei.code}/calls/").content.decode()


def test_what_the_gateway_reports_as_lost_is_told_by_telephone_once(cast: Cast) -> None:
    text_message("13900000082", once="meeting:1:x", template="meeting", body="请您参加", place_code=cast.zaobei.code)
    message = Message.objects.get()
    Message.objects.update(delivery=Delivery.SENT)
    for _again in range(2):
        assert note_delivery(message.key, delivered=False, failure="关机")
    assert Call.objects.get().phone == "13900000082"
