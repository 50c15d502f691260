"""The simpler version: three doors, one thing a screen, and every main job of a resident walked through to its end."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.factories import budgeting, consultations
from tests.factories import suggestions as S
from yishiting.ground.organisations.actions import list_contacts
from yishiting.instruments.documents.rules import spoken
from yishiting.year.suggestions.models import Suggestion

pytestmark = pytest.mark.django_db


@pytest.fixture
def phone() -> Client:
    client = Client()
    client.post(reverse("care"), {"care": "1", "next": "/"})
    return client


def doors(page: str) -> list[str]:
    return re.findall(r'class="big-door[^"]*" href="([^"]+)"', page)


def hidden(page: str) -> dict[str, str]:
    form = page[page.index('<form method="post" action="" novalidate enctype') :]
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))


def test_the_front_page_is_three_doors(cast: Cast, phone: Client) -> None:
    page = phone.get("/").content.decode()
    assert doors(page) == [reverse("suggest"), reverse("follow"), reverse("ring")]
    assert "实事项目" not in page
    assert "实事项目" in phone.get("/?all=1").content.decode()  # nothing is out of reach
    assert doors(Client().get("/").content.decode()) == []


def test_saying_something_is_one_question_a_screen(cast: Cast, phone: Client) -> None:
    here = reverse("suggest-here", args=[cast.zaobei.code])
    said: dict[str, str] = {}
    for name, words in (("text", "楼道灯坏了，看不清"), ("where", "3号楼"), ("phone", "13912345678")):
        page = (phone.post(here, said) if said else phone.get(here)).content.decode()
        assert len(re.findall(r"<(?:textarea|input(?! type=\"hidden\"))[^>]* id=", page)) == 1, name
        said = {**hidden(page), name: words, "on": "1"}
        said.pop("csrfmiddlewaretoken", None)
    last = phone.post(here, said).content.decode()
    assert "第4步，共4步" in last
    assert not Suggestion.objects.exists()
    done = phone.post(here, {**hidden(last), "send": "1"})
    made = Suggestion.objects.get()
    assert (made.text, made.where, made.proposer_phone) == ("楼道灯坏了，看不清", "3号楼", "13912345678")
    receipt = phone.get(done.url).content.decode()
    assert spoken(made.receipt) in receipt
    assert doors(phone.get("/").content.decode())[0] == here  # next time it knows where


def test_one_goes_back_and_nothing_is_lost(cast: Cast, phone: Client) -> None:
    here = reverse("suggest-here", args=[cast.zaobei.code])
    page = phone.post(here, {"step": "1", "text": "灯坏了", "where": "3号楼", "back": "1"}).content.decode()
    assert "第1步" in page
    assert "灯坏了</textarea>" in page
    assert hidden(page)["where"] == "3号楼"


def test_a_wrong_answer_is_said_on_its_own_screen(cast: Cast, phone: Client) -> None:
    here = reverse("suggest-here", args=[cast.zaobei.code])
    empty = phone.post(here, {"step": "0", "text": "", "on": "1"})
    assert empty.status_code == 422
    assert "请写下您想说的事" in empty.content.decode()
    assert "第1步" in empty.content.decode()
    sent = phone.post(here, {"step": "3", "text": "灯坏了", "phone": "138", "send": "1"})
    assert sent.status_code == 422
    assert "第3步" in sent.content.decode()
    assert "请检查电话号码" in sent.content.decode()


def test_following_and_ringing(cast: Cast, phone: Client) -> None:
    one = S.a_suggestion(cast, phone="13912345678")
    to = phone.post(reverse("follow"), {"receipt": one.receipt, "tail": "5678"})
    assert one.title in phone.get(to.url).content.decode()
    row = (cast.zaobei.code, "枣营北里居委会", "65001234", "甲3号", "", "")
    list_contacts(cast.zaobei, by=cast.liu, rows=[row])
    assert "给哪个社区打电话" in phone.get(reverse("ring")).content.decode()
    page = phone.get(reverse("ring-here", args=[cast.zaobei.code])).content.decode()
    assert 'href="tel:01065001234"' in page
    assert "010-6500 1234" in page


def test_what_is_open_is_a_door_for_who_may(cast: Cast, sign_in) -> None:
    vote, asked = budgeting.opened(cast), consultations.opened(cast)
    mine, me = budgeting.voter(vote, "李明"), sign_in(cast.liming)
    me.post(reverse("care"), {"care": "1", "next": "/"})
    home = me.get(reverse("place", args=[cast.zaobei.code])).content.decode()
    (take_part,) = doors(home)[3:]
    assert set(doors(me.get(take_part).content.decode())) == {
        reverse("my-budget-vote", args=[mine.pk]),
        reverse("consultation", args=[asked.pk]),
    }
    assert doors(Client().get(take_part).content.decode()) == [reverse("consultation", args=[asked.pk])]


def test_the_opinion_map_is_drawn_for_the_width(cast: Cast, phone: Client) -> None:
    made = consultations.published(cast)
    page = phone.get(reverse("consultation-result", args=[made.pk])).content.decode()
    assert '<svg viewBox="0 0 320 230"' in page
    assert page.count('<circle class="group-') == len(made.result["map"]["points"])
    for group in made.result["map"]["groups"]:
        assert f">{group['name']}</text>" in page
