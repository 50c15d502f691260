"""A page as a person reads it: its words, its links, its forms with the labels that stand beside the fields."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"input", "img", "br", "hr", "meta", "link", "area", "col", "source", "wbr"}
CAUGHT = {"a", "button", "label", "legend", "option", "textarea", "h1", "title"}
OPTIONAL = "（选填）"
#: Inside a label of a card: the words that explain, not the name.
ASIDE = {"hint", "optional"}


def tidy(words: str) -> str:
    """One space between words, none at the ends."""
    return re.sub(r"\s+", " ", words).strip()


@dataclass
class Control:
    """One thing to fill in."""

    tag: str
    kind: str
    name: str
    value: str
    key: str
    label: str = ""
    group: str = ""
    on: bool = False
    asleep: bool = False
    options: list[tuple[str, str, bool]] = field(default_factory=list)

    @property
    def seen(self) -> bool:
        """Whether a person sees it."""
        return self.kind not in {"hidden", "submit"}


@dataclass
class Button:
    """What is pressed; its name and value are sent along."""

    words: str
    name: str
    value: str
    asleep: bool
    action: str = ""


@dataclass
class Form:
    """One form."""

    action: str
    method: str
    key: str = ""
    controls: list[Control] = field(default_factory=list)
    buttons: list[Button] = field(default_factory=list)

    def asks(self) -> bool:
        """Whether there is anything to fill in."""
        return any(control.seen for control in self.controls)

    def values(self) -> dict[str, list[str]]:
        """What would be sent as the page stands."""
        sent: dict[str, list[str]] = {}
        for one in self.controls:
            if one.asleep or one.kind == "file" or not one.name:
                continue
            if one.tag == "select":
                sent.setdefault(one.name, []).extend(value for value, _label, on in one.options if on)
            elif one.kind not in {"radio", "checkbox"} or one.on:
                sent.setdefault(one.name, []).append(one.value)
        return sent


@dataclass
class Open:
    """An element that is not closed yet, and the words in it so far."""

    tag: str
    given: dict[str, str]
    words: list[str] = field(default_factory=list)


class Paper(HTMLParser):
    """`Paper(html)`: `links`, `forms`, `words`, `heading`, `sleeping`."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[tuple[str, str]] = []
        self.forms: list[Form] = []
        self.sleeping: list[str] = []
        self.heading = self.words = ""
        self.stack: list[Open] = []
        self.labels: dict[str, str] = {}
        self.all: list[str] = []
        self.elsewhere: list[tuple[str, Control]] = []
        self.form: Form | None = None
        self.feed(html)
        self.close()
        self._name_everything()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        flags = {name for name, _value in attrs}
        if tag == "form":
            self.form = Form(given.get("action", ""), given.get("method", "get").lower(), given.get("id", ""))
            self.forms.append(self.form)
        if tag == "input" and given.get("form"):
            self.elsewhere.append((given["form"], self._control(tag, given, flags)))
        elif tag in {"input", "select", "textarea"} and self.form is not None:
            self.form.controls.append(self._control(tag, given, flags))
        if tag == "option" and self.form is not None:
            self.form.controls[-1].options.append((given.get("value", ""), "", "selected" in flags))
        if tag not in VOID:
            self.stack.append(Open(tag, {**given, **dict.fromkeys(flags & {"disabled"}, "yes")}))

    def _control(self, tag: str, given: dict[str, str], flags: set[str]) -> Control:
        kind = given.get("type", "text") if tag == "input" else tag
        value = given.get("value", "on" if kind in {"checkbox", "radio"} else "")
        asleep = "disabled" in flags
        one = Control(
            tag, kind, given.get("name", ""), value, given.get("id", ""), on="checked" in flags, asleep=asleep
        )
        one.label = given.get("aria-label", "")
        labels = [entry for entry in self.stack if entry.tag == "label"]
        if labels and not given.get("form"):
            labels[-1].given.setdefault("holds", str(len(self.form.controls) if self.form else 0))
        one.group = next((e.given.get("legend", "") for e in reversed(self.stack) if e.tag == "fieldset"), "")
        return one

    def handle_endtag(self, tag: str) -> None:
        while self.stack:
            entry = self.stack.pop()
            self._closed(entry)
            if entry.tag == tag:
                break
        if tag == "form":
            self.form = None

    def handle_data(self, data: str) -> None:
        if any(entry.tag in {"script", "style"} for entry in self.stack):
            return
        self.all.append(data)
        aside = any(entry.tag == "kbd" or ASIDE & set(entry.given.get("class", "").split()) for entry in self.stack)
        for entry in self.stack:
            if entry.tag in CAUGHT and not (aside and entry.tag in {"label", "legend"}):
                entry.words.append(data)

    def _closed(self, entry: Open) -> None:
        words = tidy("".join(entry.words))
        if entry.tag == "a" and "href" in entry.given:
            self.links.append((words, entry.given["href"]))
        elif entry.tag == "h1":
            self.heading = self.heading or words
        elif entry.tag == "button":
            self._button(entry, words)
        elif entry.tag == "legend":
            next(one for one in reversed(self.stack) if one.tag == "fieldset").given["legend"] = words
        elif entry.tag == "label":
            self._label(entry, words)
        elif entry.tag == "option" and self.form is not None:
            value, _words, on = self.form.controls[-1].options[-1]
            self.form.controls[-1].options[-1] = (value, words, on)
        elif entry.tag == "textarea" and self.form is not None:
            self.form.controls[-1].value = "".join(entry.words).removeprefix("\n")

    def _button(self, entry: Open, words: str) -> None:
        if "disabled" in entry.given:
            self.sleeping.append(words)
        if self.form is not None and entry.given.get("type", "submit") == "submit":
            name, value, action = (entry.given.get(key, "") for key in ("name", "value", "formaction"))
            pressed = Button(words, name, value, "disabled" in entry.given, action)
            self.form.buttons.append(pressed)

    def _label(self, entry: Open, words: str) -> None:
        if entry.given.get("for"):
            self.labels[entry.given["for"]] = words
        elif "holds" in entry.given and self.form is not None:
            self.form.controls[int(entry.given["holds"])].label = words

    def _name_everything(self) -> None:
        self.words = tidy("".join(self.all))
        for key, control in self.elsewhere:
            next(form for form in self.forms if form.key == key).controls.append(control)
        for form in self.forms:
            for one in form.controls:
                one.label = self.labels.get(one.key) or one.label
                if one.tag == "select" and one.options and not any(on for _v, _w, on in one.options):
                    value, words, _on = one.options[0]
                    one.options[0] = (value, words, True)
