"""What kinds of file are taken, told by their content; a name only has to agree with it."""

import io
import re
import unicodedata
import zipfile
from dataclasses import dataclass
from enum import StrEnum

NAME_LENGTH = 100
UNPACKED_MOST = 400_000_000
TAIL = 4096
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLE_ENTRY = 128
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
PACKAGES = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx", "OFD.xml": "ofd"}
STREAMS = {"WordDocument": "doc", "Workbook": "xls", "Book": "xls", "PowerPoint Document": "ppt"}


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file: how it is served, and the endings its name may have (the first is the usual one)."""

    media_type: str
    endings: tuple[str, ...]
    says: str
    picture: bool = False


class Trouble(StrEnum):
    """Why a file is not taken."""

    EMPTY = "empty"
    WRONG_KIND = "wrong_kind"
    APPLE_PHOTO = "apple_photo"
    DIFFERS = "differs"
    BROKEN = "broken"
    LOCKED = "locked"
    MACROS = "macros"
    TOO_LARGE_UNPACKED = "too_large_unpacked"
    TOO_MANY_PIXELS = "too_many_pixels"
    TOO_MANY_AT_ONCE = "too_many_at_once"


OFFICE = "application/vnd.openxmlformats-officedocument"
KINDS: dict[str, Kind] = {
    "jpg": Kind("image/jpeg", ("jpg", "jpeg", "jpe", "jfif"), "照片（JPG）", picture=True),
    "png": Kind("image/png", ("png",), "图片（PNG）", picture=True),
    "webp": Kind("image/webp", ("webp",), "图片（WebP）", picture=True),
    "pdf": Kind("application/pdf", ("pdf",), "PDF"),
    "ofd": Kind("application/ofd", ("ofd",), "OFD 版式文件"),
    "docx": Kind(f"{OFFICE}.wordprocessingml.document", ("docx",), "Word 文档"),
    "xlsx": Kind(f"{OFFICE}.spreadsheetml.sheet", ("xlsx",), "Excel 表格"),
    "pptx": Kind(f"{OFFICE}.presentationml.presentation", ("pptx",), "PPT 演示文稿"),
    "doc": Kind("application/msword", ("doc", "wps"), "Word 文档"),
    "xls": Kind("application/vnd.ms-excel", ("xls", "et"), "Excel 表格"),
    "ppt": Kind("application/vnd.ms-powerpoint", ("ppt", "dps"), "PPT 演示文稿"),
    "txt": Kind("text/plain", ("txt",), "文本"),
    "csv": Kind("text/csv", ("csv",), "CSV 表格"),
}
ENDINGS = {ending: key for key, kind in KINDS.items() for ending in kind.endings}
PICTURE_ENDINGS = {ending for kind in KINDS.values() if kind.picture for ending in kind.endings}


def examine(name: str, content: bytes) -> Kind | Trouble:
    """The kind of a file by its content, provided that its name says the same; otherwise what is wrong with it."""
    ending = ending_of(name)
    found = recognise(content, ending)
    if isinstance(found, Trouble) or not ending or ending in found.endings:
        return found
    if found.picture and ending in PICTURE_ENDINGS:
        return found
    return Trouble.DIFFERS if ending in ENDINGS else Trouble.WRONG_KIND


def recognise(content: bytes, ending: str = "") -> Kind | Trouble:
    """The kind of a file by its content; the ending only tells a table in plain text from a letter in plain text."""
    if not content.strip(b"\0\r\n\t "):
        return Trouble.EMPTY
    if content[4:8] == b"ftyp" and content[8:12] in {b"heic", b"heix", b"mif1", b"hevc", b"msf1"}:
        return Trouble.APPLE_PHOTO
    if content.startswith(b"PK\x03\x04"):
        return _package(content)
    if content.startswith(OLE):
        return _compound(content)
    return _plain_signature(content) or _text(content, ending)


def _plain_signature(content: bytes) -> Kind | Trouble | None:
    if content.startswith(b"\xff\xd8\xff"):
        return KINDS["jpg"]
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return KINDS["png"]
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return KINDS["webp"]
    if content.startswith(b"%PDF-"):
        return KINDS["pdf"] if b"%%EOF" in content[-TAIL:] else Trouble.BROKEN
    return None


def _package(content: bytes) -> Kind | Trouble:
    """An office file of today is a zip archive with a known part inside."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            if sum(part.file_size for part in archive.infolist()) > UNPACKED_MOST:
                return Trouble.TOO_LARGE_UNPACKED
            if any(part.flag_bits & 1 for part in archive.infolist()):
                return Trouble.LOCKED
            if archive.testzip() is not None:
                return Trouble.BROKEN
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, ValueError, RuntimeError):
        return Trouble.BROKEN
    if any(name.endswith("vbaProject.bin") for name in names):
        return Trouble.MACROS
    return next((KINDS[key] for part, key in PACKAGES.items() if part in names), Trouble.WRONG_KIND)


def _compound(content: bytes) -> Kind | Trouble:
    """An office file of the older kind holds streams with known names (MS-CFB, directory entries of 128 bytes)."""
    if _holds(content, "EncryptedPackage"):
        return Trouble.LOCKED
    if _holds(content, "_VBA_PROJECT") or _holds(content, "_VBA_PROJECT_CUR"):
        return Trouble.MACROS
    return next((KINDS[key] for stream, key in STREAMS.items() if _holds(content, stream)), Trouble.WRONG_KIND)


def _holds(content: bytes, stream: str) -> bool:
    wanted = (stream + "\0").encode("utf-16-le")
    at = content.find(wanted)
    while at >= 0:
        if at % OLE_ENTRY == 0:
            return True
        at = content.find(wanted, at + 1)
    return False


def _text(content: bytes, ending: str) -> Kind | Trouble:
    text = _decoded(content)
    if text is None or CONTROLS.search(text):
        return Trouble.WRONG_KIND
    return KINDS["csv" if ending == "csv" else "txt"]


def _decoded(content: bytes) -> str | None:
    codes = ["utf-16"] if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else ["utf-8-sig", "gb18030"]
    for code in codes:
        try:
            return content.decode(code)
        except UnicodeDecodeError:
            continue
    return None


def ending_of(name: str) -> str:
    """What stands behind the last point of a name, in lower case; nothing when that is no ending."""
    ending = name.rpartition(".")[2].strip().lower() if "." in name else ""
    return ending if re.fullmatch(r"[a-z0-9]{1,5}", ending) else ""


def safe_name(name: str, kind: Kind) -> str:
    """A name to show and to save under: no folders, no hidden or turning characters, not too long, the right ending."""
    plain = unicodedata.normalize("NFC", name.replace("\\", "/").rpartition("/")[2])
    plain = "".join("_" if c in '<>:"|?*' else c for c in plain if unicodedata.category(c) not in {"Cc", "Cf", "Cs"})
    ending = ending_of(plain)
    stem = plain[: -len(ending) - 1] if ending else plain
    stem = re.sub(r"\s+", " ", stem).strip(" .")[:NAME_LENGTH].strip(" .") or "附件"
    return f"{stem}.{ending if ending in kind.endings else kind.endings[0]}"
