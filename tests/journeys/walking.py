"""A visitor who tries every door they are shown."""

import re
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urljoin

from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import Resolver404, resolve

from tests.journeys.blemishes import blemishes
from tests.journeys.paper import Paper
from yishiting.doors.common.stage import CAST, COMMUNITY, Part
from yishiting.ground.accounts.models import Person
from yishiting.ground.organisations.rules import DESKS

#: At most so many addresses of one kind of page for each visitor; the third suggestion looks like the second. What
#: everybody may read is looked at twice by the stranger: whoever is signed in sees one, with their own links about it.
OF_A_KIND = 2
ROOMS = ("/me/", "/council/", "/desk/")
#: Switches of the whole house: language, large letters, coming and going.
OF_THE_HOUSE = ("/account/", "/language/", "/care/")
#: What a form says that wants something filled in which it does not show.
ASKS = re.compile(r"请选一项|请填写这一项|请确认后打勾")
LEADS = re.compile(r'(?:href|src|hx-get|data-search)="([^"]+)"')
LANDS = re.compile(r'href="([^"#]*)#([^"]+)"')
MARKS = re.compile(r' id="([^"]+)"')


def part_in_a_desk(office: str) -> tuple[str, str]:
    """At which level, and as what: those who lead there, those who work, those who watch."""
    for level, desk in DESKS.items():
        for part in ("heads", "leads", "works", "watches", "screens"):
            if office in getattr(desk, part):
                return level, part
    return office, ""


def different_ones() -> list[str]:
    """The cast without those who may do just what somebody before them may: walking with them shows nothing new."""
    seen: dict[object, Part] = {}
    for one in CAST:
        seen.setdefault(part_in_a_desk(one.office) if one.office else one.login, one)
    # The lists of the district show a work committee both lines, of which it may open its own: not walked yet.
    return [one.login for key, one in seen.items() if key != ("district", "screens")]


@dataclass
class Walk:
    """One visitor who tries every door they are shown."""

    browser: Client
    todo: list[tuple[str, str]]
    stranger: bool
    met: set[str] = field(default_factory=set)
    kinds: Counter[str] = field(default_factory=Counter)
    pressed: Counter[str] = field(default_factory=Counter)
    seen: dict[str, str] = field(default_factory=dict)
    marks: dict[str, set[str]] = field(default_factory=dict)
    landings: set[tuple[str, str, str]] = field(default_factory=set)
    trouble: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, login: str | None) -> "Walk":
        """A member of the cast who starts from their homes, or a stranger; both know the name of the community."""
        browser = Client()
        if login is not None:
            browser.force_login(Person.objects.get(login=login))
        rooms = ROOMS if login is not None else ()
        return cls(browser, [(home, "the street") for home in ("/", f"/p/{COMMUNITY}/", *rooms)], login is None)

    def all(self) -> None:
        """Until nothing new is shown."""
        while self.todo:
            self._try(*self.todo.pop(0))
        self.trouble += [
            f"{page}#{end} leads to no such part (shown on {url})"
            for page, end, url in sorted(self.landings)
            if end not in self.marks.get(page, {end})
        ]

    def _try(self, url: str, seen_on: str) -> None:
        url = url.split("#", maxsplit=1)[0].replace("&amp;", "&")
        if not url.startswith("/") or url.startswith("/static/") or url in self.met:
            return
        self.met.add(url)
        kind = self._kind(url)
        if kind is None:
            self.trouble.append(f"{url} is no address (shown on {seen_on})")
        elif self.kinds[kind] < (OF_A_KIND if self.stranger or url.startswith(ROOMS) else 1):
            self.kinds[kind] += 1
            self._look(url, seen_on)

    def _kind(self, url: str) -> str | None:
        try:
            return resolve(url.split("?", maxsplit=1)[0]).view_name
        except Resolver404:
            return None

    def _look(self, url: str, seen_on: str) -> None:
        answer = self.browser.get(url)
        if answer.streaming:
            list(answer.streaming_content)  # read to its end, so that the file is let go
        if answer.status_code >= 400:
            self.trouble.append(f"{answer.status_code} {url} (shown on {seen_on}): {refusal(answer)}")
        if answer.status_code in {301, 302}:
            self.todo.append((urljoin(url, answer["Location"]), url))
        if answer.status_code == 200 and "html" in answer["Content-Type"]:
            self.seen.setdefault(resolve(answer.wsgi_request.path).view_name, url)
            page = answer.content.decode()
            self.marks[url] = set(MARKS.findall(page))
            self.landings |= {(urljoin(url, to.replace("&amp;", "&")), end, url) for to, end in LANDS.findall(page)}
            self.trouble += [f"{one} (on {url})" for one in blemishes(page)]
            self.todo += [(urljoin(url, lead), url) for lead in LEADS.findall(page)]
            self._press(Paper(page), url)

    def _press(self, paper: Paper, url: str) -> None:
        """Every button that asks nothing more; what it does is taken back at once."""
        for form in paper.forms:
            address = urljoin(url, form.action or url)
            kind = self._kind(address) or address
            bare = form.method == "post" and not form.asks() and not address.startswith(OF_THE_HOUSE)
            if bare and self.pressed[kind] < OF_A_KIND:
                self.pressed[kind] += 1
                with transaction.atomic():
                    answer = self.browser.post(address, form.values())
                    transaction.set_rollback(True)
                if answer.status_code not in {200, 302, 422} or ASKS.search(answer.content.decode()):
                    self.trouble.append(f"{answer.status_code} pressing {address} (on {url}): {refusal(answer)}")


def refusal(answer: HttpResponseBase) -> str:
    """The first sentence of the page that says no."""
    said = re.search(r"<main.*?<p(?: [^>]*)?>(.*?)</p>", getattr(answer, "content", b"").decode(), re.DOTALL)
    return re.sub(r"\s+", " ", said.group(1)).strip() if said else ""
