"""Pabulib files as they really are."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yishiting.methods.budgeting import (
    BadLine,
    Ballot,
    Election,
    Project,
    Rule,
    choose,
    grouped,
    parse,
    read,
    write,
    written,
)

TIDY = """META
key;value
description;A made election
budget;1000
vote_type;approval
PROJECTS
project_id;cost;votes;name;selected
1;400;2;Bench;1
2;300;1;Lamp;0
VOTES
voter_id;vote
a;1
b;1,2
"""


def votes(text: str) -> list[tuple[tuple[str, ...], int]]:
    return [(ballot.choices, ballot.count) for ballot in parse(text).election.ballots]


def test_a_tidy_file_is_read_whole():
    reading = parse(TIDY, voters=True)
    election = reading.election
    assert election.budget == 1000
    assert [(project.id, project.cost, project.name) for project in election.projects] == [
        ("1", 400, "Bench"),
        ("2", 300, "Lamp"),
    ]
    assert election.projects[0].extras == {"votes": "2", "selected": "1"}
    assert election.ballots == (Ballot(("1",), voters=("a",)), Ballot(("1", "2"), voters=("b",)))
    assert reading.remarks == ()


@pytest.mark.parametrize(
    "odd",
    [
        TIDY.replace("\n", "\r\n"),
        "\ufeff" + TIDY,
        TIDY.replace("META\n", "meta;;\n").replace("VOTES\n", "Votes;;\n"),
        TIDY.replace("\n", "\n\n").replace("voter_id;vote", "Voter_ID; Vote "),
        TIDY.replace("a;1\n", 'a;"1"\n').replace("b;1,2", 'b;"1, 2"'),
        TIDY.replace("400;", "400,00;").replace("300;", "300.0;").replace("budget;1000", "budget;1 000,00"),
        TIDY.replace("vote_type;approval", "Vote_Type; Approval"),
        TIDY.replace("key;value\n", ""),
        TIDY.replace("b;1,2", "b;2,1,2"),
        TIDY.replace("Bench", '"Bench'),
        TIDY.replace("Lamp", '"Lamp" and more'),
        TIDY.replace("Bench", '"Bench; with ""quotes""\nand two lines"'),
        TIDY.replace("Bench;1", "Bench; unquoted;1"),
    ],
)
def test_odd_files_count_the_same(odd: str):
    assert votes(odd) == [(("1",), 1), (("1", "2"), 1)]
    assert [project.cost for project in parse(odd).election.projects] == [400, 300]
    assert parse(odd).election.budget == 1000
    assert [project.extras["selected"] for project in parse(odd).election.projects] == ["1", "0"]


def test_a_quoted_name_may_hold_semicolons_quotes_and_line_breaks():
    text = TIDY.replace("Bench", '"Bench; with ""quotes""\nand two lines"')
    assert parse(text).election.projects[0].name == 'Bench; with "quotes"\nand two lines'


@pytest.mark.parametrize("blank", ["c;\n", "c\n", 'c;""\n', "c;None\n"])
def test_blank_ballots_are_counted_apart(blank: str):
    election = parse(TIDY + blank).election
    assert (election.voters, election.blank) == (2, 1)


def test_columns_may_be_missing_or_in_another_order():
    text = "META\nkey;value\nbudget;10\nPROJECTS\ncost;project_id\n3;x\n4;y\nVOTES\nage;vote\n30;x,y\n"
    reading = parse(text)
    assert [(project.id, project.cost) for project in reading.election.projects] == [("x", 3), ("y", 4)]
    assert reading.election.ballots[0].choices == ("x", "y")
    assert "vote_type" in reading.remarks[0]


def test_points_and_rankings():
    cumulative = TIDY.replace("approval", "cumulative").replace(
        "voter_id;vote\na;1\nb;1,2", "voter_id;vote;points\na;1;5\nb;2,1;1,4"
    )
    assert parse(cumulative).election.ballots[1] == Ballot(("1", "2"), (Fraction(4), Fraction(1)))
    ordinal = TIDY.replace("vote_type;approval", "vote_type;ordinal\nmax_length;3").replace("b;1,2", "b;2,1")
    assert parse(ordinal).election.ballots[1] == Ballot(("2", "1"), (Fraction(3), Fraction(2)))


def test_points_may_be_negative():
    text = TIDY.replace("approval", "scoring").replace(
        "r_id;vote\na;1\nb;1,2", "r_id;vote;points\na;1;-1\nb;1,2;-2,0.5"
    )
    election = parse(text).election
    assert election.ballots[1].points == (Fraction(-2), Fraction(1, 2))
    assert choose(election, Rule()).winners == ("2", "1")


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        (TIDY.replace("b;1,2", "b;1,9"), 13, "不存在的项目“9”"),
        (TIDY.replace("400", "four"), 8, "不是数"),
        (TIDY.replace("400", "-4"), 8, "负数"),
        (TIDY.replace("400", "1e999999999"), 8, "不是数"),
        (TIDY.replace("2;300", "1;300"), 9, "重复"),
        (TIDY.replace("b;1,2", " a ;1,2"), 13, "“a”重复，第 12 行"),
        (TIDY.replace("b;1,2", "ａ;1,2"), 13, "重复，第 12 行"),
        (TIDY.replace("vote_type;approval", "vote_type;applause"), 5, "投票方式"),
        (TIDY.replace("budget;1000\n", ""), 13, "budget"),
        (TIDY.replace("PROJECTS\n", ""), 13, "PROJECTS"),
        (TIDY.replace(";cost;", ";price;"), 7, "cost"),
        (TIDY.replace("voter_id;vote", "voter_id;choice"), 12, "vote"),
        (TIDY.replace("approval", "cumulative"), 12, "points"),
        (
            TIDY.replace("approval", "scoring")
            .replace("r_id;vote", "r_id;vote;points")
            .replace("b;1,2", "b;1,2;4")
            .replace("a;1", "a;1;1"),
            13,
            "1 个分数",
        ),
    ],
)
def test_a_broken_line_is_named(text: str, line: int, says: str):
    with pytest.raises(BadLine, match=says) as problem:
        parse(text)
    assert problem.value.line == line


def test_files_from_spreadsheets_in_other_encodings(tmp_path):
    text = TIDY.replace("Bench", "长椅")
    for encoding in ("utf-8-sig", "utf-16", "gb18030"):
        path = tmp_path / f"{encoding}.pb"
        path.write_bytes(text.encode(encoding))
        assert read(path).election.projects[0].name == "长椅"


def test_a_head_that_miscounts_is_remarked():
    remarks = parse(TIDY.replace("budget;", "num_votes;7\nbudget;")).remarks
    assert remarks == ("META 写 num_votes = 7，文件中实有 2",)


ids = st.text("abc019/.-", min_size=1, max_size=4)
texts = st.text(
    st.characters(codec="utf-8", exclude_characters="\r\x00", exclude_categories=["Cs", "Cc"]), max_size=8
).map(str.strip)


@st.composite
def elections(draw):
    names = draw(st.lists(ids, min_size=1, max_size=5, unique=True))
    vote_type = draw(st.sampled_from(["approval", "cumulative"]))
    projects = tuple(Project(name, Fraction(draw(st.integers(0, 9999)), 100), draw(texts)) for name in names)
    ballots = []
    for _ in range(draw(st.integers(0, 6))):
        choices = tuple(draw(st.lists(st.sampled_from(names), unique=True)))
        points = tuple(Fraction(draw(st.integers(0, 9))) for _ in choices) if vote_type == "cumulative" else ()
        ballots.append(Ballot(choices, points, draw(st.integers(1, 3))))
    return Election(Fraction(draw(st.integers(0, 10**6)), 4), projects, grouped(ballots), vote_type)


def sorted_ballots(election: Election) -> list[tuple[object, ...]]:
    return sorted((sorted(zip(b.choices, b.points or b.choices, strict=True)), b.count) for b in election.ballots)


@given(elections())
def test_what_is_written_is_read_back(election: Election):
    again = parse(written(election)).election
    assert (again.budget, again.projects, again.vote_type) == (election.budget, election.projects, election.vote_type)
    assert sorted_ballots(again) == sorted_ballots(election)


def test_a_written_file_numbers_the_ballots_and_keeps_published_ids(tmp_path):
    election = Election(
        Fraction(5), (Project("p", Fraction(1)),), (Ballot(("p",), count=2, voters=("k7",)), Ballot(()))
    )
    write(election, tmp_path / "out.pb")
    assert (tmp_path / "out.pb").read_text().endswith("VOTES\nvoter_id;vote\nk7;p\n2;p\n3;\n")


CUMULATIVE = TIDY.replace("approval", "cumulative\nmax_sum_points;5").replace("voter_id;vote", "voter_id;vote;points")


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (TIDY.replace("approval", "choose-1"), 13, "选了 2 项，按规定最多选 1 项"),
        (TIDY.replace("approval", "approval\nmax_length;1"), 14, "选了 2 项，按规定最多选 1 项"),
        (TIDY.replace("budget;1000", "budget;1000\nbudget;900"), 5, "budget 写了两次"),
        (CUMULATIVE.replace("a;1", "a;1;6").replace("b;1,2", "b;1,2;1,1"), 13, "共打 6 分，按规定最多 5 分"),
        (CUMULATIVE.replace("a;1", "a;1;-1").replace("b;1,2", "b;1,2;1,1"), 13, "不能是负数"),
        (TIDY.replace("approval", "approval\nmax_length;1,000"), 6, "千分位还是小数点"),
    ],
)
def test_what_breaks_the_limits_of_the_vote_is_refused_with_its_line(text, line, said):
    with pytest.raises(BadLine, match=said) as problem:
        parse(text)
    assert problem.value.line == line


def test_a_limit_of_none_is_no_limit():
    assert len(parse(TIDY.replace("approval", "approval\nmax_length;none")).election.ballots) == 2
