"""Files kept just as offices sent them: each row is brought in, or held back with its reason."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from tests.cast import TODAY, Cast
from yishiting.doors.commands.main import main
from yishiting.year.suggestions.grids import Unreadable
from yishiting.year.suggestions.queries.importing import Plan, plan_import
from yishiting.year.suggestions.rules import phone_digits

pytestmark = pytest.mark.django_db
FILES = Path(__file__).with_name("files")


def planned(cast: Cast, file: str) -> Plan:
    return plan_import(cast.zaobei, "hotline", (FILES / file).read_bytes(), TODAY)


def texts(plan: Plan) -> list[str]:
    return [row.taken.text for row in plan.fresh]


def test_a_sheet_that_gives_its_size_as_one_cell_has_all_its_rows(cast: Cast) -> None:
    plan = planned(cast, "01-wps-dimension.xlsx")
    assert plan.rows == len(plan.fresh) == 5


def test_a_place_and_a_day_written_once_over_four_rows_are_those_of_all_four(cast: Cast) -> None:
    rows = planned(cast, "03-merged.xlsx").fresh
    assert [(row.taken.where, row.taken.said) for row in rows] == [("12号楼", datetime(2026, 2, 11))] * 4


def test_a_day_is_the_same_as_a_date_and_as_a_bare_number(cast: Cast) -> None:
    assert [row.taken.said for row in planned(cast, "02-1904.xlsx").fresh] == [datetime(2026, 2, 11)] * 2


def test_a_web_page_named_as_a_workbook_is_read(cast: Cast) -> None:
    assert texts(planned(cast, "05-html.xls")) == ["路灯不亮"]


def test_headings_alone_named_as_a_workbook_are_refused_with_the_way_out(cast: Cast) -> None:
    with pytest.raises(Unreadable, match="另存为") as refused:
        planned(cast, "05b-xml2003.xls")
    assert "<" not in str(refused.value)


def test_a_telephone_is_one_number_in_every_spelling_and_a_lost_one_is_held_back(cast: Cast) -> None:
    plan = planned(cast, "07-phones.csv")
    one_number = {row.taken.name for row in plan.fresh if phone_digits(row.taken.phone) == "13812345678"}
    assert one_number == set("乙丙丁戊庚癸子卯")
    assert [row.line for row in plan.left if "1.38E+10" in row.reason] == [2]


def test_sums_and_failed_formulas_are_nobodys_words(cast: Cast) -> None:
    assert texts(planned(cast, "09-two-line-header-total.xlsx")) == ["路灯不亮", "车棚漏雨"]
    assert not [text for text in texts(planned(cast, "11-error-values.xlsx")) if text.startswith("#")]


def test_the_counting_names_the_voter_who_is_in_the_file_twice(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["yishiting", "methods", "budget", str(FILES / "dup-voter.pb"), "--rule", "greedy", "--json"])
    (remark, *_more) = json.loads(capsys.readouterr().out)["remarks"]
    assert "5" in remark
    assert "重复" in remark
