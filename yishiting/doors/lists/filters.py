"""What a list can be narrowed by. Each filter reads what stands in the address, narrows the rows, and says so in words.

Nothing in the address is lost: what cannot be read is said at its field, and the other filters still hold.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.days import said
from yishiting.ground.common.names import clean_search
from yishiting.ground.common.predicates import Actor
from yishiting.ground.common.reading import read_date
from yishiting.ground.common.refused import Refused
from yishiting.ground.places.models import Place
from yishiting.ground.places.queries import find_places

Label = str | Promise
Option = tuple[str, Label]
#: Pairs of value and label, or of the name of a group and its pairs.
Options = Sequence[tuple[Any, Any]]
Given = Mapping[str, str]
Narrow = str | Callable[[Any, Any], Any]
ALL = _("全部")
NOT_OFFERED = _("这里没有这一项。请从列出的里面选。")
FIRST_YEAR, LAST_YEAR = 2000, 2100
MOST_WORDS = 100
MOST_PLACES = 12


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter. `by` is the field asked about, or a function of the rows and the value; without it, the name.

    `hidden` ones are set by links alone. `always` ones narrow also when nothing was chosen.
    """

    name: str
    label: Label
    _: KW_ONLY
    by: Narrow = ""
    hidden: bool = False
    always: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """What its inputs are called in the address."""
        return (self.name,)

    def read(self, given: Given, subject: Any) -> Any:
        """The value meant, or None. Raises Refused with the sentence."""
        text = given.get(self.name, "").strip()[:MOST_WORDS]
        return self.meant(text, subject) if text else None

    def meant(self, text: str, subject: Any) -> Any:
        """The value these words mean."""
        return text

    def narrow(self, rows: Any, value: Any, actor: Actor | None = None) -> Any:
        """The rows that fit; `actor` is whoever looks for them."""
        return self.by(rows, value) if callable(self.by) else rows.filter(**{self.by or self.name: value})

    def said(self, value: Any, subject: Any) -> str:
        """The value in words."""
        return str(value)


@dataclass(frozen=True, slots=True)
class Search(Filter):
    """Words looked for in some fields.

    `known` looks for what not everybody may read, such as names and telephones: it is told who is looking.
    """

    _: KW_ONLY
    within: tuple[str, ...] = ()
    known: "Callable[[Any, Any, Actor], Any] | None" = None

    def narrow(self, rows: Any, value: Any, actor: Actor | None = None) -> Any:
        """The rows in which all the words stand, each in any of the fields."""
        if self.known is not None and actor is not None:
            return self.known(rows, value, actor)
        if callable(self.by):
            return self.by(rows, value)
        for word in clean_search(str(value)).split():
            rows = rows.filter(_any_of(self.within, word))
        return rows


def _any_of(fields: Sequence[str], word: str) -> Q:
    found = Q()
    for name in fields:
        found |= Q(**{f"{name}__icontains": word})
    return found


@dataclass(frozen=True, slots=True)
class Choice(Filter):
    """One of a few values; `among` are choices, options, or a function of what the list is about."""

    _: KW_ONLY
    among: type[models.TextChoices] | Options | Callable[[Any], Options]
    empty: Label = ALL

    def options(self, subject: Any) -> Options:
        """What can be chosen, in groups where there are any."""
        among: Any = self.among
        if isinstance(among, type) and issubclass(among, models.TextChoices):
            return list(among.choices)
        found: Options = among(subject) if callable(among) else among
        return found

    def meant(self, text: str, subject: Any) -> str:
        """A value that is offered."""
        if text not in dict(flat(self.options(subject))):
            raise Refused(NOT_OFFERED, field=self.name)
        return text

    def said(self, value: Any, subject: Any) -> str:
        """Its label."""
        return str(dict(flat(self.options(subject))).get(str(value), self.empty))


def flat(options: Options) -> Iterator[Option]:
    """The options without their groups."""
    for value, label in options:
        if isinstance(label, str | Promise):
            yield str(value), label
        else:
            yield from flat(label)


@dataclass(frozen=True, slots=True)
class Among(Filter):
    """One of some things, named by its key."""

    _: KW_ONLY
    things: Callable[[Any], "models.QuerySet[Any]"]

    def options(self, subject: Any) -> Options:
        """The things by their keys."""
        return [] if self.hidden else [(str(thing.pk), str(thing)) for thing in self.things(subject)]

    def meant(self, text: str, subject: Any) -> Any:
        """The thing itself."""
        things = self.things(subject)
        thing = things.filter(pk=text).first() if is_key(text, things.model) else None
        if thing is None:
            raise Refused(NOT_OFFERED, field=self.name)
        return thing


def is_key(text: str, model: type[models.Model]) -> bool:
    """Whether these letters can be the key of a thing of this kind."""
    try:
        model._meta.pk.to_python(text)
    except ValidationError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Year(Filter):
    """A year."""

    def meant(self, text: str, subject: Any) -> int:
        """Four digits."""
        year = int(text) if text.isascii() and text.isdecimal() else 0
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise Refused(_("请写四位数的年份，例如 2026。"), field=self.name)
        return year


@dataclass(frozen=True, slots=True)
class Days(Filter):
    """From one day to another, both included; `moments` where the field also holds the time of day."""

    _: KW_ONLY
    moments: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The first and the last day."""
        return f"{self.name}_from", f"{self.name}_to"

    def read(self, given: Given, subject: Any) -> tuple[date | None, date | None] | None:
        """Both days, or one of them."""
        first, last = (_day(given, name) for name in self.names)
        if first is not None and last is not None and first > last:
            raise Refused(_("开始的一天晚于结束的一天。"), field=self.names[1])
        return None if first is None and last is None else (first, last)

    def narrow(self, rows: Any, value: Any, actor: Actor | None = None) -> Any:
        """What lies between them."""
        (first, last), at = value, str(self.by or self.name)
        if first is not None:
            rows = rows.filter(**{f"{at}__gte": _midnight(first) if self.moments else first})
        if last is not None:
            rows = rows.filter(**{f"{at}__lt": _midnight(last + DAY) if self.moments else last + DAY})
        return rows

    def said(self, value: Any, subject: Any) -> str:
        """5月1日—5月31日."""
        return "—".join(said(day, "plain") if day else "" for day in value)


DAY = timedelta(days=1)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _day(given: Given, name: str) -> date | None:
    text = given.get(name, "").strip()
    if not text:
        return None
    day = read_date(text, timezone.localdate())
    if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Refused(_("看不出是哪一天。请写成 2026-3-5 或 3月5日。"), field=name)
    return day


@dataclass(frozen=True, slots=True)
class AtPlace(Filter):
    """A place by its name, code or pinyin initials; a page also sends the code of the one picked, as `…_key`."""

    def read(self, given: Given, subject: Any) -> Place | None:
        """The place meant."""
        words, code = given.get(self.name, "").strip()[:MOST_WORDS], given.get(f"{self.name}_key", "").strip()
        if not words:
            return None
        picked = Place.objects.filter(code=code).first() if code.isdecimal() else None
        if picked is not None and words in (picked.name, picked.short_name, _with_its_street(picked)):
            return picked
        return self.meant(words, subject)

    def meant(self, text: str, subject: Any) -> Place:
        """The one place these words can mean."""
        found = list(find_places(text.rsplit(maxsplit=1)[-1])[: MOST_PLACES + 1])
        exact = [one for one in found if text in (one.code, one.name, _with_its_street(one))]
        if len(exact) == 1 or len(found) == 1:
            return (exact or found)[0]
        if not found:
            raise Refused(_("没有找到“%(words)s”。请检查名称，或输入编码。") % {"words": text}, field=self.name)
        names = "、".join(_with_its_street(one) for one in found[:MOST_PLACES])
        raise Refused(_("“%(words)s”有几个：%(names)s。请写全。") % {"words": text, "names": names}, field=self.name)

    def said(self, value: Any, subject: Any) -> str:
        """Its name."""
        return str(value.name)


def _with_its_street(place: Place) -> str:
    return f"{place.parent.short_name} {place.name}" if place.level == "community" and place.parent else place.name
