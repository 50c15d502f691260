"""Projects with the very same supporters wait in one line, the cheapest first: only the head of a line can be next.

Whatever its supporters have left, a cheaper project of the same supporters is never dearer per unit, nor due later. So a
count in which everything ties looks at each line, not at each project, again after every purchase.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from yishiting.methods.budgeting.tally import Tally

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Groups = NDArray[np.intp]


class Lines:
    """The lines of a count while it is made. A project alone in its line is its head."""

    def __init__(self, tally: Tally, supporters: Mapping[int, Groups], projects: Iterable[int]) -> None:
        self.tally = tally
        self.behind: dict[int, list[int]] = {}
        #: Those that stood equal at the purchase before, where they were of one line: that tie is told.
        self._told: set[int] = set()
        for members in _together(supporters, projects):
            # The last is the next: taking it away costs nothing.
            members.sort(key=tally.keys.__getitem__, reverse=True)
            self.behind[members.pop()] = members

    @property
    def heads(self) -> list[int]:
        """The projects that may be next."""
        return list(self.behind)

    def goes_on(self, nearest: list[int]) -> bool:
        """Whether only a head is near that stood equal at the purchase before: so did then all that equal it now."""
        return len(nearest) == 1 and nearest[0] in self._told

    def tell(self, nearest: list[int], equal: list[int]) -> None:
        """Note who stood equal, where the nearest is one head."""
        self._told = set(equal) if len(nearest) == 1 else set()

    def as_cheap(self, head: int) -> list[int]:
        """The head and those behind it that cost as much: they stand equal."""
        return [head, *self.waiting(head, self.tally.cost[head])]

    def waiting(self, head: int, most: Fraction) -> list[int]:
        """Those behind a head that cost at most so much, in their order."""
        found = []
        for project in reversed(self.behind.get(head, ())):
            if self.tally.cost[project] > most:
                break
            found.append(project)
        return found

    def remove(self, project: int) -> int | None:
        """Take a project out; where it was a head, whoever comes after it."""
        if project in self.behind:
            members = self.behind.pop(project)
            if not members:
                return None
            following = members.pop()
            self.behind[following] = members
            return following
        for members in self.behind.values():
            if project in members:
                members.remove(project)
                break
        return None


def _together(supporters: Mapping[int, Groups], projects: Iterable[int]) -> list[list[int]]:
    """The projects with the same supporters put together; most are told apart by a glance."""
    glances: dict[tuple[int, int, int], list[int]] = {}
    for project in projects:
        groups = supporters[project]
        ends = (len(groups), int(groups[0]), int(groups[-1])) if len(groups) else (0, 0, 0)
        glances.setdefault(ends, []).append(project)
    found: list[list[int]] = []
    for some in glances.values():
        if len(some) == 1:
            found.append(some)
            continue
        same: dict[bytes, list[int]] = {}
        for project in some:
            same.setdefault(supporters[project].tobytes(), []).append(project)
        found.extend(same.values())
    return found
