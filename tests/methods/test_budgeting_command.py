"""The command on files, as a clerk meets it."""

import doctest
import io
import json
from pathlib import Path

import pytest

from tests.methods.test_budgeting_pabulib import TIDY
from yishiting.methods.commands import budget, main


@pytest.fixture
def count(tmp_path, capsys):
    def run(text: str, *words: str) -> tuple[int, str, str]:
        path = tmp_path / "vote.pb"
        path.write_text(text, encoding="utf-8")
        code = main(["budget", str(path), *words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def test_json_holds_winners_cost_ties_and_the_rule(count):
    code, out, _ = count(TIDY, "--rule", "greedy", "--json")
    result = json.loads(out)
    assert code == 0
    assert (result["winners"], result["cost"], result["remaining"]) == (["1", "2"], 700, 300)
    assert result["declared"] == {"selected": ["1"], "same": False, "otherwise": [], "miscounted": []}
    assert result["rule"]["name"] == "greedy"
    assert "losing" not in result


def test_explain_gives_reasons_counterfactuals_and_every_ballot(count):
    code, out, _ = count(TIDY.replace("budget;1000", "budget;500"), "--rule", "mes", "--explain", "--json")
    result = json.loads(out)
    assert code == 0
    assert result["winners"] == ["1"]
    (loss,) = result["losing"]
    assert (loss["project"], loss["reason"]["clause"]) == ("2", "supporters_short")
    assert loss["counterfactual"]["verified"] is True
    assert [(ballot["voters"], ballot["won"], ballot["paid"]["exact"]) for ballot in result["ballots"]] == [
        (["a"], ["1"], "200"),
        (["b"], ["1"], "200"),
    ]
    assert result["shares"] == [{"project": "1", "most": {"exact": "200", "decimal": "200.00"}}]


def test_only_one_project_may_be_explained(count):
    _, out, _ = count(TIDY.replace("budget;1000", "budget;500"), "--rule", "greedy", "--only", "2", "--json")
    assert [loss["project"] for loss in json.loads(out)["losing"]] == ["2"]


def test_sentences_for_people(count):
    _, out, _ = count(TIDY.replace("budget;1000", "budget;500"), "--rule", "greedy", "--explain")
    assert "入选 1 项，共 400，余 100" in out
    assert "落选 2  Lamp：第 1 个项目 1 入选后，余额只有 100，不够它的费用 300，差 200。" in out
    assert "与文件所列结果一致" in out


@pytest.mark.parametrize(
    ("declared", "name", "completion"),
    [("greedy", "greedy", None), ("equalshares/add1", "mes", "add1"), ("greedy-custom", "greedy-no-skip", None)],
)
def test_without_a_rule_the_one_in_the_file_is_used(count, declared, name, completion):
    text = TIDY.replace("budget;", f"rule;{declared}\nbudget;")
    rule = json.loads(count(text, "--json")[1])["rule"]
    assert (rule["name"], rule.get("completion")) == (name, completion)


def test_the_minimum_in_the_file_is_part_of_its_rule_only(count):
    text = TIDY.replace("budget;", "rule;greedy-threshold\nmin_project_score_threshold;2\nbudget;")
    assert json.loads(count(text, "--json")[1])["winners"] == ["1"]
    assert json.loads(count(text, "--json", "--rule", "greedy-threshold")[1])["winners"] == ["1"]
    plain = json.loads(count(text, "--json", "--rule", "greedy")[1])
    assert plain["winners"] == ["1", "2"]
    assert "最低票数 2" in plain["remarks"][0]


def test_options_are_carried_into_the_record(count):
    words = ["--rule", "greedy", "--conflict", "1,2", "--lot", "2,1", "--minimum", "1", "--json"]
    result = json.loads(count(TIDY, *words)[1])
    assert (result["winners"], result["rule"]["conflicts"], result["rule"]["lot"]) == (["1"], [["1", "2"]], ["2", "1"])


@pytest.mark.parametrize(
    ("text", "words", "says"),
    [
        (TIDY.replace("b;1,2", "b;1,9"), ["--rule", "greedy"], "第 13 行"),
        (TIDY, [], "--rule"),
        (TIDY, ["--rule", "greedy", "--only", "9"], "budget: --only：没有编号为“9”的项目"),
        (TIDY, ["--rule", "greedy", "--completion", "add1"], "budget: 只有均等份额法（mes）有补足方式"),
        (TIDY, ["--rule", "greedy", "--conflict", "1,9"], "budget: --conflict：没有编号为“9”的项目"),
        (TIDY, ["--rule", "greedy-threshold"], "最低票数"),
    ],
)
def test_what_is_wrong_is_said_on_stderr(count, text, words, says):
    code, out, err = count(text, *words)
    assert (code, out) == (1, "")
    assert says in err


def test_a_program_reads_the_refusal_too(count):
    code, out, err = count(TIDY.replace("b;1,2", "a;1,2"), "--rule", "greedy", "--json")
    refusal = json.loads(out)
    assert (code, refusal["refused"]) == (1, True)
    assert refusal["remarks"][0] in err
    assert "重复" in refusal["remarks"][0]


@pytest.mark.parametrize("word", ["x", "1/0", ""])
def test_an_amount_that_is_no_number_is_refused(count, capsys, word):
    with pytest.raises(SystemExit) as ended:
        count(TIDY, "--rule", "greedy", "--minimum", word)
    assert ended.value.code == 2
    assert "不是数" in capsys.readouterr().err


def test_a_winner_nobody_chose_is_remarked(count):
    result = json.loads(count(TIDY.replace("b;1,2", "b;1"), "--rule", "greedy", "--json")[1])
    assert any("没有人选" in remark for remark in result["remarks"])


class Screen(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("stream", "shown"), [(Screen(), "\r\x1b[K一\r\x1b[K四\r\x1b[K"), (io.StringIO(), "一\n")])
def test_progress_is_one_line_on_a_terminal_and_rare_elsewhere(stream, shown, monkeypatch):
    now = iter([0.0, 1.0, 3.0, 3.0, 3.1, 3.2, 5.0, 5.0])
    monkeypatch.setattr(budget.time, "monotonic", lambda: next(now))
    say, done = budget.patient(stream)
    for sentence in ("零", "一", "二", "三", "四"):
        say(sentence)
    done()
    assert stream.getvalue() == shown


def test_without_long_work_nothing_is_said(count):
    assert count(TIDY, "--rule", "mes", "--completion", "add1", "--explain")[2] == ""


DOCUMENT = Path(__file__).parents[2] / "docs" / "methods" / "budgeting.md"


def test_the_documented_file_gives_the_documented_result(count):
    example = DOCUMENT.read_text(encoding="utf-8").split("```\nMETA\n")[1].split("```")[0]
    result = json.loads(count("META\n" + example, "--explain", "--json")[1])
    assert (result["winners"], result["endowment"]["exact"]) == (["1", "3"], "30")
    named = {line.split("|")[1] for line in DOCUMENT.read_text(encoding="utf-8").splitlines() if line.startswith("| `")}
    for key in result:
        assert any(f"`{key}`" in cell for cell in named), key


def test_the_documented_program_runs():
    found = doctest.testfile(str(DOCUMENT), module_relative=False, encoding="utf-8")
    assert (found.failed, found.attempted > 0) == (0, True)
