"""Which rule was asked for: the record published with every result."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from yishiting.methods.budgeting.election import plain
from yishiting.methods.errors import WrongOptions

GREEDY, NO_SKIP, THRESHOLD, EQUAL_SHARES, PHRAGMEN = "greedy", "greedy-no-skip", "greedy-threshold", "mes", "phragmen"
RULES = (GREEDY, NO_SKIP, THRESHOLD, EQUAL_SHARES, PHRAGMEN)
NO_COMPLETION, BY_GREEDY, ADD_ONE, ADD_ONE_EXHAUSTIVE = "none", "greedy", "add1", "add1-exhaustive"
COMPLETIONS = (NO_COMPLETION, BY_GREEDY, ADD_ONE, ADD_ONE_EXHAUSTIVE)
SATISFACTIONS = ("cost", "cardinality")
BY_POINTS = "points"
#: What equal shares can count; points only where ballots carry them.
MEASURES = (*SATISFACTIONS, BY_POINTS)
TIE_ORDER = ("cost", "votes", "lot", "id")


@dataclass(frozen=True, slots=True)
class Rule:
    """A budget rule and its options.

    `minimum`: fewest votes (points where votes carry points) a project needs. `conflicts`: sets of project ids of which
    at most one may win. `lot`: project ids in the order a public lot drew them. `increment`: what Add1 adds to every
    ballot's share at a time, in currency units. Raises `WrongOptions` for options that do not go together.
    """

    name: str = GREEDY
    completion: str = NO_COMPLETION
    satisfaction: str = "cost"
    minimum: Fraction = Fraction(0)
    conflicts: tuple[tuple[str, ...], ...] = ()
    lot: tuple[str, ...] = ()
    increment: Fraction = Fraction(1)

    def __post_init__(self) -> None:
        """Refuse words that name no rule, and options the rule does not have."""
        _one_of(self.name, RULES, "规则")
        _one_of(self.completion, COMPLETIONS, "补足方式")
        _one_of(self.satisfaction, MEASURES, "满意度")
        if self.name != EQUAL_SHARES and self.completion != NO_COMPLETION:
            raise WrongOptions("只有均等份额法（mes）有补足方式", "only equal shares (mes) has a completion")
        if self.satisfaction == BY_POINTS and self.completion.startswith(ADD_ONE):
            raise WrongOptions(
                "按分数计的均等份额法，补足方式只能是 none 或 greedy", "by points the completion is none or greedy"
            )
        if self.increment <= 0:
            raise WrongOptions("每次增加的份额必须大于 0", "the increment must be positive")
        if self.name == THRESHOLD and self.minimum <= 0:
            raise WrongOptions("门槛规则要写明最低票数（minimum）", "greedy-threshold needs a minimum number of votes")

    def as_dict(self) -> dict[str, Any]:
        """The rule record, as published."""
        record: dict[str, Any] = {"name": self.name, "minimum": plain(self.minimum), "tie_order": list(TIE_ORDER)}
        if self.name == EQUAL_SHARES:
            record |= {"completion": self.completion, "satisfaction": self.satisfaction}
            record |= {"increment": plain(self.increment)} if self.completion.startswith(ADD_ONE) else {}
        return record | {"conflicts": [list(group) for group in self.conflicts], "lot": list(self.lot)}


def _one_of(word: str, words: tuple[str, ...], what: str) -> None:
    if word not in words:
        raise WrongOptions(
            f"不认识的{what}“{word}”，应为 {'、'.join(words)} 之一", f"{word!r} is none of {', '.join(words)}"
        )
