"""The tree over the ledger (RFC 6962): canonical events, leaf hashes, roots, and proofs anyone can check.

Hashes are 32 bytes of SHA-256: a leaf is H(0x00 ‖ data), an inner node H(0x01 ‖ left ‖ right), the empty tree H("").
Entries are counted from 0 in code and from 1 in sentences. Auditing an export is in `merkle_audit`.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from unicodedata import normalize

from yishiting.methods.errors import Unusable

HASH_SIZE = 32
LEAF, NODE = b"\x00", b"\x01"
EMPTY_ROOT = sha256(b"").digest()

_TO_JSON = json.JSONEncoder(
    sort_keys=True, ensure_ascii=False, separators=(",", ":"), check_circular=False, allow_nan=False
).encode


# ── Canonical form ────────────────────────────────────────────────────────
def canonical(event: Mapping[str, Any]) -> bytes:
    """The one byte string of an event: JSON with sorted keys, no spaces, UTF-8, NFC, whole numbers only.

    `event` holds text, whole numbers, yes/no, nothing, lists and mappings with text keys. Raises `Unusable` for floats
    (write cents, or "3/7" as text), other types, keys that become equal under NFC, and text that is no valid Unicode.
    Profile: RFC 8259 restricted so that two honest implementations cannot differ.
    """
    try:
        return _TO_JSON(_clean(event)).encode()
    except _NoForm as odd:
        where = ".".join(odd.path) or "$"
        raise Unusable(f"{where}：{odd}，无法入册。", f"{where}: no canonical form ({odd}).") from None
    except UnicodeEncodeError:
        raise Unusable("记录中含有无效的字符，无法入册。", "The event holds text that is not valid Unicode.") from None


class _NoForm(Exception):
    """A value without canonical form; collects the path to it on the way out."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.path: list[str] = []


def _clean(value: object) -> object:
    """The value with every text in NFC; refuses what has no canonical form."""
    if isinstance(value, str):
        return _nfc(value)
    if isinstance(value, int) or value is None:
        return value
    if isinstance(value, Mapping):
        return _clean_mapping(value)
    if isinstance(value, list | tuple):
        return [_clean(item) for item in value]
    raise _NoForm(f"只收文字、整数、是否、空值、列表和字典，不收 {type(value).__name__}（小数请写成文字或以分为单位）")


def _clean_mapping(value: Mapping[object, object]) -> dict[str, object]:
    clean: dict[str, object] = {}
    for key, item in value.items():
        if type(key) is not str:
            raise _NoForm(f"键 {key!r} 不是文字")
        name = _nfc(key)
        if name in clean:
            raise _NoForm(f"键“{name}”出现两次")
        try:
            clean[name] = _clean(item)
        except _NoForm as odd:
            odd.path.insert(0, name)
            raise
    return clean


def _nfc(text: str) -> str:
    return text if text.isascii() else normalize("NFC", text)


def commitment(value: object, salt: bytes) -> str:
    """Hex SHA-256 of salt ‖ canonical({"value": value}): stands in the ledger for personal data kept outside.

    Deleting salt and value makes the leaf meaningless without breaking the tree. `salt`: at least 16 random bytes.
    """
    if len(salt) < HASH_SIZE // 2:
        raise Unusable("盐值至少 16 字节。", "The salt must have at least 16 bytes.")
    return sha256(salt + canonical({"value": value})).hexdigest()


# ── Hashes ────────────────────────────────────────────────────────────────
def leaf_hash(data: bytes) -> bytes:
    """H(0x00 ‖ data), RFC 6962 §2.1; `data` is usually canonical(event)."""
    return sha256(LEAF + data).digest()


def event_hash(event: Mapping[str, Any]) -> bytes:
    """The leaf hash of an event in its canonical form."""
    return leaf_hash(canonical(event))


def node_hash(left: bytes, right: bytes) -> bytes:
    """H(0x01 ‖ left ‖ right), RFC 6962 §2.1."""
    return sha256(NODE + left + right).digest()


def _root_of_peaks(peaks: Sequence[bytes]) -> bytes:
    if not peaks:
        return EMPTY_ROOT
    root = peaks[-1]
    for peak in reversed(peaks[:-1]):
        root = node_hash(peak, root)
    return root


# ── The growing edge ──────────────────────────────────────────────────────
@dataclass(slots=True)
class Frontier:
    """All that is needed to append and to know the root: one hash per set bit of `size`, largest subtree first."""

    size: int = 0
    peaks: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.size < 0 or len(self.peaks) != self.size.bit_count() or any(len(p) != HASH_SIZE for p in self.peaks):
            raise Unusable("账册的树边缘与条数不符。", "The frontier does not fit its size.")

    def append(self, leaf: bytes) -> int:
        """Add one leaf hash (32 bytes); gives its index, counted from 0."""
        if len(leaf) != HASH_SIZE:
            raise Unusable("叶子散列应为 32 字节。", "A leaf hash has 32 bytes.")
        peaks, index = self.peaks, self.size
        rest = index
        while rest & 1:
            leaf = sha256(NODE + peaks.pop() + leaf).digest()
            rest >>= 1
        peaks.append(leaf)
        self.size = index + 1
        return index

    def extend(self, leaves: Iterable[bytes]) -> None:
        """Append many leaf hashes."""
        for leaf in leaves:
            self.append(leaf)

    def root(self) -> bytes:
        """The tree head MTH(D[size]), RFC 6962 §2.1; 32 bytes."""
        return _root_of_peaks(self.peaks)

    def as_dict(self) -> dict[str, Any]:
        """Size and peaks in hex, ready for JSON; `from_dict` takes it back."""
        return {"size": self.size, "peaks": [peak.hex() for peak in self.peaks]}

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> "Frontier":
        """The frontier written by `as_dict`; `Unusable` when it does not fit together."""
        return cls(int(kept["size"]), [bytes.fromhex(peak) for peak in kept["peaks"]])


# ── The whole tree, for proofs ────────────────────────────────────────────
class Tree:
    """All full subtrees of a list of leaf hashes, about 64 bytes per leaf: every proof in O(log n) steps."""

    __slots__ = ("_levels",)

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        self._levels: list[bytearray] = [bytearray()]
        for leaf in leaves:
            self.append(leaf)

    def __len__(self) -> int:
        return len(self._levels[0]) // HASH_SIZE

    def append(self, leaf: bytes) -> int:
        """Add one leaf hash (32 bytes); gives its index, counted from 0."""
        if len(leaf) != HASH_SIZE:
            raise Unusable("叶子散列应为 32 字节。", "A leaf hash has 32 bytes.")
        index = rest = len(self)
        self._levels[0] += leaf
        level = 0
        while rest & 1:
            pair = self._levels[level][-2 * HASH_SIZE :]
            level, rest = level + 1, rest >> 1
            if level == len(self._levels):
                self._levels.append(bytearray())
            self._levels[level] += sha256(NODE + pair).digest()
        return index

    def leaf(self, index: int) -> bytes:
        """The leaf hash at `index`, counted from 0."""
        self._within(index + 1, at_least=1)
        return self._node(0, index)

    def root(self, size: int | None = None) -> bytes:
        """The head of the first `size` leaves (of all, if not said)."""
        size = len(self) if size is None else size
        self._within(size, at_least=0)
        return self._subtree(0, size) if size else EMPTY_ROOT

    def inclusion(self, index: int, size: int | None = None) -> list[bytes]:
        """The audit path PATH(index, D[size]) of RFC 6962 §2.1.1, nearest neighbour first."""
        size = len(self) if size is None else size
        self._within(size, at_least=1)
        self._within(index + 1, at_least=1, at_most=size)
        path: list[bytes] = []
        low, high = 0, size
        while high - low > 1:
            middle = low + _split(high - low)
            if index < middle:
                path.append(self._subtree(middle, high))
                high = middle
            else:
                path.append(self._subtree(low, middle))
                low = middle
        return path[::-1]

    def consistency(self, first: int, second: int | None = None) -> list[bytes]:
        """PROOF(first, D[second]) of RFC 6962 §2.1.2: the first `first` entries are unchanged in the first `second`."""
        second = len(self) if second is None else second
        self._within(second, at_least=0)
        self._within(first, at_least=0, at_most=second)
        path: list[bytes] = []
        low, high = 0, second
        if first in (0, second):
            return path
        while first != high:
            middle = low + _split(high - low)
            if first <= middle:
                path.append(self._subtree(middle, high))
                high = middle
            else:
                path.append(self._subtree(low, middle))
                low = middle
        if low:  # an edge that is not the old tree itself must be given as well
            path.append(self._subtree(low, high))
        return path[::-1]

    def _within(self, size: int, *, at_least: int, at_most: int | None = None) -> None:
        most = len(self) if at_most is None else at_most
        if not at_least <= size <= most:
            raise Unusable(f"账册只有 {most} 条，取不到第 {size} 条。", f"There are {most} entries, not {size}.")

    def _node(self, level: int, index: int) -> bytes:
        return bytes(self._levels[level][index * HASH_SIZE : (index + 1) * HASH_SIZE])

    def _subtree(self, low: int, high: int) -> bytes:
        """MTH(D[low:high]); `low` is a multiple of the largest power of two not above high − low."""
        peaks: list[bytes] = []
        while low < high:
            level = (high - low).bit_length() - 1
            peaks.append(self._node(level, low >> level))
            low += 1 << level
        return _root_of_peaks(peaks)


def _split(n: int) -> int:
    """The largest power of two below n (n > 1)."""
    return 1 << (n - 1).bit_length() - 1


# ── Checking proofs ───────────────────────────────────────────────────────
def verify_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether `path` shows that `leaf` is entry `index` (from 0) of the tree of `size` entries with head `root`.

    Algorithm: RFC 9162 §2.1.3.2. Never raises for wrong proofs, answers False.
    """
    if not 0 <= index < size:
        return False
    here, last = index, size - 1
    found = leaf
    for other in path:
        if last == 0:
            return False
        if here & 1 or here == last:
            found = node_hash(other, found)
            here, last = _climb(here, last)
        else:
            found = node_hash(found, other)
        here, last = here >> 1, last >> 1
    return last == 0 and found == root


def verify_consistency(first: int, first_root: bytes, second: int, second_root: bytes, path: Sequence[bytes]) -> bool:
    """Whether `path` shows that the tree of `second` entries begins with all of the tree of `first` entries.

    Algorithm: RFC 9162 §2.1.4.2; the empty tree precedes every tree. Never raises for wrong proofs, answers False.
    """
    if not 0 <= first <= second:
        return False
    if first in (0, second):
        return not path and first_root == (second_root if first == second else EMPTY_ROOT)
    steps = [first_root, *path] if first.bit_count() == 1 else list(path)
    if not steps:
        return False
    here, last = first - 1, second - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    old = new = steps[0]
    for other in steps[1:]:
        if last == 0:
            return False
        if here & 1 or here == last:
            old, new = node_hash(other, old), node_hash(other, new)
            here, last = _climb(here, last)
        else:
            new = node_hash(new, other)
        here, last = here >> 1, last >> 1
    return last == 0 and old == first_root and new == second_root


def _climb(here: int, last: int) -> tuple[int, int]:
    """Skip the levels where this edge has no neighbour."""
    while here and not here & 1:
        here, last = here >> 1, last >> 1
    return here, last
