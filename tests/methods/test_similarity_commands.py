"""`similar`, `similar-to`, `classify` on files: what they write and what they say of broken ones."""

import csv
import json

import pytest

from yishiting.methods.commands import main

HEADER = "留言编号,留言主题,留言详情,组\n"
ROWS = [
    ("1", "柳荫小区底商油烟扰民", "楼下烧烤店油烟太大，无法开窗", "a"),
    ("2", "反映柳荫小区一楼油烟", "柳荫小区烧烤店排烟", "a"),
    ("3", "杏坛家园底商油烟扰民", "楼下烧烤店油烟太大，无法开窗", "b"),
    ("4", "槐安路路灯不亮", "  夜里很黑 _x000D_ ", ""),
    ("5", "柳荫小区底商油烟扰民！", "楼下烧烤店油烟太大，无法开窗。", "a"),
    ("6", "枫桥村公交车太少", "等车半小时", ""),
]


@pytest.fixture
def messages(tmp_path):
    return written(tmp_path / "messages.csv", HEADER + "".join(",".join(row) + "\n" for row in ROWS))


def written(path, text, encoding="utf-8"):
    path.write_bytes(text.encode(encoding))
    return str(path)


def table(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_similar_writes_one_cluster_for_every_message(messages, tmp_path, capsys):
    out, pairs = tmp_path / "out.csv", tmp_path / "pairs.csv"
    assert main(["similar", messages, "--labels", "组", "--out", str(out), "--pairs", str(pairs)]) == 0
    clusters = {row["id"]: row["cluster"] for row in table(out)}
    assert set(clusters) == {row[0] for row in ROWS}
    assert clusters["1"] == clusters["2"] == clusters["5"]
    assert len({clusters[message] for message in ("1", "3", "4", "6")}) == 4
    assert "F1 1.0000" in capsys.readouterr().out
    found = {frozenset((row["id_a"], row["id_b"])): row for row in table(pairs)}
    assert "文字完全相同" in found[frozenset("15")]["reasons"]
    assert found[frozenset("15")]["proposed"] == "1"
    assert "地点不同" in found[frozenset("13")]["conflicts"]
    assert found[frozenset("13")]["proposed"] == "0"


def test_similar_as_json_carries_the_rule(messages, capsys):
    assert main(["similar", messages, "--json", "--threshold", "0.5"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["rule"]["options"]["threshold"] == 0.5
    assert ["1", "2", "5"] in result["groups"]
    assert result["messages"] == len(ROWS)


def test_similar_to_answers_with_reasons(messages, capsys):
    assert main(["similar-to", messages, "--text", "柳荫小区烧烤", "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["matches"][0]["id"] in {"1", "2", "5"}
    assert any("柳荫小区" in reason["chinese"] for reason in result["matches"][0]["reasons"])


def test_files_of_old_spreadsheets_are_read(tmp_path, capsys):
    old = written(tmp_path / "old.csv", HEADER + "1,柳荫小区油烟,详情,\n2,杏坛家园停车,详情,\n", "gb18030")
    assert main(["similar", old, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["messages"] == 2


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("编号,标题\n1,甲\n", "第 1 行：没有列“留言编号”“留言主题”“留言详情”"),
        (HEADER + "1,甲,乙,\n,丙,丁,\n", "第 3 行：没有编号"),
        (HEADER + "1,甲,乙,\n1,丙,丁,\n", "第 3 行：编号 1 与第 2 行重复"),
        (HEADER + "1,甲\n", "第 2 行：应有 4 列，实有 2 列"),
        (HEADER + "1,甲,\0,\n", "第 2 行：有空字符"),
        ("留言编号,留言编号,留言主题,留言详情\n", "列名重复"),
        ("", "没有列"),
    ],
)
def test_a_broken_file_is_told_line_and_fault(tmp_path, capsys, text, says):
    assert main(["similar", written(tmp_path / "broken.csv", text)]) == 1
    assert says in capsys.readouterr().err


def test_an_unknown_encoding_is_told(tmp_path, capsys):
    path = tmp_path / "broken.csv"
    path.write_bytes(HEADER.encode() + "1,甲,乙,\n2,".encode() + b"\xff\xff\x81" + b",,\n")
    assert main(["similar", str(path)]) == 1
    assert "第 3 行" in capsys.readouterr().err


def test_a_threshold_out_of_range_and_an_empty_question_are_refused(messages, capsys):
    assert main(["similar", messages, "--threshold", "0"]) == 1
    assert main(["similar-to", messages, "--text", "？"]) == 1
    assert main(["similar", "no-such-file.csv"]) == 1
    assert "请先写几个字" in capsys.readouterr().err


def test_classify_learns_from_one_file_and_measures_on_the_other(tmp_path, capsys):
    learnt = "留言编号,留言主题,留言详情,类别\n" + "".join(
        f"{n},{place}{said},,{label}\n"
        for n, (place, said, label) in enumerate(
            (place, said, label)
            for place in ("柳荫小区", "杏坛家园", "槐安路")
            for said, label in (
                ("公交车太少", "交通"),
                ("路口拥堵", "交通"),
                ("垃圾清运", "环境"),
                ("河道异味", "环境"),
            )
        )
    )
    train = written(tmp_path / "train.csv", learnt)
    test = written(tmp_path / "test.csv", "留言编号,留言主题,留言详情,类别\n8,枫桥村公交车,,交通\n9,枫桥村垃圾,,环境\n")
    out = tmp_path / "out.csv"
    assert main(["classify", train, "--label", "类别", test, "--out", str(out), "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert [row["label"] for row in result["proposals"]] == ["交通", "环境"]
    assert result["figures"]["macro_f1"] == 1
    assert [row["label"] for row in table(out)] == ["交通", "环境"]


def test_classify_says_what_is_missing(tmp_path, capsys):
    one = written(tmp_path / "one.csv", "留言编号,留言主题,留言详情,类别\n1,甲,,交通\n2,乙,,交通\n")
    gap = written(tmp_path / "gap.csv", "留言编号,留言主题,留言详情,类别\n1,甲,,交通\n2,乙,,\n")
    assert main(["classify", one, "--label", "类别", one]) == 1
    assert main(["classify", gap, "--label", "类别", one]) == 1
    said = capsys.readouterr().err
    assert "至少要有两个类别" in said
    assert "第 3 行：没有类别" in said
