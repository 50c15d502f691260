"""A table that is no list as a sheet, with what reaches a person hidden in it; and the answer that saves a file."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from django.http import HttpResponse

from yishiting.doors.lists import docx
from yishiting.doors.lists.xlsx import MEDIA_TYPE
from yishiting.doors.lists.xlsx import as_sheet as written
from yishiting.ground.common.masking import public_words
from yishiting.instruments.documents.rules import file_name


def as_sheet(
    title: str, about: str, headings: Sequence[str], widths: Sequence[int], rows: Iterable[Sequence[object]]
) -> bytes:
    """The file; `widths` in characters, one for each heading. A file travels: what reaches a person is hidden in it."""
    return written(
        public_words(title),
        public_words(about),
        [public_words(str(heading)) for heading in headings],
        widths,
        ([public_words(value) if isinstance(value, str) else value for value in row] for row in rows),
    )


def sheet_answer(content: bytes, title: str) -> HttpResponse:
    """The answer that saves a sheet under this title."""
    return _saved(content, MEDIA_TYPE, title, "xlsx")


def document_answer(title: str, lines: Sequence[str], tables: Iterable[Mapping[str, Any]]) -> HttpResponse:
    """The answer that saves headings, lines and tables for Word; what reaches a person is hidden in it."""
    hidden = [{**one, "rows": [[public_words(str(cell)) for cell in row] for row in one["rows"]]} for one in tables]
    content = docx.as_document(public_words(title), [public_words(one) for one in lines], hidden)
    return _saved(content, docx.MEDIA_TYPE, title, "docx")


def _saved(content: bytes, media_type: str, title: str, kind: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=media_type)
    answer["Content-Disposition"] = f"attachment; filename*=utf-8''{quote(file_name(public_words(title), kind))}"
    answer["Cache-Control"] = "private, no-store"
    return answer
