"""Tables in markup that are called .xls: web pages and Excel's XML of 2003, as hotlines and old systems export them."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree as ET

from yishiting.methods.errors import Unusable
from yishiting.methods.tables import decoded
from yishiting.year.suggestions.grids import COLUMNS_MOST, Grid, Merge, Row, Unreadable, filled_down, within_limit

AGAIN = "请用 Excel 打开，另存为“Excel 工作簿（.xlsx）”再交。"
HTML = re.compile(rb"<\s*(?:!doctype\s+html|html|table|head|body|meta|div)\b", re.IGNORECASE)
XML_2003 = b"urn:schemas-microsoft-com:office:spreadsheet"
#: How far into a file it is looked for what it is.
LOOKED_AT = 4096
DECLARATION = re.compile(r"^\s*<\?xml.*?\?>", re.DOTALL)
SPACES = re.compile(r"\s+")
SPAN_MOST = 10_000
ROWS_OF_A_PAGE = 1_048_576
WHOLE = re.compile(r"[0-9]{1,9}")


def pages(content: bytes) -> list[Grid] | None:
    """The pages of a file in markup; None when it is none. Unreadable when it is one that cannot be read."""
    head = content[:LOOKED_AT].removeprefix(b"\xef\xbb\xbf").lstrip()
    if head[:13].lower() == b"mime-version:":
        raise Unreadable(f"这是网页存成的单个文件（.mht）。{AGAIN}")
    if not head.startswith(b"<"):
        return None
    if head.startswith(b"<?xml") and XML_2003 in head:
        found = list(_xml_pages(content))
    elif HTML.search(head):
        found = [_html_page(content)]
    else:
        raise Unreadable(f"这个文件里不是表格，是网页或程序用的格式。{AGAIN}")
    if sum(any(row) for page in found for row in page.rows) <= 1:
        raise Unreadable(f"这是改名为 .xls 的网页或 XML，里面只读到一行，没有内容。{AGAIN}")
    return found


def _html_page(content: bytes) -> Grid:
    try:
        reading = _Tables(decoded(content))
    except (Unusable, AssertionError, ValueError) as problem:  # the parser asserts where marks are broken
        raise Unreadable(f"这是改名为 .xls 的网页，里面的标记坏了或读出来是乱码。{AGAIN}") from problem
    if not reading.rows:
        raise Unreadable(f"这是改名为 .xls 的网页，里面没有表格。{AGAIN}")
    return Grid(within_limit(filled_down(reading.rows, reading.merges)))


class _Tables(HTMLParser):
    """Every row of every table of a page, one after another."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.merges: list[Merge] = []
        self.below: dict[int, int] = {}
        self.cell: list[str] | None = None
        self.spans = (1, 1)
        self.feed(text)
        self.close()
        self._end_cell()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Rows, cells and ends of lines; everything else is looks."""
        if tag in {"tr", "td", "th"}:
            self._end_cell()
        if tag == "tr":
            self.rows.append([])
        elif tag in {"td", "th"}:
            given = dict(attrs)
            self.cell, self.spans = [], (_span(given.get("colspan")), _span(given.get("rowspan")))
        elif tag in {"br", "p", "div"} and self.cell:
            self.cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """A cell ends with its mark, its row or its table."""
        if tag in {"td", "th", "tr", "table"}:
            self._end_cell()

    def handle_data(self, data: str) -> None:
        """Words count inside cells only."""
        if self.cell is not None:
            self.cell.append(SPACES.sub(" ", data))

    def _end_cell(self) -> None:
        if self.cell is None:
            return
        if not self.rows:
            self.rows.append([])
        row, number = self.rows[-1], len(self.rows)
        while self.below.get(len(row) + 1, 0) >= number:
            row.append("")  # a cell from above reaches down here
        across, down = self.spans
        column = len(row) + 1
        row.append("".join(self.cell).strip())
        row.extend([""] * (min(across, COLUMNS_MOST) - 1))
        if down > 1:
            self.merges.append(Merge(number, number + down - 1, column))
            self.below |= dict.fromkeys(range(column, column + min(across, COLUMNS_MOST)), number + down - 1)
        self.cell = None


def _span(text: str | None) -> int:
    return max(_whole(text or "", 1), 1)


def _whole(text: str, otherwise: int) -> int:
    return min(int(text), SPAN_MOST) if WHOLE.fullmatch(text) else otherwise


class _NoEntities(ET.TreeBuilder):
    """Builds the tree of a file that declares nothing of its own."""

    def doctype(self, *_told: Any) -> None:
        """A file with entities of its own is no export."""
        raise Unreadable(f"这个文件不是表格软件存的。{AGAIN}")


def _xml_pages(content: bytes) -> Iterator[Grid]:
    try:
        text = DECLARATION.sub("", decoded(content), count=1)
        root = ET.fromstring(text, ET.XMLParser(target=_NoEntities()))  # noqa: S314 - without entities
    except Unreadable:
        raise
    except (ET.ParseError, ValueError) as problem:
        raise Unreadable(f"这是 XML 格式的表格（改名为 .xls），没有传完整或已损坏。{AGAIN}") from problem
    for page in root.iter():
        if _tag(page) == "Worksheet":
            rows: list[Row] = []
            merges: list[Merge] = []
            for row in (one for one in page.iter() if _tag(one) == "Row"):
                rows += [()] * min(_fact(row, "Index", 0) - len(rows) - 1, ROWS_OF_A_PAGE - len(rows))
                rows.append(_xml_row(row, len(rows) + 1, merges))
            yield Grid(within_limit(filled_down(rows, merges)), _said(page, "Name"))


def _xml_row(row: ET.Element, number: int, merges: list[Merge]) -> Row:
    cells: list[str] = []
    for cell in (one for one in row if _tag(one) == "Cell"):
        cells += [""] * min(_fact(cell, "Index", len(cells) + 1) - len(cells) - 1, COLUMNS_MOST)
        if down := _fact(cell, "MergeDown", 0):
            merges.append(Merge(number, number + down, len(cells) + 1))
        cells.append("".join("".join(data.itertext()) for data in cell if _tag(data) == "Data"))
        cells += [""] * min(_fact(cell, "MergeAcross", 0), COLUMNS_MOST)
    return cells[:COLUMNS_MOST]


def _tag(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _said(element: ET.Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _fact(element: ET.Element, name: str, otherwise: int) -> int:
    return _whole(_said(element, name), otherwise)
