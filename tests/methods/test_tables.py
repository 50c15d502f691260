"""Text files in columns, whatever parts the columns and whatever program wrote them; one reader for every command."""

import json
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from yishiting.methods.commands import main
from yishiting.methods.tables import DELIMITERS, Garbled, decoded, delimiter_of, records

SCORES = [["评委", "项目", "受益人群"], ["甲", "修路", "9"], ["乙", "修路", "7"]]
VOTES = [["person", "statement", "vote"], ["一", "灯", "1"], ["二", "灯", "-1"]]


@pytest.mark.parametrize("delimiter", DELIMITERS)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize(("command", "rows"), [("score", SCORES), ("opinions", VOTES)])
def test_a_table_reads_the_same_however_its_columns_are_parted(tmp_path, capsys, command, rows, encoding, delimiter):
    usual, other = tmp_path / "a.csv", tmp_path / "b.csv"
    usual.write_text("\n".join(map(",".join, rows)), encoding="utf-8")
    other.write_text("\n".join(map(delimiter.join, rows)), encoding=encoding)
    shown = []
    for file in (usual, other):
        assert main([command, str(file), "--json"]) == 0, capsys.readouterr().err
        shown.append(capsys.readouterr().out)
    assert shown[0] == shown[1]


@pytest.mark.parametrize("command", ["score", "opinions"])
def test_a_quotation_mark_left_open_is_told_with_its_line(tmp_path, capsys, command):
    rows = SCORES if command == "score" else VOTES
    file = tmp_path / "open.csv"
    file.write_text("\n".join(map(",".join, rows)) + '\n"丙,修路,8\n丁,修路,9\n', encoding="utf-8")
    assert main([command, str(file)]) == 1
    assert "第 4 行：有一格的引号没有闭合" in capsys.readouterr().err


def test_a_workbook_is_read_whatever_it_says_of_its_size_and_further_pages_are_named(tmp_path, capsys):
    book = Workbook()
    for row in SCORES:
        book.worksheets[0].append(row)
    book.create_sheet("另一组").append(["评委", "项目"])
    book.create_sheet("空的")
    book.save(tmp_path / "whole.xlsx")
    with ZipFile(tmp_path / "whole.xlsx") as whole, ZipFile(tmp_path / "said.xlsx", "w") as said:
        for name in whole.namelist():
            said.writestr(name, whole.read(name).replace(b'<dimension ref="A1:C3"', b'<dimension ref="A1"'))
    assert main(["score", str(tmp_path / "said.xlsx"), "--json"]) == 0
    shown = capsys.readouterr()
    assert [row["project"] for row in json.loads(shown.out)["rows"]] == ["修路"]
    assert "“另一组”里的内容没有读" in shown.err
    assert "空的" not in shown.err


def test_the_delimiter_is_the_one_under_which_the_headings_are_seen():
    assert delimiter_of("a;b,c;d\n1;2;3\n", {"a", "d"}.__contains__) == ";"
    assert delimiter_of("nothing known", {"a"}.__contains__) == ","


def test_rows_come_with_the_line_they_end_on():
    assert list(records('a,b\n"1\n2",3\n\n4,5')) == [(1, ["a", "b"]), (3, ["1\n2", "3"]), (4, []), (5, ["4", "5"])]


def test_what_is_no_text_is_said_to_be_none():
    assert decoded("一盏灯".encode() + b"\n" + "一棵树".encode("gb18030")) == "一盏灯\n一棵树"
    for content in (b"\x81\xff\x00\x01" * 50, "一盏灯\n".encode() + b"\x81\xff\xff"):
        with pytest.raises(Garbled):
            decoded(content)
