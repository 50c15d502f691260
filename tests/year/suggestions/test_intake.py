"""Taking in one by one: who may, when, what is kept, what is never changed."""

from datetime import date

import pytest
from django.db import connection

from tests.cast import Cast
from tests.factories.suggestions import LAMP, a_session, a_slip, a_suggestion
from yishiting.ground.accounts.actors import Visitor
from yishiting.ground.common.refused import NotAllowed, Refused, WrongState
from yishiting.ground.ledger.models import Entry
from yishiting.ground.notices.models import Message, Way
from yishiting.ground.places.models import Estate
from yishiting.ground.seasons.actions import open_special_intake
from yishiting.instruments.documents.rules import read_receipt
from yishiting.year.suggestions.actions import (
    amend_session,
    hold_session,
    settle_suggestion,
    strike_suggestion,
)
from yishiting.year.suggestions.hashes import spare_code
from yishiting.year.suggestions.models import Channel, Naming, Suggestion
from yishiting.year.suggestions.queries.receipts import by_receipt, by_slip, has_spare_code, slip_token
from yishiting.year.suggestions.states import State


def test_a_visitor_suggests_and_gets_a_number(cast: Cast) -> None:
    one = a_suggestion(cast, text=f" {LAMP}\r\n")
    assert (one.text, one.title, one.where) == (LAMP, LAMP[:-1], "3号楼2单元")
    assert (one.state, one.channel, one.year, one.received_on) == (State.RECEIVED, Channel.WEB, 2026, date(2026, 3, 5))
    assert read_receipt(one.receipt) == one.receipt
    assert one.screen_due == date(2026, 3, 19)


def test_the_ledger_row_holds_no_word_and_nothing_about_the_person(cast: Cast) -> None:
    one = a_suggestion(cast, name="陆桂芳")
    row = Entry.objects.latest("seq")
    assert (row.verb, row.subject_id, row.actor_kind) == ("suggestion.submit", str(one.pk), "visitor")
    assert one.text not in str(row.facts)
    assert set(row.records) == {f"suggestion:{one.pk}", f"dossier:{one.dossier_id}"}
    assert "陆桂芳" not in str(row.facts)
    assert "1390000" not in str(row.facts)


def test_name_and_phone_are_sealed_in_the_database(cast: Cast) -> None:
    one = a_suggestion(cast, name="陆桂芳")
    with connection.cursor() as cursor:
        cursor.execute("SELECT proposer_name, proposer_phone FROM suggestions_suggestion")
        assert not {"陆桂芳", "13900000021"} & set(cursor.fetchone())
    one.refresh_from_db()
    assert (one.proposer_name, one.proposer_phone) == ("陆桂芳", "13900000021")


def test_a_resident_finds_it_among_their_own_and_is_told(cast: Cast) -> None:
    one = a_suggestion(cast, by=cast.lu, phone="")
    assert (one.proposer, one.proposer_name) == (cast.lu, "陆桂芳")
    told = Message.objects.get(to=cast.lu)
    assert told.way == Way.ON_SITE
    assert one.receipt[:2] in told.body


def test_somebody_who_left_a_phone_gets_one_short_message(cast: Cast) -> None:
    a_suggestion(cast)
    assert Message.objects.get(way=Way.SMS).address == "13900000021"


@pytest.mark.parametrize("phone", ["010-64650001", "64650001", "+852 9123 0001"])
def test_a_number_that_takes_no_texts_is_kept_and_sent_none(cast: Cast, phone: str) -> None:
    assert a_suggestion(cast, phone=phone).proposer_phone.endswith("0001")
    assert not Message.objects.exists()


def test_two_spellings_of_one_number_are_one_neighbour(cast: Cast) -> None:
    one = a_suggestion(cast, text="楼道灯坏了", phone="137 0000 5678", name="孙　丽")
    other = a_suggestion(cast, text="车棚漏雨", phone="+86137-0000-5678", name="孙\u200b丽")
    assert (one.phone_hash, one.proposer_name) == (other.phone_hash, other.proposer_name)
    assert by_receipt(other.receipt, "５６７８") == other


@pytest.mark.parametrize("phone", ["微信sunli", "1.37E+10", "1370000567"])
def test_a_number_nobody_can_ring_is_said_at_once(cast: Cast, phone: str) -> None:
    with pytest.raises(Refused) as refusal:
        a_suggestion(cast, phone=phone)
    assert refusal.value.field == "phone"


@pytest.mark.parametrize("text", ["\u202e\u200b\u2060 \u00a0", "\u2060\u2060", "\u3164"])
def test_words_nobody_sees_are_not_taken_in(cast: Cast, text: str) -> None:
    with pytest.raises(Refused) as refusal:
        a_suggestion(cast, text=text)
    assert refusal.value.field == "text"


def test_a_title_does_not_turn_the_page_round(cast: Cast) -> None:
    one = a_suggestion(cast, text="\u202e北门路灯要修\u202c，晚上看不清。", title="\u2067北门路灯")
    assert (one.title, one.text) == ("北门路灯", "北门路灯要修，晚上看不清。")


def test_somebody_who_left_nothing_gets_none(cast: Cast) -> None:
    a_suggestion(cast, phone="")
    assert Message.objects.count() == 0


def test_a_known_estate_is_noted_by_its_name(cast: Cast) -> None:
    estate = Estate.objects.create(place=cast.zaobei, name="枣营北里5号院")
    assert a_suggestion(cast, where="枣营北里5号院东门").estate == estate
    assert a_suggestion(cast, where="东门").estate is None


@pytest.mark.parametrize(
    ("facts", "field", "says"),
    [
        ({"text": " \u3000\n"}, "text", "请写下"),
        ({"text": "长" * 10_001}, "text", "写了 10001 字"),
        ({"naming": Naming.SURNAME}, "name", "怎么称呼您"),
    ],
)
def test_what_cannot_be_taken_is_said_at_its_field(cast: Cast, facts: dict[str, str], field: str, says: str) -> None:
    with pytest.raises(Refused, match=says) as refusal:
        a_suggestion(cast, **facts)
    assert refusal.value.field == field
    assert Suggestion.objects.count() == 0


def test_an_emoji_and_a_script_tag_are_words_like_others(cast: Cast) -> None:
    text = "<script>alert('灯')</script> 路灯坏了😡"
    assert a_suggestion(cast, text=text).text == text


def test_words_are_taken_in_all_the_year_round(cast: Cast, clock) -> None:
    clock.to(date(2026, 6, 1))
    assert a_suggestion(cast).special is None
    assert a_slip(cast, received_on=date(2026, 5, 20)).received_on == date(2026, 5, 20)


def test_what_comes_by_a_special_intake_names_it(cast: Cast, clock) -> None:
    clock.to(date(2026, 7, 20))
    special = open_special_intake(
        cast.zaobei, by=cast.wang, reason="暴雨后地下室积水", opens=date(2026, 7, 19), closes=date(2026, 7, 31)
    )
    assert a_suggestion(cast).special == special
    assert Entry.objects.latest("seq").facts["special"] == str(special.pk)
    assert a_suggestion(cast, place=cast.zaonan).special is None


def test_numbers_run_on_through_all_places(cast: Cast) -> None:
    receipts = [a_suggestion(cast).receipt, a_suggestion(cast, place=cast.zaonan).receipt, a_slip(cast).receipt]
    assert [int(number[2:9]) for number in receipts] == [1, 2, 3]


def test_a_slip_keeps_who_typed_it_and_whether_it_was_read_back(cast: Cast) -> None:
    session = a_session(cast)
    one = a_slip(cast, session=session, received_on=date(2026, 3, 2), read_back=True, name="陆桂芳", door="5-1-302")
    assert (one.recorded_by, one.read_back, one.session, one.received_on) == (cast.liu, True, session, date(2026, 3, 2))
    assert one.household
    assert one.household == a_slip(cast, text="另一件事", door="5号楼1单元302室").household
    assert Entry.objects.filter(verb="suggestion.take_down").count() == 2


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"received_on": date(2026, 3, 6)}, "不能晚于今天"),
        ({"channel": "dream"}, "从哪里来"),
        ({"wants_contact": True}, "写下联系电话"),
    ],
)
def test_a_slip_that_cannot_be_taken(cast: Cast, facts: dict[str, object], says: str) -> None:
    with pytest.raises(Refused, match=says):
        a_slip(cast, **facts)


def test_a_slip_of_the_season_may_be_typed_in_after_it(cast: Cast, clock) -> None:
    clock.to(date(2026, 4, 10))
    assert a_slip(cast, received_on=date(2026, 3, 30)).year == 2026


def test_a_session_of_another_place_is_refused(cast: Cast) -> None:
    elsewhere = a_session(cast, place=cast.zaonan, by=cast.qian)
    with pytest.raises(Refused, match="这里不能选它"):
        a_slip(cast, session=elsewhere)


def test_only_the_desk_of_the_place_takes_down(cast: Cast) -> None:
    for someone in (cast.qian, cast.lu, cast.zhao, Visitor()):
        with pytest.raises(NotAllowed):
            a_slip(cast, by=someone)


def test_a_mistyped_slip_is_struck_at_once_by_its_typist_later_and_by_others_with_the_reason(cast: Cast, clock) -> None:
    one = a_slip(cast)
    with pytest.raises(Refused, match="请写明为什么撤销"):
        strike_suggestion(one, by=cast.wang)
    assert strike_suggestion(one, by=cast.liu).state == State.STRUCK
    assert Suggestion.objects.standing().count() == 0
    other = a_slip(cast)
    clock.to(date(2026, 3, 6))
    with pytest.raises(Refused, match="请写明为什么撤销"):
        strike_suggestion(other, by=cast.liu)
    assert strike_suggestion(other, by=cast.wang, reason="南里社区的纸条").state == State.STRUCK


def test_a_web_suggestion_cannot_be_struck(cast: Cast) -> None:
    with pytest.raises(Refused, match="居民自己提的"):
        strike_suggestion(a_suggestion(cast), by=cast.liu)


def test_what_was_solved_on_the_spot_is_answered_at_once(cast: Cast) -> None:
    one = a_suggestion(cast)
    answer = settle_suggestion(one, by=cast.liu, text="灯泡已当场换好。")
    assert (one.state, one.answered_on, answer.kind) == (State.SETTLED, date(2026, 3, 5), "settled")
    assert "当场换好" in Message.objects.filter(template="suggestion.settled").get().body
    with pytest.raises(WrongState, match="当场解决"):
        settle_suggestion(one, by=cast.liu, text="又来一次")


def test_settling_needs_words(cast: Cast) -> None:
    with pytest.raises(Refused, match="怎么解决的"):
        settle_suggestion(a_suggestion(cast), by=cast.liu, text="  ")


def test_settling_elsewhere_is_refused(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        settle_suggestion(a_suggestion(cast), by=cast.qian, text="换好了")


def test_a_session_counts_people_by_category(cast: Cast) -> None:
    session = a_session(cast, two_committees_one_station=0, migrant_resident=0, others=2)
    assert (session.participant_count, session.participants) == (13, {"resident": 11, "others": 2})


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"title": " "}, "起个名字"),
        ({"held_on": date(2026, 3, 6)}, "还没有到日子"),
        ({"resident": 0, "two_committees_one_station": 0}, "至少填写一类"),
        ({"robots": 1}, "没有这一类"),
        ({"resident": -1, "others": 9}, "应在0到"),
        ({"channel": "dream"}, "什么方式"),
    ],
)
def test_a_session_that_cannot_be(cast: Cast, facts: dict[str, object], says: str) -> None:
    with pytest.raises(Refused, match=says):
        a_session(cast, **facts)


def test_a_session_is_corrected_with_its_reason(cast: Cast) -> None:
    session = a_session(cast)
    with pytest.raises(Refused, match="为什么"):
        amend_session(session, by=cast.liu, resident=12, notes="", reason="")
    amend_session(session, by=cast.liu, resident=12, notes="", reason="漏数一人")
    assert (session.participant_count, session.participants) == (12, {"resident": 12})
    assert Entry.objects.latest("seq").facts["before"] == {"resident": 11, "two_committees_one_station": 2}
    with pytest.raises(NotAllowed):
        hold_session(
            cast.zaobei,
            by=cast.qian,
            channel=Channel.FORUM,
            title="x",
            held_on=date(2026, 3, 1),
            resident=3,
        )


def test_number_and_four_digits_find_it_again(cast: Cast) -> None:
    one = a_suggestion(cast)
    spaced = f"{one.receipt[:2]} {one.receipt[2:6]}-{one.receipt[6:]}"
    assert by_receipt(spaced, "0021") == one
    assert by_receipt(one.receipt, "0022") is None
    assert by_receipt(one.receipt, "") is None
    assert by_receipt("2600000000", "0021") is None


def test_without_a_phone_the_code_on_the_slip_finds_it(cast: Cast) -> None:
    one = a_suggestion(cast, phone="")
    assert has_spare_code(one)
    assert by_receipt(one.receipt, spare_code(one.receipt)) == one


def test_the_link_of_the_slip_is_signed(cast: Cast) -> None:
    one = a_suggestion(cast)
    assert by_slip(slip_token(one)) == one
    assert by_slip(f"{one.receipt}:forged") is None
    struck = a_slip(cast)
    strike_suggestion(struck, by=cast.liu)
    assert by_slip(slip_token(struck)) is None
