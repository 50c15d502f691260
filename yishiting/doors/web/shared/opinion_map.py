"""The opinion map drawn for a phone: the dots of each group with its letter, and beside it a table that says the same."""

from dataclasses import dataclass
from math import sqrt
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from yishiting.doors.web.shared.opinions import side

WIDE, HIGH, EDGE = 320, 230, 26
SMALLEST, GROWS = 3, 9
STATEMENTS = 2


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group: its name, how many, and the statements it stands for most."""

    name: str
    people: int
    views: list[str]


@dataclass(frozen=True, slots=True)
class SmallMap:
    """The drawing, and the table beside it."""

    svg: SafeString
    rows: list[GroupRow]


def small_map(result: dict[str, Any]) -> SmallMap | None:
    """For a result with a map; the letters are as large as the text around them."""
    drawn = result.get("map")
    if not drawn or not drawn.get("points"):
        return None
    texts = {str(row["number"]): row["text"] for row in result["counts"]}
    return SmallMap(_svg(drawn), [_row(group, texts) for group in drawn["groups"]])


def _row(group: dict[str, Any], texts: dict[str, str]) -> GroupRow:
    told = group["representative"][:STATEMENTS]
    views = [
        _("%(side)s：%(text)s") % {"side": side(one["side"]), "text": texts.get(one["statement"], "")} for one in told
    ]
    return GroupRow(group["name"], group["people"], views)


def _svg(drawn: dict[str, Any]) -> SafeString:
    points = drawn["points"]
    xs, ys = [one["x"] for one in points], [one["y"] for one in points]
    scale = min((WIDE - 2 * EDGE) / max(max(xs) - min(xs), 1e-9), (HIGH - 2 * EDGE) / max(max(ys) - min(ys), 1e-9), 1e6)

    def at(x: float, y: float) -> tuple[float, float]:
        return WIDE / 2 + scale * (x - (min(xs) + max(xs)) / 2), HIGH / 2 - scale * (y - (min(ys) + max(ys)) / 2)

    most = max(one["people"] for one in points)
    order = {group["id"]: n for n, group in enumerate(drawn["groups"])}
    dots = format_html_join(
        "",
        '<circle class="group-{}" cx="{}" cy="{}" r="{}"/>',
        (
            (
                order[one["group"]] % 4,
                *_short(at(one["x"], one["y"])),
                f"{SMALLEST + GROWS * sqrt(one['people'] / most):.1f}",
            )
            for one in points
            if one["group"] in order
        ),
    )
    names = format_html_join(
        "",
        '<text x="{}" y="{}">{}</text>',
        ((*_short(_inside(at(group["x"], group["y"]))), group["name"]) for group in drawn["groups"]),
    )
    return format_html(
        '<svg viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}</svg>',
        WIDE, HIGH, _("意见图谱：看法相近的人聚在一起，下面的表写着同样的内容。"), dots, names,
    )  # fmt: skip


def _inside(spot: tuple[float, float]) -> tuple[float, float]:
    return min(max(spot[0], 2 * EDGE), WIDE - 2 * EDGE), min(max(spot[1], EDGE), HIGH - EDGE / 2)


def _short(spot: tuple[float, float]) -> tuple[str, str]:
    return f"{spot[0]:.1f}", f"{spot[1]:.1f}"
