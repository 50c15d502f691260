"""A question of policy goes up, waits, is answered, and the answer stays with the rule."""

from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import TODAY, Cast
from tests.conftest import Clock
from tests.factories.inquiries import QUORUM, asked
from tests.factories.projects import seated_council
from tests.factories.proposals import drafted
from yishiting.ground.common.refused import NotAllowed, Refused, WrongState
from yishiting.ground.ledger.models import Entry
from yishiting.ground.notices.models import Message
from yishiting.ground.seasons.actions import adopt_rulebook
from yishiting.overview.cycle.board import waiting_for
from yishiting.year.inquiries.actions import answer, ask_back, follow_up, withdraw
from yishiting.year.inquiries.models import Part
from yishiting.year.inquiries.queries import answers_about
from yishiting.year.inquiries.states import State

pytestmark = pytest.mark.django_db
WORDS = "请假的代表仍算应到；会议可以改期。"


def waits(person, day=TODAY) -> list[str]:
    return [wait.verb for wait in waiting_for(person, day) if wait.verb.startswith("inquiry.")]


def test_it_waits_at_the_district_within_the_days_of_the_rulebook(cast: Cast) -> None:
    adopt_rulebook(cast.district, by=cast.sun, year=2026, in_force_from=TODAY, changes={"inquiry.answer_workdays": 3})
    inquiry = asked(cast)
    assert (inquiry.asked_at, inquiry.due.isoformat()) == (cast.district, "2026-03-10")
    assert inquiry.rules_label == "110105/2026/1"
    assert (waits(cast.sun), waits(cast.zhao), waits(cast.liu)) == (["inquiry.answer"], [], [])


def test_the_answer_is_kept_with_the_rule_and_whoever_asked_is_told(cast: Cast) -> None:
    inquiry = answer(asked(cast), by=cast.sun, text=WORDS, public=True)
    told = Message.objects.get(to=cast.liu, template="inquiry.answer", way="on_site")
    assert WORDS in told.body
    for place in (cast.zaobei, cast.zaonan, cast.anzhen, cast.district):
        found = answers_about(QUORUM, place, public=True)
        assert [[one.text for one in row.said] for row in found] == [[inquiry.exchanges.all()[0].text, WORDS]]
    page = Client().get(reverse("public-rule", args=[cast.zaonan.code, QUORUM])).content.decode()
    assert WORDS in page
    assert WORDS not in Client().get(reverse("public-rule", args=[cast.zaonan.code, "vote.majority"])).content.decode()


def test_what_is_not_public_is_for_desks_alone(cast: Cast) -> None:
    answer(asked(cast), by=cast.sun, text=WORDS, public=False)
    assert WORDS not in Client().get(reverse("public-rule", args=[cast.zaobei.code, QUORUM])).content.decode()
    browser = Client()
    browser.force_login(cast.qian)
    entry = f"{QUORUM}@community"
    assert WORDS in browser.get(reverse("desk-rule", args=[cast.zaonan.code, entry])).content.decode()


def test_asked_back_it_waits_for_more_and_then_for_the_office_again(cast: Cast, clock: Clock) -> None:
    inquiry = ask_back(asked(cast), by=cast.sun, text="请写明代表总数。")
    assert (inquiry.state, waits(cast.sun), waits(cast.liu)) == (State.RETURNED, [], ["inquiry.follow_up"])
    with pytest.raises(WrongState):
        answer(inquiry, by=cast.sun, text=WORDS, public=False)
    clock.to(TODAY.replace(day=9))
    inquiry = follow_up(inquiry, by=cast.wang, text="一共十三位。")
    assert (inquiry.due.isoformat(), waits(cast.sun)) == ("2026-03-23", ["inquiry.answer"])


def test_a_second_answer_stands_beside_the_first_and_what_is_asked_on_is_not_public_yet(cast: Cast) -> None:
    inquiry = answer(asked(cast), by=cast.sun, text=WORDS, public=True)
    inquiry = follow_up(inquiry, by=cast.liu, text="去世的呢？")
    assert [one.part for one in answers_about(QUORUM, cast.zaobei, public=True)[0].said] == [Part.QUESTION, Part.ANSWER]
    inquiry = answer(inquiry, by=cast.sun, text="去世的不算应到。", public=True)
    assert [one.part for one in inquiry.exchanges.all()] == [Part.QUESTION, Part.ANSWER, Part.MORE, Part.ANSWER]
    withdraw(follow_up(inquiry, by=cast.liu, text="知道了"), by=cast.liu, reason="不用再问")
    assert len(answers_about(QUORUM, cast.zaobei, public=True)[0].said) == 4, "what was answered stays with the rule"


def test_a_representative_asks_and_reads_the_answer(cast: Cast) -> None:
    seat = seated_council(cast)[0]
    seat.person = cast.liming
    seat.save()
    inquiry = asked(cast, by=cast.liming, asked_at=cast.maizidian.code)
    assert inquiry.asked_at == cast.maizidian
    assert waits(cast.zhao) == ["inquiry.answer"]
    ask_back(inquiry, by=cast.zhao, text="哪一次会？")
    assert waits(cast.liming) == ["inquiry.follow_up"]
    browser = Client()
    browser.force_login(cast.liming)
    page = browser.get(reverse("my-inquiry", args=[inquiry.pk])).content.decode()
    assert "哪一次会？" in page
    rule = reverse("public-rule", args=[cast.zaobei.code, QUORUM])
    assert f'href="{rule}?version={quote(inquiry.rules_label, safe="")}"' in page
    listed = browser.get(reverse("my-inquiries")).content.decode()
    assert inquiry.title in listed
    assert f'<span class="unseen">{cast.zaobei.name}</span>' in listed, "each button says of which place"


def test_the_desk_is_led_to_the_rule_where_it_is_changed(cast: Cast) -> None:
    browser = Client()
    browser.force_login(cast.liu)
    page = browser.get(reverse("desk-inquiry", args=[asked(cast).pk])).content.decode()
    rule = reverse("desk-rule", args=[cast.zaobei.code, f"{QUORUM}@community"])
    assert f'href="{rule}"' in page
    assert browser.get(rule).status_code == 200


def test_who_may_not(cast: Cast) -> None:
    for stranger in (cast.lu, cast.qian):
        with pytest.raises(NotAllowed):
            asked(cast, by=stranger)
    inquiry = asked(cast)
    for someone in (cast.liu, cast.zhao, cast.wang):
        with pytest.raises(NotAllowed):
            answer(inquiry, by=someone, text=WORDS, public=True)
    with pytest.raises(NotAllowed):
        withdraw(inquiry, by=cast.qian, reason="不用了")


def test_it_is_about_a_rule_or_a_matter(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        asked(cast, rule=None)
    assert refused.value.field == "rule"
    dossier = drafted(cast).dossier
    inquiry = asked(cast, rule=None, dossier=dossier)
    assert (inquiry.rule, inquiry.dossier) == ("", dossier)
    with pytest.raises(Refused, match="没有找到这一项，或这里不能选它"):
        asked(cast, place=cast.zaonan, by=cast.qian, rule=None, dossier=dossier)


def test_the_record_keeps_no_words(cast: Cast) -> None:
    answer(asked(cast), by=cast.sun, text=WORDS, public=True)
    entry = Entry.objects.get(verb="inquiry.answer")
    assert {**entry.facts, "private": None} == {"about_rule": str(QUORUM), "public": True, "private": None}
    assert WORDS not in str(entry.facts)


def test_by_page_and_by_api(cast: Cast) -> None:
    browser = Client()
    browser.force_login(cast.liu)
    form = browser.get(reverse("do", args=["inquiry.ask", cast.zaobei.code]) + f"?rule={QUORUM}").content.decode()
    assert f'<option value="{QUORUM}" selected>' in form
    sent = {"title": "问题", "text": "怎么算？", "rule": str(QUORUM), "asked_at": str(cast.maizidian.pk)}
    assert browser.post(reverse("do", args=["inquiry.ask", cast.zaobei.code]), sent).status_code == 302
    made = browser.post(
        f"/api/v1/places/{cast.zaobei.code}/inquiry-ask",
        {"title": "问题二", "text": "怎么算？", "rule": str(QUORUM)},
        content_type="application/json",
    )
    assert made.status_code == 201, made.content
    key = made.json()["id"]
    assert made.json()["exchanges"][0]["text"] == "怎么算？"
    browser.force_login(cast.sun)
    done = browser.post(
        f"/api/v1/inquiries/{key}/answer", {"text": WORDS, "public": True}, content_type="application/json"
    )
    assert done.json()["state"] == "answered"
    open_to_all = Client().get(f"/api/v1/places/{cast.zaobei.code}/rules/{QUORUM}/answers").json()
    assert open_to_all[0]["said"][1]["text"] == WORDS
