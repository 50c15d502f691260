"""Nothing of a file is lost without a word: pages, merged cells, totals, numbers, encodings, days, places, channels."""

import csv
import io
import random
import zipfile
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.datetime import MAC_EPOCH

from tests.cast import TODAY, Cast, place
from yishiting.ground.places.models import Kind, Level, Place
from yishiting.year.suggestions.actions import import_suggestions
from yishiting.year.suggestions.grids import Unreadable
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.suggestions.moments import Unclear, read_moment
from yishiting.year.suggestions.queries.importing import Plan, plan_import
from yishiting.year.suggestions.sheets import read_sheet, write_back

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


# ── pages, sizes, merged cells ──


@pytest.mark.parametrize("size", [b"A1", b"A1:A1", b"A1:B2", b"A1:ZZ9"])
def test_what_a_file_says_of_its_own_size_is_not_believed(cast: Cast, size: bytes) -> None:
    content = a_page(*([f"N{n}", f"第{n}盏灯不亮"] for n in range(4)))
    assert len(planned(cast, replaced(content, b"A1:G5", size)).fresh) == 4


def test_every_page_with_suggestions_is_read_under_its_own_headings(cast: Cast) -> None:
    months = book(
        ("1月", [HEADERS, ["a1", "楼道灯不亮"]]),
        ("2月", [["二月来信"], ["详情", "编号"], ["车棚漏雨", "b1"], ["", "b2"]]),
        ("名单", [["姓名", "电话"], ["陆某", "13800000001"]]),
        ("旧的", [HEADERS, ["c1", "旧的一条"]]),
        ("空的", []),
    )
    months["旧的"].sheet_state = "hidden"
    plan = planned(cast, saved(months))
    assert texts(plan) == ["楼道灯不亮", "车棚漏雨"]
    assert [row.line for row in plan.left] == ["2月!4"]
    said = [one.says for one in plan.remarks]
    assert any("“名单”有 2 行" in one for one in said)
    assert any("“旧的”有 2 行，是隐藏的" in one for one in said)
    assert len(said) == 2


def test_reasons_go_back_to_the_page_they_belong_to(cast: Cast) -> None:
    content = saved(book(("甲", [HEADERS, ["1", "灯不亮"], ["2", "/"]]), ("乙", [HEADERS, ["3", "同上"]])))
    back = openpyxl.load_workbook(io.BytesIO(write_back(read_sheet(content), planned(cast, content).reasons())))
    assert [page.title for page in back.worksheets] == ["建议", "乙"]
    assert "没有说是什么事" in back.worksheets[0].cell(3, 8).value
    assert "同上" in back.worksheets[1].cell(2, 8).value


def test_merged_cells_hold_for_every_row_they_cover(cast: Cast) -> None:
    made = book(("一", [HEADERS, ["1", "单元门坏了", "12号楼", datetime(2026, 2, 11), "陆某", 13800000001, "是"]]))
    page = made.worksheets[0]
    page.append(["2", "门禁失灵"])
    page.append([])
    page.append(["3", "对讲不响"])
    for column in "CDEFG":
        page.merge_cells(f"{column}2:{column}5")
    page.append(["4", "别处的灯"])
    rows = planned(cast, saved(made)).fresh
    assert [(row.taken.where, row.taken.name, row.taken.said) for row in rows[:3]] == [
        ("12号楼", "陆某", datetime(2026, 2, 11))
    ] * 3
    assert (rows[3].taken.where, rows[3].taken.said, len(rows)) == ("", None, 4)


def test_two_lines_of_headings_and_headings_printed_again(cast: Cast) -> None:
    made = book(
        (
            "汇总",
            [
                ["枣营北里社区意见建议汇总"],
                ["序号", "来源", None, "反映内容", "备注"],
                [None, "渠道", "时间"],
                [1, "意见箱", datetime(2026, 2, 11), "路灯不亮", "急"],
                ["序号", "渠道", "时间", "反映内容", "备注"],
                [2, "电话", datetime(2026, 2, 12), "车棚漏雨"],
                ["合 计", None, None, "2条"],
                ["填表人：小刘", None, None, None, "2026年2月28日"],
            ],
        )
    )
    page = made.worksheets[0]
    for cells in ("A2:A3", "B2:C2", "D2:D3", "E2:E3"):
        page.merge_cells(cells)
    plan = planned(cast, saved(made))
    assert [(row.taken.text, row.channel, row.taken.said) for row in plan.fresh] == [
        ("路灯不亮", "box", datetime(2026, 2, 11)),
        ("车棚漏雨", "phone", datetime(2026, 2, 12)),
    ]
    assert plan.fresh[0].taken.original["备注"] == "急"
    assert [row.line for row in plan.left] == [5, 7, 8]
    assert all(word in reasons(plan) for word in ("表头", "合计", "填表人"))


def test_a_table_that_goes_on_with_its_columns_in_another_order_is_read_in_that_order(cast: Cast) -> None:
    rows = [["地点", "建议内容"], ["3号楼", "灯不亮"], ["建议内容", "地点"], ["车棚漏雨", "5号楼"]]
    plan = planned(cast, saved(book(("一", rows))))
    assert [(row.taken.text, row.taken.where) for row in plan.fresh] == [("灯不亮", "3号楼"), ("车棚漏雨", "5号楼")]


# ── values that are no words ──


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("#N/A", "错误值"),
        ("#DIV/0!", "错误值"),
        ("＃REF！", "错误值"),
        ("####", "错误值"),
        ("Err:502", "错误值"),
        ("同上", "同上"),
        ("同上。", "同上"),
        ("/", "没有说是什么事"),
        ("——", "没有说是什么事"),
        ("暂无", "没有说是什么事"),
        ("12", "没有说是什么事"),
        ("共 12 条", "像是合计"),
        ("建议内容", "表头"),
        ("审核人：王某", "填表人"),
        ("半句话\ufffd", "乱码"),
    ],
)
def test_what_is_no_suggestion_is_held_back_with_its_reason(cast: Cast, text: str, why: str) -> None:
    plan = planned(cast, a_csv(["1", text, "3号楼"], ["2", "灯不亮", "3号楼"]))
    assert texts(plan) == ["灯不亮"]
    assert why in reasons(plan)


@pytest.mark.parametrize(
    "text", ["12号楼灯不亮", "同上次一样，灯又坏了", "合计应当公布", "无障碍坡道", "内容要公开", "=3号楼"]
)
def test_words_that_only_look_like_that_are_taken(cast: Cast, text: str) -> None:
    assert texts(planned(cast, a_csv(["1", text]))) == [text]


def test_an_error_in_any_column_we_read_holds_the_row_back(cast: Cast) -> None:
    plan = planned(cast, a_csv(["1", "灯不亮", "#REF!"], ["2", "漏雨", "", "", "#N/A"]))
    assert [row.reason[:4] for row in plan.left] == ["“地点”", "“提出人"]


def test_a_formula_that_was_never_computed_is_not_an_empty_cell(cast: Cast) -> None:
    plan = planned(cast, a_page(["1", "灯不亮", "=VLOOKUP(A2,Z:Z,1,0)"], ["2", "=B2"], ["3", "漏雨"]))
    assert texts(plan) == ["漏雨"]
    assert reasons(plan).count("错误值") == 2


def test_the_same_as_above_is_what_stands_above(cast: Cast) -> None:
    plan = planned(
        cast,
        a_csv(["1", "灯不亮", "3号楼", "2026-3-1", "陆某"], ["2", "漏雨", "同上", "〃", "同上"], ["3", "异响", "同上"]),
    )
    assert [(row.taken.where, row.taken.name) for row in plan.fresh] == [("3号楼", "陆某")] * 2 + [("3号楼", "")]
    assert "上面一行没有" in reasons(planned(cast, a_csv(["1", "灯不亮", "同上"])))


def test_long_numbers_keep_their_digits_or_are_held_back(cast: Cast) -> None:
    plan = planned(
        cast,
        a_page(
            [123456789012345, "甲的灯"],
            ["110105199001011237", "乙的灯"],
            [110105199001011000, "丙的灯"],
            [1.10105199001011e17, "丁的灯"],
            ["5", "戊的灯", "", "", "", 13800000001.0],
            ["6", "己的灯", "", "", "", "1.38E+10"],
        ),
    )
    assert [row.taken.number for row in plan.fresh] == ["123456789012345", "110105199001011237", "5"]
    assert plan.fresh[2].taken.phone == "13800000001"
    assert reasons(plan).count("后面几位已经丢失") == 3
    assert "1.38E+10" in reasons(plan)


def test_who_wants_to_be_reached_and_cannot_be_is_said_before_it_is_brought_in(cast: Cast) -> None:
    plan = planned(
        cast,
        a_csv(
            ["1", "灯", "", "", "甲", "wx_lihua88", "是"],
            ["2", "雨", "", "", "乙", "", "是"],
            ["3", "门", "", "", "丙", "13800000001", "是"],
            ["4", "树", "", "", "丁", "", "看情况"],
        ),
    )
    assert len(plan.fresh) == 4
    assert [one.line for one in plan.remarks] == [2, 3, 5]


# ── text files ──


def test_lines_of_two_encodings_in_one_file(cast: Cast) -> None:
    content = "建议内容,地点\n楼道灯不亮,三号楼\n".encode() + "车棚漏雨,五号楼\n".encode("gb18030")
    assert texts(planned(cast, content)) == ["楼道灯不亮", "车棚漏雨"]
    assert texts(planned(cast, "建议内容\n联通\n".encode("gb18030"))) == ["联通"]


def test_a_character_cut_in_half_holds_its_row_back_and_no_other(cast: Cast) -> None:
    whole = "楼道里的灯已经坏了很久没有人来修，晚上走路很危险，请尽快修好"
    content = f"建议内容\n{whole}\n".encode() + f"{whole}啊".encode()[:-1] + "\n车棚漏雨\n".encode()
    plan = planned(cast, content)
    assert (texts(plan), "乱码" in reasons(plan)) == ([whole, "车棚漏雨"], True)


@pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be"])
def test_wide_text_without_a_mark(cast: Cast, order: str) -> None:
    assert texts(planned(cast, "编号\t建议内容\n1\t灯不亮\n".encode(order))) == ["灯不亮"]


def test_a_row_with_cells_too_many_or_torn_apart_is_not_guessed_at(cast: Cast) -> None:
    rows = "原编号,建议内容,地点,提出人\n1,灯不亮,3号楼,甲\n2,灯不亮,很黑,3号楼,乙\n3,漏\n雨,5号楼,丙\n4,异响,1号楼,丁\n5,风大,2号楼,\n"
    plan = planned(cast, rows.encode())
    assert texts(plan) == ["灯不亮", "异响", "风大"]
    assert [row.line for row in plan.left] == [3, 4, 5]
    assert "多出几格" in reasons(plan)
    assert reasons(plan).count("断成了几行") == 2


def test_rows_may_end_before_the_last_columns(cast: Cast) -> None:
    assert len(planned(cast, "原编号,建议内容,地点,提出人\n1,灯不亮\n2,漏雨\n3,异响,2号楼\n".encode()).fresh) == 3


def test_a_quotation_mark_left_open_is_told_with_its_line(cast: Cast) -> None:
    with pytest.raises(Unreadable, match="第 3 行"):
        planned(cast, '建议内容,地点\n灯不亮,甲\n"漏雨,乙\n异响,丙\n'.encode())
    swallowed = '原编号,建议内容,地点,提出人\n1,"灯不亮,甲,\n2,漏雨",乙,\n3,异响,丙,\n4,"风,大\n雨大",丁,\n'
    plan = planned(cast, swallowed.encode())
    assert texts(plan) == ["异响", "风,大\n雨大"]
    assert "并进了后面的几行" in reasons(plan)


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


# ── places, channels, our own files ──


@pytest.mark.parametrize(
    ("written", "own"),
    [
        ("枣营北里社区", True),
        ("枣营北里", True),
        ("麦子店街道枣营北里社区居委会", True),
        ("北京市朝阳区 麦子店街道 枣营北里", True),
        ("枣营社区", False),
        ("枣营", False),
        ("北里", False),
        ("社区", False),
        ("枣营北里东社区", False),
        ("枣营南里社区", False),
        ("麦子店街道", False),
    ],
)
def test_a_place_is_known_by_its_whole_name(cast: Cast, written: str, own: bool) -> None:
    plan = planned(cast, f"主要内容,所属社区\n路灯不亮,{written}\n".encode())
    assert (len(plan.fresh) == 1) is own


def test_rows_of_places_whose_names_hold_ours_are_theirs(cast: Cast) -> None:
    short = place("110105012026", "枣营社区", Level.COMMUNITY, Kind.COMMUNITY, cast.maizidian)
    rows = "主要内容,村/社区\n北里的灯,枣营北里社区\n南里的灯,枣营南里社区\n本社区的灯,枣营社区\n"
    assert [row.taken.line for row in planned(cast, rows.encode(), short).fresh] == [4]


def test_a_file_brought_in_under_another_channel_is_there_already(cast: Cast) -> None:
    rows = [["1001", "北门路灯不亮", "", "2026-3-1", "甲", "13900000001"], ["", "没有编号的话", "", "", "乙", ""]]
    import_suggestions(cast.zaobei, by=cast.liu, channel="hotline", name="a.csv", content=a_csv(*rows))
    for content in (a_csv(*rows), a_page(*rows)):
        plan = planned(cast, content, channel="phone")
        assert (len(plan.fresh), plan.duplicates) == (0, 2)
    assert "12345转入" in reasons(plan)
    other = a_csv(["1001", "北门路灯不亮", "", "2026-3-1", "丙", ""])
    assert len(planned(cast, other, channel="phone").fresh) == 1


def test_our_own_list_brought_in_again_is_there_already(cast: Cast) -> None:
    import_suggestions(cast.zaobei, by=cast.liu, channel="box", name="a.csv", content=a_csv(["1", "北门路灯不亮"]))
    receipt = Suggestion.objects.get().receipt
    made = book(
        (
            "建议登记表",
            [["建议登记表"], ["受理号", "标题", "渠道", "建议内容"], [receipt, "灯", "意见箱", "北门路灯不亮"]],
        )
    )
    plan = planned(cast, saved(made))
    assert (len(plan.fresh), plan.duplicates) == (0, 1)


def test_what_was_not_taken_can_be_mended_and_brought_in_again(cast: Cast) -> None:
    content = a_csv(["1", "灯不亮"], ["2", "漏雨", "", "2026-02-30"])
    import_suggestions(cast.zaobei, by=cast.liu, channel="box", name="a.csv", content=content)
    back = openpyxl.load_workbook(io.BytesIO(write_back(read_sheet(content), planned(cast, content).reasons())))
    back.worksheets[0].cell(3, 4).value = date(2026, 2, 28).isoformat()
    again = planned(cast, saved(back))
    assert (texts(again), again.duplicates) == (["漏雨"], 1)
