"""A paper of headings, lines and tables as Word opens it; written as the file format asks, without a library."""

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
SPACE = "http://schemas.openxmlformats.org"
TYPES = (
    f'<?xml version="1.0" encoding="UTF-8"?><Types xmlns="{SPACE}/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{MEDIA_TYPE}.main+xml"/></Types>'
)
RELATIONS = (
    f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{SPACE}/package/2006/relationships">'
    f'<Relationship Id="d" Type="{SPACE}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
    "</Relationships>"
)
EDGES = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
#: Half points: a title, a heading, the body, a cell.
TITLE, HEADING, BODY, CELL = 44, 32, 32, 21


def as_document(title: str, lines: Sequence[str], tables: Iterable[Mapping[str, Any]]) -> bytes:
    """The file: the title, lines below it, then each table with its heading, columns and rows."""
    parts = [_line(title, TITLE, bold=True, middle=True), *(_line(one, BODY) for one in lines)]
    for table in tables:
        parts += [_line(table["title"], HEADING, bold=True), _table(table["columns"], table["rows"]), _line("", BODY)]
    page = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1985" w:left="1588"/></w:sectPr>'
    whole = (
        f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{SPACE}/wordprocessingml/2006/main">'
        f"<w:body>{''.join(parts)}{page}</w:body></w:document>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, words in (("[Content_Types].xml", TYPES), ("_rels/.rels", RELATIONS), ("word/document.xml", whole)):
            file.writestr(name, words)
    return out.getvalue()


def _line(words: str, size: int, *, bold: bool = False, middle: bool = False) -> str:
    shape = f'<w:rFonts w:eastAsia="仿宋"/>{"<w:b/>" if bold else ""}<w:sz w:val="{size}"/>'
    runs = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(NOT_TEXT.sub("", one))}</w:t>' for one in words.split("\n")
    )
    place = '<w:pPr><w:jc w:val="center"/></w:pPr>' if middle else ""
    return f"<w:p>{place}<w:r><w:rPr>{shape}</w:rPr>{runs}</w:r></w:p>"


def _table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    head = "".join(f"<w:tc>{_line(one, CELL, bold=True)}</w:tc>" for one in columns)
    body = "".join(f"<w:tr>{''.join(f'<w:tc>{_line(str(cell), CELL)}</w:tc>' for cell in row)}</w:tr>" for row in rows)
    shape = f'<w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{EDGES}</w:tblBorders></w:tblPr>'
    grid = "<w:tblGrid>" + "<w:gridCol/>" * len(columns) + "</w:tblGrid>"
    return f"<w:tbl>{shape}{grid}<w:tr><w:trPr><w:tblHeader/></w:trPr>{head}</w:tr>{body}</w:tbl>"
