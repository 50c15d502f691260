"""Files as they come: encodings, dirt, wrong files; each refusal a sentence."""

import csv
import io
import time
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yishiting.year.suggestions.columns import COLUMNS, mapping
from yishiting.year.suggestions.grids import Unreadable
from yishiting.year.suggestions.moments import read_moment
from yishiting.year.suggestions.rows import Reader, RowRefused, checked_mapping, take
from yishiting.year.suggestions.sheets import Line, Sheet, read_sheet, write_back, write_template

TODAY = date(2026, 3, 5)
READER = Reader(TODAY, 10_000, ("枣营北里社区", "枣营北里"), {"意见箱": "box"})
HEADERS = ["留言编号", "留言主题", "留言时间", "留言详情", "点赞数"]


def as_csv(rows: list[list[str]], encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)


def as_xlsx(rows: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


ROWS = [HEADERS, ["1", "路灯", "2026-03-01", "路灯不亮", "0"], ["2", "车棚", "2026/3/1 9:05:00", "漏雨", "3"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_every_usual_encoding_reads_the_same(encoding: str) -> None:
    sheet = read_sheet(as_csv(ROWS, encoding))
    assert sheet.headers == tuple(HEADERS)
    assert [line.cells["留言详情"] for line in sheet.lines] == ["路灯不亮", "漏雨"]
    assert [line.number for line in sheet.lines] == [2, 3]


def test_tabs_titles_above_and_blank_rows() -> None:
    rows = [
        ["朝阳区 12345 工单"],
        [],
        HEADERS,
        ["1", "灯", "", "不亮", ""],
        ["", "", "", "", ""],
        ["2", "", "", "漏雨", ""],
    ]
    sheet = read_sheet(as_csv(rows, delimiter="\t"))
    assert [line.number for line in sheet.lines] == [4, 6]


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "，"])
def test_the_delimiter_is_the_one_that_shows_the_headings(delimiter: str) -> None:
    rows = [HEADERS, *([str(n), "灯", "", "，；，，，，，；；；；,,,,,,", ""] for n in range(20))]
    assert read_sheet(as_csv(rows, delimiter=delimiter)).headers == tuple(HEADERS)


def test_excel_cells_become_the_text_people_see() -> None:
    rows = [
        HEADERS,
        [188006, "灯", datetime(2026, 3, 1, 9, 5), "不亮_x000D_\n", 2.0],
        [None] * 5,
        [7, "", date(2026, 3, 1), "漏", 1.5],
    ]
    first, second = read_sheet(as_xlsx(rows)).lines
    assert first.cells == {
        "留言编号": "188006",
        "留言主题": "灯",
        "留言时间": "2026-03-01 09:05:00",
        "留言详情": first.cells["留言详情"],
        "点赞数": "2",
    }
    assert (second.number, second.cells["留言时间"], second.cells["点赞数"]) == (4, "2026-03-01", "1.5")


def test_a_column_without_heading_is_kept() -> None:
    sheet = read_sheet(as_csv([["", "留言详情", "", "备注"], ["0", "漏雨", "x", "y"]]))
    assert sheet.headers == ("第1列", "留言详情", "第3列", "备注")
    assert sheet.lines[0].cells["第3列"] == "x"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "文件是空的"),
        (b"  \n ", "文件是空的"),
        (b"%PDF-1.7 ...", "这是 PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版 Excel"),
        (b"\x89PNG\r\n", "图片"),
        (b"\xff\xd8\xff\xe0", "照片"),
        (b"PK\x03\x04broken", "打不开"),
        (b"\x81\xff\x00\x01" * 50, "编码不对"),
        ("姓名,年龄\n张三,5".encode(), "缺少“建议内容”"),
        ("甲,乙\n1,2".encode(), "没有找到写着建议内容的列"),
        ("留言详情,留言详情\n1,2".encode(), "有两列都叫“留言详情”"),
        (b'\xe7\x95\x99\xe8\xa8\x80\xe8\xaf\xa6\xe6\x83\x85\n"' + b"a" * 140_000, "引号没有闭合"),
    ],
)
def test_a_file_that_is_no_use_is_told_in_one_sentence(content: bytes, says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        checked_mapping(read_sheet(content))


def test_a_missing_column_names_those_that_are_there() -> None:
    with pytest.raises(Unreadable, match=r"缺少“建议内容”这一列.*留言编号、留言主题"):
        checked_mapping(Sheet(("留言编号", "留言主题"), ()))


def test_columns_of_the_hotline_and_of_the_template_are_known() -> None:
    hotline = ["工单编号", "类型", "标题", "主要内容", "来电人", "电话", "村/社区", "小区点位", "受理时间"]
    assert mapping(hotline) == {
        "number": "工单编号", "title": "标题", "text": "主要内容", "name": "来电人", "phone": "电话",
        "community": "村/社区", "where": "小区点位", "said": "受理时间",
    }  # fmt: skip
    assert set(mapping([column.heading for column in COLUMNS])) == {column.key for column in COLUMNS}
    assert mapping([" 建议内容* "]) == {"text": " 建议内容* "}


def row(**cells: str) -> Line:
    return Line(
        2,
        {
            name: cells.get(name, "")
            for name in ("编号", "标题", "建议内容", "提出时间", "姓名", "电话", "社区", "渠道", "类型")
        },
    )


COLUMNS_HERE = mapping(["编号", "标题", "建议内容", "提出时间", "姓名", "电话", "社区", "渠道"])


def test_a_row_is_kept_as_said_and_its_person_apart() -> None:
    taken = take(
        row(编号="7", 建议内容=" 车棚漏雨😀_x000D_ ", 姓名="陆某", 电话="138****1234", 类型="建议", 渠道="意见箱"),
        COLUMNS_HERE,
        READER,
    )
    assert (taken.text, taken.title, taken.number, taken.channel) == ("车棚漏雨😀", "车棚漏雨😀", "7", "box")
    assert (taken.name, taken.phone) == ("陆某", "138****1234")
    assert taken.original["建议内容"] == " 车棚漏雨😀_x000D_ "
    assert taken.original["类型"] == "建议"
    assert not {"姓名", "电话"} & set(taken.original)


def test_a_row_with_only_a_title_says_what_the_title_says() -> None:
    assert take(row(标题="请修路灯"), COLUMNS_HERE, READER).text == "请修路灯"


def test_nine_thousand_characters_are_kept() -> None:
    assert take(row(建议内容="长" * 9000), COLUMNS_HERE, READER).text == "长" * 9000


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({"编号": "1"}, "没有内容"),
        ({"建议内容": "长" * 10_001}, "10,001 字，超过 10,000 字"),
        ({"建议内容": "灯", "提出时间": "2026-02-30"}, "不存在"),
        ({"建议内容": "灯", "提出时间": "去年冬天"}, "看不懂时间"),
        ({"建议内容": "灯", "提出时间": "2026-03-06"}, "在今天之后"),
        ({"建议内容": "灯", "社区": "枣营南里社区"}, "不是枣营北里社区的"),
        ({"建议内容": "灯", "渠道": "托梦"}, "没有“托梦”这种渠道"),
        ({"建议内容": "灯", "编号": "9" * 61}, "超过 60 个字符"),
    ],
)
def test_a_row_that_cannot_be_taken_says_why(cells: dict[str, str], says: str) -> None:
    with pytest.raises(RowRefused, match=says):
        take(row(**cells), COLUMNS_HERE, READER)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2019-02-28T11:25:05", datetime(2019, 2, 28, 11, 25, 5)),
        ("2019/1/6 12:09:38", datetime(2019, 1, 6, 12, 9, 38)),
        ("2019年1月6日 9时5分", datetime(2019, 1, 6, 9, 5)),
        ("2019.1.6", datetime(2019, 1, 6)),
        ("20190106", datetime(2019, 1, 6)),
        ("20190106120938", datetime(2019, 1, 6, 12, 9, 38)),
        ("43471", datetime(2019, 1, 6)),
        ("43471.5", datetime(2019, 1, 6, 12)),
        ("2019-01-06 12:09:38.500", datetime(2019, 1, 6, 12, 9, 38)),
        ("", None),
    ],
)
def test_moments_as_people_and_spreadsheets_write_them(text: str, moment: datetime | None) -> None:
    assert read_moment(text) == moment


@given(st.datetimes(datetime(1990, 1, 1), datetime(2025, 12, 31)))
def test_both_time_formats_of_an_export_read_back(moment: datetime) -> None:
    plain = moment.replace(microsecond=0)
    assert read_moment(plain.isoformat()) == plain
    assert read_moment(f"{plain.year}/{plain.month}/{plain.day} {plain:%H:%M:%S}") == plain


def test_the_same_file_comes_back_with_its_reasons() -> None:
    sheet = read_sheet(as_csv([*ROWS, ["3", "=1+1", "x", "@SUM(A1)\x07", ""]]))
    back = openpyxl.load_workbook(io.BytesIO(write_back(sheet, {4: "看不懂时间"}))).worksheets[0]
    rows = [[cell.value for cell in line] for line in back.iter_rows()]
    assert rows[0] == [*HEADERS, "未收原因"]
    assert [line[-1] or "" for line in rows[1:]] == ["", "", "看不懂时间"]
    assert back["B4"].data_type == "s"
    again = read_sheet(write_back(sheet, {}))
    assert [line.cells["留言详情"] for line in again.lines] == ["路灯不亮", "漏雨", "@SUM(A1)"]


def test_the_template_is_read_back_as_ours() -> None:
    headings = [column.heading for column in COLUMNS]
    sheet = read_sheet(write_template(headings, [column.note for column in COLUMNS]))
    assert sheet.headers == tuple(headings)
    assert sheet.lines == ()


def rewritten(content: bytes, **parts: bytes) -> bytes:
    """A workbook some of whose parts were replaced by hand."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.get(Path(name).stem, old.read(name)))
    return out.getvalue()


SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'
ENTITIES = (
    b'<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    + SHEET % b'<row r="1"><c t="inlineStr"><is><t>&b;</t></is></c></row>'
)


@pytest.mark.parametrize(
    "parts",
    [
        {"sheet1": b"<worksheet"},
        {"sheet1": b"not xml at all"},
        {"sheet1": ENTITIES},
        {"sheet1": SHEET % b'<row r="x"><c r="A1"/></row>'},
        {"sheet1": SHEET % b'<row r="1"><c r="A1" t="s"><v>99999</v></c></row>'},
        {"sheet1": SHEET % b'<row r="1"><c r="A1" t="n"><v>many</v></c></row>'},
        {"workbook": b"<workbook"},
        {"styles": b"<styleSheet"},
    ],
)
def test_a_workbook_that_is_broken_inside_is_said_to_be_so(parts: dict[str, bytes]) -> None:
    with pytest.raises(Unreadable):
        read_sheet(rewritten(as_xlsx(ROWS), **parts))


def test_a_cell_at_the_end_of_the_world_costs_nothing() -> None:
    """One stray mark at XFD1048576: rows and columns up to it are not walked through one by one."""
    row = "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in HEADERS)
    far = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    content = SHEET % f'<row r="1">{row}</row><row r="2">{row.replace("留言详情", "灯不亮")}</row>{far}'.encode()
    begun = time.process_time()
    sheet = read_sheet(rewritten(as_xlsx(ROWS), sheet1=content))
    assert [line.cells["留言详情"] for line in sheet.lines] == ["灯不亮"]
    assert time.process_time() - begun < 5
