"""A list, declared once, and what of it somebody asked to see: narrowed, in an order, with what could not be read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import F, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yishiting.doors.lists.columns import Column, reached
from yishiting.doors.lists.filters import Choice, Filter
from yishiting.ground.common.predicates import Actor, Question, Rule, Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import VERBS
from yishiting.ground.places.models import Place

Label = str | Promise
#: What the database holds, or a sequence of whatever the columns read.
Rows = Any
NOTHING = _("没有符合条件的。可以换个条件，或清除筛选。")
NOT_SORTED = _("不能按这一列排序。")


@dataclass(frozen=True, slots=True)
class List:
    """One list.

    `of` is the kind of thing it is about, a place unless it says otherwise; None: about the reader alone.
    `rows` gives the rows of that thing, in their usual order, and `needs` says who may read them.
    `related` is read with what it is about, `joined` with rows that leave the desk: a page shows less.
    `prepare` makes what is shown of one page of rows at a time, with the queries of a page and not of a row.
    `opens` names the page a row leads to, `beside` whether that opens beside the list.
    `bulk` are the ways in which several rows can be dealt with at once. `at` names the page the list stands on,
    where that is not its own. `counted` names the filters whose values are
    shown with how many rows each has.
    `keys` are the identifiers of other things a row carries in the API, so that a program can go on from there.
    `people`: its rows are persons or places, which are never put in order by what they did.
    `unit` says whose list it is, where that is not the place it is about.
    """

    name: str
    label: Label
    rows: Callable[[Any], Rows]
    columns: tuple[Column, ...]
    _: KW_ONLY
    needs: Rule | str
    of: type[models.Model] | None = Place
    related: tuple[str, ...] = ()
    joined: tuple[str, ...] = ()
    filters: tuple[Filter, ...] = ()
    prepare: Callable[[Sequence[Any]], Sequence[Any]] | None = None
    opens: str | Callable[[Any], str] = ""
    beside: bool = True
    bulk: tuple[str, ...] = ()
    at: str = ""
    counted: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    people: bool = False
    unit: "Callable[[Selection], str] | None" = None
    page: int = 30
    empty: Label = NOTHING

    @property
    def named(self) -> Column:
        """The column by which a row is called."""
        return next((one for one in self.columns if one.head), self.columns[0])

    def column(self, name: str) -> Column | None:
        """The column of this name."""
        return next((one for one in self.columns if one.name == name), None)

    def why_not(self, actor: Actor, subject: Any) -> Sentence | None:
        """None when this actor may read it, otherwise the sentence that says who may."""
        rule = VERBS[self.needs].may if isinstance(self.needs, str) else self.needs
        return rule.why_not(Question(actor, subject))

    def prepared(self, rows: Sequence[Any]) -> Sequence[Any]:
        """The rows as the columns read them."""
        return self.prepare(rows) if self.prepare else rows


def key_of(subject: Any) -> str:
    """What a thing is called in addresses."""
    return str(subject.code if isinstance(subject, Place) else subject.pk)


@dataclass(slots=True)
class Selection:
    """What was asked for: the rows, the values of the filters, and a sentence for each that could not be read."""

    whole: List
    subject: Any
    rows: Rows
    values: dict[str, Any] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)
    sort: str = ""
    actor: Actor | None = None

    def in_words(self) -> list[tuple[str, str]]:
        """The filters that hold, as (label, value)."""
        asked = ((one, self.values.get(one.name)) for one in self.whole.filters)
        return [(str(one.label), one.said(value, self.subject)) for one, value in asked if value is not None]

    def whole_rows(self) -> Rows:
        """The rows with every field, also those a page does without."""
        if not isinstance(self.rows, QuerySet):
            return self.rows
        rows = self.rows.defer(None)
        return rows.select_related(*self.whole.joined) if self.whole.joined else rows

    def counts(self, counted: Filter) -> dict[str, int]:
        """How many rows there are for each value of a filter, the other filters holding."""
        values = {name: value for name, value in self.values.items() if name != counted.name}
        rows = narrowed(self.whole, self.subject, values, self.actor)
        at = str(counted.by or counted.name)
        return dict(rows.order_by().values_list(at).annotate(n=models.Count("pk", distinct=True)))


def select(whole: List, subject: Any, given: Mapping[str, str], actor: Actor | None = None) -> Selection:
    """Read what was asked for; what cannot be read is told and passed over. `actor` is whoever asks."""
    values: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for one in whole.filters:
        try:
            value = one.read(given, subject)
        except Refused as refusal:
            problems[refusal.field or one.name] = str(refusal)
        else:
            if value is not None:
                values[one.name] = value
    sort = given.get("sort", "").strip()
    column = whole.column(sort.removeprefix("-"))
    if sort and (column is None or not column.sort):
        problems["sort"], sort = str(NOT_SORTED), ""
    rows = narrowed(whole, subject, values, actor)
    ordered = in_order(rows, column, sort) if sort and column else rows
    return Selection(whole, subject, ordered, values, problems, sort, actor)


def narrowed(whole: List, subject: Any, values: Mapping[str, Any], actor: Actor | None = None) -> Rows:
    """The rows that fit these values of the filters."""
    rows = whole.rows(subject)
    for one in whole.filters:
        if one.name in values or one.always:
            rows = one.narrow(rows, values.get(one.name), actor)
    return rows


def in_order(rows: Rows, column: Column, sort: str) -> Rows:
    """Sorted by one column, what has nothing in it last; among equals the usual order stays."""
    ways = (column.sort,) if isinstance(column.sort, str) else column.sort
    down = sort.startswith("-")
    if isinstance(rows, QuerySet):
        usual = rows.query.order_by or rows.model._meta.ordering
        return rows.order_by(*(_ordering(rows.model, str(way), down) for way in ways), *usual, "pk")
    full = [row for row in rows if all(reached(row, way) is not None for way in ways)]
    rest = [row for row in rows if any(reached(row, way) is None for way in ways)]
    return [*sorted(full, key=lambda row: [reached(row, way) for way in ways], reverse=down), *rest]


def _ordering(model: type[models.Model], way: str, down: bool) -> Any:
    """A field that cannot be empty is sorted as it lies in its index."""
    try:
        empty = bool(model._meta.get_field(way).null)
    except (FieldDoesNotExist, AttributeError):
        empty = True
    if not empty:
        return f"-{way}" if down else way
    return F(way).desc(nulls_last=True) if down else F(way).asc(nulls_last=True)


def choices_of(one: Filter, subject: Any) -> Any:
    """What a filter offers, if it offers anything."""
    return one.options(subject) if isinstance(one, Choice) or hasattr(one, "options") else None
