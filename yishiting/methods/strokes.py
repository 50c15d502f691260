"""Names in the order of strokes (姓氏笔画): fewer strokes first, then 横、竖、撇、点、折 stroke by stroke.

`strokes.txt` keeps, for each number of strokes, the characters of GB 2312 (and some more that stand in names) in that
order, counted in the forms written on the mainland. `strokes_rare.txt` knows the number of strokes, not their kinds, of
every other character of Unicode 15: after the code of the first character of a block each letter stands for one
character, "(" for none, ")" for one stroke, and so on. Its numbers are those of the Unihan database (kTotalStrokes).
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

TABLE, RARE = (Path(__file__).with_name(name) for name in ("strokes.txt", "strokes_rare.txt"))
UNKNOWN = 99
#: The letter for no stroke; below it stands what is no character.
NONE = ord("(")

Key = tuple[tuple[int, int], ...]


@cache
def _places() -> dict[str, tuple[int, int]]:
    """Each character with its number of strokes and its place among the characters of as many strokes."""
    found = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        count, _, characters = line.partition("\t")
        found.update({character: (int(count), place) for place, character in enumerate(characters)})
    return found


@cache
def _blocks() -> tuple[tuple[int, str], ...]:
    """Each block of rare characters: the code of its first one, and a letter for each. Read when one is met."""
    lines = (line.partition("\t") for line in RARE.read_text(encoding="ascii").splitlines())
    return tuple((int(first, 16), letters) for first, _tab, letters in lines)


def _counted(character: str) -> int | None:
    code = ord(character)
    for first, letters in _blocks():
        if first <= code < first + len(letters):
            count = ord(letters[code - first]) - NONE
            return count if count > 0 else None
    return None


def strokes(character: str) -> int | None:
    """The number of strokes of one character, or None for what is no Chinese character."""
    found = _places().get(character)
    return found[0] if found else _counted(character)


def _place(character: str) -> tuple[int, int]:
    """Of as many strokes the rare ones come after the others, in their code order."""
    count = _counted(character)
    return (UNKNOWN if count is None else count, ord(character))


def by_strokes(name: str) -> Key:
    """A sort key: `sorted(names, key=by_strokes)`. What has no strokes comes last, in code order; dots do not count.

    A name comes before a longer one that begins with it.
    """
    table = _places()
    return tuple(table.get(one) or _place(one) for one in name if not one.isspace() and one != "·")


def without_strokes(names: Iterable[str]) -> list[str]:
    """The names that stand last because their first character has no strokes we know: letters, say, or a drawn sign."""
    return [name for name in names if name and strokes(name[0]) is None]
