"""Whatever somebody has typed as a title, and in whatever language: its sheet opens and its file can be saved."""

import io
from urllib.parse import unquote

import pytest
from django.http import HttpResponse
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.cast import Cast
from tests.factories.councils import a_council
from yishiting.doors.web.shared.sheets import as_sheet, sheet_answer
from yishiting.instruments.documents.rules import file_name, page_name

ODD = [
    "晚上开到几点?",
    "2026/27预算",
    "Roster: term 1",
    "[草案] 路灯*",
    r"C:\路灯",
    "'引号'",
    "History",
    "",
    ":",
    "x" * 60,
]


@pytest.mark.parametrize("title", ODD)
def test_any_title_makes_a_sheet(title: str) -> None:
    book = load_workbook(io.BytesIO(as_sheet(title, "2026年", ["序号", "项目"], [8, 40], [[1, "路灯"]])))
    assert [cell.value for cell in book.worksheets[0][4]] == [1, "路灯"]
    assert len(book.sheetnames[0]) <= 31


@given(st.text(max_size=60))
def test_no_name_keeps_what_excel_or_a_disk_refuses(title: str) -> None:
    assert page_name(title)
    assert not set(page_name(title)) & set(r":\/?*[]")
    assert page_name(title).casefold() != "history"
    assert not set(file_name(title, "xlsx")) & set(r':\/?*"<>|')
    assert file_name(title, "xlsx").endswith(".xlsx")


@pytest.mark.parametrize("title", ODD)
def test_the_file_has_a_name_that_can_be_saved(title: str) -> None:
    answer: HttpResponse = sheet_answer(b"", title)
    assert not set(unquote(answer["Content-Disposition"].partition("''")[2])) & set(r':\/?*"<>|')


def test_the_roster_opens_in_english(cast: Cast, sign_in) -> None:
    a_council(cast)
    browser = sign_in(cast.wang)
    browser.post("/language/", {"language": "en", "next": "/"})
    answer = browser.get("/desk/lists/desk-roster.xlsx", {"of": cast.zaobei.code})
    assert load_workbook(io.BytesIO(answer.content)).sheetnames
