"""The command on files, and the picture it draws."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.methods.test_opinions import camps
from yishiting.methods.commands import main
from yishiting.methods.opinions import Consultation, Vote, draw, opinion_map
from yishiting.methods.opinions.lettering import shortened, width, wrapped

SVG = "{http://www.w3.org/2000/svg}"


def written(folder, name="votes.csv", header="voter-id,comment-id,vote", encoding="utf-8", words=("1", "-1")):
    path = folder / name
    lines = [f"{v.person},{v.statement},{words[0] if v.choice == 1 else words[1]}" for v in camps().votes]
    path.write_bytes("\n".join([header, *lines, ""]).encode(encoding))
    return path


def run(capsys, *words):
    code = main(["opinions", *map(str, words)])
    shown = capsys.readouterr()
    return code, shown.out, shown.err


def test_json_says_everything_and_says_it_exactly(tmp_path, capsys):
    code, out, _ = run(capsys, written(tmp_path), "--json")
    shown = json.loads(out)
    assert code == 0
    assert [(group["id"], group["name"], group["people"]) for group in shown["groups"]] == [
        ("A", "甲组", 12),
        ("B", "乙组", 6),
        ("C", "丙组", 5),
    ]
    assert shown["rule"]["options"]["confidence"] == "9/10"
    last = shown["statements"][-1]
    assert last["consensus_agree"] == {"exact": "39/56", "decimal": "0.6964"}
    assert last["everybody"] == {
        "agree": 23, "disagree": 0, "pass": 0, "seen": 23, "agree_share": {"exact": "24/25", "decimal": "0.9600"},
        "disagree_share": {"exact": "1/25", "decimal": "0.0400"},
    }  # fmt: skip
    assert len(shown["people"]) == 23


@pytest.mark.parametrize(
    "form",
    [
        {"encoding": "utf-8-sig"},
        {"encoding": "gb18030", "header": "居民,意见,表态", "words": ("同意", "反对")},
        {"header": "participant_id,statement_id,vote", "words": ("agree", "Disagree")},
    ],
)
def test_files_as_people_have_them(tmp_path, capsys, form):
    plain = json.loads(run(capsys, written(tmp_path), "--json")[1])
    assert json.loads(run(capsys, written(tmp_path, "other.csv", **form), "--json")[1]) == plain


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (["voter-id,comment-id", "1,1"], "第 1 行：没有“vote”这一列"),
        (["voter-id,comment-id,vote", "1,1,1", "2,1,maybe"], "第 3 行：表态“maybe”看不懂"),
        (["voter-id,comment-id,vote", "1,1"], "第 2 行：应有 3 列，实有 2 列"),
        (["voter-id,comment-id,vote", ",1,1"], "第 2 行：缺少投票人编号"),
        (["voter-id,comment-id,vote,timestamp", "1,1,1,昨天"], "第 2 行：时间“昨天”应为整数"),
        (["voter-id,comment-id,vote"], "没有一条表态"),
        ([], "第 1 行：没有“person”这一列"),
    ],
)
def test_broken_files_get_the_line_and_what_is_wrong(tmp_path, capsys, lines, says):
    path = tmp_path / "votes.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    code, out, err = run(capsys, path)
    assert (code, out) == (1, "")
    assert says in err


def test_a_quoted_line_break_does_not_move_the_line_numbers(tmp_path, capsys):
    (tmp_path / "comments.csv").write_text('comment-id,comment-body,moderated\n0,"一\n二",1\n1,三,-1,\n', "utf-8")
    assert "第 4 行：应有 3 列，实有 4 列" in run(capsys, written(tmp_path))[2]


def test_the_neighbouring_statements_are_used_and_said_to_be(tmp_path, capsys):
    text = "comment-id,comment-body,moderated\n9,路灯要亮,1\n0,卖房广告,-1\n"
    (tmp_path / "comments.csv").write_text(text, encoding="utf-8")
    votes = written(tmp_path)
    _, out, err = run(capsys, votes)
    assert "路灯要亮（23 人中 23 人同意）" in out
    assert "comments.csv" in err
    assert "卖房广告" not in out
    assert json.loads(run(capsys, votes, "--json")[1])["rule"]["set_aside"] == ["0"]
    assert json.loads(run(capsys, votes, "--json", "--no-statements")[1])["rule"]["set_aside"] == []


def test_the_example_of_the_document_runs(tmp_path, capsys):
    document = (Path(__file__).parents[2] / "docs" / "methods" / "opinions.md").read_text(encoding="utf-8")
    votes = re.search(r"```csv\n(.*?)```", document, re.DOTALL).group(1)
    shown = re.search(r"\$ yishiting methods opinions votes.csv\n(.*?)```", document, re.DOTALL).group(1)
    path = tmp_path / "votes.csv"
    path.write_text(votes, encoding="utf-8")
    assert run(capsys, path)[1] == shown


def test_given_groups(tmp_path, capsys):
    groups = tmp_path / "groups.csv"
    groups.write_text("participant,group-id\n0-1,东区\n0-2,东区\n1-1,西区\n1-2,\n", encoding="utf-8")
    shown = json.loads(run(capsys, written(tmp_path), "--groups", groups, "--json")[1])
    assert [(group["name"], group["people"]) for group in shown["groups"]] == [("东区", 2), ("西区", 1)]
    assert shown["given_groups"] is True
    groups.write_text("participant,group-id\n77,东区\n", encoding="utf-8")
    assert "没有一个人投过票" in run(capsys, written(tmp_path), "--groups", groups)[2]


def test_the_picture_is_written_where_asked(tmp_path, capsys):
    target = tmp_path / "map.svg"
    assert run(capsys, written(tmp_path), "--svg", target)[0] == 0
    assert target.read_text(encoding="utf-8") == draw(opinion_map(camps()))


def test_the_picture_tells_groups_apart_without_colour_and_hides_nobody():
    picture = ElementTree.fromstring(draw(opinion_map(camps((40, 9, 5))), {"9": "路灯要亮"}))
    texts = [node.text for node in picture.iter(f"{SVG}text")]
    for label in ("甲组 40 人", "乙组 9 人", "丙组 5 人", "共同看法", "少数人的看法", "路灯要亮（54 人中 54 人同意）"):
        assert label in texts
    assert any(text.startswith("丙组：") for text in texts)
    marks = {(node.tag, node.get("fill"), len((node.get("points") or "").split())) for node in picture.iter()
             if node.get("fill-opacity") == "0.85"}  # fmt: skip
    assert len(marks) == 3
    greys = {node.get(name) for node in picture.iter() for name in ("fill", "stroke")} - {None, "none"}
    rgb = [[int(colour[i : i + 2], 16) for i in (1, 3, 5)] for colour in greys]
    assert all(max(parts) - min(parts) < 16 for parts in rgb)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400), st.integers(2, 30), st.integers(1, 6))
def test_any_words_give_a_well_formed_picture_without_style_or_script(text, people, statements):
    votes = tuple(Vote(str(p), str(s), (-1) ** (p * s // 2)) for p in range(people) for s in range(statements))
    drawing = draw(opinion_map(Consultation(votes)), {"0": text})
    picture = ElementTree.fromstring(drawing)
    assert not [node for node in picture.iter() if node.get("style") or node.tag == f"{SVG}script"]
    assert "nan" not in re.sub(r"<text.*?</text>", "", drawing)
    height = float(picture.get("height"))
    for node in picture.iter(f"{SVG}text"):
        assert 0 < float(node.get("y")) < height
        assert 0 < float(node.get("x")) < 900


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="路灯 abc，。（）dE1\u3000", max_size=120), st.integers(4, 30))
def test_broken_lines_keep_every_character_and_stay_inside(text, room):
    lines = wrapped(text, room)
    assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", text)
    for line in lines:
        body = line.rstrip("，。（）()、 \u3000")
        words = re.findall(r"[!-~]+|.", body)
        assert sum(map(width, line)) <= room + len(line) - len(body) or len(words) <= 1


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80), st.integers(2, 40))
def test_cut_statements_say_that_they_are_cut(text, most):
    short = shortened(text, most)
    assert sum(map(width, short)) <= most
    assert short == text or (short.endswith("…") and text.startswith(short[:-1]))
