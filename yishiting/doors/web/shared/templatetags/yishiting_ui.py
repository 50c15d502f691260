"""The words and drawings of the design system: {% load yishiting_ui %}."""

import itertools
import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.core.paginator import Paginator
from django.forms import BoundField, CheckboxInput, ClearableFileInput
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from yishiting.doors.web.shared import drawings
from yishiting.doors.web.shared.doors import why_closed
from yishiting.doors.web.shared.fields import RowsField
from yishiting.doors.web.shared.forms import CheckCards, DateInput, Form, MoneyInput, RadioCards, RowsInput, SearchInput
from yishiting.doors.web.shared.shapes import (
    Bar,
    Button,
    OpenThing,
    Part,
    PathStep,
    Season,
    Tile,
    Waiting,
    WorkCard,
)
from yishiting.ground.common.days import said
from yishiting.ground.common.money import amount, yuan
from yishiting.ground.places.models import Place
from yishiting.ground.places.organs import local_words
from yishiting.ground.seasons.labels import rules_called
from yishiting.instruments.ballots.models import Poll
from yishiting.instruments.documents.rules import spoken
from yishiting.year.councils.published import representative_name
from yishiting.year.meetings.actions.announcing import PARTS
from yishiting.year.meetings.models import AgendaItem
from yishiting.year.proposals.rules import Piece, difference

register = template.Library()
Day = date | datetime


def _english() -> bool:
    return (get_language() or "zh").startswith("en")


# ── Words ────────────────────────────────────────────────────────────────


@register.filter
def money(fen: int | None) -> str:
    """Fen as every page writes an amount, never rounded: 860元, 123,500元, 12,800.50元; in English ¥860."""
    if fen is None:
        return ""
    if _english():
        return f"¥{yuan(fen).removesuffix('.00')}"
    return amount(fen)


@register.filter
def cn_date(day: Day | None, style: str = "") -> str:
    """A day in the reader's words, in the styles of `days.said`; a short date of another year says the year as well."""
    if not day:
        return ""
    moment = timezone.localtime(day) if isinstance(day, datetime) and timezone.is_aware(day) else day
    return said(moment, "plain" if style == "short" and moment.year != timezone.localdate().year else style)


@register.filter
def workdays_left(days: int | None) -> str:
    """The counted number of working days as a sentence: 还剩3个工作日, 今天到期, 已超2个工作日."""
    if days is None:
        return ""
    if days == 0:
        return gettext("今天到期")
    if days > 0:
        return ngettext("还剩%(n)s个工作日", "还剩%(n)s个工作日", days) % {"n": days}
    return ngettext("已超%(n)s个工作日", "已超%(n)s个工作日", -days) % {"n": -days}


@register.filter
def counted(number: int | None, unit: str = "") -> str:
    """A number with its measure: 1,234条建议."""
    measure = ENGLISH_MEASURES.get(unit, "") if _english() else unit
    return f"{number or 0:,}{measure}"


ENGLISH_MEASURES = {"票": " votes", "项": " options", "件": " items"}


@register.simple_tag
def counted_from(suggestions: int, households: int) -> str:
    """How many said it, and from how many households: 7条建议，来自5户."""
    return gettext("%(n)s条建议，来自%(m)s户") % {"n": f"{suggestions:,}", "m": f"{households:,}"}


@register.filter
def percent(part: float | None, whole: float | None = None) -> str:
    """Two decimals: 96.30%. With a second number, the share of it; a dash where there is nothing to share."""
    if part is None or whole == 0:
        return "—"
    return f"{(part if whole is None else part / whole) * 100:.2f}%"


register.filter("rules_called", rules_called)
register.filter("house_word", gettext)
register.filter("at_place", local_words)
register.filter("shown_as", representative_name)


@register.filter("spoken")
def spoken_whole(receipt: str) -> SafeString:
    """A receipt number in groups, never broken over two lines: 26 0000 1234."""
    return format_html('<span class="nowrap">{}</span>', spoken(receipt))


@register.filter
def unbroken(text: object) -> str:
    """The text with its receipt numbers kept on one line."""
    return RECEIPT.sub(lambda number: number[0].replace(" ", "\xa0"), str(text))


RECEIPT = re.compile(r"(?<!\d)\d{2} \d{4} \d{4}(?!\d)")


@register.filter
def filesize_cn(size: int) -> str:
    """Bytes as 320 KB or 1.4 MB."""
    return f"{size / 2**20:.1f} MB" if size >= 2**20 else f"{max(1, round(size / 2**10))} KB"


# ── Small marks ──────────────────────────────────────────────────────────


@register.simple_tag
def icon(name: str) -> SafeString:
    """A line drawing that stands beside a word and says nothing by itself."""
    return drawings.icon(name)


@register.simple_tag
def dial(number: str) -> SafeString:
    """An office's number that a phone rings at a touch; a line of this city as people write it, 010-6500 1234."""
    main, _dash, inner = number.partition("-")
    spoken_number = re.sub(r"^(0(?:10|2\d))(\d{4})(\d{4})$", r"\1-\2 \3", main)
    words = spoken_number + gettext("转") + inner if inner else spoken_number
    dialled = f"{main},{inner}" if inner else main
    return format_html('<a class="nowrap" href="tel:{}" data-own-line>{}</a>', dialled, words)


TONE_ICONS = {"open": "half", "waiting": "clock", "done": "check", "late": "bang", "refused": "cross", "plain": "ring"}


@register.simple_tag
def state(label: object, tone: str = "plain") -> SafeString:
    """A state as a word with a shape. Tones: open, waiting, done, late, refused, plain."""
    return format_html('<span class="state {}">{}{}</span>', tone, drawings.icon(TONE_ICONS[tone]), label)


@register.simple_tag
def due(day: Day | None, days_left: int | None = None, soon: int = 3) -> SafeString | str:
    """A due date with what is left of it, marked when it is near or past."""
    if not day:
        return ""
    left = workdays_left(days_left)
    if days_left is None:
        past = day < (timezone.now() if isinstance(day, datetime) else timezone.localdate())
        left, days_left = (gettext("已超期"), -1) if past else ("", soon + 1)
    tone = "plain" if days_left > soon else "waiting" if days_left >= 0 else "late"
    return state(f"{cn_date(day, 'short')} {left}".strip(), tone)


@register.simple_tag
def days_left(days: int, says: object = "") -> SafeString:
    """The days that are left as a chip: 今天截止, 还剩3天; what has a moment of its own says that instead."""
    words = says or (ngettext("还剩%(n)s天", "还剩%(n)s天", days) % {"n": days} if days > 0 else gettext("今天截止"))
    return state(words, "waiting" if days <= SOON_DAYS else "plain")


SOON_DAYS = 7

# ── Pieces that need counting or drawing ─────────────────────────────────


@register.inclusion_tag("pieces/year_strip.html")
def year_strip(seasons: Sequence[Season], open_now: Sequence[Any] = (), today: date | None = None) -> dict[str, Any]:
    """The three seasons on one line, today's mark, and what is open now."""
    day = today or timezone.localdate()
    return {
        "year": drawings.year(seasons, day),
        "today": day,
        "open_now": open_now,
        "now": next((season for season in seasons if season.opens <= day <= season.closes), None),
    }


@register.inclusion_tag("pieces/path.html")
def path_lanes(steps: Sequence[PathStep], summary: object = "", lanes: Sequence[str] = ()) -> dict[str, Any]:
    """The path of a matter through the lanes 居民, 社区, 街乡, 区, under one plain sentence."""
    return {
        "summary": summary,
        "lanes": drawings.lanes(
            [str(lane) for lane in lanes] or [gettext("居民"), gettext("社区"), gettext("街乡"), gettext("区")]
        ),
        "steps": drawings.path(steps),
    }


@register.inclusion_tag("pieces/counts.html")
def counts(parts: Sequence[Part], figure: str = "", says: object = "") -> dict[str, Any]:
    """A figure with the counts it comes from; never one without the other."""
    whole = sum(part.count for part in parts)
    return {"parts": drawings.shares(parts), "whole": whole, "figure": figure, "says": says}


@register.inclusion_tag("pieces/open_box.html")
def open_box(things: Sequence[OpenThing]) -> dict[str, Any]:
    """What one may do now, each with the days that are left and its button."""
    return {"things": things}


@register.inclusion_tag("pieces/bars.html")
def bars(figures: Sequence[Bar]) -> dict[str, Any]:
    """Numbers under each other on one linear scale; each opens its list."""
    return {"bars": drawings.bars(figures)}


@register.inclusion_tag("pieces/tiles.html")
def cartogram(tiles: Sequence[Tile], title: object) -> dict[str, Any]:
    """The units of a district where they lie, with their table."""
    return {"tiles": tiles, "title": title, **drawings.tiles(tiles)}


@register.inclusion_tag("pieces/work_cards.html")
def work_cards(cards: Sequence[WorkCard]) -> dict[str, Any]:
    """Projects at a glance."""
    return {"cards": cards}


@register.inclusion_tag("pieces/vote_bar.html")
def vote_bar(poll: Poll) -> dict[str, Any]:
    """How a vote went, drawn and said in numbers."""
    count = poll.result.get("counts", {})
    said = (("for", gettext("赞成")), ("abstain", gettext("弃权")), ("against", gettext("反对")))
    return {"parts": drawings.shares([Part(label, int(count.get(name, 0))) for name, label in said])}


@register.inclusion_tag("pieces/field.html")
def field(bound: BoundField, keys: bool = False, labelled: bool = True) -> dict[str, Any]:
    """One field of a form: label above, example below, its error at the field.

    Without `labelled`, where the heading of the page is its label.
    """
    widget = bound.field.widget
    if isinstance(widget, RadioCards) and keys:
        widget.keys = True
    return {
        "field": bound,
        "labelled": labelled,
        "shape": _shape(bound),
        "optional": not bound.field.required and not isinstance(widget, CheckboxInput) and not _asked_sometimes(bound),
        "unit": getattr(widget, "unit", ""),
        "options": _options(bound) if isinstance(widget, RadioCards | CheckCards) else [],
        "keys": getattr(widget, "keys", False),
        "chosen": getattr(widget, "chosen", ()),
        "rows": bound.field.rows(bound) if isinstance(bound.field, RowsField) else [],
        "key": bound.value()[1] if isinstance(bound.value(), tuple) else "",
    }


def _asked_sometimes(bound: BoundField) -> bool:
    """Whether another answer decides if this one is needed."""
    return isinstance(bound.form, Form) and bound.name in bound.form.asked_sometimes


SHAPES: tuple[tuple[tuple[type, ...], str], ...] = (
    ((RadioCards, CheckCards), "cards"),
    ((CheckboxInput,), "tick"),
    ((SearchInput,), "search"),
    ((DateInput,), "date"),
    ((RowsInput,), "rows"),
    ((MoneyInput,), "unit"),
    ((ClearableFileInput,), "file"),
)


def _shape(bound: BoundField) -> str:
    usual = "group" if bound.use_fieldset else "plain"
    return next((shape for kinds, shape in SHAPES if isinstance(bound.field.widget, kinds)), usual)


def _options(bound: BoundField) -> list[dict[str, Any]]:
    said = bound.field.widget.descriptions
    return [
        {
            "input": option.tag(),
            "id": option.id_for_label,
            "label": option.choice_label,
            "says": said.get(str(option.data["value"]), ""),
        }
        for option in bound
        if str(option.data["value"]) or bound.field.required is False
    ]


@register.inclusion_tag("pieces/error_summary.html")
def error_summary(form: Form) -> dict[str, Any]:
    """All errors of a form in one box that takes the focus; nothing when there are none."""
    return {"problems": form.problems() if form.is_bound else [], "id": form.prefix or "form"}


@register.inclusion_tag("pieces/verb.html", takes_context=True)
def verb(context: template.Context, doing: Button, about: object = "") -> dict[str, Any]:
    """A button for one verb, or the button asleep with the sentence that says why not.

    `about` names the thing to screen readers.
    """
    return {"doing": doing, "about": about, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("pieces/waiting.html", takes_context=True)
def waiting_list(context: template.Context, items: Sequence[Waiting], empty: object = "") -> dict[str, Any]:
    """What waits for somebody, in the order given, each with its one next action."""
    return {"items": items, "empty": empty, "csrf_token": context.get("csrf_token")}


@register.simple_tag(takes_context=True)
def door_to(context: template.Context, name: str, thing: Any, about: Any = None) -> str:
    """The address of the page of a thing, or nothing when it would not let this reader in.

    `about` is what the page asks about, when that is not the thing itself.
    """
    address = reverse(name, args=[thing.code if isinstance(thing, Place) else thing.pk])
    return "" if why_closed(context["request"].actor, address, about or thing) is not None else address


@register.simple_tag(takes_context=True)
def with_query(context: template.Context, **changes: object) -> str:
    """The address of this page with some of its query changed; an empty value takes a key away."""
    query = context["request"].GET.copy()
    for key, value in changes.items():
        query.pop(key, None)
        if value not in ("", None):
            query[key] = str(value)
    return f"?{query.urlencode()}"


@register.filter
def pages_around(paginator: "Paginator[Any]", number: int) -> list[int]:
    """The pages to offer around this one; 0 stands for those left out."""
    return [page if isinstance(page, int) else 0 for page in paginator.get_elided_page_range(number, on_each_side=2)]


@register.simple_tag
def beside(url: str) -> SafeString:
    """The attributes of a link that opens its page beside the list; without scripts it opens the page itself."""
    return format_html(
        'href="{0}" data-open hx-get="{0}" hx-target="#beside" hx-select="#content > *" hx-push-url="false"', url
    )


@register.simple_block_tag
def notice_box(content: str, title: object = "", facts: object = "") -> SafeString:
    """A framed public notice: {% notice_box "公示" %}…{% endnotice_box %}."""
    head = format_html("<h2>{}</h2>", title) if title else ""
    under = format_html('<p class="notice-facts">{}</p>', facts) if facts else ""
    return format_html('<section class="notice">{}{}{}</section>', head, under, content)


@register.inclusion_tag("pieces/item_changes.html")
def item_changes(item: AgendaItem) -> dict[str, Any]:
    """How an item came to its words since notice was first given of it: every change, what was taken out and put in."""
    told = [*item.announcements]
    if item.parted and told:
        told.append({"on": "", "words": item.words})
    return {"changes": [_between(*pair) for pair in itertools.pairwise(told) if pair[0]["words"] != pair[1]["words"]]}


def _between(before: dict[str, Any], after: dict[str, Any]) -> tuple[date | None, list[tuple[Any, list[Piece]]]]:
    """On which day notice was given of a change (None: not yet), and each part with its difference."""
    was, now = before["words"], after["words"]
    parts = [(PARTS[name], difference(was[name], now[name])) for name in ("title", "text") if was[name] != now[name]]
    return date.fromisoformat(after["on"]) if after["on"] else None, parts
