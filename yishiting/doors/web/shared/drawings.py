"""What is drawn: plain inline SVG without styles, so that the strict content policy holds and paper shows the same.

Lengths are in em or percent; the words beside a drawing always say the same thing.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

import segno
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from yishiting.doors.web.shared.shapes import Bar, Part, PathStep, Season, Tile

ICONS = {
    "check": '<path d="M2.5 8.5l3.5 3.5 7.5-8"/>',
    "cross": '<path d="M3.5 3.5l9 9m0-9l-9 9"/>',
    "clock": '<circle cx="8" cy="8" r="6"/><path d="M8 4.5V8l2.5 2"/>',
    "bang": '<path d="M8 2l6.5 12h-13zM8 6.5v3.5m0 1.4v.6"/>',
    "half": '<circle cx="8" cy="8" r="6"/><path d="M8 2a6 6 0 010 12z" fill="currentColor" stroke="none"/>',
    "ring": '<circle cx="8" cy="8" r="6"/>',
    "info": '<circle cx="8" cy="8" r="6.5"/><path d="M8 7v4.5M8 4.2v.8"/>',
}
LANES = ("resident", "community", "subdistrict", "district")
LANE_STEP = 1.75
LANE_FIRST = 0.9
DOT_AT = 1.05
MONTHS = 12
MOST_SPAN = 10


def icon(name: str) -> SafeString:
    """One of the few line drawings, hidden from screen readers: the word beside it speaks."""
    shape = mark_safe(ICONS[name])  # noqa: S308 - constant drawings of this module
    return format_html('<svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">{}</svg>', shape)


def qr(address: str) -> SafeString:
    """The QR code of an address, without personal data; readable with a fifth of it soiled."""
    drawn: str = segno.make(address, error="m").svg_inline(omitsize=True, border=2)
    return mark_safe(drawn)  # noqa: S308 - drawn by segno from modules, never from the text itself


def lane_x(lane: int) -> str:
    """Where a lane runs, in em from the left."""
    return f"{LANE_FIRST + lane * LANE_STEP:.2f}em"


def lanes(names: Sequence[str]) -> list[dict[str, Any]]:
    """The heads of the lanes with the place each is written at."""
    return [
        {"name": name, "letters": name[:1] if name.isascii() else name[:2], "x": lane_x(place)}
        for place, name in enumerate(names)
    ]


def path(steps: Sequence[PathStep]) -> list[dict[str, Any]]:
    """Each step with the lines of its graph: where it comes from, where it stands, whether the path goes on."""
    rows = []
    for place, step in enumerate(steps):
        before = steps[place - 1] if place else None
        after = steps[place + 1] if place + 1 < len(steps) else None
        rows.append(
            {
                "step": step,
                "lane": LANES.index(step.lane),
                "x": lane_x(LANES.index(step.lane)),
                "from_x": lane_x(LANES.index(before.lane)) if before else "",
                "dot": f"{DOT_AT}em",
                "goes_on": after is not None,
                "ahead_before": step.walked == "ahead",
                "ahead_after": after is not None and after.walked == "ahead",
                "lines": [lane_x(lane) for lane in range(len(LANES))],
            }
        )
    return rows


def spans(seasons: Sequence[Season]) -> list[int]:
    """How many twelfths of the strip each season takes, at least two so that its name has room; the whole is twelve."""
    days = [(season.closes - season.opens).days + 1 for season in seasons]
    whole = sum(days)
    wide = [min(MOST_SPAN, max(2, round(MONTHS * length / whole))) for length in days]
    if wide:
        wide[days.index(max(days))] += MONTHS - sum(wide)
    return wide


def year(seasons: Sequence[Season], today: date) -> dict[str, Any]:
    """The strip: each season with its width, the edges between them and today's mark in percent."""
    marked, start, mark = [], 0, 0.0
    for season, span in zip(seasons, spans(seasons), strict=True):
        length = (season.closes - season.opens).days + 1
        walked = min(1.0, max(0.0, ((today - season.opens).days + 0.5) / length))
        if today >= season.opens:
            mark = (start + walked * span) / MONTHS * 100
        marked.append({"season": season, "span": span, "start": f"{start / MONTHS * 100:.2f}%", "now": 0 < walked < 1})
        start += span
    return {"seasons": marked, "mark": f"{mark:.2f}%"}


def shares(parts: Sequence[Part]) -> list[dict[str, Any]]:
    """Each part of a count with its place on a bar, in percent."""
    whole = sum(part.count for part in parts) or 1
    placed, start = [], 0.0
    for number, part in enumerate(parts):
        width = part.count / whole * 100
        placed.append(
            {
                "part": part,
                "tone": number,
                "start": f"{start:.2f}%",
                "width": f"{width:.2f}%",
                "share": part.count / whole,
            }
        )
        start += width
    return placed


def bars(figures: Sequence[Bar]) -> list[dict[str, Any]]:
    """Each number with its share of the greatest, in percent: the scale is linear and begins at nothing."""
    most = max((one.count for one in figures), default=0) or 1
    return [{"bar": one, "width": f"{one.count / most * 100:.2f}%"} for one in figures]


#: A tile with the gap beside it, in units of the drawing.
TILE_WIDE, TILE_HIGH, LONG_NAME = 100, 80, 3


def tiles(units: Sequence[Tile]) -> dict[str, Any]:
    """Where each unit is drawn and how large the whole is; what has no place of its own stands in the table alone."""
    placed = [one for one in units if one.column >= 0]
    return {
        "width": (max((one.column for one in placed), default=0) + 1) * TILE_WIDE,
        "height": (max((one.row for one in placed), default=0) + 1) * TILE_HIGH,
        "placed": [
            {
                "tile": one,
                "x": one.column * TILE_WIDE + 3,
                "y": one.row * TILE_HIGH + 3,
                "middle": one.column * TILE_WIDE + TILE_WIDE // 2,
                "name_y": one.row * TILE_HIGH + 32,
                "count_y": one.row * TILE_HIGH + 62,
                "long": len(str(one.name)) > LONG_NAME,
            }
            for one in sorted(placed, key=lambda tile: (tile.row, tile.column))
        ],
    }
