"""What a seat plan must keep to: bounds on constituencies and groups, whether they can be met, and which clash.

Groups are nested or apart (community seats within council seats, sectors beside each other). Bounds on such a family
form a tree, so a seat can be given exactly when no bound above it breaks: that makes giving seats one by one optimal.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from fractions import Fraction
from math import inf
from typing import Any

from yishiting.methods.errors import Unusable


class Method(StrEnum):
    """How seats follow from weights."""

    LARGEST_REMAINDER = "largest_remainder"  # Hare quota
    DHONDT = "dhondt"
    SAINTE_LAGUE = "sainte_lague"
    ADAMS = "adams"


METHOD_NAMES = {
    Method.LARGEST_REMAINDER: "最大余数法（黑尔数额）",
    Method.DHONDT: "洪德法",
    Method.SAINTE_LAGUE: "圣拉格法",
    Method.ADAMS: "亚当斯法",
}


@dataclass(frozen=True, slots=True)
class Constituency:
    """Who sends representatives: a name, a weight (households, people; whole, not negative), its groups, own bounds.

    `least` = `most` fixes the seats; the constituency then takes no part in the calculation.
    """

    name: str
    weight: int
    groups: tuple[str, ...] = ()
    least: int = 0
    most: int | None = None

    @property
    def fixed(self) -> bool:
        """Whether the seats are set beforehand."""
        return self.least == self.most


@dataclass(frozen=True, slots=True)
class GroupRule:
    """A demand on all constituencies of a group, with the sentence it comes from, shown when it is broken.

    `over`: more than this share of all seats (1/2: over half). `at_least`, `at_most`: seats of the group together.
    """

    group: str
    sentence: str
    over: Fraction | None = None
    at_least: int = 0
    at_most: int | None = None


@dataclass(frozen=True, slots=True)
class SeatRule:
    """The rulebook's part: method, range of the total, seats everyone gets, demands on groups."""

    method: Method
    fewest: int
    most: int
    least_each: int
    groups: tuple[GroupRule, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Ready for JSON, shares as "1/2"."""
        groups = [asdict(group) | {"over": None if group.over is None else str(group.over)} for group in self.groups]
        return asdict(self) | {"groups": groups}


@dataclass(frozen=True, slots=True)
class Demand:
    """One rule in words and in numbers: bounds on sets of constituencies (by position)."""

    sentence: str
    bounds: tuple[tuple[frozenset[int], int, float], ...]

    def broken_by(self, seats: Sequence[int]) -> bool:
        """Whether a finished plan breaks it."""
        return any(not least <= sum(seats[i] for i in members) <= most for members, least, most in self.bounds)


def demands(total: int, constituencies: Sequence[Constituency], rule: SeatRule) -> list[Demand]:
    """Every rule a plan of `total` seats must keep, each with its sentence."""
    everyone = frozenset(range(len(constituencies)))
    found = [
        Demand(f"总数为 {rule.fewest} 至 {rule.most} 席", ((everyone, rule.fewest, rule.most),)),
        Demand(f"合计 {total} 席", ((everyone, total, total),)),
    ]
    if rule.least_each:
        each = tuple((frozenset({i}), rule.least_each, inf) for i in everyone)
        found.append(Demand(f"{len(everyone)} 个推选单位每个至少 {rule.least_each} 席", each))
    if rule.method is Method.ADAMS:
        free = tuple((frozenset({i}), 1, inf) for i in everyone if not constituencies[i].fixed)
        found.append(Demand(f"亚当斯法下 {len(free)} 个推选单位每个至少 1 席", free))
    found += [demand for i, one in enumerate(constituencies) if (demand := _own(i, one))]
    return found + [_group(total, constituencies, group) for group in rule.groups]


def _own(i: int, one: Constituency) -> Demand | None:
    if one.fixed:
        sentence = f"{one.name}固定 {one.least} 席"
    elif one.most is None:
        sentence = f"{one.name}至少 {one.least} 席"
    else:
        sentence = f"{one.name}{f'至少 {one.least} 席、' if one.least else ''}至多 {one.most} 席"
    bound = (frozenset({i}), one.least, inf if one.most is None else one.most)
    return Demand(sentence, (bound,)) if one.least or one.most is not None else None


def _group(total: int, constituencies: Sequence[Constituency], group: GroupRule) -> Demand:
    members = frozenset(i for i, one in enumerate(constituencies) if group.group in one.groups)
    over = 0 if group.over is None else int(group.over * total // 1) + 1
    most = inf if group.at_most is None else group.at_most
    nobody = "" if members else "（没有这样的推选单位）"
    return Demand(group.sentence + nobody, ((members, max(over, group.at_least), most),))


def clashing(wanted: Sequence[Demand], many: int) -> list[Demand]:
    """A smallest set (none can be left out) of demands that cannot be met together; empty when all can."""
    kept = list(wanted)
    if Bounds(kept, many).feasible:
        return []
    for demand in wanted:
        rest = [other for other in kept if other is not demand]
        if not Bounds(rest, many).feasible:
            kept = rest
    return kept


class _Node:
    """A set of constituencies with its bounds, the seats certain below it, and the next larger set."""

    __slots__ = ("certain", "least", "members", "most", "reach", "up")

    def __init__(self, members: frozenset[int]) -> None:
        self.members = members
        self.least: float = 0
        self.most: float = inf
        self.certain: float = 0  # Σ of what the parts below need at least
        self.reach: float = 0  # Σ of what the parts below can take at most
        self.up: _Node | None = None

    @property
    def low(self) -> float:
        return max(self.least, self.certain)

    @property
    def high(self) -> float:
        return min(self.most, self.reach)


class Bounds:
    """The tree of bounds while seats are given out; starts with the seats that are certain for each constituency."""

    def __init__(self, wanted: Iterable[Demand], many: int) -> None:
        sets = {frozenset({i}): _Node(frozenset({i})) for i in range(many)}
        everyone = frozenset(range(many))
        sets.setdefault(everyone, _Node(everyone))
        for demand in wanted:
            for members, least, most in demand.bounds:
                node = sets.setdefault(members, _Node(members))
                node.least, node.most = max(node.least, least), min(node.most, most)
        self._nodes = sorted(sets.values(), key=lambda node: len(node.members))
        self._leaves = [sets[frozenset({i})] for i in range(many)]
        self._join()
        self.feasible = self._settle()

    def certain(self) -> list[int]:
        """Seats each constituency is sure of."""
        return [int(leaf.low) for leaf in self._leaves]

    def give(self, i: int) -> bool:
        """Give constituency `i` one more seat if every bound can still be met; says whether it was given."""
        absorbed: _Node | None = None
        path: list[_Node] = []
        node: _Node | None = self._leaves[i]
        while node and not absorbed:
            if node is not self._leaves[i] and node.certain < node.least:
                absorbed = node  # the seat fills a demand that stood anyway
            elif node.low + 1 > node.high:
                return False
            path.append(node)
            node = node.up
        for step in path:
            step.certain = step.low + 1 if step is self._leaves[i] else step.certain + 1
        return True

    def given(self) -> list[int]:
        """A mark of the present state, for `restore`."""
        return [int(node.certain) for node in self._nodes]

    def restore(self, mark: Sequence[int]) -> None:
        """Go back to a state."""
        for node, certain in zip(self._nodes, mark, strict=True):
            node.certain = certain

    def _join(self) -> None:
        """Hang each set under the smallest set around it; sets that only overlap cannot be ordered."""
        for k, node in enumerate(self._nodes):
            for other in self._nodes[k + 1 :]:
                if node.members < other.members and node.up is None:
                    node.up = other
                elif node.members & other.members and not node.members <= other.members:
                    raise Unusable(
                        "两个分组互相交叉，既不包含也不分开，请调整分组。", "Two groups overlap without nesting."
                    )

    def _settle(self) -> bool:
        for node in self._nodes:
            if len(node.members) == 1 and node in self._leaves:
                node.reach = inf
            if node.low > node.high:
                return False
            if node.up:
                node.up.certain += node.low
                node.up.reach += node.high
        return True
