"""How firm a funding line is: do the judges agree, what if one of them had been away, what if others had been chosen.

Nothing here changes a decision; it says beside it how much rests on who sat on the jury. `agreement` is the mean of
Kendall's tau-b over all pairs of judges (1 the same order, 0 none in common, −1 reversed). Leaving each judge out is
exact. `chances` come from juries of the same size drawn from these judges with replacement (Efron 1979); the seed is
part of the record, so that anyone gets the same figures.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import sqrt
from typing import Any

from yishiting.methods.exact import percent
from yishiting.methods.judge_effects import Totals
from yishiting.methods.score_sheets import ScoreRule, Sheet, check_sheets, sheet_total
from yishiting.methods.scoring import places_of

ROUNDS, SEED = 400, 1979


@dataclass(frozen=True, slots=True)
class LineStability:
    """Agreement of the judges (None for a single one), what changes without each of them, and each project's chance.

    `without[judge]`: the projects that would gain and lose a place above the line; ties count as changes of neither.
    """

    agreement: float | None
    without: dict[str, tuple[tuple[str, ...], tuple[str, ...]]]
    chances: dict[str, Fraction]
    rounds: int
    seed: int

    @property
    def decisive(self) -> tuple[str, ...]:
        """Judges without whom the line would fall elsewhere."""
        return tuple(judge for judge, (gained, lost) in self.without.items() if gained or lost)

    def as_dict(self) -> dict[str, Any]:
        """Ready for JSON."""
        return {
            "agreement": None if self.agreement is None else round(self.agreement, 4),
            "without": {
                judge: {"gain": list(gain), "lose": list(lose)} for judge, (gain, lose) in self.without.items()
            },
            "decisive_judges": list(self.decisive),
            "chances": {project: float(chance) for project, chance in self.chances.items()},
            "rounds": self.rounds,
            "seed": self.seed,
        }

    def sentences(self) -> tuple[str, ...]:
        """What the jury should know, in Chinese."""
        said = []
        if self.agreement is not None:
            said.append(f"评委意见的一致程度 {self.agreement:.2f}（1 为排序完全相同，0 为毫无关联）。")
        for judge, (gain, lose) in self.without.items():
            if gain or lose:
                moves = [f"{name}入围" for name in gain] + [f"{name}落选" for name in lose]
                said.append(f"去掉{judge}的评分表，{'、'.join(moves)}。")
        unsure = {name: chance for name, chance in self.chances.items() if SURE < chance < 1 - SURE}
        if unsure:
            parts = "、".join(f"{name} {percent(chance, 0)}" for name, chance in unsure.items())
            said.append(f"换一组同样多的评委，入围的可能：{parts}。")
        if self.without and not self.decisive:
            said.append("去掉任何一位评委，都没有项目因此入围或落选。")
        return tuple(said) or ("没有入围线，或者只有一位评委，无从比较。",)


#: A chance below one in twenty, or above nineteen in twenty, is not worth a sentence.
SURE = Fraction(1, 20)


def line_stability(
    sheets: Sequence[Sheet], rule: ScoreRule, *, rounds: int = ROUNDS, seed: int = SEED
) -> LineStability:
    """How firm the line of `rule.funded` places is. Without such a line there is only the agreement of the judges.

    `rounds` juries are drawn. `Unusable` as in `scoring.score`.
    """
    check_sheets(sheets, rule)
    totals = {(s.judge, s.project): total for s in sheets if (total := sheet_total(s, rule)) is not None}
    judges = list(dict.fromkeys(judge for judge, _ in totals))
    if rule.funded is None or len(judges) < PAIR:
        return LineStability(_agreement(totals, judges), {}, {}, 0, seed)
    now = _shares(totals, rule)
    without = {judge: _moves(now, _shares(_of(totals, [j for j in judges if j != judge]), rule)) for judge in judges}
    chances = _chances(totals, judges, rule, now, rounds, seed)
    return LineStability(_agreement(totals, judges), without, chances, rounds, seed)


def _chances(
    totals: Totals, judges: Sequence[str], rule: ScoreRule, projects: Iterable[str], rounds: int, seed: int
) -> dict[str, Fraction]:
    """In what part of the juries drawn each project is above the line.

    Drawn with numpy's `RandomState`: what it gives for a seed is frozen for good, which its newer generators do not promise.
    """
    import numpy as np

    dice, sums = np.random.RandomState(seed), dict.fromkeys(projects, Fraction(0))
    for _ in range(rounds):
        jury = [judges[at] for at in dice.randint(len(judges), size=len(judges))]
        for project, share in _shares(_of(totals, jury), rule).items():
            sums[project] += share
    return {project: total / rounds for project, total in sums.items()} if rounds else {}


#: Fewer judges have nobody to agree with.
PAIR = 2


def _of(totals: Totals, judges: Sequence[str]) -> dict[tuple[str, str], Fraction]:
    """The sheets of a jury, in which one judge may sit more than once."""
    own: dict[str, list[tuple[str, Fraction]]] = defaultdict(list)
    for (judge, project), total in totals.items():
        own[judge].append((project, total))
    return {(f"{judge}#{seat}", project): total for seat, judge in enumerate(judges) for project, total in own[judge]}


def _shares(totals: Totals, rule: ScoreRule) -> dict[str, Fraction]:
    """Each project's part in a place above the line: 1, 0, or, where equals meet at it, an even part."""
    places = places_of(totals, rule)
    funded = rule.funded or 0
    found = {}
    for project, place in places.items():
        equal = sum(other == place for other in places.values())
        found[project] = Fraction(min(max(funded - place + 1, 0), equal), equal)
    return found


def _moves(now: Mapping[str, Fraction], then: Mapping[str, Fraction]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    gained = tuple(name for name, share in then.items() if share == 1 and now.get(name) == 0)
    return gained, tuple(name for name, share in now.items() if share == 1 and then.get(name, 0) == 0)


def _agreement(totals: Totals, judges: Sequence[str]) -> float | None:
    """The mean of tau-b over pairs of judges that have two projects in common and tell them apart."""
    own: dict[str, dict[str, Fraction]] = {judge: {} for judge in judges}
    for (judge, project), total in totals.items():
        own[judge][project] = total
    found = [tau for one, other in combinations(judges, 2) if (tau := kendall(own[one], own[other])) is not None]
    return sum(found) / len(found) if found else None


def kendall(one: Mapping[str, Fraction], other: Mapping[str, Fraction]) -> float | None:
    """Kendall's tau-b (1945) over the projects both have scored; None where one of them puts all of these equal."""
    both = [name for name in one if name in other]
    agree = first = second = 0
    for a, b in combinations(both, 2):
        mine, its = _sign(one[a] - one[b]), _sign(other[a] - other[b])
        agree += mine * its
        first += mine != 0
        second += its != 0
    return agree / sqrt(first * second) if first and second else None


def _sign(number: Fraction) -> int:
    return (number > 0) - (number < 0)
