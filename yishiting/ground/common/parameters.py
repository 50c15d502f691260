"""What a verb asks for. From one description come the form's field, the API's shape, the command's word and the check.

A verb annotates what it asks: `reason: Annotated[str, Text(_("原因"))]`. Every caller's values are cleaned by it before
the verb's own lines run, so that a page, a program, a command and a replay are refused with the same sentence.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import KW_ONLY, dataclass, field
from datetime import date, datetime
from typing import Any, Never, TypeAlias, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.money import amount
from yishiting.ground.common.reading import (
    NotAnAmount,
    PartOfAFen,
    read_date,
    read_moment,
    read_money,
    read_yes,
    readable,
)
from yishiting.ground.common.refused import Refused

Label = str | Promise
M = TypeVar("M", bound=models.Model)
#: A thing that a verb asks for: `person: Annotated[A[Person], WHO]`. `Annotated` of a bare model means something else to
#: the stubs of Django.
A: TypeAlias = M | Never  # noqa: RUF020  # not the same: the union is what keeps the stubs away
MISSING = _("请填写这一项。")
CHOOSE = _("请选一项。")
NOT_AMONG = _("没有找到这一项，或这里不能选它。请重新选择。")
YES, NO = _("是"), _("否")
LONGEST_TEXT = 20_000
LONGEST_LINE = 200
MOST_FOUND = 12
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)
MOST_FEN = 10**13
MOST_WHOLE = 10**9
EMPTY: tuple[Any, ...] = (None, "", [], (), {})


@dataclass(frozen=True, slots=True)
class Parameter:
    """One thing a verb wants to be told.

    `missing` is said when it is needed and was not given; `initial` is what a page offers, from the thing;
    `private` words are never kept in a draft.
    """

    label: Label
    _: KW_ONLY
    hint: Label = ""
    missing: Label = MISSING
    initial: Callable[[Any], Any] | None = None
    private: bool = False

    def clean(self, value: Any, thing: Any) -> Any:
        """The value as the verb wants it. Raises Refused with the sentence."""
        return value

    def read(self, text: str, thing: Any) -> Any:
        """A value from what somebody wrote. Raises Refused with the sentence."""
        return self.clean(text, thing)

    def asked_for(self, name: str, value: Any, thing: Any) -> Any:
        """The value cleaned by a verb itself, where it takes what the thing holds; refused at the field of this name."""
        try:
            return self.clean(value, thing)
        except Refused as refusal:
            raise Refused(refusal.sentence, field=name) from None

    def keep(self, value: Any, thing: Any) -> None:
        """What is kept of a value beside what the verb does with it, once it is done: a new name enters the register."""


@dataclass(frozen=True, slots=True)
class Text(Parameter):
    """Words, without white space around them; `rows` of a page they take up, one for a line."""

    _: KW_ONLY
    most: int = LONGEST_TEXT
    rows: int = 4

    def clean(self, value: Any, thing: Any) -> str:
        """Stripped, without characters that nobody sees or no database keeps, and not too long."""
        text = readable(str(value)).strip()
        if len(text) > self.most:
            raise Refused(_("最多%(most)s字，现在写了%(n)s字。") % {"most": self.most, "n": len(text)})
        return text


def line(label: Label, *, most: int = 160, **more: Any) -> Text:
    """Words on one line."""
    return Text(label, most=most, rows=1, **more)


@dataclass(frozen=True, slots=True)
class Whole(Parameter):
    """A whole number within limits."""

    _: KW_ONLY
    least: int = 0
    most: int = MOST_WHOLE

    def clean(self, value: Any, thing: Any) -> int:
        """Within the limits."""
        if isinstance(value, bool) or not isinstance(value, int):
            raise Refused(_("请填写整数。"))
        if not self.least <= value <= self.most:
            raise Refused(_("应在%(least)s到%(most)s之间。") % {"least": self.least, "most": self.most})
        return value

    def read(self, text: str, thing: Any) -> int:
        """Digits, also full-width ones."""
        return self.clean(_digits(text), thing)


def _digits(text: str) -> int:
    words = text.strip().lstrip("+-")
    if not words.isdecimal() or len(words) > len(str(MOST_FEN)):
        raise Refused(_("请填写整数。"))
    return int(text)


@dataclass(frozen=True, slots=True)
class Wholes(Parameter):
    """Several whole numbers within limits, in the order they were given; at most so many."""

    _: KW_ONLY
    least: int = 0
    most: int = MOST_WHOLE
    several: int = 200

    def clean(self, value: Any, thing: Any) -> list[int]:
        """Each of them within the limits."""
        one = Whole(self.label, least=self.least, most=self.most)
        numbers = [one.clean(number, thing) for number in value]
        if len(numbers) > self.several:
            raise Refused(_("一次最多选%(most)s项。") % {"most": self.several})
        return numbers

    def read(self, text: str, thing: Any) -> list[int]:
        """Numbers parted by blanks or commas."""
        return self.clean([_digits(part) for part in re.split(r"[\s,，、]+", text.strip()) if part], thing)


@dataclass(frozen=True, slots=True)
class Money(Parameter):
    """An amount, as a whole number of fen."""

    _: KW_ONLY
    least: int = 0
    most: int = MOST_FEN

    def clean(self, value: Any, thing: Any) -> int:
        """Within the limits."""
        if isinstance(value, bool) or not isinstance(value, int):
            raise Refused(_("看不出是多少钱。请用数字写，例如 12350 或 1.235万。"))
        if value < self.least:
            raise Refused(_("金额不能少于 %(limit)s 元。") % {"limit": amount(self.least).removesuffix("元")})
        if value > self.most:
            raise Refused(_("金额不能超过 %(limit)s 元。") % {"limit": self.most // 100})
        return value

    def read(self, text: str, thing: Any) -> int:
        """Yuan as people write it."""
        try:
            return self.clean(read_money(text), thing)
        except NotAnAmount:
            raise Refused(_("看不出是多少钱。请用数字写，例如 12350 或 1.235万。")) from None
        except PartOfAFen:
            raise Refused(_("最多写到分，小数点后不超过两位。")) from None


@dataclass(frozen=True, slots=True)
class Day(Parameter):
    """A day; `past` for what has happened already, `ahead` for what is to come.

    What is written without a year is the day nearest to today, or to the day that `near` gives.
    """

    _: KW_ONLY
    past: bool = False
    ahead: bool = False
    near: Callable[[Any], date] | None = None

    def clean(self, value: Any, thing: Any) -> date:
        """A day of our time; not after today where it has happened, not before where it is to come."""
        day, today = value, timezone.localdate()
        if not isinstance(day, date) or isinstance(day, datetime) or not EARLIEST <= day <= LATEST:
            raise Refused(_("看不出是哪一天。请写成 2026-3-5 或 3月5日。"))
        if self.past and day > today:
            raise Refused(_("日期不能晚于今天。"))
        if self.ahead and day < today:
            raise Refused(_("日期不能早于今天。"))
        return day

    def read(self, text: str, thing: Any) -> date:
        """A day as people write it."""
        return self.clean(read_date(text, self.near(thing) if self.near else timezone.localdate()), thing)


@dataclass(frozen=True, slots=True)
class Moment(Parameter):
    """A day and a time of day, with its zone."""

    def clean(self, value: Any, thing: Any) -> datetime:
        """In a zone, and of our time."""
        if not isinstance(value, datetime) or not EARLIEST <= value.date() <= LATEST:
            raise Refused(_("看不出是什么时间。请写成 2026-3-5 14:00，或 3月5日 下午2点。"))
        return timezone.make_aware(value) if timezone.is_naive(value) else value

    def read(self, text: str, thing: Any) -> datetime:
        """A day and a time as people write them."""
        return self.clean(read_moment(text, timezone.localdate()), thing)


@dataclass(frozen=True, slots=True)
class YesNo(Parameter):
    """Yes or no, in the words that suit the question."""

    _: KW_ONLY
    yes: Label = YES
    no: Label = NO

    def clean(self, value: Any, thing: Any) -> bool:
        """One of the two."""
        if not isinstance(value, bool):
            raise Refused(_("请回答“是”或“否”。"))
        return value

    def read(self, text: str, thing: Any) -> bool:
        """是, 否, yes, no, 1, 0."""
        return self.clean(read_yes(text), thing)


@dataclass(frozen=True, slots=True)
class OneOf(Parameter):
    """One of a few named values; `notes` say a sentence below some of them.

    `among` is a whole class of choices, some of its members, or a function of the thing that gives them; `offered`
    are those that doors offer, where other verbs of ours may choose more; `shown` those that a page offers for a thing,
    where the verb itself says what is wrong with another.
    """

    among: Iterable[models.TextChoices] | Callable[[Any], Iterable[models.TextChoices]]
    _: KW_ONLY
    missing: Label = CHOOSE
    notes: Mapping[str, Label] | None = None
    offered: Sequence[models.TextChoices] = ()
    shown: Callable[[Any], Iterable[models.TextChoices]] | None = None

    def on_a_page(self, thing: Any) -> list[models.TextChoices]:
        """What a page offers for this thing."""
        return list(self.offered or (self.shown(thing) if self.shown is not None else self.choices(thing)))

    def choices(self, thing: Any) -> list[models.TextChoices]:
        """What may be chosen for this thing."""
        return list(self.among if isinstance(self.among, Iterable) else self.among(thing))

    def clean(self, value: Any, thing: Any) -> Any:
        """The value itself, and one that may be chosen."""
        found = next((one for one in self.choices(thing) if one == value), None)
        if found is None:
            raise Refused(self.missing)
        return found


@dataclass(frozen=True, slots=True)
class SomeOf(OneOf):
    """Some of a few named values, each once."""

    def clean(self, value: Any, thing: Any) -> list[Any]:
        """The values themselves, in the order they were given."""
        if isinstance(value, str) or not isinstance(value, Iterable):
            raise Refused(self.missing)
        return [OneOf.clean(self, one, thing) for one in dict.fromkeys(value)]

    def read(self, text: str, thing: Any) -> list[Any]:
        """Values parted by commas."""
        return self.clean([part.strip() for part in text.replace("，", ",").split(",") if part.strip()], thing)


#: How many of those that fit some words are named.
NAMED = 5


@dataclass(frozen=True, slots=True)
class Ref(Parameter):
    """Another thing, one of those that fit this thing; `offered` where a page offers fewer than may be named.

    `find` gives those of them that fit some words, where there may be too many for a list.
    `key` is the field by which programs and commands name it. `unknown` is said of what does not fit.
    """

    among: Callable[[Any], "models.QuerySet[Any]"]
    _: KW_ONLY
    missing: Label = CHOOSE
    called: Callable[[Any], Label] = str
    offered: Callable[[Any], "models.QuerySet[Any]"] | None = None
    find: Callable[["models.QuerySet[Any]", str], "models.QuerySet[Any]"] | None = None
    key: str = "pk"
    unknown: Label = NOT_AMONG

    def choices(self, thing: Any) -> "models.QuerySet[Any]":
        """What a page offers."""
        return self.offered(thing) if self.offered is not None else self.among(thing)

    def found(self, words: str, thing: Any) -> list[tuple[str, str]]:
        """Key and label of the one whose key it is, or of the first that fit the words."""
        if self.find is None or not words.strip():
            return []
        found = list[Any]()
        with suppress(ValueError, ValidationError):
            found = list(self.among(thing).filter(pk=words.strip()))
        found = found or list(self.find(self.choices(thing), words.strip())[:MOST_FOUND])
        return [(str(one.pk), str(self.called(one))) for one in found]

    def clean(self, value: Any, thing: Any) -> Any:
        """The thing itself, given as a thing or by its key."""
        return self._found([value], thing)[0]

    def read(self, text: str, thing: Any) -> Any:
        """The thing of this key, or the only one that fits the words."""
        found = self.found(text, thing) if self.key == "pk" else []
        if len(found) > 1:
            names = _("、").join(label for _key, label in found[:NAMED])
            raise Refused(_("符合“%(words)s”的不止一项：%(names)s。请写全一些。") % {"words": text, "names": names})
        return self.clean(found[0][0] if found else text, thing)

    def _found(self, values: Sequence[Any], thing: Any) -> list[Any]:
        keys = list(dict.fromkeys(str(getattr(value, self.key, value)) for value in values))
        try:
            rows = {str(getattr(row, self.key)): row for row in self.among(thing).filter(**{f"{self.key}__in": keys})}
        except (ValueError, ValidationError):
            rows = {}
        if len(rows) < len(keys):
            raise Refused(self.unknown)
        return [rows[key] for key in keys]


@dataclass(frozen=True, slots=True)
class Refs(Ref):
    """Several other things, each once, in the order they were given."""

    _: KW_ONLY
    least: int = 0
    most: int = 1000

    def clean(self, value: Any, thing: Any) -> list[Any]:
        """The things themselves."""
        values = list(value)
        if len(values) < self.least:
            raise Refused(self.missing)
        if len(values) > self.most:
            raise Refused(_("一次最多选%(most)s项。") % {"most": self.most})
        return self._found(values, thing) if values else []

    def read(self, text: str, thing: Any) -> list[Any]:
        """Keys parted by commas."""
        return self.clean([part.strip() for part in text.replace("，", ",").split(",") if part.strip()], thing)


@dataclass(frozen=True, slots=True)
class Lines(Parameter):
    """Several rows of words, a line for each; each has these columns, parted by a blank or a comma.

    Without columns it gives a list of texts, with them a list of tuples. The last column takes the rest of the line.
    A row needs the first `needs` columns, or all of them; what it leaves out is empty.
    A program may name the columns. `longest` is how long a line without columns may be.
    """

    columns: Mapping[str, Text] = field(default_factory=dict)
    _: KW_ONLY
    most: int = 2000
    rows: int = 6
    needs: int = 0
    longest: int = LONGEST_LINE

    def clean(self, value: Any, thing: Any) -> list[Any]:
        """Every row with all its columns, each of them sound; empty rows are left out."""
        given = [self._in_order(row) for row in value]
        given = [row for row in given if any(str(part).strip() for part in row)]
        if len(given) > self.most:
            raise Refused(_("最多%(most)s行，现在有%(n)s行。") % {"most": self.most, "n": len(given)})
        return [self._row(n, row, thing) for n, row in enumerate(given, start=1)]

    def read(self, text: str, thing: Any) -> list[Any]:
        """A line for each row."""
        wanted = max(len(self.columns), 1)
        rows = [parted(one, wanted) for one in text.replace(";", "\n").replace("；", "\n").splitlines() if one.strip()]
        return self.clean(rows, thing)

    def keep(self, value: Any, thing: Any) -> None:
        """Whatever its columns keep of their cells; rows that were made into something else say nothing here."""
        rows = [row for row in value if isinstance(row, tuple)] if self.columns else []
        for row in rows:
            for column, cell in zip(self.columns.values(), row, strict=False):
                column.keep(cell, thing)

    def _in_order(self, row: Any) -> tuple[Any, ...]:
        if isinstance(row, Mapping):
            return tuple(row[name] for name in self.columns)
        return (row,) if isinstance(row, str) else tuple(row)

    def _row(self, n: int, row: tuple[Any, ...], thing: Any) -> Any:
        if not self.columns:
            return _whole_line(str(row[0]).strip(), n, self.longest)
        if len(row) < (self.needs or len(self.columns)):
            label = list(self.columns.values())[len(row)].label
            raise Refused(_("第%(n)s行缺“%(label)s”，请补上。") % {"n": n, "label": label})
        whole = (*row, *[""] * (len(self.columns) - len(row)))
        try:
            return tuple(one.clean(part, thing) for one, part in zip(self.columns.values(), whole, strict=False))
        except Refused as refusal:
            raise Refused(_("第%(n)s行：%(sentence)s") % {"n": n, "sentence": refusal.sentence}) from None


def _whole_line(text: str, n: int, most: int) -> str:
    if len(text) > most:
        raise Refused(_("第%(n)s行太长，最多%(most)s字。") % {"n": n, "most": most})
    return text


def parted(text: str, wanted: int) -> tuple[str, ...]:
    """The columns of a line as somebody typed it, parted by blanks, commas or tabs; the last takes the rest."""
    words = text.strip().replace("，", " ").replace("、", " ").replace("：", " ").replace("\t", " ")
    return tuple(words.split(None, wanted - 1)) if wanted > 1 else (text.strip(),)


@dataclass(frozen=True, slots=True)
class Files(Parameter):
    """Files hung on what the verb makes."""

    _: KW_ONLY
    most: int = 6
    size: int = 10_000_000

    def clean(self, value: Any, thing: Any) -> list[Any]:
        """Not too many, none too large."""
        files = list(value)
        if len(files) > self.most:
            raise Refused(_("一次最多交 %(most)s 个文件。") % {"most": self.most})
        for one in files:
            if getattr(one, "size", 0) > self.size:
                told = {"name": one.name, "size": self.size // 2**20}
                raise Refused(_("“%(name)s”太大了，每个文件不超过 %(size)s MB。") % told)
        return files

    def read(self, text: str, thing: Any) -> list[Any]:
        """No file is written in words."""
        raise Refused(_("文件请在网页或接口上交。"))


@dataclass(frozen=True, slots=True)
class FromWithin(Parameter):
    """What only another verb of ours gives; no page, operation or command asks for it."""


@dataclass(frozen=True, slots=True)
class Given(Parameter):
    """Something with a shape of its own that only a page or an operation made by hand can ask for."""
