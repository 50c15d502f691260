"""Pictures are drawn anew: what the camera wrote beside them, above all where it stood, does not come in."""

import io

from PIL import Image, ImageOps, UnidentifiedImageError

from yishiting.ground.files.rules import KINDS, Kind

PIXELS_MOST = 80_000_000
QUALITY = 90
FORMATS = {KINDS["jpg"]: "JPEG", KINDS["png"]: "PNG", KINDS["webp"]: "WEBP"}
DRAWN_AS = {"1", "L", "RGB", "RGBA", "LA", "P", "I;16"}


class BrokenPicture(Exception):
    """The picture cannot be read to its end."""


class HugePicture(Exception):
    """The picture has too many pixels to be opened safely."""


def drawn_anew(content: bytes, kind: Kind) -> bytes:
    """The same picture, upright, without any metadata but its colours. Raises BrokenPicture, HugePicture."""
    try:
        with Image.open(io.BytesIO(content), formats=list(FORMATS.values())) as picture:
            if picture.width * picture.height > PIXELS_MOST:
                raise HugePicture
            return _encoded(ImageOps.exif_transpose(picture), FORMATS[kind])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise HugePicture from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError):
        raise BrokenPicture from None


def _encoded(picture: Image.Image, form: str) -> bytes:
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
