"""One person has one spelling, one place on a register, one ballot."""

import json
from contextlib import redirect_stdout, suppress
from io import StringIO
from pathlib import Path

import pytest

from tests.cast import Cast
from tests.factories import budgeting as B
from tests.factories import councils as C
from tests.factories import projects as F
from yishiting.doors.commands.main import main
from yishiting.ground.common.names import read_roll
from yishiting.ground.common.refused import Refused
from yishiting.methods.strokes import strokes

pytestmark = pytest.mark.django_db

FILES = Path(__file__).parent / "files"


@pytest.mark.parametrize(
    ("line", "name", "unit"),
    [("李　明 3号楼", "李明", "3号楼"), ("1. 李明 3号楼", "李明", "3号楼"), ("1\t李明\t3号楼", "李明", "3号楼")],
)
def test_roll_as_offices_keep_it(line: str, name: str, unit: str) -> None:
    assert read_roll(line) == [(name, unit)]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("李明", "李　明"),
        ("李明", "李 明"),
        ("李明", "李\u200b明"),
        ("买买提·艾力", "买买提•艾力"),
        ("买买提·艾力", "买买提・艾力"),
    ],
)
def test_one_person_is_one_candidate(cast: Cast, one: str, two: str) -> None:
    first, second = list(C.a_nominating_term(cast).constituencies.all())[:2]
    C.a_candidate(cast, first, one)
    with pytest.raises(Refused):
        C.a_candidate(cast, second, two)


def test_a_representative_is_not_on_the_register_twice(cast: Cast) -> None:
    rep = F.seated_council(cast)[2]
    with pytest.raises(Refused):
        B.opened(cast, roll=[(rep.name, rep.constituency.name)])


@pytest.mark.parametrize(("character", "count"), [("曌", 16), ("暐", 13), ("媭", 12), ("䶮", 9), ("𠮷", 6)])
def test_strokes_of_names_people_have(character: str, count: int) -> None:
    assert strokes(character) == count


def test_a_voter_twice_in_a_pb_file() -> None:
    out = StringIO()
    with redirect_stdout(out), suppress(SystemExit):
        main(["yishiting", "methods", "budget", str(FILES / "dup-voter.pb"), "--rule", "greedy", "--json"])
    assert "5" in " ".join(json.loads(out.getvalue())["remarks"])
    assert "重复" in " ".join(json.loads(out.getvalue())["remarks"])
