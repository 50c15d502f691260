"""Every page is asked what nobody should ask, and its forms are sent what nobody should send: no page breaks."""

import os
import re
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.conftest import Clock
from tests.fuzz.keys import keys_of_real_things, places
from tests.fuzz.values import NASTY, WORDS
from tests.lived_year import LATE
from yishiting.ground.accounts.models import Person

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.usefixtures("lived_year")]
TIMES = int(os.environ.get("FUZZ", "1"))
SIGNED_IN = ("liu", "wang", "liming", "system", None)
NAME = re.compile(r'<(?:input|select|textarea)[^>]*\bname="([^"]+)"')
GAP = re.compile(r"<(?:\w+:)?(\w+)>")
QUESTIONS = ("q", "page", "sort", "of", "year", "state", "place", "once", "next", "pick")


def routes(patterns: list[Any], before: str = "/") -> Iterator[str]:
    """The ways of the site, but for the API, which has a test of its own."""
    for one in patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from routes(one.url_patterns, route)
        elif isinstance(one, URLPattern) and not route.startswith("/api/"):
            yield route


def address(route: str, keys: dict[str, list[str]], codes: list[str], chance: Random) -> str:
    """The way with something in each gap: mostly a real thing of the kind that the way begins with."""
    models = [word.rstrip("s").replace("-", "") for word in re.split(r"[/<]", route)]
    own = next((keys[word] for word in models if keys.get(word)), keys[""])

    def filled(gap: re.Match[str]) -> str:
        if gap[1] in ("code", "place") and chance.random() < 0.9:
            return chance.choice(codes)
        if gap[0].startswith("<int"):
            return chance.choice(("1", "2", "2026", "9" * 30))
        return chance.choice(own if chance.random() < 0.8 else keys[""])

    return GAP.sub(filled, route)


def asked(chance: Random) -> dict[str, str]:
    return {name: _text(chance) for name in QUESTIONS if chance.random() < 0.3}


def _text(chance: Random) -> str:
    value = chance.choice(NASTY) if chance.random() < 0.6 else chance.choice(WORDS)
    return str(value)[:6000].encode("utf8", "replace").decode()


@pytest.mark.parametrize("part", range(4))
def test_no_page_breaks(part: int, clock: Clock) -> None:
    clock.to(LATE)
    keys, codes, broken, answers = keys_of_real_things(), places(), [], 0
    for number, route in enumerate(sorted(set(routes(get_resolver().url_patterns)))):
        if number % 4 != part or "signout" in route:
            continue
        chance = Random(route)
        for _time in range(TIMES):
            browser, url = _browser(chance.choice(SIGNED_IN)), address(route, keys, codes, chance)
            page = browser.get(url, asked(chance))
            names = (
                set(NAME.findall(page.content.decode("utf8", "replace")))
                if page.status_code == 200 and not page.streaming
                else set()
            )
            if page.streaming:
                list(page.streaming_content)
            sent = {name: _text(chance) for name in sorted(names) if chance.random() < 0.9}
            form = browser.post(url, sent)
            answers += 2
            broken += [f"{url}: {one.status_code} {sent}"[:400] for one in (page, form) if one.status_code >= 500]
    assert broken == []
    assert answers > 50


def _browser(login: str | None) -> Client:
    """A breakdown is an answer here, not an exception. Each time anew: many pages sign somebody out."""
    browser = Client(raise_request_exception=False)
    if login:
        browser.force_login(Person.objects.get(login=login))
    return browser
