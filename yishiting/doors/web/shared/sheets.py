"""A table that is no list as a sheet, with what reaches a person hidden in it; and the answer that saves a file."""

from collections.abc import Iterable, Sequence
from urllib.parse import quote

from django.http import HttpResponse

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
    answer = HttpResponse(content, content_type=MEDIA_TYPE)
    answer["Content-Disposition"] = f"attachment; filename*=utf-8''{quote(file_name(public_words(title), 'xlsx'))}"
    answer["Cache-Control"] = "private, no-store"
    return answer
