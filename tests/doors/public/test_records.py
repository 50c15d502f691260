"""公开记录与核对: what everybody reads of the ledger, under one number everywhere, in words and never as code."""

import json
import re
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.emptying import guards_lifted
from tests.factories.suggestions import a_suggestion, a_valid_one
from yishiting.doors.common.entries import in_words
from yishiting.ground.accounts.actors import Clock
from yishiting.ground.common.process_cache import one_reading
from yishiting.ground.entrance.actions import unlock
from yishiting.ground.ledger.actions import sign_day
from yishiting.ground.ledger.models import Entry
from yishiting.year.suggestions.models import Suggestion


@pytest.fixture
def screened(cast: Cast) -> Suggestion:
    return a_valid_one(cast)


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_entry_reads_as_a_sentence_with_a_link_to_the_matter(client: Client, screened: Suggestion) -> None:
    entry = Entry.objects.get(verb="suggestion.screen")
    page = text(client, f"/record/{entry.seq}/")
    assert "枣营北里社区，社区工作者：" in page
    assert "四项标准：客观性符合，公共性符合，合法性符合，可行性符合；结果：" in page
    assert f'href="/suggestions/{screened.pk}/"' in page
    assert "核对通过" in page


def test_nothing_is_shown_as_code(client: Client, cast: Cast, screened: Suggestion) -> None:
    pages = [text(client, "/record/"), *(text(client, f"/record/{one.seq}/") for one in Entry.objects.all())]
    for page in pages:
        main = re.sub(r"<code>.*?</code>", "", page[page.index("<main") :])
        words = re.sub(r"<[^>]+>", " ", main)
        assert not re.search(r"[{}\[\]]|[a-z]+_[a-z]+|\d{4}-\d\d-\d\d", words), words


def test_the_number_is_the_same_on_the_page_in_the_record_and_in_the_export(
    client: Client, screened: Suggestion
) -> None:
    sign_day(screened.received_on, by=Clock())
    number = Entry.objects.get(verb="suggestion.screen").seq
    assert f"第{number}号记录" in text(client, f"/suggestions/{screened.pk}/")
    assert client.get(f"/record/?number={number}")["Location"] == f"/record/{number}/"
    assert f"第{number}号记录" in text(client, f"/record/{number}/")
    lines = [json.loads(line) for line in _streamed(client)]
    assert lines[number]["event"]["verb"] == "suggestion.screen"
    assert lines[number]["event"]["seq"] == number


def _streamed(client: Client) -> Iterator[str]:
    answer = client.get("/record/export/")
    return iter(b"".join(answer.streaming_content).decode().splitlines())  # type: ignore[attr-defined]


def test_of_a_persons_own_account_the_page_shows_the_fingerprint_alone(client: Client, cast: Cast) -> None:
    unlock(cast.liu, by=cast.security)
    entry = Entry.objects.latest("seq")
    page = text(client, f"/record/{entry.seq}/")
    assert entry.leaf in page
    assert "只公开指纹" in page
    assert "解锁" not in page
    assert f'href="/record/{entry.seq}/"' not in text(client, "/record/")


def test_the_seal_of_a_page_is_computed(client: Client, screened: Suggestion) -> None:
    page = f"/suggestions/{screened.pk}/"
    assert "已记入台账" in text(client, page)
    with guards_lifted(connection), connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_entry SET office = 'auditor' WHERE verb = 'suggestion.screen'")
    assert "记录对不上" in text(client, page)
    assert "核对不通过" in text(client, f"/record/{Entry.objects.get(verb='suggestion.screen').seq}/")


def test_there_is_no_link_to_what_not_everybody_may_read(cast: Cast, client: Client) -> None:
    a_suggestion(cast)
    for told in in_words(Entry.objects.all()):
        if told.page:
            assert client.get(told.page).status_code == 200


def test_a_number_nobody_has_is_not_found(client: Client, cast: Cast) -> None:
    assert client.get("/record/0/").status_code == 404
    assert client.get("/record/?number=99999999999999999999").status_code == 200


def test_a_list_asks_as_much_for_one_entry_as_for_many(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries, screened: Suggestion
) -> None:
    rows = Entry.objects.filter(verb="suggestion.screen")
    in_words(rows)  # what a process holds is held from now on
    with one_reading(), django_assert_num_queries(3):  # versions, suggestions and entries
        in_words(rows.all())
    for _n in range(3):
        a_valid_one(cast)
    with one_reading(), django_assert_num_queries(3):
        in_words(rows.all())
