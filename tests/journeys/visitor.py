"""Somebody at a screen: reads the page, presses what is written on it, fills in fields by their labels."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin

from django.test import Client
from django.urls import reverse

from tests.journeys.paper import Button, Control, Form, Paper
from yishiting.ground.accounts.models import Person


class Visitor:
    """`Visitor(cast.liu).to("desk-slips", code).send("保存", 原话="…").sees("已录入")`."""

    def __init__(self, someone: Person | None = None) -> None:
        self.browser = Client()
        self.url = "/"
        self.status = 200
        self.source = ""
        self.paper = Paper("")
        if someone is not None:
            self.browser.force_login(someone)

    def to(self, name: str, *args: object) -> "Visitor":
        """Open a page by its name."""
        return self.go(reverse(name, args=args))

    def go(self, url: str) -> "Visitor":
        """Open an address."""
        return self._arrive(
            self.browser.get(urljoin(self.url, url.split("#", maxsplit=1)[0]), follow=True), urljoin(self.url, url)
        )

    def press(self, words: str, about: str = "") -> "Visitor":
        """A link, or a button that asks nothing more."""
        links = [text for text, _address in self.paper.links]
        bare = [(form, button) for form in self.paper.forms for button in form.buttons if not form.asks()]
        at = meant([*links, *(button.words for _form, button in bare)], words, about)
        assert at is not None, f"nothing to press says {words}{about} on {self.url}: {self._choices()}"
        if at < len(links):
            return self.go(self.paper.links[at][1])
        return self._send(*bare[at - len(links)], {}, {}, 200)

    def send(
        self, words: str, filled: Mapping[str, Any] | None = None, *, expects: int = 200, **more: Any
    ) -> "Visitor":
        """Fill in the form with this button and press it; what is not filled in stays as the page has it."""
        form, button = self.form(words)
        values, files = dict(form.values()), {}
        for label, wanted in {**(filled or {}), **more}.items():
            controls = find(form, label)
            assert controls, f"no field is called {label} on {self.url}: {[c.label or c.name for c in form.controls]}"
            if controls[0].kind == "file":
                files[controls[0].name] = wanted
            else:
                values.update(answer(controls, wanted, values))
        return self._send(form, button, values, files, expects)

    def form(self, words: str) -> tuple[Form, Button]:
        """The form with this button."""
        offered = [(form, button) for form in self.paper.forms for button in form.buttons]
        at = meant([button.words for _form, button in offered], words)
        assert at is not None, f"no button says {words} on {self.url}: {self._choices()}"
        assert not offered[at][1].asleep, f"{words} is asleep on {self.url}"
        return offered[at]

    def sees(self, *words: str) -> "Visitor":
        """The page says so."""
        for one in words:
            assert one in self.paper.words, f"{one} is not on {self.url}: {self.paper.words[:1500]}"
        return self

    def sees_not(self, *words: str) -> "Visitor":
        """The page does not say so."""
        for one in words:
            assert one not in self.paper.words, f"{one} is on {self.url}"
        return self

    def reads(self, pattern: str) -> str:
        """What the page says at this place."""
        found = re.search(pattern, self.paper.words)
        assert found, f"{pattern} is not on {self.url}: {self.paper.words[:1500]}"
        return found.group(1)

    def kept(self, label: str) -> str:
        """What stands in a field."""
        controls = [one for form in self.paper.forms for one in find(form, label)]
        assert controls, f"no field is called {label} on {self.url}"
        return controls[0].value

    def _send(
        self, form: Form, button: Button, values: Mapping[str, Any], files: Mapping[str, Any], expects: int
    ) -> "Visitor":
        sent = {**(values or form.values()), **files}
        if button.name:
            sent[button.name] = button.value
        address = urljoin(self.url, button.action or form.action or self.url)
        if form.method == "get":
            return self._arrive(self.browser.get(address.split("?")[0], sent, follow=True), address)
        return self._arrive(self.browser.post(address, sent, follow=True), address, expects)

    def _arrive(self, answer: Any, url: str, expects: int = 200) -> "Visitor":
        self.url = answer.redirect_chain[-1][0] if answer.redirect_chain else url
        self.status = answer.status_code
        self.source = answer.content.decode() if "html" in answer["Content-Type"] else ""
        self.paper = Paper(self.source)
        assert self.status == expects, f"{self.status} at {url}: {self.paper.words[:900]}"
        return self

    def _choices(self) -> list[str]:
        return [text for text, _url in self.paper.links] + [b.words for f in self.paper.forms for b in f.buttons]


def meant(texts: list[str], words: str, about: str = "") -> int | None:
    """Which of these is meant: the one that says just this, or the first that begins so and is about that."""
    if words in texts and not about:
        return texts.index(words)
    return next((n for n, text in enumerate(texts) if text.startswith(words) and about in text), None)


def find(form: Form, label: str) -> list[Control]:
    """The fields called so: by their legend, their label or, where a table has no labels, their name."""
    seen = [one for one in form.controls if one.seen]
    return (
        [one for one in seen if one.group == label]
        or [one for one in seen if one.label == label]
        or [one for one in form.controls if one.name == label]
    )


def answer(controls: list[Control], wanted: Any, sent: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """What is sent for these fields: the choice by its words, ticks as yes or no, everything else as typed."""
    first = controls[0]
    if first.tag == "select":
        offered = {key: value for value, words, _on in first.options for key in (value, words)}
        assert wanted in offered, f"{wanted} is not offered, but {list(offered)}"
        return {first.name: [offered[wanted]]}
    if first.kind == "radio":
        return {first.name: [chosen(controls, wanted)]}
    if first.kind == "checkbox" and isinstance(wanted, list):
        return {first.name: [chosen(controls, one) for one in wanted]}
    if first.kind == "checkbox":
        others = [value for value in sent.get(first.name, []) if value != first.value]
        return {first.name: [*others, first.value] if wanted else others}
    return {first.name: [str(wanted)]}


def chosen(controls: list[Control], wanted: str) -> str:
    """The value of the choice with these words."""
    exactly = [one.value for one in controls if wanted in (one.label, one.value)]
    nearly = [one.value for one in controls if one.label.startswith(wanted)]
    assert exactly or nearly, f"{wanted} is not offered, but {[one.label for one in controls]}"
    return (exactly or nearly)[0]
