"""Why a project did not win: the clause that excluded it and when it first failed, found by going through the count."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from yishiting.methods.budgeting.election import short
from yishiting.methods.budgeting.rule import ADD_ONE, BY_GREEDY, EQUAL_SHARES, NO_SKIP, PHRAGMEN
from yishiting.methods.exact import pair

if TYPE_CHECKING:
    from yishiting.methods.budgeting.counting import Counting
    from yishiting.methods.budgeting.outcome import Outcome

OVER_BUDGET, BELOW_MINIMUM, NO_VOTES = "over_budget", "below_minimum", "no_votes"
CONFLICT, DOES_NOT_FIT, AFTER_STOP, SHORT, NOT_DUE = (
    "conflict",
    "does_not_fit",
    "after_stop",
    "supporters_short",
    "not_due",
)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a project lost. `round`: how many purchases had been made when it first failed (0: before the first).

    `needed` and `available`: what stood against what (its cost and the money left; its votes and the minimum).
    `by`: the project that stood in its way. `after`: the purchase made just before it first failed. `earlier`: where the
    rule has two steps, why it failed in the first. `climbed`: what every ballot could spend when Add1 ended its climb.
    """

    clause: str
    round: int
    needed: Fraction
    available: Fraction
    by: str | None = None
    after: str | None = None
    earlier: Reason | None = None
    climbed: Fraction | None = None

    def as_dict(self) -> dict[str, Any]:
        """The reason with a sentence in both languages."""
        chinese, english = self.sentences()
        return {
            "clause": self.clause,
            "round": self.round,
            "after": self.after,
            "needed": pair(self.needed, 2),
            "available": pair(self.available, 2),
            "by": self.by,
            "sentence": chinese,
            "english": english,
            "earlier": self.earlier.as_dict() if self.earlier else None,
            "climbed": pair(self.climbed, 2) if self.climbed is not None else None,
        }

    def sentences(self) -> tuple[str, str]:
        """The reason as one would say it, in Chinese and English."""
        chinese, english = _SENTENCES[self.clause]
        if self.climbed is not None:
            chinese, english = chinese + _CLIMBED[0], english + _CLIMBED[1]
        words = {
            "climbed": short(self.climbed or Fraction(0)),
            "needed": short(self.needed),
            "available": short(self.available),
            "lacking": short(self.needed - self.available),
            "by": self.by,
            "round": self.round,
            "when": f"第 {self.round} 个项目 {self.after} 入选后，" if self.after else "一开始",
            "when_en": f"After {self.after} was bought (number {self.round})" if self.after else "From the start",
        }
        return chinese.format(**words), english.format(**words)


_SENTENCES = {
    OVER_BUDGET: (
        "费用 {needed} 超过全部预算 {available}。",
        "It costs {needed}, more than the whole budget of {available}.",
    ),
    BELOW_MINIMUM: (
        "得票（分）{available}，未达到最低要求 {needed}。",
        "It has {available} votes (points); the minimum is {needed}.",
    ),
    NO_VOTES: ("没有人选它。", "Nobody chose it."),
    CONFLICT: ("与已入选的 {by} 互斥，二者只能取一。", "It conflicts with {by}, which won before it."),
    DOES_NOT_FIT: (
        "{when}余额只有 {available}，不够它的费用 {needed}，差 {lacking}。",
        "{when_en} only {available} was left, {lacking} less than its cost of {needed}.",
    ),
    AFTER_STOP: (
        "{when}排在它前面的 {by} 放不下，按规则计票到此为止，没有轮到它。",
        "{when_en} {by}, which stood before it, did not fit, and under this rule the count ended there.",
    ),
    SHORT: (
        "{when}支持者手中合计只剩 {available}，不够它的费用 {needed}，差 {lacking}。",
        "{when_en} its supporters held {available} together, {lacking} less than its cost of {needed}.",
    ),
    NOT_DUE: (
        "轮到 {by} 时预算已放不下，计票到此为止（已选 {round} 项），那时它的支持者还没有攒够费用。",
        "The count ended after {round} purchases, when {by} was due and did not fit; its supporters had not earned enough yet.",
    ),
}

#: Under Add1 the gap at the end is not the gap to a win: whatever is bought more ends the climb lower.
_CLIMBED = (
    "这是每票份额升到 {climbed} 时的差额。便宜这么多还不一定能入选：多买一项，总费用就更早到顶，"
    "份额停在更低处，支持者手中的钱也更少。",
    " That is the gap when every ballot could spend {climbed}. Costing that much less need not be enough: with one more"
    " purchase the budget is reached earlier, the climb ends lower, and its supporters hold less.",
)


def reasons(counting: Counting, outcome: Outcome) -> dict[str, Reason]:
    """Why each losing project lost, in the order of the election; ids to reasons."""
    won = set(outcome.winners)
    losers = [project.id for project in counting.election.projects if project.id not in won]
    review = Review(counting, outcome)
    found = {name: review.barred(name) for name in losers}
    late = review.outrun([name for name, reason in found.items() if reason is None])
    return {name: reason or late[name] for name, reason in found.items()}


class Review:
    """A second walk through a finished count."""

    def __init__(self, counting: Counting, outcome: Outcome) -> None:
        self.counting = counting
        self.tally = counting.tally
        self.outcome = outcome
        self.greedily = counting.rule.name not in (EQUAL_SHARES, PHRAGMEN)
        self.completed = counting.rule.completion == BY_GREEDY
        self.turn = {name: number for number, name in enumerate(outcome.winners, 1)}

    def barred(self, name: str) -> Reason | None:
        """A reason that holds whatever is bought."""
        tally, budget = self.tally, self.outcome.budget
        at = tally.number[name]
        if tally.rule.minimum and tally.score[at] < tally.rule.minimum:
            return Reason(BELOW_MINIMUM, 0, tally.rule.minimum, tally.score[at])
        if not tally.votes[at] and not self.greedily and not self.completed:
            return Reason(NO_VOTES, 0, Fraction(1), Fraction(0))
        if tally.cost[at] > budget:
            return Reason(OVER_BUDGET, 0, tally.cost[at], budget)
        return None

    def outrun(self, names: list[str]) -> dict[str, Reason]:
        """Reasons that came up during the count: what was bought before left no money, or excluded the project."""
        if self.greedily:
            return {name: self._conflict(name, self._greedy_turn(name, 0)) or self.unfit(name, 0) for name in names}
        if self.counting.rule.name == PHRAGMEN:
            return self.undue(names)
        return self.short(names)

    def unfit(self, name: str, made: int) -> Reason:
        """Greedy: what was left when its turn came; `made` purchases had been made by another step before."""
        at, turn = self.tally.number[name], self._greedy_turn(name, made)
        if self.tally.rule.name == NO_SKIP and (stop := self._stopper()) != at:
            return self._at(AFTER_STOP, turn, self.tally.cost[at], self._left(turn), self.tally.ids([stop])[0])
        return self._at(DOES_NOT_FIT, turn, self.tally.cost[at], self._left(turn))

    def short(self, names: list[str]) -> dict[str, Reason]:
        """Equal shares: after which purchase the supporters could no longer pay; with greedy after it, what did not fit."""
        from yishiting.methods.budgeting.audit import audit

        books = audit(self.counting, self.outcome, [self.tally.number[name] for name in names])
        made = sum(purchase.step == EQUAL_SHARES for purchase in self.outcome.purchases)
        # Who never ran short was excluded by a rival.
        end = (made, Fraction(0))
        return {name: self._short(name, *books.short.get(self.tally.number[name], end), made) for name in names}

    def undue(self, names: list[str]) -> dict[str, Reason]:
        """Phragmén: the count ended at a project that was due and did not fit."""
        from yishiting.methods.budgeting.audit import loads_at_end

        due, last = loads_at_end(self.counting).ended_at, len(self.turn)
        unfit = [project for project in due if self.tally.cost[project] > self._left(last)]
        return {name: self._conflict(name, last) or self._undue(self.tally.number[name], unfit, last) for name in names}

    def _undue(self, at: int, unfit: list[int], last: int) -> Reason:
        if at in unfit:
            return self._at(DOES_NOT_FIT, last, self.tally.cost[at], self._left(last))
        return self._at(NOT_DUE, last, self.tally.cost[at], self._left(last), self.tally.ids(unfit)[0])

    def _short(self, name: str, turn: int, money: Fraction, made: int) -> Reason:
        first = self._at(SHORT, turn, self.tally.cost[self.tally.number[name]], money)
        if self.counting.rule.completion.startswith(ADD_ONE):
            first = replace(first, climbed=self.outcome.endowment)
        if not self.completed:
            return self._conflict(name, turn) or first
        last = self._conflict(name, self._greedy_turn(name, made)) or self.unfit(name, made)
        return last if last.clause == CONFLICT and last.round <= turn else replace(last, earlier=first)

    def _conflict(self, name: str, turn: int) -> Reason | None:
        """A rival among the first so many purchases."""
        rivals = self.tally.ids(self.tally.rivals.get(self.tally.number[name], ()))
        first = min((self.turn[rival] for rival in rivals if rival in self.turn), default=turn + 1)
        if first > turn:
            return None
        cost = self.tally.cost[self.tally.number[name]]
        return self._at(CONFLICT, first, cost, self._left(first), self.outcome.winners[first - 1])

    def _greedy_turn(self, name: str, made: int) -> int:
        """How many purchases were made before its turn: the first `made`, then those with more votes."""
        key = self._key(name)
        return sum(number <= made or self._key(winner) < key for winner, number in self.turn.items())

    def _key(self, name: str) -> tuple[Any, ...]:
        at = self.tally.number[name]
        return (-self.tally.score[at], self.tally.keys[at])

    def _stopper(self) -> int:
        """The project at which greedy without skipping ended."""
        tally = self.tally
        bought = {tally.number[name] for name in self.outcome.winners}
        barred = bought.union(*(tally.rivals.get(project, set()) for project in bought))
        rest = [project for project in tally.eligible if project not in barred]
        return min(rest, key=lambda project: (-tally.score[project], tally.keys[project]))

    def _left(self, turn: int) -> Fraction:
        return self.outcome.purchases[turn - 1].remaining if turn else self.outcome.budget

    def _at(self, clause: str, turn: int, needed: Fraction, available: Fraction, by: str | None = None) -> Reason:
        """A reason that first held after so many purchases."""
        after = self.outcome.winners[turn - 1] if turn else None
        return Reason(clause, turn, needed, available, by, after)
