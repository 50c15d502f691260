"""Photographs of the demo: drawn on the spot, each marked 示例 so that nobody takes one for real."""

from functools import cache
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

WIDTH, HEIGHT, GROUND = 640, 480, 360
SKY, WALL, WINDOW, ROAD, DARK, WARM, GREEN = "#cfe3ef", "#e4d7c5", "#8fa9b8", "#b9b4ab", "#3f4a52", "#f5c542", "#6f9a5f"
#: 示 and 例 as strokes, in a square of ten: no typeface is needed to draw two characters.
MARK = (
    (
        ((2, 1), (8, 1)),
        ((1, 4), (9, 4)),
        ((5, 4), (5, 9), (4, 8)),
        ((3, 6), (1, 8)),
        ((7, 6), (9, 8)),
    ),
    (
        ((2, 1), (0, 4)),
        ((1, 3), (1, 9)),
        ((2, 2), (6, 2)),
        ((4, 2), (2, 6)),
        ((3, 4), (5, 4), (3, 9)),
        ((3, 5), (4, 6)),
        ((7, 2), (7, 7)),
        ((9, 1), (9, 9), (8, 8)),
    ),
)
#: What a picture shows: boxes of colour over street and house, from left, top, right, bottom.
SCENES = {
    "broken": ((300, 150, 312, GROUND, DARK), (270, 140, 345, 152, DARK), (180, 372, 460, 400, "#8d877c")),
    "working": ((120, GROUND, 520, 400, "#d8b48a"), (150, 320, 200, GROUND, WARM), (420, 320, 470, GROUND, WARM)),
    "done": ((300, 150, 312, GROUND, DARK), (262, 130, 352, 156, WARM), (60, 330, 200, 366, GREEN)),
    "sheet": ((160, 60, 480, 440, "#fbfaf6"), (200, 120, 440, 126, DARK), (200, 200, 440, 204, DARK)),
}


def photo(scene: str) -> SimpleUploadedFile:
    """A photograph of this scene, as a telephone would send it."""
    return SimpleUploadedFile(f"示例照片-{scene}.png", _drawn(scene), "image/png")


@cache
def _drawn(scene: str) -> bytes:
    picture = Image.new("RGB", (WIDTH, HEIGHT), SKY)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, GROUND, WIDTH, HEIGHT), fill=ROAD)
    pen.rectangle((380, 60, 620, GROUND), fill=WALL)
    for row in range(3):
        for column in range(3):
            left, top = 405 + 72 * column, 85 + 90 * row
            pen.rectangle((left, top, left + 42, top + 52), fill=WINDOW)
    for *box, colour in SCENES[scene]:
        pen.rectangle(box, fill=colour)
    _mark(pen)
    kept = BytesIO()
    picture.save(kept, "PNG")
    return kept.getvalue()


def _mark(pen: ImageDraw.ImageDraw) -> None:
    """The two characters, large, on a strip across the corner."""
    pen.rectangle((16, 16, 152, 88), fill="#ffffff", outline="#b3261e", width=4)
    for n, character in enumerate(MARK):
        for stroke in character:
            pen.line([(28 + 60 * n + 5.4 * x, 24 + 5.8 * y) for x, y in stroke], fill="#b3261e", width=5, joint="curve")
