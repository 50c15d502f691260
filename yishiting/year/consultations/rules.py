"""What may be said and when, whose statement comes next, the published table, and when a map is fair."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from yishiting.ground.common.days import chinese

AGREE, PASS, DISAGREE = 1, 0, -1
CHOICES = (AGREE, DISAGREE, PASS)


@dataclass(frozen=True, slots=True)
class Limits:
    """What the place's rulebook says about the size of things."""

    text_most: int
    each_most: int
    seeds_least: int
    people_least: int
    statements_least: int


def why_not_these_days(opens: date, closes: date, today: date) -> str:
    """Empty when the days can be kept, otherwise what is wrong with them."""
    if closes < opens:
        return "截止日期不能早于开始日期。"
    return "截止日期已经过了，请改成今天以后的日期。" if closes < today else ""


def why_closed(opens: date, closes: date, today: date) -> str:
    """Empty on the days of the consultation, both ends included."""
    if today < opens:
        return f"从{chinese(opens, 'plain')}开始，现在还没到日子。"
    return f"{chinese(closes, 'plain')}已经截止，谢谢您来看。" if today > closes else ""


def why_not_this_text(text: str, others: Iterable[str], most: int) -> str:
    """Empty when the words can stand as a statement, otherwise what to do about them."""
    if not text:
        return "请写下您的看法。"
    if len(text) > most:
        return f"请控制在{most}字以内，一条只说一个意思。"
    same = {bare(other) for other in others}
    return "已经有一条一样的看法了，请直接对它表态。" if bare(text) in same else ""


def bare(text: str) -> str:
    """A text without white space and punctuation: two that differ in nothing else say the same."""
    return "".join(c for c in text if c.isalnum())


def next_number(heard: Mapping[int, int], answered: Iterable[int], who: str) -> int | None:
    """The statement to ask next: of those not answered the least heard; among equals each person has an own order.

    `heard` counts the answers of every shown statement by its number; `who` is the participant's key.
    """
    left = set(heard) - set(answered)
    return min(left, key=lambda number: (heard[number], _own_order(who, number)), default=None)


def _own_order(who: str, number: int) -> str:
    return hashlib.sha256(f"{who}:{number}".encode()).hexdigest()


def table_of(votes: Iterable[tuple[int, int, int]]) -> str:
    """The published table: participant, statement, vote, in order, one line each; the same votes give the same bytes."""
    lines = ["person,statement,vote", *(",".join(map(str, row)) for row in sorted(votes))]
    return "\n".join(lines) + "\n"


def hash_of(table: str) -> str:
    """SHA-256 of the table as it is downloaded."""
    return hashlib.sha256(table.encode()).hexdigest()


def why_no_map(people: int, statements: int, limits: Limits) -> str:
    """Empty when there is enough to draw a map, otherwise the sentence that says why only counts are shown."""
    if people < limits.people_least:
        return f"表态较多的只有{people}人，不到{limits.people_least}人，分组不可靠，也容易认出是谁，所以只列人数，不画图谱。"
    if statements < limits.statements_least:
        return f"只有{statements}条看法，不到{limits.statements_least}条，分不出组，所以只列人数，不画图谱。"
    return ""


def answers_needed(statements: int, least: int) -> int:
    """How many answers place somebody in the map."""
    return min(least, statements)


def tally(choices: Sequence[int]) -> dict[str, int]:
    """How many agree, disagree, pass, and how many have spoken at all."""
    counts = {name: sum(1 for one in choices if one == value) for name, value in NAMES.items()}
    return {**counts, "seen": len(choices)}


NAMES = {"agree": AGREE, "disagree": DISAGREE, "pass": PASS}
