"""From votes to a table: one row a person, one column a statement, the last answer of each."""

from __future__ import annotations

from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING

from yishiting.methods.errors import Unusable
from yishiting.methods.numbers import WHOLE_MOST
from yishiting.methods.opinions.tallies import Tally

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy import bool_, int8, intp
    from numpy.typing import NDArray

    from yishiting.methods.opinions.contract import Consultation, Vote

#: Mark of an answer that was not given.
MISSING = 9


@dataclass(frozen=True, slots=True)
class VoteTable:
    """`cells[i, j]` is the answer of `people[i]` to `statements[j]`: 1, 0, -1 or MISSING (int8)."""

    people: tuple[str, ...]
    statements: tuple[str, ...]
    cells: NDArray[int8]
    replaced: int

    def votes_cast(self) -> NDArray[intp]:
        """How many statements each person has answered."""
        counted: NDArray[intp] = (self.cells != MISSING).sum(axis=1)
        return counted

    def columns(self, wanted: frozenset[str]) -> NDArray[bool_]:
        """A mask over the statements."""
        import numpy as np

        return np.array([statement in wanted for statement in self.statements], dtype=bool)

    def tallies(self, rows: NDArray[bool_] | None = None) -> list[Tally]:
        """The answers of the chosen people (all, when none are chosen) to every statement."""
        cells = self.cells if rows is None else self.cells[rows]
        agree, disagree = (cells == 1).sum(axis=0), (cells == -1).sum(axis=0)
        seen = (cells != MISSING).sum(axis=0)
        columns = zip(agree.tolist(), disagree.tolist(), seen.tolist(), strict=True)
        return [Tally(*column) for column in columns]


def natural(name: str) -> tuple[int, int, str]:
    """Order of names: numbers by value before other names by character."""
    return (0, int(name), name) if name.isdecimal() and len(name) <= WHOLE_MOST else (1, 0, name)


def last_votes(votes: Iterable[Vote]) -> dict[tuple[str, str], int]:
    """The last answer of each person to each statement, by time; at the same moment the one further down counts."""
    in_time = sorted(votes, key=itemgetter(3))
    return {(person, statement): choice for person, statement, choice, _ in in_time}


def vote_table(consultation: Consultation) -> VoteTable:
    """Build the table; the order of people and statements does not depend on the order of the votes.

    Raises Unusable when there is no vote, or an answer other than 1, 0, -1.
    """
    import numpy as np

    last = last_votes(consultation.votes)
    if not last:
        raise Unusable("没有一条表态，无法画出意见图谱。", "There is not a single vote to draw a map from.")
    strange = {choice for choice in last.values() if choice not in (1, 0, -1)}
    if strange:
        raise Unusable(f"表态只能是 1、0、-1，出现了 {min(strange)}。", f"A vote is 1, 0 or -1, not {min(strange)}.")
    people = sorted({person for person, _ in last}, key=natural)
    statements = sorted({statement for _, statement in last}, key=natural)
    row, column = {name: i for i, name in enumerate(people)}, {name: j for j, name in enumerate(statements)}
    cells = np.full((len(people), len(statements)), MISSING, dtype=np.int8)
    cells[[row[person] for person, _ in last], [column[statement] for _, statement in last]] = list(last.values())
    return VoteTable(tuple(people), tuple(statements), cells, len(consultation.votes) - len(last))
