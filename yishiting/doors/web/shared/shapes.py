"""The shapes a page hands to the pieces: small, typed, without any knowledge of the domain.

A view translates what the queries gave it into these and passes them to the template;
the pieces draw nothing else, so that every room looks and reads the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from django.utils.functional import Promise

Words = str | Promise
Lane = Literal["resident", "community", "subdistrict", "district"]
Walked = Literal["done", "now", "ahead", "stopped"]
Tone = Literal["open", "waiting", "done", "late", "refused", "plain"]


@dataclass(frozen=True, slots=True)
class Link:
    """A word and where it leads."""

    label: Words
    url: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Season:
    """One season of the year strip; `opens` and `closes` are both days of the season."""

    label: Words
    url: str
    opens: date
    closes: date


@dataclass(frozen=True, slots=True)
class PathStep:
    """One step of a matter's path.

    What is done says who, when, by which rule and why; what is now says next and by when.
    """

    lane: Lane
    title: Words
    walked: Walked = "ahead"
    who: Words = ""
    on: date | datetime | None = None
    rule: Words = ""
    rule_url: str = ""
    why: Words = ""
    next: Words = ""
    by: date | datetime | None = None
    days_left: int | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Button:
    """A button: one thing a person may do here, or the sentence that says why not.

    `method` "post" makes a form of its own with the hidden `fields`; "get" makes a link to a page that asks more.
    """

    label: Words
    url: str
    kind: Literal["primary", "plain", "danger", "quiet"] = "plain"
    method: Literal["post", "get"] = "post"
    why_not: Words | None = None
    fields: dict[str, Any] = field(default_factory=dict)
    key: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line of the list that waits for somebody, with its one next action."""

    title: Words
    url: str
    verb: Button
    facts: Words = ""
    due: date | datetime | None = None
    days_left: int | None = None


@dataclass(frozen=True, slots=True)
class Seal:
    """What the ledger holds of this record. `sound` is None while nobody has checked."""

    number: int | str
    url: str
    on: date | datetime | None = None
    digest: str = ""
    sound: bool | None = None


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One entry of a timeline."""

    on: date | datetime
    title: Words
    who: Words = ""
    text: Words = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a definition list; `url` makes the value a link."""

    label: Words
    value: Any
    url: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A file to download; `size` in bytes; `withdraw` is where one takes it down."""

    label: Words
    url: str
    size: int = 0
    kind: str = ""
    note: Words = ""
    withdraw: str = ""


@dataclass(frozen=True, slots=True)
class Stat:
    """A number that opens the list it counts."""

    label: Words
    value: Any
    url: str = ""
    note: Words = ""


@dataclass(frozen=True, slots=True)
class OpenThing:
    """One line of 现在可以: what one may do, where, until when; `days` are the days left, 0 on the last."""

    title: Words
    url: str
    label: Words
    until: date | None = None
    days: int | None = None
    says: Words = ""
    primary: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a figure: a number that opens its list, and what stands beside it."""

    label: Words
    count: int
    url: str
    tone: Tone = "plain"
    beside: Sequence["Link"] = ()


@dataclass(frozen=True, slots=True)
class Tile:
    """One unit on the cartogram: where it stands, its number, how dark it is (0 to 4)."""

    name: Words
    url: str
    count: int
    column: int
    row: int
    shade: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A photograph to look at and what it shows."""

    url: str
    says: Words


@dataclass(frozen=True, slots=True)
class WorkCard:
    """One project at a glance: pictures, where it stands, how far it is and ought to be, money, who answers for it."""

    title: Words
    url: str
    state: Words
    tone: Tone
    where: Words
    facts: Sequence[Words]
    percent: int
    planned: int | None = None
    pictures: Sequence[Picture] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One answer of a count and how many gave it."""

    label: Words
    count: int
    url: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a person takes home after speaking up: the number and how to ask about it."""

    number: str
    title: Words
    on: date | datetime
    url: str = ""
    next: Words = ""
    by: date | datetime | None = None
    qr: str = ""


Crumbs = Sequence[Link]
