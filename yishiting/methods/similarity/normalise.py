"""One way of writing: what the eye reads as the same becomes the same characters, and no number becomes another one.

Residents' messages come with full-width digits, invisible characters, line-break marks left by spreadsheets and
Chinese numerals in place of Arabic ones. What stands between two digits tells numbers apart (3.5元 and 35元, 9-1号楼
and 91号楼, 1、2号楼 and 12号楼), so it stays; so does every character of any script, however rare.
"""

import re
import unicodedata

from yishiting.methods.similarity.numerals import arabic

_BREAK = "_x000d_"
_INVISIBLE = re.compile(r"[\u00ad\u180e\u200b-\u200f\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]")
#: ①②, ½ and 2² run together once they are written plainly: ①②号楼 is 1, 2号楼, not 12号楼.
_ENCLOSED = re.compile(
    r"[\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u2089\u2150-\u218b\u2460-\u249b\u24ea-\u24ff\u3280-\u32bf]"
)
#: Letters, digits and Han of every plane, characters people make for themselves (rare ones in old files), the pictures
#: that stand for yes and no.
_KEPT = r"\w\u0300-\u036f\u2713-\u2718\ue000-\uf8ff\U000f0000-\U0010ffff\U0001f300-\U0001faff"
_OTHER = re.compile(rf"(?:[^{_KEPT}]|_)+")
_DASHES = "-‐‑‒–—―−－~～"
#: What stands between two digits, a sign before a floor, a percent sign after a digit.
_TELLING = re.compile(rf"(?<=\d)\s*([^{_KEPT}]|_)(?:[^{_KEPT}]|_)*(?=\d)|(?<![a-z\d])-(?=\d+[层楼])|(?<=\d)[%‰℃°]")
_MARKS = {**dict.fromkeys(_DASHES, "-"), **dict.fromkeys("、，,；;&", ","), "：": ":", "．": ".", "·": "."}


def written(text: str) -> str:
    """The text in one script: NFKC, lower case, no invisible characters, 三期 and 3期 alike. Punctuation stays."""
    plain = _INVISIBLE.sub("", _ENCLOSED.sub(r" \g<0> ", text))
    if not plain.isascii():
        plain = unicodedata.normalize("NFKC", plain)
    return arabic(plain.lower().replace(_BREAK, " "))


def normalise(text: str) -> str:
    """Only the letters, digits and Chinese characters of the text, and what tells numbers apart, written in one way.

    Two messages whose `normalise` is equal say the same words; nothing else may be linked without a person.
    """
    return letters(written(text))


def letters(plain: str, gap: str = "") -> str:
    """The letters, digits and Chinese characters of a `written` text, with `gap` where something else stood."""
    if not _TELLING.search(plain):
        return arabic(_OTHER.sub(gap, plain))
    parts: list[str] = []
    begun = 0
    for found in _TELLING.finditer(plain):
        parts += [_OTHER.sub(gap, plain[begun : found.start()]), _mark(found)]
        begun = found.end()
    return arabic("".join([*parts, _OTHER.sub(gap, plain[begun:])]))


def _mark(found: "re.Match[str]") -> str:
    """The mark between two numbers; blanks alone are a list."""
    mark = found.group(1) or found.group().strip()
    return "," if mark.isspace() else _MARKS.get(mark, mark)


def grams(text: str, shortest: int = 2, longest: int = 3) -> set[str]:
    """Every run of `shortest` to `longest` characters of the text."""
    return {
        text[start : start + length]
        for length in range(shortest, longest + 1)
        for start in range(len(text) - length + 1)
    }
