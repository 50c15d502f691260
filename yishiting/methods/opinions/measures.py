"""What each group stands for and what everybody shares, from tallies alone."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from math import prod
from statistics import NormalDist

from yishiting.methods.opinions.contract import Options, Representative, Shared, StatementRow
from yishiting.methods.opinions.tallies import SIDES, Side, Tally, ratio_test


def critical(confidence: Fraction) -> float:
    """The z value a one-sided test must exceed: 90 % → 1.2816."""
    return NormalDist().inv_cdf(float(confidence))


def consensus(groups: Mapping[str, Tally], side: Side) -> Fraction:
    """Group-aware consensus: the product over the groups of (count + 1) / (seen + 2), exact.

    One group that says no pulls it down, however small it is.
    """
    return prod((tally.share(side) for tally in groups.values()), start=Fraction(1))


def standing(statement: str, inside: Tally, outside: Tally, sides: Sequence[Side] = SIDES) -> Representative:
    """How a group stands to a statement: the side, of those allowed, on which it differs more from the others."""
    tests = {side: ratio_test(inside, outside, side) for side in reversed(sides)}
    return stand_on(statement, inside, outside, max(tests, key=lambda side: tests[side]))


def stand_on(statement: str, inside: Tally, outside: Tally, side: Side) -> Representative:
    """The figures of a group for one side of a statement."""
    return Representative(
        statement=statement,
        side=side,
        count=inside.count(side),
        seen=inside.seen,
        share=inside.share(side),
        share_test=inside.share_test(side),
        ratio=inside.share(side) / outside.share(side),
        ratio_test=ratio_test(inside, outside, side),
    )


def weight(row: Representative) -> float:
    """By how much, how surely, how many and how surely again: what representative statements are ordered by.

    Two tests below zero do not make one above it, as they do in a plain product.
    """
    product = float(row.ratio) * row.ratio_test * float(row.share) * row.share_test
    return -product if row.ratio_test < 0 and row.share_test < 0 else product


def agreed(row: Representative) -> float:
    """How many agree, and how surely."""
    return float(row.share) * row.share_test


def representative(pairs: Mapping[str, tuple[Tally, Tally]], options: Options) -> tuple[Representative, ...]:
    """The statements that tell a group (first tally) from the others (second), as Polis means to pick them.

    First the best agreement, then the significant ones by weight, at most `picks`, agreements before disagreements;
    at least one for every group. Of equal weights the statement that comes first in order is taken. Three departures
    from red-dwarf: weights see to signs, a statement is shown from a side on which it is significant, and a group that
    agrees to nothing is shown by its refusals, not by silence.
    """
    bar = critical(options.confidence)
    sides = {name: significant(*pair, bar) for name, pair in pairs.items()}
    sure = [standing(name, *pairs[name], sides=chosen) for name, chosen in sides.items() if chosen]
    sure.sort(key=weight, reverse=True)
    head = best_agreement(pairs, bar) or (() if sure else furthest(pairs))
    taken = {row.statement for row in head}
    chosen = [*head, *(row for row in sure if row.statement not in taken)]
    return tuple(sorted(chosen[: options.picks], key=lambda row: row.side))


def significant(inside: Tally, outside: Tally, bar: float) -> tuple[Side, ...]:
    """The sides that over half of the group takes, and more than the others, both beyond chance."""
    return tuple(s for s in SIDES if inside.share_test(s) > bar and ratio_test(inside, outside, s) > bar)


def best_agreement(pairs: Mapping[str, tuple[Tally, Tally]], bar: float) -> tuple[Representative, ...]:
    """The statement the group agrees to best, so that a group is never shown by its refusals alone."""
    best: Representative | None = None
    for name, (inside, outside) in pairs.items():
        row = stand_on(name, inside, outside, "agree")
        if inside.agree and beats(row, best, bar):
            best = row
    return () if best is None else (replace(best, best_agree=True),)


def beats(row: Representative, best: Representative | None, bar: float) -> bool:
    """Against a best that is more than the others': by weight; otherwise by plain agreement."""
    if best is None:
        return row.share_test > bar or (row.ratio > 1 and row.share > Fraction(1, 2))
    measure = weight if best.ratio > 1 else agreed
    return measure(row) > measure(best)


def furthest(pairs: Mapping[str, tuple[Tally, Tally]]) -> tuple[Representative, ...]:
    """Where nothing is significant: the statement on which the group differs most from the others."""
    rows = [standing(name, inside, outside) for name, (inside, outside) in pairs.items()]
    return (max(rows, key=lambda row: row.ratio_test),) if rows else ()


def shared(row: StatementRow, side: Side) -> Shared:
    """A statement seen from one side, with the voices against."""
    other: Side = "disagree" if side == "agree" else "agree"
    return Shared(
        statement=row.id,
        side=side,
        count=row.everybody.count(side),
        against=row.everybody.count(other),
        seen=row.everybody.seen,
        share=row.everybody.share(side),
        share_test=row.everybody.share_test(side),
        consensus=row.consensus_agree if side == "agree" else row.consensus_disagree,
    )


def agreed_by_all(rows: Sequence[StatementRow], side: Side, options: Options) -> list[Shared]:
    """Statements on which over half of everybody takes this side beyond chance, the surest first."""
    bar = critical(options.confidence)
    chosen = [shared(row, side) for row in rows if not row.set_aside]
    chosen = [row for row in chosen if row.share > options.over and row.share_test > bar]
    return sorted(chosen, key=lambda row: -float(row.share) * row.share_test)
