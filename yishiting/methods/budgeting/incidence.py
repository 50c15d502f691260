"""Who voted for what, as arrays: the input of the rules in which every ballot has money."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from yishiting.methods.budgeting.election import Election

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Groups = NDArray[np.intp]
    Floats = NDArray[np.float64]

#: Up to so many groups, and so many groups a project on average, it pays to look up what else they chose.
FEW = 64


@dataclass(frozen=True)
class Incidence:
    """Groups of equal ballots (blank ones left out).

    `weights`: ballots in each group, whole numbers kept as floats (exact below 2**53), shape (groups,).
    `supporters[p]`: the groups that chose project p, ascending. `voters`: all ballots together.
    """

    weights: Floats
    supporters: tuple[Groups, ...]
    voters: int

    @cached_property
    def votes(self) -> list[int]:
        """The ballots for each project."""
        return [int(self.weights[groups].sum()) for groups in self.supporters]

    @cached_property
    def sparse(self) -> bool:
        """Whether projects have few supporters on average."""
        return sum(map(len, self.supporters)) <= FEW * len(self.supporters)

    @cached_property
    def choices(self) -> tuple[Groups, Groups]:
        """All marks ordered by group: where each group's marks begin, and the projects marked."""
        groups = np.concatenate(self.supporters) if self.supporters else np.zeros(0, np.intp)
        projects = np.repeat(np.arange(len(self.supporters)), [len(groups) for groups in self.supporters])
        starts = np.concatenate([[0], np.cumsum(np.bincount(groups, minlength=len(self.weights)))])
        return starts, projects[np.argsort(groups, kind="stable")]

    def neighbours(self, groups: Groups) -> set[int] | None:
        """The projects that a few groups of ballots chose; None (any of them) where groups or marks are many."""
        if len(groups) > FEW or not self.sparse:
            return None
        starts, projects = self.choices
        return {int(p) for group in groups.tolist() for p in projects[starts[group] : starts[group + 1]]}

    def besides(self, more: tuple[int, int] | None) -> Incidence:
        """With (project, number) further ballots that choose this project alone."""
        if not more or not more[1]:
            return self
        project, number = more
        supporters = list(self.supporters)
        supporters[project] = np.append(supporters[project], len(self.weights))
        return Incidence(np.append(self.weights, float(number)), tuple(supporters), self.voters + number)


def incidence(election: Election, number: dict[str, int]) -> Incidence:
    """The arrays of an election; `number` maps project ids to 0…m-1. The groups are its ballots that are not blank."""
    marked = [ballot for ballot in election.ballots if ballot.choices]
    marks = [ballot.choices for ballot in marked]
    small = np.int16 if len(number) < np.iinfo(np.int16).max else np.int32
    lengths = np.fromiter(map(len, marks), np.intp, len(marks))
    flat = np.fromiter(map(number.__getitem__, chain.from_iterable(marks)), small, int(lengths.sum()))
    # Sorting small integers stably is a radix sort: linear.
    by_project = np.argsort(flat, kind="stable")
    groups = np.repeat(np.arange(len(marks)), lengths)[by_project]
    ends = np.cumsum(np.bincount(flat, minlength=len(number)))[: len(number)]
    supporters = tuple(np.split(groups, ends[:-1])) if len(number) else ()
    counts = [ballot.count for ballot in marked]
    return Incidence(np.array(counts, np.float64), supporters, sum(counts))
