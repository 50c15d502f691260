"""Files as offices keep them: nothing in them is lost silently, nothing is taken in that nobody said."""

import contextlib
from datetime import datetime
from pathlib import Path

import pytest

from tests.cast import TODAY, Cast, place
from yishiting.ground.common.refused import Refused
from yishiting.ground.places.models import Kind, Level, Place
from yishiting.year.suggestions.actions import import_suggestions
from yishiting.year.suggestions.grids import Unreadable
from yishiting.year.suggestions.queries.importing import Plan, plan_import
from yishiting.year.suggestions.rows import read_moment
from yishiting.year.suggestions.rules import phone_digits

pytestmark = pytest.mark.django_db

FILES = Path(__file__).parent / "files"


def plan(cast: Cast, name: str = "", content: bytes = b"", here: Place | None = None) -> Plan:
    return plan_import(here or cast.zaobei, "hotline", content or (FILES / name).read_bytes(), TODAY)


def test_wps_says_a1(cast: Cast) -> None:
    p = plan(cast, "01-wps-dimension.xlsx")
    assert (p.rows, len(p.fresh)) == (5, 5)


def test_merged_cells(cast: Cast) -> None:
    p = plan(cast, "03-merged.xlsx")  # either filled down, or refused/warned row by row; never silently empty
    assert all(row.taken.where == "12号楼" and row.taken.said for row in p.fresh) or p.left


@pytest.mark.parametrize("name", ["05-html.xls", "05b-xml2003.xls"])
def test_xls_in_disguise(cast: Cast, name: str) -> None:
    try:
        taken = plan(cast, name)
    except (Refused, Unreadable) as said:  # a sentence for a clerk: what it is, what to do; no markup
        words = str(said)
    else:
        words = "另存为" if len(taken.fresh) == 1 else ""
    assert "另存为" in words
    assert "<" not in words


def test_unreachable_phone_is_said(cast: Cast) -> None:
    p = plan(cast, "07-phones.csv")  # 14 rows, all 希望联系=是
    reachable = {"乙", "丙", "丁", "庚", "癸", "子", "卯"}  # 138… written with 86, +86, wide digits, odd dashes, LRO
    got = {row.taken.name for row in p.fresh if phone_digits(row.taken.phone) == "13812345678"}
    assert reachable <= got
    told = " ".join(one.reason for one in p.left)
    assert "1.38E+10" in told or not any(row.taken.phone == "1.38E+10" for row in p.fresh)


def test_totals_and_error_values(cast: Cast) -> None:
    assert [row.taken.text for row in plan(cast, "09-two-line-header-total.xlsx").fresh] == ["路灯不亮", "车棚漏雨"]
    assert not [r.taken.text for r in plan(cast, "11-error-values.xlsx").fresh if r.taken.text.startswith("#")]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026年3月5日上午9时", datetime(2026, 3, 5, 9)),
        ("2026年3月5日下午3时", datetime(2026, 3, 5, 15)),
        ("2026-03-05 下午 3:05", datetime(2026, 3, 5, 15, 5)),
        ("2026/3/5（周四）", datetime(2026, 3, 5)),
        ("2026/03/05 9:30 AM", datetime(2026, 3, 5, 9, 30)),
    ],
)
def test_dates_as_offices_write_them(written: str, meant: datetime) -> None:
    assert read_moment(written) == meant


def test_neighbours_rows_are_not_taken(cast: Cast) -> None:
    short = place("110105012026", "枣营社区", Level.COMMUNITY, Kind.COMMUNITY, cast.maizidian)
    rows = "主要内容,村/社区\n北里的灯,枣营北里社区\n南里的灯,枣营南里社区\n本社区的灯,枣营社区\n"
    p = plan(cast, content=rows.encode(), here=short)
    assert [row.taken.line for row in p.fresh] == [4]


def test_same_file_under_another_channel(cast: Cast) -> None:
    rows = "工单编号,主要内容,来电人,电话\n1001,北门路灯不亮,甲,13900000001\n".encode()
    import_suggestions(cast.zaobei, by=cast.liu, channel="hotline", name="a.csv", content=rows)
    with contextlib.suppress(Refused):
        assert import_suggestions(cast.zaobei, by=cast.liu, channel="phone", name="a.csv", content=rows).accepted == 0


def test_1904_days_without_a_date_format(cast: Cast) -> None:
    said = [row.taken.said for row in plan(cast, "02-1904.xlsx").fresh]
    assert said == [datetime(2026, 2, 11), datetime(2026, 2, 11)] or len(said) == 1
