"""A public lot in strata: so many from each place and group as there are people, and within each by lot.

First the seats of the strata (a place, a group, or a place and a group together), by largest remainder over the number
of names; ties about a seat are decided by the same lot. Then each stratum is drawn by itself (`lot.draw`); the key of
each begins with its name, so that no two draw alike. Everybody recomputes it from the list and the public numbers.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from yishiting.methods.errors import Unusable
from yishiting.methods.lot import Drawn, Lot, Source, draw, order
from yishiting.methods.seat_rules import Constituency, Method, SeatRule
from yishiting.methods.seats import allot


@dataclass(frozen=True, slots=True)
class Entrant:
    """Somebody on the list, and what the list is divided by: place, group, or both, in one fixed order."""

    name: str
    kinds: tuple[str, ...]

    @property
    def stratum(self) -> str:
        """The name of the stratum."""
        return "·".join(self.kinds)


@dataclass(frozen=True, slots=True)
class Stratum:
    """One stratum: its names on the list, its seats, and the lot that filled them (None for no seat)."""

    name: str
    listed: int
    seats: int
    drawn: Drawn | None

    def as_dict(self) -> dict[str, Any]:
        """Ready for JSON."""
        return {
            "stratum": self.name,
            "listed": self.listed,
            "seats": self.seats,
            "drawn": list(self.drawn.names) if self.drawn else [],
            "steps": self.drawn.as_dict()["steps"] if self.drawn else [],
            "key": self.drawn.key if self.drawn else "",
        }


@dataclass(frozen=True, slots=True)
class StratifiedDrawn:
    """All strata in the order of the list, the tie order where one was needed, and each kind's part of list and draw."""

    title: str
    strata: tuple[Stratum, ...]
    ties: tuple[str, ...]
    parts: dict[str, tuple[int, int]]

    @property
    def names(self) -> tuple[str, ...]:
        """Everybody drawn, stratum by stratum."""
        return tuple(name for one in self.strata if one.drawn for name in one.drawn.names)

    def as_dict(self) -> dict[str, Any]:
        """Ready for JSON."""
        return {
            "drawn": list(self.names),
            "strata": [one.as_dict() for one in self.strata],
            "ties_settled_by_lot": list(self.ties),
            "parts": {kind: {"listed": listed, "drawn": drawn} for kind, (listed, drawn) in self.parts.items()},
            "sentences": list(self.sentences()),
        }

    def sentences(self) -> tuple[str, ...]:
        """What happened, in Chinese, one stratum a sentence."""
        return tuple(
            f"{one.name}：名单 {one.listed} 人，抽 {one.seats} 人"
            + (
                f"，抽出{'、'.join(f'{step.number} 号{step.name}' for step in one.drawn.steps)}。"
                if one.drawn
                else "。"
            )
            for one in self.strata
        )


def draw_in_strata(
    title: str, entrants: Sequence[Entrant], number: int, sources: Sequence[Source], *, least_each: int = 0
) -> StratifiedDrawn:
    """Draw `number` entrants, each stratum by its part of the list, at least `least_each` (0 or more) from every one.

    `Unusable`: a name twice, kinds missing or not as many for everybody, too many wanted, minima that cannot all be
    met, numbers of a source not known yet.
    """
    strata = _strata(entrants)
    sizes = {name: len(names) for name, names in strata.items()}
    if not 1 <= number <= len(entrants):
        raise Unusable(
            f"名单有 {len(entrants)} 人，不能从中抽出 {number} 人。", f"{number} of {len(entrants)} cannot be drawn."
        )
    lot = order(f"{title}（各层席位相同时的次序）", list(sizes), sources)
    rule = SeatRule(Method.LARGEST_REMAINDER, number, number, least_each)
    plan = allot(number, [Constituency(name, size, most=size) for name, size in sizes.items()], rule, lot)
    drawn = tuple(
        Stratum(name, sizes[name], seats, _drawn(title, name, strata[name], seats, sources))
        for name, seats in plan.seats.items()
    )
    return StratifiedDrawn(title, drawn, lot if plan.ties else (), _parts(entrants, drawn))


def _strata(entrants: Sequence[Entrant]) -> dict[str, list[str]]:
    wrong = [f"{name}在名单上有两次" for name, n in Counter(one.name for one in entrants).items() if n > 1]
    if len({len(one.kinds) for one in entrants}) > 1 or any(not kind for one in entrants for kind in one.kinds):
        wrong.append("每个人都要写明分层所用的各项，一项也不能缺")
    if wrong or not entrants:
        raise Unusable("；".join(wrong or ["名单是空的"]) + "。", "The list cannot be divided.")
    strata: dict[str, list[str]] = {}
    for one in entrants:
        strata.setdefault(one.stratum, []).append(one.name)
    return strata


def _drawn(title: str, name: str, names: Sequence[str], seats: int, sources: Sequence[Source]) -> Drawn | None:
    if not seats:
        return None
    return draw(Lot(f"{title}（{name}）", tuple(names), seats, tuple(sources), apart=name))


def _parts(entrants: Sequence[Entrant], strata: Sequence[Stratum]) -> dict[str, tuple[int, int]]:
    """For each kind how many of the list and how many of the drawn are of it: the lot shows itself to be fair."""
    chosen = {name for one in strata if one.drawn for name in one.drawn.names}
    listed = Counter(kind for one in entrants for kind in one.kinds)
    drawn = Counter(kind for one in entrants if one.name in chosen for kind in one.kinds)
    return {kind: (count, drawn[kind]) for kind, count in listed.items()}
