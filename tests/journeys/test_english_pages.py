"""On English pages stands no Chinese but what people wrote: names, titles, words of the matter."""

import json
import re
from contextlib import suppress
from functools import cache
from html.parser import HTMLParser
from typing import Any

import pytest
from django.conf import settings
from django.utils.translation.trans_real import translation

from tests.conftest import Clock
from tests.consistency.source import HOUSE
from tests.journeys.walking import Walk
from tests.lived_year import LATE
from tests.put_back import all_rows
from yishiting.ground.notices.models import Message

pytestmark = [pytest.mark.slow, pytest.mark.once, pytest.mark.django_db, pytest.mark.usefixtures("lived_year")]

HAN = re.compile(r"[\u4e00-\u9fff]+")
#: What a page says beside its text.
SPOKEN = ("aria-label", "placeholder", "title", "alt", "data-label")
#: The way to the other language.
ALWAYS = {"中文"}
#: Pages whose words are the rulebook's, or the demo's people.
IN_CHINESE = {
    "sign-in": "the demo's people, each with their story",
    "staff-sign-in": "the demo's people, each with their story",
    "public-rules": "the rules in force, word for word",
    "public-rule": "the rules in force, word for word",
    "debate-card": "the rules of debate, to be printed",
    "accessibility": "names the office that runs the installation",
}


class Spoken(HTMLParser):
    """Every piece of text of a page that somebody reads or hears, but what says itself to be Chinese."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.silent = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.silent += tag in ("script", "style", "textarea")
        self.texts += [value for name, value in attrs if name in SPOKEN and value]

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in ("script", "style", "textarea")

    def handle_data(self, data: str) -> None:
        if not self.silent and data.strip():
            self.texts.append(" ".join(data.split()))


class EnglishWalk(Walk):
    """Looks at one page of each kind, in English."""

    def _look(self, url: str, seen_on: str) -> None:
        if self._kind(url) not in self.seen:
            super()._look(url, seen_on)

    def _press(self, paper: Any, url: str) -> None:
        """Nothing is done; the page is read."""
        kind, (typed, whole) = self._kind(url), written()
        if kind in IN_CHINESE:
            return
        for text in dict.fromkeys(Spoken(self.browser.get(url).content.decode()).texts):
            if text in whole or text in ALWAYS or not HAN.search(text) or waits_for_english(text):
                continue
            if text in own_words() or not all(run in typed for run in HAN.findall(text)):
                self.trouble.append(f"{text[:80]} (on {kind} {url})")


@cache
def written() -> tuple[str, frozenset[str]]:
    """Everything people wrote, as one text and value by value: the rows, what is sealed in them, the house's names."""
    values = {
        _plain(one) for rows in all_rows().values() for row in rows.values() for one in row if isinstance(one, str)
    }
    values |= {str(getattr(one, name)) for one in Message.objects.all() for name in ("subject", "body")}
    values |= {str(one) for one in settings.SITE.values()}
    return "\n".join(values), frozenset(values)


def _plain(value: str) -> str:
    """A column of JSON with its letters as they are read."""
    with suppress(ValueError):
        return json.dumps(json.loads(value), ensure_ascii=False) if value[:1] in ("[", "{") else value
    return value


@cache
def own_words() -> frozenset[str]:
    """The words of the house that have an English wording."""
    catalogue = translation("en")._catalog
    return frozenset(key for key, value in catalogue.items() if isinstance(key, str) and value and key != value)


@cache
def source() -> str:
    """Everything the product says."""
    files = [*HOUSE.rglob("*.py"), *HOUSE.rglob("*.html")]
    return "\n".join(one.read_text("utf8") for one in files)


def waits_for_english(text: str) -> bool:
    """Whether it goes through gettext and only its wording is wanting: tests/consistency/test_translations says so."""
    said = (f'_("{text}"', f'lazy("{text}"', f'translate "{text}"', f"translate '{text}'")
    return text not in own_words() and any(one in source() for one in said)


@pytest.mark.parametrize("login", [None, "lu"])
def test_an_english_page_is_english(login: str | None, clock: Clock) -> None:
    clock.to(LATE)
    walk = EnglishWalk.of(login)
    walk.browser.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    walk.all()
    left = sorted({one for one in walk.trouble if HAN.search(one.partition(" (on ")[0])})
    assert left == [], "\n".join(["", *left])
