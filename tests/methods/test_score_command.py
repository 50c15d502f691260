"""`yishiting methods score`: files as clerks keep them, and lines named where they are wrong."""

import json
import re
from pathlib import Path

import pytest
from openpyxl import Workbook

from yishiting.methods.commands import main

DOC = Path(__file__).parents[2] / "docs" / "methods" / "scoring.md"
EXAMPLE = re.search(r"```csv\n(.*?)```", DOC.read_text(encoding="utf-8"), re.S)[1]
TABLE = "项目,甲,乙,丙,丁,戊\n修路,60,80,85,90,100\n加梯,81,82,83,84,回避\n"


@pytest.fixture
def run(tmp_path, capsys):
    def command(content: str | bytes, *words: str, name: str = "file.csv"):
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        code = main(["score", str(file), *words])
        out, err = capsys.readouterr()
        return code, out, err

    return command


def rows(out: str) -> dict[str, dict]:
    return {row["project"]: row for row in json.loads(out)["rows"]}


def test_the_documented_file_runs(run):
    found = rows(run(EXAMPLE, "--json")[1])
    assert found["加装电梯"]["mean"] == {"exact": "329/40", "decimal": "8.2250"}
    assert found["修整绿地"]["figure"]["decimal"] == "7.9000"
    assert (found["修整绿地"]["recused"], found["修整绿地"]["missing"]) == (1, 0)


def test_a_table_of_totals_with_a_column_per_judge(run):
    code, out, _ = run(TABLE, "--json", "--funded", "1")
    found = rows(out)
    assert code == 0
    assert (found["修路"]["figure"]["exact"], found["修路"]["place"], found["修路"]["funded"]) == ("85", 1, True)
    assert found["加梯"]["recused"] == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_encodings_spreadsheets_write(run, encoding):
    assert rows(run(TABLE.encode(encoding), "--json")[1]).keys() == {"修路", "加梯"}


def test_a_workbook_says_the_same_as_the_text_file(run, tmp_path, capsys):
    book = Workbook()
    for line in EXAMPLE.strip().splitlines():
        cells = line.split(",")
        book.active.append([float(c) if re.fullmatch(r"[\d.]+", c) else c or None for c in cells])
    book.save(tmp_path / "sheets.xlsx")
    assert main(["score", str(tmp_path / "sheets.xlsx"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads(run(EXAMPLE, "--json")[1])


def test_people_read_places_figures_and_warnings(run):
    out = run(TABLE.replace("回避", ""), "--funded", "1", "--method", "mean")[1]
    assert "按平均分排序" in out
    assert "1  修路：83.00" in out
    assert "2  加梯：82.50（平均 82.50，中位 82.50" in out


def test_equals_wait_for_the_lot(run):
    equal = "项目,甲\n修路,80\n加梯,80\n"
    assert "待公开抽签：修路、加梯" in run(equal, "--funded", "1")[1]
    assert rows(run(equal, "--funded", "1", "--lot", "加梯，修路", "--json")[1])["加梯"]["funded"] is True


def test_a_second_entry_is_compared_first(run, tmp_path):
    again = tmp_path / "again.csv"
    again.write_text(EXAMPLE.replace("7.5", "5.7"), encoding="utf-8")
    code, out, _ = run(EXAMPLE, "--second", str(again))
    assert code == 1
    assert "王芳对加装电梯的“可持续”：第一次 15/2，第二次 57/10" in out
    again.write_text(EXAMPLE, encoding="utf-8")
    assert run(EXAMPLE, "--second", str(again))[0] == 0
    again.write_text(EXAMPLE.replace("×0.4", "×0.5"), encoding="utf-8")
    assert "评分标准" in run(EXAMPLE, "--second", str(again))[2]


@pytest.mark.parametrize(
    ("content", "line", "part"),
    [
        ("", 1, "空的"),
        ("评委,分数\n甲,3\n", 1, "缺少“项目”"),
        ("评委,项目\n甲,修路\n", 1, "没有评分标准"),
        ("评委,项目,分\n", 1, "没有评分"),
        ("评委,项目,分,分\n甲,修路,1,2\n", 1, "“分”出现两次"),
        ("评委,项目,分\n甲,修路,1\n\n,加梯,2\n", 4, "“评委”一栏是空的"),
        ("评委,项目,分\n甲,修路,九\n", 2, "应为数字，现为“九”"),
        ("评委,项目,分×1.2.3\n甲,修路,9\n", 1, "不是可用的比例"),
        (b"project,a\n\xff\xff\xff", 2, "既不是 UTF-8"),
    ],
)
def test_a_broken_file_is_told_line_and_reason(run, content, line, part):
    code, _, err = run(content)
    assert code == 1
    assert f"第 {line} 行" in err
    assert part in err


def test_a_score_above_full_marks_names_judge_and_project(run):
    assert "王芳对加装电梯的“受益人群”为 11.00" in run(EXAMPLE.replace("电梯,9,", "电梯,11,"))[2]


def test_a_workbook_that_is_none_is_said(run, tmp_path):
    assert "XLSX" in run("no zip", name="file.xlsx")[2]
    assert main(["score", str(tmp_path / "none.xlsx")]) == 1


def test_what_is_wrong_with_a_sheet_is_told_with_its_line(tmp_path, capsys):
    """Faults found by the method, not by the reader."""
    file = tmp_path / "sheets.csv"
    for body, said in (
        ("甲,花坛,11\n", "第 2 行：甲对花坛的“分”为 11.00，不在 0 至 10 之间"),
        ("甲,花坛,9\n甲,花坛,8\n", "第 3 行：甲对花坛有两份评分表"),
        ("甲,花坛,9,7\n", "第 2 行：表头只有 3 列，这一行有 4 列"),
    ):
        file.write_text("评委,项目,分/10\n" + body, encoding="utf-8")
        assert main(["score", str(file)]) == 1
        assert said in capsys.readouterr().err
    file.write_text("评委,项目,分/10\n甲,花坛,9\n甲,路灯,9\n", encoding="utf-8")
    for lot, said in (("花坛,路登", "“路登”不在名单上"), ("花坛,花坛", "“花坛”写了两次")):
        assert main(["score", str(file), "--funded", "1", "--lot", lot]) == 1
        assert said in capsys.readouterr().err
