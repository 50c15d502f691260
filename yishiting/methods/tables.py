"""Tables as text files: which encoding, which character parts the columns, where a quotation mark was never closed.

One reader for every file in columns, wherever it comes in.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator
from itertools import islice

from yishiting.methods.errors import Unusable

DELIMITERS = (",", "\t", ";", "，", "|")
#: The row that names the columns stands among the first so many.
HEADER_WITHIN = 10
#: A cell of a megabyte is a quotation mark that was never closed, not a message.
LONGEST_CELL = 1_000_000
#: More than one zero byte in so many characters, and it is no text.
BINARY_SHARE = 1000
#: So few characters cut in half are put up with in a line of UTF-8; they are shown as �.
CUT_SHARE = 20
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
HAN = re.compile("[\u4e00-\u9fff]")
#: A last row nobody writes: when it does not come out alone, an open quotation mark has swallowed it.
END = "\x1eend of the table\x1e"


class Garbled(Unusable):
    """The file is no table in text; `line` is where it stops being one, counted from 1."""

    def __init__(self, line: int, chinese: str, english: str) -> None:
        super().__init__(chinese, english)
        self.line = line


def decoded(content: bytes) -> str:
    """A file as text: UTF-8, GB 18030, UTF-16 with or without a mark, or lines of the first two put together."""
    if content.startswith(UTF16_MARKS):
        return _text(content.decode("utf-16", errors="replace"))
    if b"\x00" in content and not _is_utf8(content):
        return _text(_utf16(content))
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8-sig" or not any(map(_surely_utf8, content.split(b"\n"))):
            return _text(text)
    return "\n".join(_line(line, at) for at, line in enumerate(content.split(b"\n"), start=1)).removeprefix("\ufeff")


def delimiter_of(text: str, knows: Callable[[str], bool]) -> str:
    """What parts the columns: the character under which most headings that are known come to light."""

    def known(delimiter: str) -> int:
        rows = islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), HEADER_WITHIN)
        return max((sum(map(knows, row)) for row in rows), default=0)

    try:
        return max(DELIMITERS, key=known)
    except csv.Error:
        return ","


def records(text: str, delimiter: str = ",") -> Iterator[tuple[int, list[str]]]:
    """The rows with the number of the line each ends on. Garbled where a quotation mark is never closed."""
    usual = csv.field_size_limit(LONGEST_CELL)  # of the whole process, so it is put back
    reader = csv.reader(io.StringIO(f"{text}\n{END}", newline=""), delimiter=delimiter)
    begins = 1
    try:
        for row in reader:
            if row and row[-1].endswith(END):
                if row != [END]:
                    raise _open_quote(begins)
                return
            yield reader.line_num, row
            begins = reader.line_num + 1
    except csv.Error as problem:
        raise _open_quote(begins) from problem
    finally:
        csv.field_size_limit(usual)


def _open_quote(line: int) -> Garbled:
    return Garbled(
        line,
        f"第 {line} 行：有一格的引号没有闭合，后面的行都被算进了这一格。请用 Excel 打开检查后另存再交。",
        f"line {line}: a quotation mark is never closed",
    )


def _text(text: str) -> str:
    if text.count("\x00") * BINARY_SHARE <= len(text):
        return text
    line = text.count("\n", 0, text.index("\x00")) + 1
    raise Garbled(
        line,
        f"第 {line} 行：有空字符，不是文本文件或编码不对。请用 Excel 打开，另存为 .xlsx 或“CSV UTF-8”再交。",
        f"line {line}: not a text file",
    )


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _utf16(content: bytes) -> str:
    """Without a mark: the order of bytes in which the ends of lines are ends of lines."""
    even = content[: len(content) // 2 * 2]
    order = "utf-16-le" if even[::2].count(b"\n") >= even[1::2].count(b"\n") else "utf-16-be"
    text = even.decode(order, errors="replace")
    return text if HAN.search(text) and text.count("\ufffd") * BINARY_SHARE <= len(text) else content.decode("latin-1")


def _surely_utf8(line: bytes) -> bool:
    try:
        return bool(HAN.search(line.decode("utf-8")))
    except UnicodeDecodeError:
        return False


def _line(line: bytes, at: int) -> str:
    """One line of a file whose lines were written by different programs."""
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        mended = line.decode("utf-8", errors="replace")
    if HAN.search(mended) and mended.count("\ufffd") * CUT_SHARE <= len(mended):
        return mended
    try:
        return line.decode("gb18030")
    except UnicodeDecodeError:
        raise Garbled(
            at, f"第 {at} 行：既不是 UTF-8 也不是 GB18030 编码。", f"line {at}: neither UTF-8 nor GB18030"
        ) from None
