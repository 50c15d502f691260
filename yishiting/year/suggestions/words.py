"""What residents wrote, as text: cleaned of what machines added, given a title, cut into bigrams for searching.

Chinese has no blanks between words, so a run of Chinese is indexed by every two neighbouring characters;
its last character stands alone as well, so that one character can be looked for too.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from yishiting.ground.common.reading import readable, visible

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
RUN = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+")
IS_HAN = re.compile(rf"[{HAN}]")
#: How a carriage return is written inside .xlsx files and in what was exported from them.
XLSX_RETURN = re.compile(r"_x000[dD]_")
NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
SENTENCE_END = re.compile(r"[。！？!?；;\n]")
TITLE_MOST = 40


def clean(text: str) -> str:
    """The words without what machines wrapped around them: escapes, control characters, blanks at both ends."""
    unescaped = XLSX_RETURN.sub("\n", text).replace("\r\n", "\n").replace("\r", "\n")
    return readable(unescaped).strip()


def one_line(text: str) -> str:
    """The same words on one line, for titles and places."""
    return re.sub(r"\s+", " ", clean(text))


def shortened(text: str, most: int) -> str:
    """At most so many characters; a mark shows that there is more."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def title_from(text: str) -> str:
    """A title for words that came without one: their first sentence, shortened."""
    first = SENTENCE_END.split(clean(text), maxsplit=1)[0]
    return shortened(one_line(first) or one_line(text), TITLE_MOST)


def bigrams(*texts: str) -> str:
    """What the index holds of these texts: lower-case bigrams, words and numbers, parted by blanks."""
    return " ".join(token for text in texts for run in _runs(text) for token in _tokens(run, closing=True))


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens that must follow each other; `open_end` lets the last one be only a beginning."""

    tokens: tuple[str, ...]
    open_end: bool


def phrases(typed: str) -> list[Phrase]:
    """What somebody typed into a search box: one phrase for each word between blanks, all of them wanted."""
    return [phrase for word in typed.split() if (phrase := _phrase(word)) is not None]


def _phrase(word: str) -> Phrase | None:
    runs = list(_runs(word))
    if not runs:
        return None
    before = [token for run in runs[:-1] for token in _tokens(run, closing=True)]
    last = runs[-1]
    open_end = len(last) == 1 or not IS_HAN.match(last)
    return Phrase((*before, *_tokens(last, closing=open_end)), open_end)


def _runs(text: str) -> Iterator[str]:
    return (match.group() for match in RUN.finditer(unicodedata.normalize("NFKC", visible(text)).lower()))


def _tokens(run: str, *, closing: bool) -> list[str]:
    if not IS_HAN.match(run):
        return [run]
    pairs = [run[at : at + 2] for at in range(len(run) - 1)]
    return [*pairs, run[-1]] if closing else pairs
