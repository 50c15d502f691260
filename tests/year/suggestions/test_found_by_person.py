"""What was said is found again by the name or telephone of whoever said it, by those alone who may read them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.doors.desk.test_suggestions import here, titles_of
from tests.factories.suggestions import a_slip, a_suggestion
from yishiting.ground.accounts.models import Person
from yishiting.instruments.documents.rules import spoken
from yishiting.year.suggestions.actions.classifying import forget_proposer
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.suggestions.queries.search import search_known

PHONE = "13920000035"


@pytest.fixture
def told(cast: Cast) -> Suggestion:
    """陆桂芳 has left her name and telephone with what she said; others said other things."""
    a_slip(cast, text="车棚漏雨")
    return a_suggestion(cast, text="东门路灯坏了", name="陆桂芳", phone=PHONE)


@pytest.mark.parametrize("words", ["陆桂芳", "陆 桂芳", "13920000035", "139 2000 0035", "+86 139-2000-0035", "0035"])
def test_the_desk_finds_by_name_and_telephone(cast: Cast, told: Suggestion, sign_in, words: str) -> None:
    assert titles_of(sign_in(cast.liu).get(here(cast), {"q": words})) == ["东门路灯坏了"]
    assert list(search_known(Suggestion.objects.all(), words, cast.liu)) == [told]


@pytest.mark.parametrize("words", ["桂芳", "陆", "陆　桂", "芳"])
def test_any_part_of_a_name_finds_it(cast: Cast, told: Suggestion, sign_in, words: str) -> None:
    a_slip(cast, text="电动车没处充电", name="王建国")
    assert titles_of(sign_in(cast.liu).get(here(cast), {"q": words})) == ["东门路灯坏了"]


def test_many_people_of_one_name_are_found_in_as_few_queries(cast: Cast, told: Suggestion, sign_in) -> None:
    for n in range(12):
        a_slip(cast, text=f"{n}号楼车棚漏雨", name="陆桂英" if n % 2 else f"陆桂{'兰菊梅竹松柏'[n // 2]}")
    desk = sign_in(cast.liu)
    desk.get(here(cast), {"q": "陆桂"})
    with CaptureQueriesContext(connection) as queries:
        found = titles_of(desk.get(here(cast), {"q": "陆桂"}))
    assert len(found) == 13
    assert len(queries) <= 15, "\n".join(one["sql"] for one in queries)


@pytest.mark.parametrize("words", ["陆桂芳", "桂芳", "陆", PHONE, "0035"])
@pytest.mark.parametrize("who", ["zhou", "zhao", "sun"])
def test_those_who_do_not_read_names_do_not_find_by_them(
    cast: Cast, told: Suggestion, sign_in, words: str, who: str
) -> None:
    assert titles_of(sign_in(getattr(cast, who)).get(here(cast), {"q": words})) == []


def test_another_desk_finds_nobody_elses_people(cast: Cast, told: Suggestion) -> None:
    theirs = Suggestion.objects.exclude(pk__in=Suggestion.objects.filter(place=cast.zaobei))
    assert list(search_known(Suggestion.objects.all(), "陆桂芳", cast.qian)) == list(theirs)


@pytest.mark.parametrize("who", ["liu", "zhou", "zhao"])
def test_part_of_its_number_finds_it_for_whoever_reads_it(cast: Cast, told: Suggestion, sign_in, who: str) -> None:
    for words in (told.receipt[-4:], spoken(told.receipt)[-6:], told.receipt):
        assert "东门路灯坏了" in titles_of(sign_in(getattr(cast, who)).get(here(cast), {"q": words}))


def test_the_number_of_another_system_is_found_by_its_end(cast: Cast, told: Suggestion) -> None:
    Suggestion.objects.filter(pk=told.pk).update(outside_number="RX20260305-77812")
    assert list(search_known(Suggestion.objects.all(), "77812", cast.liu)) == [told]


def test_nothing_finds_whoever_asked_to_be_forgotten(cast: Cast) -> None:
    a_suggestion(cast, by=cast.lu, name="陆桂芳", phone=PHONE)
    forget_proposer(cast.lu, by=Person.objects.get(pk=cast.lu.pk))
    for words in ("陆桂芳", PHONE, "0035"):
        assert not search_known(Suggestion.objects.all(), words, cast.liu).exists()
