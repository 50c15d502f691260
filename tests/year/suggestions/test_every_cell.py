"""Nothing of a file is lost without a word: pages, merged cells, totals, numbers, encodings, days, places, channels."""

import io
from datetime import date, datetime

import openpyxl
import pytest

from tests.cast import Cast, place
from tests.factories.sheets import HEADERS, a_csv, a_page, book, planned, reasons, replaced, saved, texts
from yishiting.ground.places.models import Kind, Level
from yishiting.year.suggestions.actions import import_suggestions
from yishiting.year.suggestions.grids import Unreadable
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.suggestions.sheets import read_sheet, write_back

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
