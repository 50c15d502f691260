"""The exported ledger: one JSON line each for the head, every entry, and every signed checkpoint.

Head `{"ledger": "yishiting", "version": 2}`; entry `{"event": {"seq": 1, …}, "leaf": hex}`; an entry of which only the
fingerprint is public `{"withheld": seq, "leaf": hex}`; checkpoint `{"checkpoint": {"day", "size", "root",
"public_key", "signature"}}`. A checkpoint signs, with Ed25519 (RFC 8032), the canonical form of its day, size and root.
Entries are counted from 1. Reading needs no database: anyone verifies at home.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from yishiting.methods.errors import Unusable
from yishiting.methods.merkle import canonical
from yishiting.methods.merkle_audit import BadEntry, Checkpoint, Entry, first_bad_entry

HEAD = {"ledger": "yishiting", "version": 2}
#: What may stand on a line after the head, and in a checkpoint: these fields and no other.
LINES = ({"event", "leaf"}, {"withheld", "leaf"}, {"checkpoint"})
POINT = {"day", "size", "root", "public_key", "signature"}
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the verification found: how many entries, how far they are signed, by which keys, and the first fault.

    `kept`: so many entries are as they were in the reader's earlier export.
    """

    entries: int
    withheld: int
    checkpoints: int
    signed: int
    keys: tuple[str, ...]
    bad: BadEntry | None
    kept: int = 0

    @property
    def proves(self) -> bool:
        """Whether there is any checkpoint: without one a file agrees with itself and proves nothing."""
        return self.signed > 0

    @property
    def unsigned(self) -> int:
        """How many entries at the end no checkpoint covers yet; these can still be changed without a trace."""
        return max(self.entries - self.signed, 0)

    @property
    def sound(self) -> bool:
        """Whether checkpoints show that nothing before them was changed, taken out, added or forked."""
        return self.bad is None and self.proves

    def as_dict(self) -> dict[str, Any]:
        """Ready for JSON."""
        return {
            "sound": self.sound,
            "proves": self.proves,
            "entries": self.entries,
            "withheld": self.withheld,
            "checkpoints": self.checkpoints,
            "signed": self.signed,
            "unsigned": self.unsigned,
            "as_in_earlier_export": self.kept,
            "public_keys": list(self.keys),
            "first_bad_entry": self.bad.as_dict() if self.bad else None,
        }


def signed_words(day: str, size: int, root: str) -> bytes:
    """The bytes a checkpoint signs: day (ISO), number of entries, root in hex."""
    return canonical({"day": day, "size": size, "root": root})


def read_checkpoint(text: str) -> Checkpoint:
    """A checkpoint somebody wrote down from the notice board: `2026-03-05:812:<root in hex>`."""
    try:
        day, size, root = text.split(":")
        return Checkpoint(_whole(int(size)), _root(root), date.fromisoformat(day).isoformat())
    except ValueError:
        raise Unusable(
            f"“{text}”不是存证：应写成 日期:条数:总指纹，例如 2026-03-05:812:9f2c…。", "A checkpoint is DAY:SIZE:ROOT."
        ) from None


def verify_export(
    path: Path, *, key: str = "", published: Sequence[Checkpoint] = (), against: Path | None = None
) -> Verdict:
    """Verify an export from the first line to the last.

    `key`: the public key (hex) the reader trusts, for example from the notice board; without it the keys in the
    file are shown and the reader compares. `published`: checkpoints the reader got elsewhere. `against`: an export
    taken earlier, whose entries must all be here still. Raises `Unusable` for what is no export, naming the line.
    """
    found = [*_checkpoints(path, key), *(_earlier(_checkpoints, against, key) if against else [])]
    points, counted = [*published, *(point for point, _key in found)], _Counted(path)
    witness = _earlier(_leaves, against) if against else []
    bad = counted.first_bad_entry(points, witness)
    signed = max((point.size for point in points), default=0)
    keys = tuple(sorted({public for _point, public in found}))
    distinct = len({(point.size, point.root) for point in points})
    return Verdict(counted.count, counted.withheld, distinct, signed, keys, bad, len(witness))


def _earlier(read: Callable[..., list[Found]], path: Path, *more: str) -> list[Found]:
    """What stands in the export taken earlier; a fault of that file is not a fault of the new one."""
    try:
        return read(path, *more)
    except Unusable as problem:
        raise Unusable(
            f"以前下载的那一份（{path.name}）本身不能用：{problem.chinese}", f"Earlier export: {problem.english}"
        ) from None


def _leaves(path: Path) -> list[bytes]:
    """The fingerprints of all entries in their order."""
    leaves: list[bytes] = []
    for number, entry in _entries(path):
        if entry.index != len(leaves):
            raise Unusable(
                f"第 {number} 行的编号是 {entry.index + 1}，应为 {len(leaves) + 1}。",
                f"Line {number} has number {entry.index + 1} instead of {len(leaves) + 1}.",
            )
        leaves.append(entry.leaf)
    return leaves


class _Counted:
    """Entries on their way to the audit, counted; the line tells where one has no canonical form."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.count = self.withheld = self.line = 0

    def first_bad_entry(self, points: Sequence[Checkpoint], witness: Sequence[bytes]) -> BadEntry | None:
        """The first fault; an entry that cannot have been hashed is refused with its line."""
        try:
            return first_bad_entry(self, points, witness)
        except RecursionError:
            raise _no_record(self.line) from None
        except Unusable as problem:
            raise Unusable(f"第 {self.line} 行：{problem.chinese}", f"Line {self.line}: {problem.english}") from None

    def __iter__(self) -> Iterator[Entry]:
        for line, entry in _entries(self.path):
            self.line = line
            self.count += 1
            self.withheld += entry.event is None
            yield entry


def _lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    number = 0
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            row = _read(number, line)
            if number == 1:
                _must_be_head(row)
            elif row.keys() not in LINES:
                raise _no_record(number)
            yield number, row
    if not number:
        raise Unusable("第 1 行：文件是空的，不是账册导出文件。", "The file is empty.")


def _read(number: int, line: bytes) -> dict[str, Any]:
    try:
        row = json.loads(line.decode(), object_pairs_hook=_no_doubles)
    except _DoubleKey as twice:
        raise Unusable(
            f"第 {number} 行：字段“{twice}”写了两次，看到的和核对的可能不是同一个值。",
            f"Line {number}: the field {twice} stands twice.",
        ) from None
    except (ValueError, RecursionError):
        raise _no_record(number) from None
    if not isinstance(row, dict):
        raise _no_record(number)
    return row


class _DoubleKey(Exception):
    """A field twice in one object: a person reads the first, a program takes the last."""


def _no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    row = dict(pairs)
    if len(row) < len(pairs):
        names = [name for name, _value in pairs]
        raise _DoubleKey(next(name for name in names if names.count(name) > 1))
    return row


def _no_record(number: int) -> Unusable:
    return Unusable(f"第 {number} 行不是导出的账册记录，文件可能没有下载完整。", f"Line {number} is no ledger record.")


def _must_be_head(row: Mapping[str, Any]) -> None:
    if row.get("ledger") == HEAD["ledger"] and row.get("version") != HEAD["version"]:
        raise Unusable("第 1 行：这是旧版本的账册导出文件，请重新下载后核对。", "This export has another version.")
    if row != HEAD:
        raise Unusable("第 1 行不是账册导出文件的开头。", "Line 1 is not the head of a ledger export.")


def _checkpoints(path: Path, key: str) -> list[tuple[Checkpoint, str]]:
    return [_checkpoint(number, row["checkpoint"], key) for number, row in _lines(path) if "checkpoint" in row]


def _checkpoint(number: int, row: Any, key: str) -> tuple[Checkpoint, str]:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        point, public, signature = _signed(row)
        signer = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
    except (AttributeError, KeyError, TypeError, ValueError):
        raise Unusable(
            f"第 {number} 行的存证不完整，缺少日期、条数、总指纹、公钥或签名，或者写法不对。",
            f"Line {number}: the checkpoint is incomplete.",
        ) from None
    if key and public.lower() != key.strip().lower():
        raise Unusable(
            f"第 {number} 行：{point.seen} 的存证不是用您给的公钥签名的，写的是另一个公钥 {public}。",
            f"Line {number}: the checkpoint of {point.seen} names another public key, {public}.",
        )
    try:
        signer.verify(signature, signed_words(point.seen, point.size, row["root"]))
    except InvalidSignature:
        raise Unusable(
            f"第 {number} 行：{point.seen} 的存证签名不对，不是这个公钥签的，或者被改动过。",
            f"Line {number}: the signature of the checkpoint of {point.seen} is not valid.",
        ) from None
    return point, public


def _signed(row: dict[str, Any]) -> tuple[Checkpoint, str, bytes]:
    """The checkpoint, the key it names and its signature, every part as it was written and nothing beside them."""
    if row.keys() != POINT:
        raise ValueError(row)
    point = Checkpoint(_whole(row["size"]), _root(row["root"]), date.fromisoformat(row["day"]).isoformat())
    return point, row["public_key"], bytes.fromhex(row["signature"])


def _whole(size: Any) -> int:
    if type(size) is not int or size < 0:
        raise ValueError(size)
    return size


def _root(text: str) -> bytes:
    root = bytes.fromhex(text)
    if len(root) != ROOT_SIZE:
        raise ValueError(text)
    return root


ROOT_SIZE = 32


def _entries(path: Path) -> Iterator[tuple[int, Entry]]:
    for number, row in _lines(path):
        if "leaf" not in row:
            continue
        try:
            seq = row["withheld"] if "withheld" in row else row["event"]["seq"]
            yield number, Entry(_whole(seq) - 1, _root(row["leaf"]), row.get("event"))
        except (KeyError, TypeError, ValueError):
            raise Unusable(f"第 {number} 行缺少编号或指纹。", f"Line {number} lacks a number or a leaf.") from None
