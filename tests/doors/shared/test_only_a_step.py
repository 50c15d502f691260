"""An address that only takes what a page sends, opened by itself: words and a way on, never an empty answer."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.cast import Cast
from yishiting.doors.web.desk.proposals_forms import DraftForm
from yishiting.doors.web.shared.forms import DASHES

pytestmark = pytest.mark.django_db


def plain_addresses(patterns: list[URLPattern | URLResolver], before: str = "/") -> Iterator[str]:
    """Every address that names nothing."""
    for one in patterns:
        address = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from plain_addresses(one.url_patterns, address)
        elif "<" not in address:
            yield address


def test_a_step_opened_by_itself_says_where_to_begin(cast: Cast) -> None:
    client, met = Client(), 0
    client.force_login(cast.liu)
    for address in plain_addresses(get_resolver().url_patterns):
        answer = client.get(address)
        if answer.status_code == 405:
            met += 1
            assert "不能直接打开" in answer.content.decode(), address
            assert answer["Allow"] == "POST"
    assert met


def test_nothing_chosen_is_said_in_words(cast: Cast) -> None:
    form = DraftForm(cast.zaobei, [], [], [2026])
    assert DASHES not in form.as_p()
