"""Auditing an export of the ledger: name the first entry that is not what it was when it was written."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from itertools import zip_longest
from typing import Any

from yishiting.methods.merkle import EMPTY_ROOT, Frontier, event_hash


class Fault(StrEnum):
    """What can be wrong with an export."""

    CHANGED = "changed"  # a row no longer gives the hash it had
    MISSING = "missing"  # a number is skipped: a row was taken out
    REPLAYED = "replayed"  # the same row a second time, or an old number again
    FORK = "fork"  # this history is not the one the published checkpoint saw
    TRUNCATED = "truncated"  # the tail a checkpoint saw is gone


@dataclass(frozen=True, slots=True)
class Entry:
    """One exported row: its number from 0, the leaf hash written with it, and, where kept, more to check against.

    `event`: the event itself, None where it is not public (then the leaf hash is taken as given).
    `root`: the head of the tree after this row, if the export carries it.
    """

    index: int
    leaf: bytes
    event: Mapping[str, Any] | None = None
    root: bytes | None = None


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A head that was signed and published: `size` entries, 32 bytes `root`, and where it was seen (e.g. the day)."""

    size: int
    root: bytes
    seen: str = ""


@dataclass(frozen=True, slots=True)
class BadEntry:
    """The first fault: its kind, the row (from 0), and the rows [low, high) it lies in when one row cannot be named.

    `sentence` says it in Chinese, with rows counted from 1.
    """

    fault: Fault
    index: int
    low: int
    high: int
    sentence: str

    def as_dict(self) -> dict[str, Any]:
        """Ready for JSON; `number` is the number people know the row by."""
        return {**asdict(self), "number": self.index + 1}


def first_bad_entry(
    entries: Iterable[Entry], checkpoints: Sequence[Checkpoint] = (), witness: Sequence[bytes] = ()
) -> BadEntry | None:
    """The first fault of an export, or None when every row and every checkpoint agrees.

    `entries` in the order exported, read once; `checkpoints` published heads in any order, from any source;
    `witness` leaf hashes someone kept from an earlier export: with it a fork is named to the row.
    A row rewritten together with its hash can only be placed between the last checkpoint that agrees and the first
    that does not. Memory: one hash per row, to see a replay.
    """
    if contradiction := _contradiction(checkpoints):
        return contradiction
    audit = _Audit(checkpoints, witness)
    for entry in entries:
        if bad := audit.take(entry):
            return bad
    return audit.tail()


def first_difference(ours: Iterable[bytes], theirs: Iterable[bytes]) -> int | None:
    """The first index at which two lists of leaf hashes differ, a missing end included; None when they are equal."""
    for index, (our, their) in enumerate(zip_longest(ours, theirs)):
        if our != their:
            return index
    return None


def _contradiction(checkpoints: Sequence[Checkpoint]) -> BadEntry | None:
    """Two published heads of the same size that differ: somebody was shown another history."""
    seen: dict[int, Checkpoint] = {}
    for point in sorted(checkpoints, key=lambda point: point.size):
        other = seen.setdefault(point.size, point)
        if other.root != point.root:
            return BadEntry(
                Fault.FORK,
                max(point.size - 1, 0),
                0,
                point.size,
                f"同为 {point.size} 条的两个校验点不一致（{other.seen or '甲'}、{point.seen or '乙'}）：账册分叉。",
            )
    return None


class _Audit:
    """One walk through an export, remembering what has been checked so far."""

    def __init__(self, checkpoints: Sequence[Checkpoint], witness: Sequence[bytes]) -> None:
        self.points = {point.size: point for point in checkpoints}
        self.witness = witness
        self.tree = Frontier()
        self.seen: dict[bytes, int] = {}
        self.sound = 0  # so many rows are covered by a checkpoint that agrees

    def take(self, entry: Entry) -> BadEntry | None:
        """Check one row and go on from it."""
        here = self.tree.size
        if bad := self._number(entry, here) or self._content(entry, here):
            return bad
        self.seen[entry.leaf] = here
        self.tree.append(entry.leaf)
        return self._head(entry, here)

    def tail(self) -> BadEntry | None:
        """Check after the last row that nothing a checkpoint or a witness saw is missing."""
        size = self.tree.size
        longest = max([len(self.witness), *self.points])
        if longest > size:
            sentence = f"末尾缺失：已公布的记录有 {longest} 条，导出只有 {size} 条，第 {size + 1} 条起被删去。"
            return BadEntry(Fault.TRUNCATED, size, size, longest, sentence)
        empty = self.points.get(0)
        if empty and empty.root != EMPTY_ROOT:
            return BadEntry(Fault.FORK, 0, 0, 0, "零条记录的校验点不是空树的散列。")
        return None

    def _number(self, entry: Entry, here: int) -> BadEntry | None:
        if entry.index > here:
            sentence = f"第 {here + 1} 条缺失：后面紧接第 {entry.index + 1} 条。"
            return BadEntry(Fault.MISSING, here, here, entry.index, sentence)
        if entry.index < here:
            sentence = f"第 {here + 1} 条的位置上又出现了编号 {entry.index + 1}：重复写入。"
            return _at(Fault.REPLAYED, here, sentence)
        return None

    def _content(self, entry: Entry, here: int) -> BadEntry | None:
        if entry.event is not None and event_hash(entry.event) != entry.leaf:
            return _at(Fault.CHANGED, here, f"第 {here + 1} 条的内容与写入时的散列不符：内容被改动。")
        if (first := self.seen.get(entry.leaf)) is not None:
            return _at(Fault.REPLAYED, here, f"第 {here + 1} 条与第 {first + 1} 条完全相同：重放。")
        if here < len(self.witness) and self.witness[here] != entry.leaf:
            return _at(Fault.FORK, here, f"第 {here + 1} 条与先前留存的副本不同：账册自此分叉。")
        return None

    def _head(self, entry: Entry, here: int) -> BadEntry | None:
        """Compare the tree after this row with the root kept beside it and with a checkpoint of this size."""
        if entry.root is not None and entry.root != self.tree.root():
            sentence = f"第 {here + 1} 条之后的树根与写入时不符：本条散列或树根被改动。"
            return _at(Fault.CHANGED, here, sentence)
        point = self.points.get(here + 1)
        if point is None:
            return None
        if point.root != self.tree.root():
            seen = f"（{point.seen}）" if point.seen else ""
            sentence = f"第 {self.sound + 1} 条至第 {here + 1} 条之间与已公布的校验点{seen}不符：账册分叉或被整体改写。"
            return BadEntry(Fault.FORK, self.sound, self.sound, here + 1, sentence)
        self.sound = here + 1
        return None


def _at(fault: Fault, index: int, sentence: str) -> BadEntry:
    return BadEntry(fault, index, index, index + 1, sentence)
