"""Allotting seats to constituencies, exactly, under the council's composition rules.

All four methods give seats one by one to the constituency where the next seat costs least, skipping a seat that would
make a rule impossible to keep. The result is the plan of least total cost among all that keep the rules:

    largest remainder (Hare)  Σ (s − q)²        with quota q = weight × seats / all weights
    D'Hondt                   Σ Σ k / w,  k = 1 … s
    Sainte-Laguë              Σ s² / w
    Adams                     Σ Σ (k − 1) / w,  k = 1 … s

Without bounds these are the methods as everybody knows them (Balinski and Young 1982; for the least-cost form,
Gaffke and Pukelsheim 2008). Constituencies with fixed seats stand outside: their seats and weights are taken off first.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from heapq import heapify, heappop, heappush
from typing import Any

from yishiting.methods.errors import Unusable
from yishiting.methods.exact import decimal, pair
from yishiting.methods.seat_rules import (
    METHOD_NAMES,
    Bounds,
    Constituency,
    Method,
    SeatRule,
    clashing,
    demands,
)

Cost = tuple[int, Fraction | int]


@dataclass(frozen=True, slots=True)
class Tie:
    """Constituencies with an equal claim to fewer seats than there are of them; who got them, once a lot decided."""

    names: tuple[str, ...]
    seats: int
    chosen: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Ready for JSON."""
        return {"names": list(self.names), "seats": self.seats, "chosen": list(self.chosen)}


@dataclass(frozen=True, slots=True)
class Share:
    """One row of the plan: seats, and the exact quota by weight (None for fixed seats)."""

    name: str
    weight: int
    seats: int
    quota: Fraction | None

    def as_dict(self) -> dict[str, Any]:
        """Ready for JSON."""
        quota = None if self.quota is None else pair(self.quota)
        return {"name": self.name, "weight": self.weight, "seats": self.seats, "quota": quota}


@dataclass(frozen=True, slots=True)
class Allotment:
    """A seat plan. `open` seats are those a tie leaves undecided until the lot is drawn; 0 when the plan is complete."""

    total: int
    shares: tuple[Share, ...]
    ties: tuple[Tie, ...]
    open: int
    lot: tuple[str, ...]
    rule: SeatRule
    sentences: tuple[str, ...]

    @property
    def seats(self) -> dict[str, int]:
        """Seats by name, in the order given; without the open ones."""
        return {share.name: share.seats for share in self.shares}

    def as_dict(self) -> dict[str, Any]:
        """Ready for JSON; the rule record is part of it."""
        return {
            "total": self.total,
            "seats": self.seats,
            "open": self.open,
            "shares": [share.as_dict() for share in self.shares],
            "ties": [tie.as_dict() for tie in self.ties],
            "lot": list(self.lot),
            "rule": self.rule.as_dict(),
            "sentences": list(self.sentences),
        }


def allot(total: int, constituencies: Sequence[Constituency], rule: SeatRule, lot: Sequence[str] = ()) -> Allotment:
    """Give `total` seats to the constituencies.

    `lot`: all names in the order drawn beforehand (`lot.order`); needed only where a tie decides about a seat, else
    those seats stay open and the tie is reported. `Unusable`: names twice, negative weights, groups that overlap, and
    demands that cannot be met together, with the clashing rules named.
    """
    _check(constituencies, rule)
    wanted = demands(total, constituencies, rule)
    if clash := clashing(wanted, len(constituencies)):
        sentences = "；".join(demand.sentence for demand in clash)
        totals = "、".join(map(str, possible_totals(constituencies, rule)))
        hint = f"其余要求不变时可行的合计：{totals} 席。" if totals else "在规定的总数范围内没有可行的合计。"
        raise Unusable(
            f"以下要求不能同时满足：{sentences}。{hint}", f"{len(clash)} rules clash and cannot all be kept."
        )
    bounds = Bounds(wanted, len(constituencies))
    giving = _Giving(total, constituencies, rule.method, bounds, lot)
    giving.run()
    return _allotment(total, constituencies, rule, lot, giving)


def broken_rules(seats: Sequence[int], constituencies: Sequence[Constituency], rule: SeatRule) -> tuple[str, ...]:
    """The sentences of the rules that a plan set by hand breaks; `seats` in the order of `constituencies`."""
    if len(seats) != len(constituencies):
        raise Unusable("席位数与推选单位数不一致。", "There are not as many numbers as constituencies.")
    wanted = demands(sum(seats), constituencies, rule)
    return tuple(demand.sentence for demand in wanted if demand.broken_by(seats))


def possible_totals(constituencies: Sequence[Constituency], rule: SeatRule) -> tuple[int, ...]:
    """The totals within the rule's range for which a plan exists."""
    _check(constituencies, rule)
    totals = range(rule.fewest, rule.most + 1)
    many = len(constituencies)
    return tuple(total for total in totals if Bounds(demands(total, constituencies, rule), many).feasible)


class _Giving:
    """Seats going out one by one, cheapest first."""

    def __init__(
        self, total: int, constituencies: Sequence[Constituency], method: Method, bounds: Bounds, lot: Sequence[str]
    ) -> None:
        self.names = [one.name for one in constituencies]
        self.bounds = bounds
        self.seats = bounds.certain()
        self.total = total
        self.lot = {name: place for place, name in enumerate(lot)}
        self.ties: list[Tie] = []
        self.contested: dict[int, int] = {}  # seats held only by a tie without a lot
        self.quotas = _quotas(total, constituencies)
        self.cost = _costs(method, constituencies, total)

    def run(self) -> None:
        """Give until the total is reached; a seat once impossible stays impossible, so it is not asked again."""
        waiting = [(self.cost(i, seats), i) for i, seats in enumerate(self.seats)]
        heapify(waiting)
        while sum(self.seats) < self.total:
            best = waiting[0][0]
            equals = []
            while waiting and waiting[0][0] == best:
                equals.append(heappop(waiting)[1])
            for i in self._give_equals(equals):
                self.seats[i] += 1
                heappush(waiting, (self.cost(i, self.seats[i]), i))

    def _give_equals(self, equals: list[int]) -> list[int]:
        """Give one seat to each of the equals, or to those the lot puts first where not all can have one."""
        start = self.bounds.given()
        chosen = self._take(equals)
        if len(chosen) == len(equals) or not chosen:
            return chosen
        claim = [i for i in equals if self._can(start, [i])]
        sure = [i for i in claim if self._rank(start, [k for k in claim if k != i]) < len(chosen)]
        rivals = sorted((i for i in claim if i not in sure), key=self._place)
        self.bounds.restore(start)
        chosen = self._take([*sure, *rivals])
        for contest in self._contests(start, chosen, [i for i in rivals if i not in chosen]):
            self._report(sorted(contest), [i for i in chosen if i in contest])
        self.bounds.restore(start)
        return self._take(chosen)

    def _contests(self, start: Sequence[int], chosen: Sequence[int], losers: Sequence[int]) -> list[set[int]]:
        """Who competed with whom: a loser with every winner whose seat it could have had, joined where they meet."""
        contests: list[set[int]] = []
        for loser in losers:
            contest = {loser} | {i for i in chosen if self._can(start, [*(k for k in chosen if k != i), loser])}
            for other in [other for other in contests if other & contest]:
                contests.remove(other)
                contest |= other
            contests.append(contest)
        return contests

    def _place(self, i: int) -> tuple[int, str]:
        return self.lot.get(self.names[i], len(self.lot)), self.names[i]

    def _report(self, rivals: list[int], chosen: list[int]) -> None:
        names = tuple(self.names[i] for i in rivals)
        if not self.lot:
            self.ties.append(Tie(names, len(chosen)))
            self.contested.update(dict.fromkeys(chosen, 1))
            return
        if missing := [name for name in names if name not in self.lot]:
            raise Unusable(f"抽签次序中没有{'、'.join(missing)}。", "The lot leaves out a tied constituency.")
        self.ties.append(Tie(names, len(chosen), tuple(self.names[i] for i in chosen)))

    def _take(self, wanted: Sequence[int]) -> list[int]:
        return [i for i in wanted if self.bounds.give(i)]

    def _rank(self, start: Sequence[int], wanted: Sequence[int]) -> int:
        self.bounds.restore(start)
        return len(self._take(wanted))

    def _can(self, start: Sequence[int], wanted: Sequence[int]) -> bool:
        return self._rank(start, wanted) == len(wanted)


def _quotas(total: int, constituencies: Sequence[Constituency]) -> list[Fraction | None]:
    """weight × free seats / free weights, for those whose seats are not fixed."""
    seats, weights = _free(total, constituencies)
    return [None if one.fixed or not weights else Fraction(one.weight * seats, weights) for one in constituencies]


def _free(total: int, constituencies: Sequence[Constituency]) -> tuple[int, int]:
    free = [one for one in constituencies if not one.fixed]
    return total - sum(one.least for one in constituencies if one.fixed), sum(one.weight for one in free)


def _costs(method: Method, constituencies: Sequence[Constituency], total: int) -> Callable[[int, int], Cost]:
    """What the next seat costs a constituency that has `seats`; without weight it comes after all others."""
    seats_free, weights_free = _free(total, constituencies)
    weights = [one.weight for one in constituencies]

    def hare(i: int, seats: int) -> Cost:
        return (0, seats * weights_free - weights[i] * seats_free) if weights_free else (1, seats)

    def divisor(i: int, seats: int) -> Cost:
        step = {Method.DHONDT: 2 * seats + 2, Method.SAINTE_LAGUE: 2 * seats + 1}.get(method, 2 * seats)
        return (0, Fraction(step, weights[i])) if weights[i] else (1, seats)

    return hare if method is Method.LARGEST_REMAINDER else divisor


def _check(constituencies: Sequence[Constituency], rule: SeatRule) -> None:
    names = [one.name for one in constituencies]
    wrong = []
    if not names:
        wrong.append("没有推选单位")
    wrong += [f"{name}出现两次" for name in dict.fromkeys(names) if names.count(name) > 1]
    wrong += [f"{one.name}的基数为负" for one in constituencies if one.weight < 0]
    if rule.fewest > rule.most or rule.least_each < 0:
        wrong.append("席位规则的上下限颠倒或为负")
    if wrong:
        raise Unusable("；".join(wrong) + "。", "The constituencies cannot be used as entered.")


def _allotment(
    total: int, constituencies: Sequence[Constituency], rule: SeatRule, lot: Sequence[str], giving: _Giving
) -> Allotment:
    shares = tuple(
        Share(one.name, one.weight, giving.seats[i] - giving.contested.get(i, 0), giving.quotas[i])
        for i, one in enumerate(constituencies)
    )
    undecided = total - sum(share.seats for share in shares)
    sentences = [f"按{METHOD_NAMES[rule.method]}分配 {total} 席。", *map(_share_sentence, shares)]
    sentences += [_tie_sentence(tie) for tie in giving.ties]
    if not undecided:
        sentences += [f"{group.sentence}：{_held(group.group, constituencies, shares)} 席。" for group in rule.groups]
    used = tuple(lot) if giving.ties else ()
    return Allotment(total, shares, tuple(giving.ties), undecided, used, rule, tuple(sentences))


def _held(group: str, constituencies: Sequence[Constituency], shares: Sequence[Share]) -> int:
    return sum(share.seats for one, share in zip(constituencies, shares, strict=True) if group in one.groups)


def _share_sentence(share: Share) -> str:
    if share.quota is None:
        return f"{share.name}：{share.seats} 席。"
    return f"{share.name}：基数 {share.weight}，应得 {decimal(share.quota, 3)}，{share.seats} 席。"


def _tie_sentence(tie: Tie) -> str:
    names = "、".join(tie.names)
    if not tie.chosen:
        return f"{names}条件相同，只余 {tie.seats} 席，待公开抽签。"
    return f"{names}条件相同，只余 {tie.seats} 席，按公开抽签次序归{'、'.join(tie.chosen)}。"
