"""Sheets as clerks bring them, and what the reading of them says."""

import csv
import io
import zipfile
from collections.abc import Iterable
from pathlib import Path

import openpyxl

from tests.cast import TODAY, Cast
from yishiting.ground.places.models import Place
from yishiting.year.suggestions.queries.importing import Plan, plan_import

HEADERS = ["原编号", "建议内容", "地点", "提出时间", "提出人", "联系电话", "希望联系"]


def book(*pages: tuple[str, Iterable[Iterable[object]]]) -> openpyxl.Workbook:
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name, rows in pages:
        page = made.create_sheet(name)
        for row in rows:
            page.append(list(row))
    return made


def saved(made: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def a_page(*rows: Iterable[object]) -> bytes:
    return saved(book(("一", [HEADERS, *rows])))


def a_csv(*rows: Iterable[str]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([HEADERS, *rows])
    return out.getvalue().encode()


def replaced(content: bytes, old: bytes, new: bytes) -> bytes:
    """The same package, with other words in the first page."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            part = before.read(name)
            if Path(name).name == "sheet1.xml":
                assert old in part
                part = part.replace(old, new)
            after.writestr(name, part)
    return out.getvalue()


def planned(cast: Cast, content: bytes, where: Place | None = None, channel: str = "box") -> Plan:
    plan = plan_import(where or cast.zaobei, channel, content, TODAY)
    assert plan.rows == len(plan.fresh) + len(plan.left)
    return plan


def texts(plan: Plan) -> list[str]:
    return [row.taken.text for row in plan.fresh]


def reasons(plan: Plan) -> str:
    return " ".join(row.reason for row in plan.left)
