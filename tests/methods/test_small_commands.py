"""The commands on JSON files: the documented examples run, broken files are told where."""

import json
import re
from pathlib import Path

import pytest

from yishiting.methods.commands import main

DOCS = Path(__file__).parents[2] / "docs" / "methods"


def example(name: str) -> str:
    """The JSON file shown in the documentation of a method."""
    return re.search(r"```json\n(.*?)```", (DOCS / f"{name}.md").read_text(encoding="utf-8"), re.S)[1]


@pytest.fixture
def run(tmp_path, capsys):
    def command(name: str, content: str | bytes, *words: str):
        file = tmp_path / "file.json"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        code = main([name, str(file), *words])
        out, err = capsys.readouterr()
        return code, out, err

    return command


def test_the_documented_seat_plan_runs(run):
    code, out, _ = run("seats", example("seats"), "--json")
    kept = json.loads(out)
    assert code == 0
    assert sum(kept["seats"].values()) == kept["total"] == 15
    assert kept["seats"] == {"甲社区": 5, "乙社区": 3, "丙社区": 2, "两委一站": 3, "驻区单位": 2}


def test_a_plan_set_by_hand_is_checked(run):
    file = json.loads(example("seats"))
    del file["total"]
    assert run("seats", json.dumps(file | {"seats": [5, 3, 2, 3, 2]}))[0] == 0
    code, out, _ = run("seats", json.dumps(file | {"seats": [3, 2, 1, 3, 3]}), "--json")
    assert code == 1
    assert json.loads(out)["broken"] == ["社区（村）代表须超过半数", "驻区单位固定 2 席"][::-1]


def test_a_plan_that_cannot_be_is_refused_in_one_sentence(run):
    code, out, err = run("seats", example("seats").replace('"total": 15', '"total": 9'))
    assert (code, out) == (1, "")
    assert "合计 9 席" in err
    assert "Traceback" not in err


def test_the_documented_election_runs_and_says_who_is_elected(run):
    code, out, _ = run("elect", example("elections"), "--json")
    kept = json.loads(out)
    assert (code, kept["outcome"], kept["elected"]) == (0, "complete", ["李明", "陆阿姨"])
    assert "当选" in run("elect", example("elections"))[1]


def test_ballots_are_counted_and_invalid_ones_named(run):
    file = json.loads(example("elections"))
    del file["tally"]
    file |= {
        "entitled": 4,
        "issued": 4,
        "ballots": [
            ["李明"],
            {"for": ["李明", "王芳"], "against": ["陆阿姨"]},
            {"unreadable": True},
            ["李明", "陆阿姨", "王芳"],
        ],
    }
    kept = json.loads(run("elect", json.dumps(file), "--json")[1])
    assert (kept["tally"]["returned"], kept["tally"]["invalid"]) == (4, 2)
    assert [one["number"] for one in kept["invalid_ballots"]] == [3, 4]


def test_two_entries_that_differ_are_named_and_nothing_is_judged(run):
    file = json.loads(example("elections"))
    second = json.loads(json.dumps(file["tally"]))
    second["counts"][1]["in_favour"] = 17
    code, out, _ = run("elect", json.dumps(file | {"second_tally": second}))
    assert code == 1
    assert "陆阿姨的赞成票：第一次录入 16，第二次录入 17" in out
    assert "当选" not in out


def test_the_documented_lot_is_announced_and_drawn(run):
    file = json.loads(example("lot"))
    drawn = json.loads(run("lot", json.dumps(file), "--json")[1])
    assert len(drawn["drawn"]) == 2
    del file["sources"][0]["numbers"]
    announced = json.loads(run("lot", json.dumps(file), "--json")[1])
    assert announced == {"announcement": drawn["announcement"], "fingerprint": drawn["fingerprint"]}


@pytest.mark.parametrize(
    ("name", "change", "line", "part"),
    [
        ("seats", lambda text: text.replace("2210", '"许多"'), 6, "constituencies.第2项.weight：应为整数"),
        ("seats", lambda text: text.replace('"weight": 1105, ', ""), 7, "缺少“weight”"),
        ("seats", lambda text: text.replace("least_each", "least_each_one"), 2, "不认识这个字段"),
        ("seats", lambda text: text.replace("largest_remainder", "biggest"), 2, "不在可选范围内：largest_remainder"),
        ("seats", lambda text: text.replace('"1/2"', '"一半"'), 3, "不是可用的比例"),
        ("seats", lambda text: text.replace('"weight": 2210,', '"weight": 2210'), 6, "不是有效的 JSON"),
        ("seats", lambda text: text.replace('["单位"]', '"单位"'), 9, "应为 [ ] 列表"),
        ("elections", lambda text: text.replace('"write_ins": true', '"write_ins": 1'), 3, "应为 true 或 false"),
        ("elections", lambda text: text.replace('"王芳", "in_favour"', '"", "in_favour"'), 8, "应为文字"),
        ("lot", lambda text: text.replace("24", "24.5"), 2, "应为整数"),
        ("lot", lambda text: "[]", 1, "应为 { } 对象"),
        ("lot", lambda text: "", 1, "不是有效的 JSON"),
    ],
)
def test_a_broken_file_is_told_line_and_reason(run, name, change, line, part):
    code, _, err = run({"elections": "elect"}.get(name, name), change(example(name)))
    assert code == 1
    assert f"第 {line} 行" in err
    assert part in err


def test_a_file_that_is_no_text_and_a_field_twice_are_said(run):
    assert "第 2 行：不是 UTF-8" in run("lot", b"{\n\xff\xfe")[2]
    assert "“draw”" in run("lot", example("lot").replace('"title": "监督小组抽签"', '"draw": 1'))[2]


def test_a_missing_file_is_an_error_not_a_traceback(run, capsys):
    assert main(["lot", "nowhere.json"]) == 1
    assert "nowhere.json" in capsys.readouterr().err


def test_the_documented_vote_is_judged_from_the_count_and_from_the_roll(run):
    file = json.loads(example("votes"))
    code, out, _ = run("vote", json.dumps(file), "--json")
    kept = json.loads(out)
    assert (code, kept["outcome"], kept["needed"]) == (0, "not_passed", 10)
    del file["count"]
    choices = ["for"] * 9 + ["against"] * 5 + ["absent"]
    file["roll"] = [{"name": f"代表{k}", "choice": choice} for k, choice in enumerate(choices)]
    again = json.loads(run("vote", json.dumps(file), "--json")[1])
    assert again == kept
    file["roll"][1]["name"] = "代表0"
    assert "“代表0”前面已经有了" in run("vote", json.dumps(file))[2]
    assert "不能再有 count" in run("vote", json.dumps(file | {"count": {}}))[2]


def test_the_documented_satisfaction_is_computed(run):
    code, out, _ = run("satisfaction", example("satisfaction"), "--json")
    first, second = json.loads(out)["judged"]
    assert (code, first["rate"]["exact"], first["percentage"], first["passed"]) == (0, "481/500", "96.20%", True)
    assert (second["rate"], second["percentage"]) == (None, None)
    assert "修缮花坛：" in run("satisfaction", example("satisfaction"))[1]


def test_the_documented_terms_end(run):
    code, out, _ = run("workdays", example("workdays"), "--json")
    first, second = json.loads(out)["terms"]
    assert (code, first["end"], second["workdays"]) == (0, "2026-02-27", 9)
    later = {"terms": [{"start": "2031-09-30", "workdays": 1}]}
    assert "2031 年放假安排未公布" in run("workdays", json.dumps(later))[1]


def test_the_documented_speakers_are_ordered(run):
    code, out, _ = run("speakers", example("speakers"), "--json")
    assert (code, [turn["person"] for turn in json.loads(out)["turns"]]) == (0, ["李明", "陆阿姨"])


@pytest.mark.parametrize(
    ("name", "change", "line", "part"),
    [
        ("votes", lambda text: text.replace('"against": 5', '"against": 6'), 3, "合计 15，多于实到"),
        ("votes", lambda text: text.replace('"2/3"', '"200%"'), 2, "比例应在 0 与 1 之间"),
        ("votes", lambda text: text.replace("15", "-15"), 3, "不能小于 0"),
        ("satisfaction", lambda text: text.replace("修缮花坛", "加装电梯"), 4, "前面已经有了"),
        ("satisfaction", lambda text: text.replace('"unrated": 2', '"members": 2'), 4, "多于应到 2 人"),
        ("workdays", lambda text: text.replace("2026-02-13", "2026-13-45"), 1, "应为日期"),
        ("workdays", lambda text: text.replace('"workdays": 5', '"workdays": 1000000'), 1, "不能多于"),
        ("workdays", lambda text: text.replace('"workdays": 5', '"days": 5'), 1, "不认识这个字段"),
        ("speakers", lambda text: text.replace("李明", "陆阿姨"), 3, "前面已经有了"),
        ("speakers", lambda text: text.replace("90", "-90"), 4, "不能小于 0"),
        ("lot", lambda text: text.replace("李明", "陆阿姨"), 1, "前面已经有了"),
        ("lot", lambda text: text.replace("2026-01-04", "2026-13-45"), 2, "应为日期"),
        ("lot", lambda text: text.replace('"draw": 2', '"draw": 9'), 1, "不能从中抽出 9 个"),
        ("lot", lambda text: text.replace('"draw": 2', '"draw": ' + "9" * 5000), 1, "5000 位"),
        ("lot", lambda text: text.replace("李明", "\\ud800"), 1, "不成字"),
        ("lot", lambda text: text.replace("24", "NaN"), 2, "不是数"),
        ("lot", lambda text: "[\n" * 100_000, 501, "太深"),
        ("seats", lambda text: text.replace("2210", "-1"), 6, "不能小于 0"),
        ("seats", lambda text: text.replace("乙社区", "甲社区"), 6, "前面已经有了"),
        ("seats", lambda text: text.replace('"lot": []', '"lot": ["甲社区", "丁社区"]'), 10, "没有“丁社区”"),
        ("elections", lambda text: text.replace('"seats": 2', '"seats": 2, "number": 0'), 4, "不能小于 1"),
        ("elections", lambda text: text.replace('"most_rounds": 3', '"most_rounds": 0'), 3, "不能小于 1"),
        ("elections", lambda text: text.replace('"invalid": 1', '"invalid": 2'), 5, ""),
    ],
)
def test_what_a_method_would_refuse_is_told_with_its_line(run, name, change, line, part):
    command = {"elections": "elect", "votes": "vote"}.get(name, name)
    changed = change(example(name))
    assert changed != example(name)
    code, out, err = run(command, changed)
    assert (code, out) == (1, "")
    assert f"第 {line} 行" in err
    assert part in err


def test_a_tally_beside_ballots_is_refused(run):
    assert "不能再有 tally" in run("elect", json.dumps(json.loads(example("elections")) | {"ballots": []}))[2]
