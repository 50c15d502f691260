"""A declared list on a page: filters, sorting, paging, picking several, the way to its sheet. No script is needed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.html import conditional_escape as escape
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from yishiting.doors.lists.columns import Column, Kind, reached
from yishiting.doors.lists.declared import List, Selection, key_of, select
from yishiting.doors.lists.filters import AtPlace, Choice, Days, Filter, Options, Search, Year
from yishiting.doors.web.shared.bulk import buttons_below, seen_of
from yishiting.doors.web.shared.doors import door, signed_in
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Button, Link, Words
from yishiting.doors.web.shared.templatetags import yishiting_ui as ui
from yishiting.ground.common.refused import NotAllowed
from yishiting.ground.seasons.queries import holidays
from yishiting.methods.workdays import workdays_between

#: More than so many rows are not counted to the end.
COUNTED_MOST = 10_000
MOST = 200
NUMBERS = (Kind.NUMBER, Kind.PERCENT, Kind.MONEY)
UNBROKEN = (Kind.RECEIPT, Kind.DAY, Kind.MOMENT)
#: Of the address: everything but these belongs to the filters.
NOT_A_FILTER = ("page", "of", "as")


class Counted(Paginator):  # type: ignore[type-arg]  # a class without parameters when it runs
    """A paginator that counts to ten thousand and then says: more."""

    @cached_property
    def _all(self) -> int:
        rows = self.object_list
        if isinstance(rows, QuerySet):
            return rows.order_by().values("pk")[: COUNTED_MOST + 1].count()
        return len(rows)

    @property
    def count(self) -> int:
        """How many rows can be paged through."""
        return min(self._all, COUNTED_MOST)

    @property
    def more(self) -> bool:
        """Whether there are still more."""
        return self._all > COUNTED_MOST


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a column: where it leads to sort by it, and how it is sorted now."""

    column: Column
    url: str = ""
    sorted: str = ""

    @property
    def numeric(self) -> bool:
        """Whether it stands over figures."""
        return self.column.kind in NUMBERS


@dataclass(frozen=True, slots=True)
class ListCell:
    """One cell, drawn."""

    html: SafeString
    css: str = ""
    label: str = ""
    head: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its key for picking, what it is called, its cells, what can be done with it alone."""

    key: str
    called: str
    cells: list[ListCell]
    buttons: Sequence[Button] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """One option of a choice, or a group of them."""

    label: Words
    value: str = ""
    chosen: bool = False
    group: Sequence["Offer"] = ()


@dataclass(frozen=True, slots=True)
class Control:
    """One input of the filters, with what stands in it and what is wrong with it."""

    name: str
    label: str
    shape: str
    value: str = ""
    options: Sequence[Offer] = ()
    key: str = ""
    url: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows there are by the values of one filter, each a link."""

    label: Words
    links: list[Link]


@dataclass(slots=True)
class Listing:
    """Everything the template draws."""

    whole: List
    selection: Selection
    page: "Page[Any]"
    headings: list[Heading]
    rows: list[Row]
    controls: list[Control]
    sheet: str
    counted: list[Counts]
    orders: list[tuple[str, str]]
    with_buttons: bool
    of: str = ""
    query: str = ""
    bulk: Sequence[Button] = ()
    prefix: str = ""

    @property
    def shown_controls(self) -> bool:
        """Whether anything but the order is asked on the page."""
        return any(control.shape != "hidden" for control in self.controls)


def listing(
    request: Request,
    whole: List,
    subject: Any,
    *,
    buttons: Callable[[Any], Sequence[Button]] | None = None,
    opens: Callable[[Any], str] | None = None,
    prefix: str = "",
) -> Listing:
    """The list as it was asked for. `buttons` gives what can be done with one row, `opens` where a row leads.

    On a page with several lists each has a `prefix` of its own in the address.
    """
    asked = Asked(request.GET, prefix)
    selection = select(whole, subject, {name: str(value) for name, value in asked.own.items()}, request.actor)
    page = Counted(selection.rows, _size(whole, asked.own)).get_page(asked.own.get("page"))
    rows = whole.prepared(list(page.object_list))
    shown = [column for column in whole.columns if column.page]
    drawn = [_row(whole, shown, row, opens or _opening(whole), buttons(row) if buttons else ()) for row in rows]
    return Listing(
        whole,
        selection,
        page,
        [_heading(column, selection.sort, asked) for column in shown],
        drawn,
        [control for one in whole.filters for control in _controls(one, selection, asked)],
        sheet_address(whole, subject, asked.own),
        [Counts(one.label, _counted(one, selection, asked)) for one in whole.filters if one.name in whole.counted],
        _orders(shown) if page.paginator.count > 1 else [],
        any(row.buttons for row in drawn),
        key_of(subject) if whole.of is not None else "",
        filters_of(request.GET).urlencode(),
        buttons_below(whole, request, rows),
        prefix,
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """An address, and how one list of the page writes into it."""

    whole: QueryDict
    prefix: str = ""

    @property
    def own(self) -> QueryDict:
        """What concerns this list, without the prefix."""
        kept = QueryDict(mutable=True)
        for name, values in self.whole.lists():
            if name.startswith(self.prefix):
                kept.setlist(name.removeprefix(self.prefix), values)
        return kept

    def with_(self, **changes: str) -> str:
        """The address with this changed, from the first page again."""
        asked = self.whole.copy()
        for name, value in {"page": "", **changes}.items():
            asked.pop(self.prefix + name, None)
            if value:
                asked[self.prefix + name] = value
        return f"?{asked.urlencode()}"


def _size(whole: List, given: QueryDict) -> int:
    """How many rows a page has: as many as asked for, within reason."""
    asked = given.get("size", "")
    return min(int(asked), MOST) if asked.isascii() and asked.isdecimal() and int(asked[:9]) > 0 else whole.page


def filters_of(given: QueryDict) -> QueryDict:
    """The part of an address that says what is shown, whatever the page."""
    kept = given.copy()
    for name in NOT_A_FILTER:
        kept.pop(name, None)
    return kept


def sheet_address(whole: List, subject: Any, given: QueryDict) -> str:
    """Where the same rows can be had as a sheet."""
    asked = filters_of(given)
    if whole.of is not None:
        asked["of"] = key_of(subject)
    return f"{reverse('desk-list-sheet', args=[whole.name])}?{asked.urlencode()}".removesuffix("?")


# ── Cells ────────────────────────────────────────────────────────────────


def _opening(whole: List) -> Callable[[Any], str]:
    opens = whole.opens
    if callable(opens):
        return opens
    return lambda row: reverse(opens, args=[row.pk]) if opens else ""


def _row(whole: List, shown: list[Column], row: Any, opens: Callable[[Any], str], buttons: Sequence[Button]) -> Row:
    cells = [_cell(whole, column, row, opens) for column in shown]
    return Row(seen_of(row) if whole.bulk else "", whole.named.said(row), cells, buttons)


def _cell(whole: List, column: Column, row: Any, opens: Callable[[Any], str]) -> ListCell:
    html = written(column, row)
    if column.head or column.link is not None:
        html = _linked(html, column.link(row) if column.link else opens(row), beside=whole.beside and column.head)
    if column.under and (below := reached(row, column.under)):
        html = format_html('{} <span class="soft small">{}</span>', html, below)
    label = "" if column.head or not html else str(column.label)
    return ListCell(html, _css(column), label, column.head)


def _linked(html: SafeString, url: str, *, beside: bool) -> SafeString:
    if not url or not html:
        return html
    return format_html("<a {}>{}</a>", ui.beside(url) if beside else format_html('href="{}"', url), html)


def _css(column: Column) -> str:
    return "number" if column.kind in NUMBERS else "nowrap" if column.kind in UNBROKEN else ""


def written(column: Column, row: Any) -> SafeString:
    """A value as the page writes it."""
    value = column.of(row)
    if value is None or value == "":
        return SafeString("")
    if column.kind is Kind.STATE:
        return ui.state(column.said(row), column.tones.get(str(value), "plain"))
    how = WRITTEN.get(column.kind)
    return escape(how(value) if how else column.said(row))


def _due(day: date) -> SafeString | str:
    return ui.due(day, workdays_between(timezone.localdate(), day, holidays()))


#: How the page writes what is no text and no code; markup of our own stays what it is.
WRITTEN: dict[Kind, Callable[[Any], Any]] = {
    Kind.RECEIPT: lambda value: ui.spoken_whole(str(value)),
    Kind.PERCENT: lambda value: f"{value}%",
    Kind.MONEY: ui.money,
    Kind.DAY: lambda value: ui.cn_date(value, "plain"),
    Kind.MOMENT: lambda value: ui.cn_date(value, "time"),
    Kind.DUE: _due,
    Kind.YES: lambda value: _("是") if value else _("否"),
}


# ── Head ─────────────────────────────────────────────────────────────────


def _heading(column: Column, sort: str, asked: Asked) -> Heading:
    if not column.sort:
        return Heading(column)
    here = sort.removeprefix("-") == column.name
    state = "" if not here else "descending" if sort.startswith("-") else "ascending"
    to = f"-{column.name}" if state == "ascending" else column.name
    return Heading(column, asked.with_(sort=to), state)


def _orders(shown: list[Column]) -> list[tuple[str, str]]:
    """For phones, where no head is shown."""
    down = _("%(label)s，倒序")
    return [
        pair
        for column in shown
        if column.sort
        for pair in ((column.name, str(column.label)), (f"-{column.name}", down % {"label": column.label}))
    ]


# ── Filters ──────────────────────────────────────────────────────────────


def _controls(one: Filter, selection: Selection, asked: Asked) -> list[Control]:
    given = asked.own

    def control(name: str, label: str, shape: str, **more: Any) -> Control:
        problem = selection.problems.get(name, "")
        kept = one.hidden or one.name in selection.whole.counted[:1]  # the tabs above set it
        return Control(
            asked.prefix + name, label, "hidden" if kept else shape, given.get(name, ""), problem=problem, **more
        )

    label = str(one.label)
    match one:
        case Days():
            first, last = one.names
            return [
                control(first, _("%(label)s，从") % {"label": label}, "day"),
                control(last, _("到"), "day"),
            ]
        case AtPlace():
            url = reverse("place-search")
            return [control(one.name, label, "place", key=given.get(f"{one.name}_key", ""), url=url)]
        case Year():
            return [control(one.name, label, "year")]
        case Search():
            return [control(one.name, label, "search")]
    options = one.options(selection.subject) if hasattr(one, "options") else ()
    empty = one.empty if isinstance(one, Choice) else _("全部")
    return [control(one.name, label, "choice", options=_offered([("", empty), *options], given.get(one.name, "")))]


def _offered(options: Options, chosen: str) -> list[Offer]:
    return [
        Offer(label, value, value == chosen)
        if isinstance(label, str | Promise)
        else Offer(value, group=_offered(label, chosen))
        for value, label in options
    ]


def _counted(counted: Filter, selection: Selection, asked: Asked) -> list[Link]:
    """A link for each value of a filter, with how many rows there are while the other filters hold."""
    counts, here = selection.counts(counted), selection.values.get(counted.name)
    labels = dict(counted.options(selection.subject)) if isinstance(counted, Choice) else {}
    links = [Link(_("全部"), asked.with_(**{counted.name: ""}), here is None, sum(counts.values()))]
    return links + [
        Link(label, asked.with_(**{counted.name: value}), value == here, counts[value])
        for value, label in labels.items()
        if value in counts
    ]


# ── Pages ────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a list on its own page.

    `buttons` gives what can be done with one row, `opens` where a row leads; `more` is for the template of a page
    that shows something of its own above the list.
    """

    title: Words
    crumbs: Sequence[Link]
    _: KW_ONLY
    words: Words = ""
    tabs: Sequence[Link] = ()
    verbs: Sequence[Button] = ()
    links: Sequence[Link] = ()
    buttons: Callable[[Any], Sequence[Button]] | None = None
    opens: Callable[[Any], str] | None = None
    more: Mapping[str, Any] = field(default_factory=dict)


def list_page(
    whole: List, around: Callable[[Request, Any], Around], template: str = "shared/list.html"
) -> Callable[..., HttpResponse]:
    """The page of a list, behind the door that the list itself names."""

    def show(request: Request, subject: Any = None) -> HttpResponse:
        about = around(request, subject)
        shown = {
            "around": about,
            "list": listing(request, whole, subject, buttons=about.buttons, opens=about.opens),
            "crumbs": about.crumbs,
            **about.more,
        }
        return render(request, template, shown)

    return behind_its_door(whole, show)


def behind_its_door(whole: List, show: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view of a list, for those alone who may read it; a list about nobody else is asked about its reader."""
    if whole.of is not None:
        return door(whole.of, needs=whole.needs, related=whole.related)(show)

    @signed_in
    def enter(request: Request) -> HttpResponse:
        refusal = whole.why_not(request.actor, request.person)
        if refusal is not None:
            raise NotAllowed(refusal)
        return show(request, request.person)

    return enter
