"""Text on a picture: SVG does not break lines, so lines are broken here."""

import re
from dataclasses import dataclass, field
from unicodedata import east_asian_width
from xml.sax.saxutils import escape as xml_escape

#: Characters XML 1.0 cannot carry.
UNPRINTABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: Marks that may not begin a line.
CLOSING = "，。、；：？！）》」』”’％,.;:?!)"


def escape(text: str) -> str:
    """Text as XML may carry it."""
    return xml_escape(UNPRINTABLE.sub("", text), {'"': "&quot;"})


def width(character: str) -> float:
    """In units of the font size: a Chinese character is one, a Latin one a little over half."""
    return 1.0 if east_asian_width(character) in "WF" or character in "“”‘’…—" else 0.56


def shortened(text: str, most: float) -> str:
    """The text, or as much of it as `most` font sizes hold, with a mark where it was cut."""
    if sum(map(width, text)) <= most:
        return text
    room, end = most - 1, 0
    while room >= width(text[end]):
        room, end = room - width(text[end]), end + 1
    return text[:end].rstrip() + "…"


def wrapped(text: str, room: float) -> list[str]:
    """Lines of at most `room` font sizes; Latin words stay whole where they can, closing marks stay on their line."""
    lines, line, used = [], "", 0.0
    for piece in re.findall(r"[!-~]+ ?|.", text):
        wide = sum(map(width, piece.rstrip()))
        if used + wide > room and line and piece not in CLOSING:
            lines.append(line.rstrip())
            line, used = "", 0.0
        line, used = line + piece, used + sum(map(width, piece))
    return [*lines, line.rstrip()] if line.strip() else lines


@dataclass(slots=True)
class Lines:
    """Text set line under line; `y` is where the last one stands."""

    room: float
    left: float
    y: float = 18.0
    parts: list[str] = field(default_factory=list)

    def add(
        self,
        text: str,
        *,
        size: int = 16,
        bold: bool = False,
        soft: bool = False,
        bullet: bool = False,
        above: int = 0,
        indent: int = 0,
    ) -> None:
        """Set one paragraph."""
        self.y += above
        hang = indent + (18 if bullet else 0)
        look = (' font-weight="bold"' if bold else "") + (' fill="#5a6069"' if soft else "")
        for number, line in enumerate(wrapped(text, (self.room - hang) / size)):
            self.y += round(size * 1.6)
            if bullet and not number:
                self.parts.append(f'<text x="{self.left + 2}" y="{self.y}" font-size="{size}">·</text>')
            start = f'<text x="{self.left + hang}" y="{self.y}" font-size="{size}"{look}>'
            self.parts.append(f"{start}{escape(line)}</text>")
