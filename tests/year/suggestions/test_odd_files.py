"""Files that are not what they are called: read, or refused in words for a clerk; and days as offices write them."""

import io
import random
import zipfile
from datetime import datetime

import pytest
from openpyxl.utils.datetime import MAC_EPOCH

from tests.cast import Cast
from tests.factories.sheets import HEADERS, a_csv, book, planned, saved
from yishiting.year.suggestions.grids import Unreadable
from yishiting.year.suggestions.moments import Unclear, read_moment
from yishiting.year.suggestions.sheets import read_sheet

# ── markup called .xls ──

PAGE = """<html><head><meta charset="{0}"></head><body><table><caption>工单</caption>
<tr><th>工单编号</th><th>主要内容</th><th>小区名称</th></tr>
<tr><td>1</td><td>路灯<br>不亮 &amp; 漏雨</td><td rowspan=2>北里</td></tr><tr><td>2<td>车棚漏雨</tr></table></body></html>"""


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_web_page_called_xls_is_read(cast: Cast, encoding: str) -> None:
    rows = planned(cast, PAGE.format(encoding).encode(encoding)).fresh
    assert [(row.taken.number, row.taken.text, row.taken.where) for row in rows] == [
        ("1", "路灯\n不亮 & 漏雨", "北里"),
        ("2", "车棚漏雨", "北里"),
    ]


OLD_XML = """<?xml version="1.0" encoding="{0}"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="一"><Table><Row><Cell><Data ss:Type="String">主要内容</Data></Cell><Cell><Data>日期</Data></Cell>
<Cell><Data>具体位置</Data></Cell></Row><Row ss:Index="4"><Cell><Data>路灯不亮</Data></Cell>
<Cell><Data ss:Type="DateTime">2026-02-11T00:00:00.000</Data></Cell><Cell ss:MergeDown="1"><Data>东门</Data></Cell></Row>
<Row><Cell><Data>漏雨</Data></Cell></Row></Table></Worksheet></Workbook>"""


@pytest.mark.parametrize("encoding", ["UTF-8", "gb2312"])
def test_a_sheet_in_xml_called_xls_is_read(cast: Cast, encoding: str) -> None:
    rows = planned(cast, OLD_XML.format(encoding).encode(encoding)).fresh
    assert [(row.taken.line, row.taken.text, row.taken.where) for row in rows] == [
        (4, "路灯不亮", "东门"),
        (5, "漏雨", "东门"),
    ]
    assert rows[0].taken.said == datetime(2026, 2, 11)


@pytest.mark.parametrize(
    "content",
    [
        b"<html><body>nothing</body></html>",
        b"<!DOCTYPE html><p>x",
        "<table><tr><td>主要内容</td></tr></table>".encode(),
        b"MIME-Version: 1.0\nContent-Type: multipart/related",
        b'<?xml version="1.0"?><a><b/></a>',
        OLD_XML[:400].encode(),
        OLD_XML.format("UTF-8").replace("<Workbook", '<!DOCTYPE w [<!ENTITY a "b">]><Workbook').encode(),
        b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
    ],
)
def test_other_files_called_xls_are_refused_in_words_for_a_clerk(content: bytes) -> None:
    with pytest.raises(Unreadable, match="另存为") as told:
        read_sheet(content)
    assert "<" not in str(told.value)


@pytest.mark.parametrize(
    ("part", "says"), [("mimetype", "另存为"), ("word/document.xml", "Word"), ("xl/workbook.bin", "xlsb")]
)
def test_other_packages_are_told_by_what_is_in_them(part: str, says: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr(part, "x")
    with pytest.raises(Unreadable, match=says):
        read_sheet(out.getvalue())


MARKS = (
    b"<![",
    b"<!",
    b"&#x110000;",
    b"9" * 5000,
    b'"',
    b"<td rowspan=9999 colspan=9999>",
    b"\x00",
    b"NaN",
    b"1e999",
    b"-1",
)


def damaged(content: bytes, chance: random.Random) -> bytes:
    """The same with a few bytes taken out, changed, or put in."""
    torn = bytearray(content)
    for _ in range(chance.randint(1, 5)):
        at = chance.randrange(len(torn))
        torn[at : at + chance.choice([0, 0, 1, 30])] = chance.choice([b"", b"\xff", *MARKS])
        torn = torn or bytearray(b"x")
    return bytes(torn)


def damaged_inside(content: bytes, chance: random.Random) -> bytes:
    """A workbook of which one part is damaged."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w") as after:
        hit = chance.choice(before.namelist())
        for name in before.namelist():
            after.writestr(name, damaged(before.read(name), chance) if name == hit else before.read(name))
    return out.getvalue()


@pytest.mark.parametrize("seed", range(20))
def test_a_damaged_file_is_read_or_refused_in_a_sentence(seed: int) -> None:
    chance = random.Random(seed)
    workbook = saved(book(("一", [HEADERS, ["1", "灯不亮", 3, 1.5], ["2", "=A1"]]), ("二", [HEADERS, ["3", "漏雨"]])))
    files = [PAGE.format("utf-8").encode(), OLD_XML.format("UTF-8").encode(), a_csv(["1", "灯\n不亮"]), workbook]
    for content in [damaged_inside(workbook, chance), *(damaged(text, chance) for text in files)]:
        try:
            sheet = read_sheet(content)
        except Unreadable:
            continue  # anything else it raises fails
        assert all(isinstance(cell, str) for line in sheet.lines for cell in line.cells.values())


# ── days ──


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026年3月4日上午9时", datetime(2026, 3, 4, 9)),
        ("2026年3月4日下午3点半", datetime(2026, 3, 4, 15, 30)),
        ("2026-03-04 下午 3:05", datetime(2026, 3, 4, 15, 5)),
        ("2026.3.4 晚上8:00", datetime(2026, 3, 4, 20)),
        ("2026-3-4 中午12:10", datetime(2026, 3, 4, 12, 10)),
        ("2026/03/04 9:30 AM", datetime(2026, 3, 4, 9, 30)),
        ("2026/03/04 12:05 am", datetime(2026, 3, 4, 0, 5)),
        ("2026/03/04 1:30:15 p.m.", datetime(2026, 3, 4, 13, 30, 15)),
        ("2026/3/4（周三）", datetime(2026, 3, 4)),
        ("2026年3月4日 星期三 14:20", datetime(2026, 3, 4, 14, 20)),
        ("２０２６年３月４日", datetime(2026, 3, 4)),
        ("二〇二六年三月二十日", datetime(2026, 3, 20)),
        ("二〇二六年十月十五日", datetime(2026, 10, 15)),
        ("2026.03.04.", datetime(2026, 3, 4)),
        ("26-3-4", datetime(2026, 3, 4)),
        ("26年3月4日", datetime(2026, 3, 4)),
        ("2026-03-04T17:00:00Z", datetime(2026, 3, 5, 1)),
        ("2026-03-04T09:30:00+08:00", datetime(2026, 3, 4, 9, 30)),
        ("2026-03-04 09:30:00 +0900", datetime(2026, 3, 4, 8, 30)),
        ("2026-03-04T20:00:00.000-05:00", datetime(2026, 3, 5, 9)),
    ],
)
def test_days_as_offices_write_them(written: str, meant: datetime) -> None:
    assert read_moment(written) == meant


@pytest.mark.parametrize(
    "written",
    [
        "3月5日",
        "3/5/26",
        "13/03/26",
        "26-03-16",
        "2026-3",
        "去年10月",
        "2026-02-29",
        "2026-03-05 24:00",
        "2026-3-5 晚上12时",
        "2026-3-5 25点",
    ],
)
def test_a_day_that_is_not_clear_is_not_guessed(written: str) -> None:
    with pytest.raises(Unclear):
        read_moment(written)


def test_days_of_a_workbook_that_counts_from_1904(cast: Cast) -> None:
    made = book(("一", [HEADERS]))
    made.epoch = MAC_EPOCH
    page = made.worksheets[0]
    page.append(["1", "按日期格式写", "", datetime(2026, 2, 11)])
    page.append(["2", "按数字写", "", 44602])
    assert [row.taken.said for row in planned(cast, saved(made)).fresh] == [datetime(2026, 2, 11)] * 2
