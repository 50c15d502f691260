"""One fixed computation, as a measure of the machine: CPU figures are given as multiples of it.

The same machine is twice as fast in one hour as in the next; milliseconds are for reading, multiples are for comparing.
The computation is of the kind a page or a verb is: objects, dictionaries, words put together, JSON, a hash. Never change
it: all figures written down would lose their meaning.
"""

import hashlib
import json
import statistics
import time
from dataclasses import dataclass

ROUNDS = 60
PIECES = 25


@dataclass
class Piece:
    """Something with fields, as a row is."""

    number: int
    words: str
    marks: dict

    def as_row(self):
        """Its fields by name."""
        return {"number": self.number, "words": self.words, **self.marks}


def computation():
    """About a millisecond on a quiet machine of 2024."""
    digest = hashlib.sha256()
    for start in range(0, 300, 60):
        pieces = [
            Piece(n, f"{n}号楼{n % 7}单元的楼道灯坏了", {"a": n, "b": str(n)}) for n in range(start, start + PIECES)
        ]
        rows = [piece.as_row() for piece in pieces]
        text = ", ".join(f'"{key}" = {value!r}' for row in rows for key, value in sorted(row.items()))
        digest.update(text.encode())
        digest.update(json.dumps(json.loads(json.dumps(rows)), sort_keys=True).encode())
    return digest.hexdigest()


def seconds(act):
    """The CPU one call takes."""
    begun = time.process_time()
    act()
    return time.process_time() - begun


def unit():
    """CPU seconds of one computation now, the median of some."""
    return statistics.median(seconds(computation) for _ in range(ROUNDS))


def measure():
    """How fast this machine is now."""
    figure = round(unit() * 1000, 2)
    return [
        {"name": "one reference computation", "figure": figure, "unit": "ms", "goal": "", "met": None, "against": ""}
    ]
