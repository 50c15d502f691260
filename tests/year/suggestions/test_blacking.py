"""What the machine cannot know of a person is blacked out by the desk: in public everywhere, in the file nowhere."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.factories.suggestions import a_valid_one
from yishiting.ground.common.refused import NotAllowed, Refused
from yishiting.ground.ledger.models import Entry
from yishiting.year.suggestions.actions import black_out
from yishiting.year.suggestions.models import Suggestion

SAID = "二单元卖豆腐的老孙的女儿 <小敏> 夜里怕黑，路灯不亮。"
WHO = "卖豆腐的老孙的女儿 <小敏>"


@pytest.fixture
def suggestion(cast: Cast) -> Suggestion:
    return a_valid_one(cast, title="老孙家门口路灯不亮", text=SAID)


def test_what_is_blacked_out_stands_on_no_public_page(cast: Cast, suggestion: Suggestion, sign_in) -> None:
    black_out(suggestion, by=cast.liu, words=f"{WHO}\n老孙家门口")
    for address in (
        reverse("public-suggestion", args=[suggestion.pk]),
        reverse("place-suggestions", args=[suggestion.place.code]),
    ):
        page = Client().get(address).content.decode()
        assert "小敏" not in page
        assert "老孙" not in page
        assert "█" in page
    assert "小敏" in sign_in(cast.liu).get(reverse("desk-suggestion", args=[suggestion.pk])).content.decode()
    suggestion.refresh_from_db()
    assert (suggestion.title, suggestion.text) == ("老孙家门口路灯不亮", SAID)


def test_the_screener_sees_before_what_everyone_will_see(cast: Cast, suggestion: Suggestion, sign_in) -> None:
    black_out(suggestion, by=cast.liu, words=WHO)
    page = sign_in(cast.liu).get(reverse("desk-suggestion", args=[suggestion.pk])).content.decode()
    assert f"二单元{'█' * len(WHO)} 夜里怕黑" in page


def test_it_can_be_taken_back_and_leaves_no_word_in_the_public_record(cast: Cast, suggestion: Suggestion) -> None:
    black_out(suggestion, by=cast.liu, words="老孙家门口")
    black_out(suggestion, by=cast.liu, words="")
    assert "老孙家门口" in Client().get(reverse("public-suggestion", args=[suggestion.pk])).content.decode()
    facts = [entry.facts for entry in Entry.objects.filter(verb="suggestion.black_out")]
    assert [fact["blacked"] for fact in facts] == [1, 0]
    assert "老孙" not in json.dumps(facts, ensure_ascii=False)


@pytest.mark.parametrize(("words", "says"), [("孙", "至少写两个字"), ("老王的女儿", "照原文写")])
def test_only_words_that_were_said_and_not_half_the_page(
    cast: Cast, suggestion: Suggestion, words: str, says: str
) -> None:
    with pytest.raises(Refused, match=says):
        black_out(suggestion, by=cast.liu, words=words)
    with pytest.raises(NotAllowed):
        black_out(suggestion, by=cast.qian, words=WHO)
