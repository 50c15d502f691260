"""A public lot anyone recomputes: the scheme of RFC 3797, with SHA-256 in place of MD5.

Beforehand are published the numbered list, how many are drawn, and which future public numbers decide (say, a lottery
draw on a named day). Afterwards the numbers alone fix the result; nobody who wrote the list could know them.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from unicodedata import normalize

from yishiting.methods.errors import Unusable
from yishiting.methods.merkle import canonical

MOST_NAMES = 2**16  # the counter of a step has two bytes

#: The hash of the scheme. MD5 is kept only to recompute the published example of RFC 3797 §6.
HASHES: dict[str, Callable[[bytes], bytes]] = {
    "sha256": lambda data: hashlib.sha256(data).digest(),
    "md5": lambda data: hashlib.md5(data, usedforsecurity=False).digest(),
}


@dataclass(frozen=True, slots=True)
class Source:
    """One future public source: its name, the day it becomes known (as announced), and its numbers once they are.

    `numbers` are whole and not negative; their order does not matter (they are sorted), doubles stay.
    """

    name: str
    day: str
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Lot:
    """What is announced: the title, the numbered list (position 1 is the first), how many are drawn, the sources.

    `apart`: begins the key where several lots are drawn from the same numbers, so that they do not draw alike.
    """

    title: str
    names: tuple[str, ...]
    draw: int
    sources: tuple[Source, ...]
    hash: str = "sha256"
    apart: str = ""

    def announcement(self) -> dict[str, Any]:
        """What is published beforehand, without the numbers; ready for JSON."""
        return {
            "title": self.title,
            "names": list(self.names),
            "draw": self.draw,
            "sources": [{"name": source.name, "day": source.day} for source in self.sources],
            "scheme": f"RFC 3797, {self.hash}",
        } | ({"apart": self.apart} if self.apart else {})

    def fingerprint(self) -> str:
        """Hex SHA-256 of the canonical announcement: printed beforehand, it shows that nothing was changed later."""
        return hashlib.sha256(canonical(self.announcement())).hexdigest()


@dataclass(frozen=True, slots=True)
class Step:
    """One draw, to be checked by hand: hash of i ‖ key ‖ i, modulo those left; the number drawn in the original list."""

    digest: str
    left: int
    remainder: int
    number: int
    name: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """The result: names in the order drawn, every step, the key, and the lot it belongs to."""

    lot: Lot
    key: str
    steps: tuple[Step, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names in the order drawn."""
        return tuple(step.name for step in self.steps)

    def as_dict(self) -> dict[str, Any]:
        """Ready for JSON."""
        return {
            "drawn": list(self.names),
            "steps": [asdict(step) for step in self.steps],
            "key": self.key,
            "announcement": self.lot.announcement(),
            "fingerprint": self.lot.fingerprint(),
            "numbers": [list(source.numbers) for source in self.lot.sources],
            "sentence": self.sentence(),
        }

    def sentence(self) -> str:
        """What happened, in Chinese."""
        known = "；".join(f"{s.name}（{s.day}）：{'、'.join(map(str, sorted(s.numbers)))}" for s in self.lot.sources)
        chosen = "、".join(f"{step.number} 号{step.name}" for step in self.steps)
        return f"{self.lot.title}：按事先公布的名单（{len(self.lot.names)} 个）和号码来源（{known}）抽出{chosen}。"


def draw(lot: Lot) -> Drawn:
    """Draw `lot.draw` names without replacement.

    Step i (from 0): hash(i ‖ key ‖ i) with i as two bytes, as a number modulo those left, picks from what is left in
    list order (RFC 3797 §4). `Unusable`: nothing to draw from, too many wanted, a name twice, a source without numbers.
    """
    _check(lot)
    key = (f"{lot.apart}/" if lot.apart else "") + key_of(lot.sources)
    left = list(enumerate(lot.names, start=1))
    steps = []
    for i in range(lot.draw):
        mark = i.to_bytes(2, "big")
        digest = HASHES[lot.hash](mark + key.encode() + mark)
        remainder = int.from_bytes(digest, "big") % len(left)
        number, name = left.pop(remainder)
        steps.append(Step(digest.hex(), len(left) + 1, remainder, number, name))
    return Drawn(lot, key, tuple(steps))


def order(title: str, names: Sequence[str], sources: Sequence[Source]) -> tuple[str, ...]:
    """A full order of `names` by lot, for breaking ties; `names` are first put in code-point order, so the order in
    which they were passed in cannot matter.
    """
    return draw(Lot(title, tuple(sorted(names)), len(names), tuple(sources))).names


def key_of(sources: Sequence[Source]) -> str:
    """The key string: for each source its numbers ascending, each followed by ".", then "/" (RFC 3797 §4.1)."""
    return "".join("".join(f"{number}." for number in sorted(source.numbers)) + "/" for source in sources)


def _check(lot: Lot) -> None:
    if not 1 <= lot.draw <= len(lot.names) < MOST_NAMES:
        raise Unusable(
            f"名单有 {len(lot.names)} 个，不能从中抽出 {lot.draw} 个。",
            f"{lot.draw} of {len(lot.names)} cannot be drawn.",
        )
    if len({normalize("NFC", name) for name in lot.names}) < len(lot.names):
        raise Unusable("名单上有重名，请加以区别。", "A name stands twice on the list.")
    if lot.hash not in HASHES:
        raise Unusable(f"不认识的散列“{lot.hash}”。", f"The hash {lot.hash!r} is not known.")
    waiting = [source.name for source in lot.sources if not source.numbers]
    if waiting or not lot.sources:
        raise Unusable(
            f"号码尚未公布：{'、'.join(waiting) or '没有号码来源'}。", "The numbers of a source are not known yet."
        )
    if any(number < 0 for source in lot.sources for number in source.numbers):
        raise Unusable("号码不能为负。", "A number is negative.")
