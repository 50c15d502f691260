"""How firm the groups of an opinion map are: would they be the same had some people not come?

Again and again a tenth of the people is left out and the groups are found anew. Two findings of the same people agree as
far as the adjusted Rand index says (Hubert, Arabie 1985: 1 the same groups, 0 no more alike than by chance), a group
as far as the group most like it shares its people (Jaccard; Hennig 2007). The seed is part of the record.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb
from typing import TYPE_CHECKING, Any

from yishiting.methods.errors import Unusable
from yishiting.methods.opinions.chart import placed
from yishiting.methods.opinions.contract import Consultation, Options
from yishiting.methods.opinions.space import positions
from yishiting.methods.opinions.table import VoteTable, vote_table

if TYPE_CHECKING:
    from numpy import bool_
    from numpy.typing import NDArray

ROUNDS, LEAVE_OUT, SEED = 20, Fraction(1, 10), 1971
#: From here on groups are called firm, and called loose (Hennig 2007: .75 valid, .60 doubtful).
FIRM, LOOSE = 0.75, 0.60


@dataclass(frozen=True, slots=True)
class Stability:
    """Of `rounds` findings: how many had as many groups, their mean agreement, that of the worst in twenty, each group's.

    `groups[id]`: the mean over rounds of the share of its people that stay together.
    """

    rounds: int
    leave_out: Fraction
    seed: int
    same_number: int
    agreement: float
    low: float
    groups: Mapping[str, float]

    def as_dict(self) -> dict[str, Any]:
        """Ready for JSON."""
        return {
            "rounds": self.rounds,
            "leave_out": str(self.leave_out),
            "seed": self.seed,
            "same_number": self.same_number,
            "agreement": round(self.agreement, 4),
            "worst_in_twenty": round(self.low, 4),
            "groups": {name: round(value, 4) for name, value in self.groups.items()},
            "firm": self.firm,
            "sentence": self.sentence(),
        }

    @property
    def firm(self) -> bool:
        """Whether the groups stay as they are when a tenth of the people had not come."""
        return self.agreement >= FIRM and 2 * self.same_number > self.rounds

    def sentence(self) -> str:
        """What may be said of the groups, in Chinese."""
        how = "稳定" if self.firm else ("大体稳定" if self.agreement >= LOOSE else "不稳定，换一些人就会不同")
        return (
            f"每次去掉 {self.leave_out} 的人重新分组 {self.rounds} 次：{self.same_number} 次组数不变，"
            f"分组一致程度平均 {self.agreement:.2f}（1 为完全一致）。分组{how}。"
        )


def stability(
    consultation: Consultation,
    options: Options | None = None,
    *,
    rounds: int = ROUNDS,
    leave_out: Fraction = LEAVE_OUT,
    seed: int = SEED,
) -> Stability:
    """Leave out `leave_out` of the people `rounds` times and compare the groups with those of everybody.

    `Unusable`: nothing to draw a map from, `rounds` below 1, a part outside 0 to 1.
    """
    import numpy as np

    if rounds < 1 or not 0 < leave_out < 1:
        raise Unusable("次数至少 1，去掉的比例应在 0 与 1 之间。", "At least one round, and a part between 0 and 1.")
    options = options or Options()
    table = vote_table(consultation)
    whole = _groups(table, consultation, options)
    dice = np.random.default_rng(seed)
    left_out = max(1, int(len(table.people) * leave_out))
    found: list[tuple[bool, float, dict[str, float]]] = []
    for _ in range(rounds):
        keep = np.ones(len(table.people), dtype=bool)
        keep[dice.choice(len(table.people), min(left_out, len(table.people) - 1), replace=False)] = False
        found.append(_compared(whole, _again(table, keep, consultation, options), keep))
    agreements = sorted(agreement for _, agreement, _ in found)
    names = sorted({name for name in whole if name is not None})
    groups = {name: sum(kept.get(name, 0.0) for _, _, kept in found) / rounds for name in names}
    same = sum(number for number, _, _ in found)
    mean, low = sum(agreements) / rounds, agreements[(rounds - 1) // 20]
    return Stability(rounds, leave_out, seed, same, mean, low, groups)


def _groups(table: VoteTable, consultation: Consultation, options: Options) -> list[str | None]:
    places = positions(table.cells, table.columns(consultation.set_aside))
    return placed(table, places, options, None)[0]


def _again(table: VoteTable, keep: NDArray[bool_], consultation: Consultation, options: Options) -> list[str | None]:
    """The groups of those who are left."""
    people = tuple(name for name, stays in zip(table.people, keep.tolist(), strict=True) if stays)
    fewer = VoteTable(people, table.statements, table.cells[keep], table.replaced)
    try:
        return _groups(fewer, consultation, options)
    except Unusable:  # nobody left with votes enough
        return [None] * len(people)


def _compared(
    whole: Sequence[str | None], again: Sequence[str | None], keep: NDArray[bool_]
) -> tuple[bool, float, dict[str, float]]:
    """Whether there are as many groups, how far both agree, and how far each group stays together."""
    left = [group for group, stays in zip(whole, keep.tolist(), strict=True) if stays]
    pairs = [(one, other) for one, other in zip(left, again, strict=True) if one is not None and other is not None]
    same = len({one for one, _ in pairs}) == len({other for _, other in pairs})
    both, ours, theirs = Counter(pairs), Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    kept = {
        one: max(both[one, other] / (ours[one] + theirs[other] - both[one, other]) for other in theirs) for one in ours
    }
    return same, adjusted_rand(both, ours, theirs), kept


def adjusted_rand(both: Mapping[tuple[str, str], int], ours: Mapping[str, int], theirs: Mapping[str, int]) -> float:
    """The adjusted Rand index of two groupings from their counts; 1 where both put everybody together or are the same."""
    together = sum(comb(count, 2) for count in both.values())
    one, other = (sum(comb(count, 2) for count in counts.values()) for counts in (ours, theirs))
    pairs = comb(sum(ours.values()), 2)
    if not pairs:
        return 1.0
    by_chance, best = one * other / pairs, (one + other) / 2
    return 1.0 if best == by_chance else (together - by_chance) / (best - by_chance)
