"""A hearing is announced, held, and counted as a session of its own kind; what is said there has a number or an answer."""

from datetime import date, datetime

import pytest
from django.urls import reverse

from tests.cast import Cast
from tests.conftest import Clock
from tests.factories import hearings as H
from tests.factories.meetings import BEIJING
from yishiting.ground.common.refused import NotAllowed, Refused
from yishiting.ground.common.verbs import why_not_now
from yishiting.ground.ledger.models import Entry
from yishiting.ground.organisations.models import Organisation, OrganisationKind
from yishiting.instruments.publicity.models import PublicNotice
from yishiting.overview.cycle.board import waiting_for
from yishiting.year.hearings.actions import (
    amend_hearing,
    answer_speech,
    call_off_hearing,
    note_many,
    publish_hearing,
    withdraw_speech,
)
from yishiting.year.hearings.models import Hearing, SpeechKind
from yishiting.year.hearings.queries import hearings_of, speeches_of
from yishiting.year.hearings.states import State
from yishiting.year.suggestions.actions import strike_suggestion
from yishiting.year.suggestions.models import Channel, Suggestion
from yishiting.year.suggestions.queries.intake import sessions_at
from yishiting.year.suggestions.queries.reports import solicitation_report

pytestmark = pytest.mark.django_db


def test_it_is_announced_on_the_board_with_who_is_invited_by_category(cast: Cast) -> None:
    hearing = H.announced(cast)
    notice = PublicNotice.objects.get(subject_id=str(hearing.pk))
    assert "居民代表60人" in notice.body or "60人" in notice.body
    assert "街道文化中心一层" in notice.body
    assert sessions_at(cast.maizidian).count() == 0, "an announcement is no session yet"


def test_notice_is_given_as_early_as_the_rules_ask(cast: Cast) -> None:
    with pytest.raises(Refused, match="至少提前") as refused:
        H.announced(cast, starts_at=datetime(2026, 3, 5, 20, tzinfo=BEIJING))
    assert refused.value.field == "starts_at"
    hearing = H.announced(cast)
    told = {"title": hearing.title, "about": hearing.about, "venue": hearing.venue, "reason": "礼堂有别的会"}
    with pytest.raises(Refused, match="至少提前"):
        amend_hearing(hearing, by=cast.zhao, starts_at=datetime(2026, 3, 6, 9, tzinfo=BEIJING), **told)
    amend_hearing(hearing, by=cast.zhao, starts_at=datetime(2026, 3, 27, 9, tzinfo=BEIJING), **told)
    assert [one.title for one in PublicNotice.objects.order_by("created_at")] == [
        "麦子店街道2026年大型问政会通知",
        "麦子店街道2026年大型问政会更正通知",
    ]


def test_only_the_desk_of_the_place_announces(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        H.announced(cast, by=cast.liu)


def test_once_held_it_is_a_session_of_its_own_kind_and_not_before_its_day(cast: Cast, clock: Clock) -> None:
    early = H.announced(cast)
    assert "还没有" in str(why_not_now("hearing.hold", early)) or "才开" in str(why_not_now("hearing.hold", early))
    call_off_hearing(early, by=cast.zhao, reason="改到月底")
    H.held(cast, clock)
    (row,) = [one for one in solicitation_report(cast.maizidian, 2026).channels if one.sessions]
    assert (row.channel, row.sessions, row.people) == (Channel.INQUIRY_MEETING, 1, 53)


def test_an_opinion_is_taken_in_at_once_with_its_channel_and_number(cast: Cast, clock: Clock) -> None:
    hearing = H.held(cast, clock)
    speech = H.said(hearing, cast.zhao, name="陈秀兰", phone="13911112222")
    taken = speech.suggestion
    assert taken is not None
    assert taken.receipt
    assert (taken.channel, taken.session, taken.place) == (Channel.INQUIRY_MEETING, hearing.session, cast.maizidian)
    assert taken.proposer_name == "陈秀兰"
    assert "陈秀兰" not in str(Entry.objects.get(verb="hearing.note_speech").facts)
    project = H.said(hearing, cast.zhao, kind=SpeechKind.PROJECT, text="在东门加一个自行车棚")
    assert [one.position for one in speeches_of(hearing)] == [1, 2]
    assert hearings_of(cast.maizidian).get().taken == 2
    assert project.suggestion.session.suggestions.count() == 2


def test_a_list_pasted_from_a_sheet_is_taken_in_as_a_whole(cast: Cast, clock: Clock) -> None:
    hearing = H.held(cast, clock)
    rows = "路灯太暗，晚上看不清\t陈秀兰\t13911112222\t8号楼\n\n垃圾桶太远；老人走不动\n"
    speeches = note_many(hearing, by=cast.zhao, speaker="resident", said=rows)
    assert len({one.suggestion.receipt for one in speeches}) == 2
    assert speeches[0].suggestion.where == "8号楼"
    with pytest.raises(Refused, match="第2行"):
        note_many(hearing, by=cast.zhao, speaker="resident", said="灯不亮\n车棚漏雨\t李\t123")
    assert Suggestion.objects.count() == 2, "a list with a fault brings nothing in"


def test_a_question_waits_for_its_office_and_its_answer_stays(cast: Cast, clock: Clock) -> None:
    section = Organisation.objects.create(place=cast.maizidian, kind=OrganisationKind.SECTION, name="城建科")
    hearing = H.held(cast, clock)
    question = H.said(hearing, cast.zhao, kind=SpeechKind.QUESTION, text="去年的钱花在哪里了？", asked_of=section)
    assert "speech.answer" in [wait.verb for wait in waiting_for(cast.zhao, date(2026, 3, 20))]
    answer_speech(question, by=cast.zhao, answer="修了两条路，账在公示栏。")
    assert "speech.answer" not in [wait.verb for wait in waiting_for(cast.zhao, date(2026, 3, 20))]
    opinion = H.said(hearing, cast.zhao)
    with pytest.raises(Refused, match="收为建议"):
        answer_speech(opinion, by=cast.zhao, answer="好")
    with pytest.raises(Refused, match="不记姓名"):
        H.said(hearing, cast.zhao, kind=SpeechKind.QUESTION, name="陈秀兰")


def test_what_was_noted_by_mistake_is_taken_back(cast: Cast, clock: Clock) -> None:
    hearing = H.held(cast, clock)
    speech = H.said(hearing, cast.zhao)
    with pytest.raises(Refused, match="撤销录入"):
        withdraw_speech(speech, by=cast.zhao, reason="记重了")
    with pytest.raises(Refused, match="1条发言"):
        call_off_hearing(hearing, by=cast.zhao, reason="没有开成")
    strike_suggestion(speech.suggestion, by=cast.zhao, reason="记重了")
    speech.refresh_from_db()
    withdraw_speech(speech, by=cast.zhao, reason="记重了")
    assert not speeches_of(hearing)
    call_off_hearing(hearing, by=cast.zhao, reason="没有开成")
    assert (hearing.state, sessions_at(cast.maizidian).count()) == (State.CALLED_OFF, 0)


def test_the_session_of_a_hearing_goes_with_the_hearing(cast: Cast, clock: Clock) -> None:
    hearing = H.held(cast, clock)
    assert "取消问政会" in str(why_not_now("session.withdraw", hearing.session))


def test_the_record_is_public_and_names_nobody(cast: Cast, clock: Clock, client) -> None:
    hearing = H.held(cast, clock)
    H.said(hearing, cast.zhao, name="陈秀兰", phone="13911112222", text="8号楼前的路一下雨就积水")
    question = H.said(hearing, cast.zhao, kind=SpeechKind.QUESTION, text="去年的钱花在哪里了？")
    answer_speech(question, by=cast.zhao, answer="修了两条路")
    page = reverse("public-hearing", args=[hearing.pk])
    assert "去年的钱" not in client.get(page).content.decode(), "not before the record is public"
    publish_hearing(hearing, by=cast.zhao, record="五十三人到会，议了积水和账目。")
    shown = client.get(page).content.decode()
    for words in ("去年的钱花在哪里了？", "修了两条路", "积水", "五十三人到会"):
        assert words in shown
    assert "陈秀兰" not in shown
    assert "13911112222" not in shown
    assert hearing.title in client.get(reverse("place-hearings", args=[cast.maizidian.code])).content.decode()
    publish_hearing(hearing, by=cast.zhao, record="五十三人到会，议了积水。")
    assert Hearing.objects.get().record == "五十三人到会，议了积水。"


def test_the_desk_walks_it_on_its_pages(cast: Cast, clock: Clock, sign_in) -> None:
    desk = sign_in(cast.zhao)
    announce = reverse("do", args=["hearing.announce", cast.maizidian.code])
    given = {
        "title": "大型问政会",
        "about": "拟办项目",
        "starts_at": "3月20日 14:00",
        "venue": "文化中心",
        "resident": "60",
    }
    assert desk.post(announce, given).status_code == 302
    hearing = Hearing.objects.get()
    clock.to(H.DAY, 17)
    desk = sign_in(cast.zhao)
    shown = desk.get(reverse("desk-hearing", args=[hearing.pk])).content.decode()
    assert "登记召开" in shown
    assert desk.post(reverse("do", args=["hearing.hold", hearing.pk]), {"resident": "53"}).status_code == 302
    note = reverse("do", args=["hearing.note_speech", hearing.pk])
    assert desk.post(note, {"kind": "opinion", "speaker": "resident", "text": "路积水"}).status_code == 302
    shown = desk.get(reverse("desk-hearing", args=[hearing.pk])).content.decode()
    assert "路积水" in shown
    assert hearing.title in desk.get(reverse("desk-hearings", args=[cast.maizidian.code])).content.decode()
