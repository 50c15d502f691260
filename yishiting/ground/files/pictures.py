"""Pictures are drawn anew: what the camera wrote beside them, above all where it stood, does not come in.

The library is loaded by the first picture, not by every web worker.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from yishiting.ground.files.rules import KINDS, Kind

if TYPE_CHECKING:
    from PIL import Image

PIXELS_MOST = 40_000_000
#: A photograph of a telephone has more; JPEG can be read at a half, a quarter or an eighth without opening the whole.
PHOTOGRAPH_MOST = 200_000_000
#: From so many pixels on a picture needs so much memory that few are drawn at the same time, and how long others wait.
LARGE, AT_ONCE, PATIENCE = 6_000_000, 2, 15.0
QUALITY = 90
FORMATS = {KINDS["jpg"]: "JPEG", KINDS["png"]: "PNG", KINDS["webp"]: "WEBP"}
DRAWN_AS = {"1", "L", "RGB", "RGBA", "LA", "P", "I;16"}


class BrokenPicture(Exception):
    """The picture cannot be read to its end."""


class HugePicture(Exception):
    """The picture has too many pixels to be opened safely."""


class TooManyAtOnce(Exception):
    """So many large pictures are being drawn that this one would have to wait too long."""


_large = BoundedSemaphore(AT_ONCE)


def drawn_anew(content: bytes, kind: Kind) -> bytes:
    """The same picture, upright, without any metadata but its colours.

    A very large photograph is made smaller. Raises BrokenPicture, TooManyAtOnce, and HugePicture by what its head
    says, before anything is decoded.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None  # we look ourselves, and more strictly
    try:
        with Image.open(io.BytesIO(content), formats=list(FORMATS.values())) as picture:
            _make_smaller(picture)
            pixels = picture.width * picture.height
            if pixels > PIXELS_MOST:
                raise HugePicture
            with _place(pixels):
                return _encoded(ImageOps.exif_transpose(picture), FORMATS[kind])
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError):
        raise BrokenPicture from None


def _make_smaller(picture: "Image.Image") -> None:
    """Have a large JPEG read at a fraction of its size; others are left as they are."""
    pixels = picture.width * picture.height
    if not PIXELS_MOST < pixels <= PHOTOGRAPH_MOST or picture.format != "JPEG":
        return
    part = next(part for part in (2, 4, 8) if pixels <= PIXELS_MOST * part**2)
    picture.draft(None, (picture.width // part, picture.height // part))


@contextmanager
def _place(pixels: int) -> Iterator[None]:
    """A place among the few large ones; small ones need none."""
    if pixels < LARGE:
        yield
        return
    if not _large.acquire(timeout=PATIENCE):
        raise TooManyAtOnce
    try:
        yield
    finally:
        _large.release()


def _encoded(picture: "Image.Image", form: str) -> bytes:
    colours = picture.info.get("icc_profile")
    if form == "JPEG":
        drawn = picture if picture.mode in {"L", "RGB"} else picture.convert("RGB")
        colours = colours if drawn is picture else None
    else:
        clear = "transparency" in picture.info
        drawn = picture.convert("RGBA") if clear or picture.mode not in DRAWN_AS else picture
    drawn.info = {}
    kept = io.BytesIO()
    drawn.save(kept, form, quality=QUALITY, icc_profile=colours)
    return kept.getvalue()
