"""What no page may show: a sentence that has lost a part, and what only a machine would say."""

import re
from html.parser import HTMLParser

from tests.journeys.paper import VOID, tidy

#: Words within these run on in the line; everything else begins a new one.
INLINE = {"a", "abbr", "b", "bdi", "code", "data", "del", "em", "i", "img", "ins", "kbd", "mark", "q", "rp", "rt", "ruby",
          "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "wbr"}  # fmt: skip
#: What is in these is no sentence of the page.
SILENT = {"script", "style", "template", "svg"}
PART_LOST = (
    (re.compile(r"[，、；：][，、；。：]"), "two stops in a row"),
    (re.compile(r"[，、；]$"), "a line that ends in a comma"),
    (re.compile(r"^[，、；。]"), "a line that begins with a stop"),
    (re.compile(r"（\s*）|“\s*”|《\s*》"), "brackets around nothing"),
)
OF_A_MACHINE = (
    (re.compile(r"\bNone\b|\bnan\b|\bNaN\b", re.ASCII), "nothing, as Python says it"),
    (re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b", re.ASCII), "the key of a row"),
    (re.compile(r"%\(\w+\)s|\{\w*\}|<\w+ object|datetime\.date"), "what should have been filled in"),
)


class Lines(HTMLParser):
    """The lines of a page as they are seen, each a block of its own."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.line: list[str] = []
        self.silent: list[str] = []
        self.feed(html)
        self.close()
        self._end_line()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self.silent.append(tag)
        if tag not in INLINE:
            self._end_line()

    def handle_endtag(self, tag: str) -> None:
        if self.silent and self.silent[-1] == tag:
            self.silent.pop()
        if tag not in INLINE and tag not in VOID:
            self._end_line()

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.line.append(data)

    def _end_line(self) -> None:
        words = tidy("".join(self.line)).replace("\u200b", "").replace("\u2060", "")
        self.lines += [words] if words else []
        self.line = []


def blemishes(html: str) -> list[str]:
    """Every line of the page with something wrong, and what."""
    return [
        f"{what}: {line[-80:]}"
        for line in Lines(html).lines
        for pattern, what in (*PART_LOST, *OF_A_MACHINE)
        if pattern.search(line)
    ]
