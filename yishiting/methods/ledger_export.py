"""The exported ledger: one JSON line each for the head, every entry, and every signed checkpoint.

Head `{"ledger": "yishiting", "version": 1}`; entry `{"event": {…}, "leaf": hex}`; checkpoint
`{"checkpoint": {"day", "size", "root", "public_key", "signature"}}`. A checkpoint signs, with Ed25519 (RFC 8032),
the canonical form of its day, size and root. Reading needs no database: anyone verifies at home.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from yishiting.methods.errors import Unusable
from yishiting.methods.merkle import canonical
from yishiting.methods.merkle_audit import BadEntry, Checkpoint, Entry, first_bad_entry

HEAD = {"ledger": "yishiting", "version": 1}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the verification found: how many entries and checkpoints, the root, and the first fault, if any."""

    entries: int
    checkpoints: int
    keys: tuple[str, ...]
    bad: BadEntry | None

    @property
    def sound(self) -> bool:
        """Whether nothing was changed, taken out, added or forked."""
        return self.bad is None

    def as_dict(self) -> dict[str, Any]:
        """Ready for JSON."""
        return {
            "sound": self.sound,
            "entries": self.entries,
            "checkpoints": self.checkpoints,
            "public_keys": list(self.keys),
            "first_bad_entry": self.bad.as_dict() if self.bad else None,
        }


def signed_words(day: str, size: int, root: str) -> bytes:
    """The bytes a checkpoint signs: day (ISO), number of entries, root in hex."""
    return canonical({"day": day, "size": size, "root": root})


def verify_export(path: Path, *, key: str = "") -> Verdict:
    """Verify an export from the first line to the last.

    `key`: the public key (hex) the reader trusts, for example from the notice board; without it the keys in the
    file are shown and the reader compares. Raises `Unusable` for a file that is no export, naming the line.
    """
    checkpoints, keys = _checkpoints(path, key)
    counted = _Counted(_entries(path))
    bad = first_bad_entry(counted, [point for point, _ in checkpoints])
    return Verdict(counted.count, len(checkpoints), tuple(sorted(keys)), bad)


class _Counted:
    """Entries on their way to the audit, counted."""

    def __init__(self, entries: Iterator[Entry]) -> None:
        self.entries = entries
        self.count = 0

    def __iter__(self) -> Iterator[Entry]:
        for entry in self.entries:
            self.count += 1
            yield entry


def _lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, start=1):
            try:
                yield number, json.loads(line)
            except (json.JSONDecodeError, UnicodeDecodeError):
                raise Unusable(
                    f"第 {number} 行不是导出的账册记录，文件可能没有下载完整。", f"Line {number} is no ledger record."
                ) from None


def _checkpoints(path: Path, key: str) -> tuple[list[tuple[Checkpoint, str]], set[str]]:
    found: list[tuple[Checkpoint, str]] = []
    for number, row in _lines(path):
        if number == 1 and {name: row.get(name) for name in HEAD} != HEAD:
            raise Unusable("第 1 行不是账册导出文件的开头。", "Line 1 is not the head of a ledger export.")
        if "checkpoint" in row:
            found.append(_checkpoint(number, row["checkpoint"], key))
    return found, {public for _, public in found}


def _checkpoint(number: int, row: Mapping[str, Any], key: str) -> tuple[Checkpoint, str]:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    public = key or row["public_key"]
    try:
        words = signed_words(row["day"], row["size"], row["root"])
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(bytes.fromhex(row["signature"]), words)
    except (InvalidSignature, ValueError):
        raise Unusable(
            f"第 {number} 行：{row.get('day')} 的存证签名不对，不是这个公钥签的，或者被改动过。",
            f"Line {number}: the signature of the checkpoint of {row.get('day')} is not valid.",
        ) from None
    return Checkpoint(row["size"], bytes.fromhex(row["root"]), row["day"]), public


def _entries(path: Path) -> Iterator[Entry]:
    for number, row in _lines(path):
        if "event" in row:
            try:
                yield Entry(row["event"]["seq"], bytes.fromhex(row["leaf"]), row["event"])
            except (KeyError, TypeError, ValueError):
                raise Unusable(f"第 {number} 行缺少编号或指纹。", f"Line {number} lacks a number or a leaf.") from None
