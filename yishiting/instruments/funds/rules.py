"""The arithmetic of accounts: what a posting does to them, what is lacking, who pays which part."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")

#: What nobody writes in a name, and what a page could mistake for its own.
FOREIGN = frozenset("<>{}\\`\x00")


@dataclass(frozen=True, slots=True)
class Moved:
    """An amount that went from one account to another."""

    out_of: object
    into: object
    fen: int


def balance(account: object, moved: Iterable[Moved]) -> int:
    """What an account holds: everything that came in less everything that went out."""
    return sum(one.fen * ((one.into == account) - (one.out_of == account)) for one in moved)


def lacking(held: int, wanted: int) -> int:
    """How much is lacking; nought where there is enough."""
    return max(0, wanted - held)


def drawn(accounts: Sequence[tuple[T, int]], fen: int) -> list[tuple[T, int]]:
    """Which account pays which part of an amount: each in turn as far as it lasts. Too little gives less than asked."""
    found, left = list[tuple[T, int]](), fen
    for account, held in accounts:
        if (part := min(held, left)) > 0:
            found.append((account, part))
            left -= part
    return found


def shares(parts: Sequence[int]) -> list[str]:
    """Each part in per cent with one decimal, so that they make 100.0: the largest remainders are rounded up."""
    whole = sum(parts)
    if whole <= 0:
        return ["0.0"] * len(parts)
    floors = [part * 1000 // whole for part in parts]
    rests = sorted(range(len(parts)), key=lambda n: (-(parts[n] * 1000 % whole), n))
    for n in rests[: 1000 - sum(floors)]:
        floors[n] += 1
    return [f"{one // 10}.{one % 10}" for one in floors]


def is_plain_name(name: str) -> bool:
    """Whether a name is written as names are."""
    return not FOREIGN & set(name)
