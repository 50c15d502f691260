"""One way of writing: what the eye reads as the same becomes the same characters.

Residents' messages come with full-width digits, invisible characters, line-break marks left by spreadsheets and
Chinese numerals in place of Arabic ones.
"""

import re
import unicodedata

_BREAK = "_x000d_"
_INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff]")
_NUMERAL = re.compile(r"([一二三四五六七八九])(?=号线|期|栋|组|单元|届|楼|区|线)")
_DIGITS = str.maketrans("一二三四五六七八九", "123456789")
_OTHER = re.compile(r"[^0-9a-z\u3400-\u9fff]+")


def _digits(plain: str) -> str:
    return _NUMERAL.sub(lambda found: found.group(1).translate(_DIGITS), plain)


def written(text: str) -> str:
    """The text in one script: NFKC, lower case, no invisible characters, 三期 and 3期 alike. Punctuation stays."""
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).lower()
    return _digits(plain.replace(_BREAK, " "))


def normalise(text: str) -> str:
    """Only the letters, digits and Chinese characters of the text, written in one way.

    Two messages whose `normalise` is equal say the same words; nothing else may be linked without a person.
    """
    return letters(written(text))


def letters(plain: str, gap: str = "") -> str:
    """The letters, digits and Chinese characters of a `written` text, with `gap` where something else stood."""
    return _digits(_OTHER.sub(gap, plain))


def grams(text: str, shortest: int = 2, longest: int = 3) -> set[str]:
    """Every run of `shortest` to `longest` characters of the text."""
    return {
        text[start : start + length]
        for length in range(shortest, longest + 1)
        for start in range(len(text) - length + 1)
    }
