"""Marks and outlines that tell groups apart without colour."""

from collections.abc import Sequence
from math import cos, pi, sin
from typing import NamedTuple

INK = "#1f2329"
#: Filling and line of the mark of each group, in order; shapes come round after five groups.
FILLS = ("#1f2329", "#ffffff", "#a7abb0", "#ffffff", "#5a6069")
DASHES = ("", "8 5", "2 4", "12 4 2 4", "5 3")


class Spot(NamedTuple):
    """A place on the picture, in its own units."""

    x: float
    y: float
    radius: float


def marker(spot: Spot, place: int) -> str:
    """Disc, square, triangle, diamond, cross: the mark of the group at this place."""
    look = f'fill="{FILLS[place % 5]}" stroke="{INK}" stroke-width="1.6"'
    if place % 5 == 0:
        return f'<circle cx="{spot.x:.1f}" cy="{spot.y:.1f}" r="{spot.radius:.1f}" {look} fill-opacity="0.85"/>'
    corners = (square, triangle, diamond, cross)[place % 5 - 1](spot)
    return f'<polygon points="{written(corners)}" {look} fill-opacity="0.85"/>'


def written(corners: Sequence[tuple[float, float]]) -> str:
    """Corners as SVG wants them."""
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in corners)


def square(spot: Spot) -> list[tuple[float, float]]:
    """Of the area of the disc."""
    side = spot.radius * 0.886
    return [(spot.x + a * side, spot.y + b * side) for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1))]


def triangle(spot: Spot) -> list[tuple[float, float]]:
    """Standing on its base."""
    return [around(spot, 1.35, turn) for turn in (-1 / 2, 1 / 6, 5 / 6)]


def diamond(spot: Spot) -> list[tuple[float, float]]:
    """A square on its corner."""
    return [around(spot, 1.253, turn) for turn in (0, 1 / 2, 1, 3 / 2)]


def cross(spot: Spot) -> list[tuple[float, float]]:
    """A thick plus."""
    arm, half = spot.radius * 1.19, spot.radius * 0.4
    corner = ((-half, -arm), (half, -arm), (half, -half), (arm, -half), (arm, half), (half, half))
    return [(spot.x + x, spot.y + y) for x, y in corner] + [(spot.x - x, spot.y - y) for x, y in corner]


def around(spot: Spot, factor: float, turn: float) -> tuple[float, float]:
    """A point on a circle about the spot; `turn` in half circles."""
    return spot.x + spot.radius * factor * cos(turn * pi), spot.y + spot.radius * factor * sin(turn * pi)


def outline(spots: Sequence[Spot], place: int) -> str:
    """A line round all the dots of a group, with some air."""
    edge = [around(spot, 1 + 9 / spot.radius, turn / 4) for spot in spots for turn in range(8)]
    dash = f' stroke-dasharray="{DASHES[place % 5]}"' if DASHES[place % 5] else ""
    look = f'fill="{INK}" fill-opacity="0.04" stroke="{INK}" stroke-width="1.4" stroke-linejoin="round"{dash}'
    return f'<polygon points="{written(hull(edge))}" {look}/>'


def hull(corners: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """The convex hull (Andrew 1979), a corner once."""
    ordered = sorted(set(corners))
    return half_hull(ordered)[:-1] + half_hull(ordered[::-1])[:-1]


def half_hull(ordered: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """The turns to one side."""
    kept: list[tuple[float, float]] = []
    for corner in ordered:
        while len(kept) > 1 and turns(kept[-2], kept[-1], corner) <= 0:
            kept.pop()
        kept.append(corner)
    return kept


def turns(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> float:
    """Above zero where a → b → c turns left."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
