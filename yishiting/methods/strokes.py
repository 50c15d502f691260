"""Names in the order of strokes (姓氏笔画): fewer strokes first, then 横、竖、撇、点、折 stroke by stroke.

`strokes.txt` keeps, for each number of strokes, the characters of GB 2312 (and some more that stand in names) in that
order, counted in the forms written on the mainland.
"""

from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("strokes.txt")
UNKNOWN = 99

Key = tuple[tuple[int, int], ...]


@cache
def _places() -> dict[str, tuple[int, int]]:
    """Each character with its number of strokes and its place among the characters of as many strokes."""
    found = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        count, _, characters = line.partition("\t")
        found.update({character: (int(count), place) for place, character in enumerate(characters)})
    return found


def strokes(character: str) -> int | None:
    """The number of strokes of one character, or None where the table does not know it."""
    found = _places().get(character)
    return found[0] if found else None


def by_strokes(name: str) -> Key:
    """A sort key: `sorted(names, key=by_strokes)`. Characters the table does not know come last, in their code order.

    A name comes before a longer one that begins with it.
    """
    table = _places()
    return tuple(table.get(character, (UNKNOWN, ord(character))) for character in name if not character.isspace())
