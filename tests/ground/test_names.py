"""Names in one spelling, and rolls as offices keep them."""

from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yishiting.ground.common.names import clean_name, name_key, read_names, read_roll, same_name
from yishiting.ground.common.parameters import Text
from yishiting.ground.common.people_parameters import Name, Roll
from yishiting.ground.common.reading import visible
from yishiting.ground.common.refused import Refused
from yishiting.methods.errors import Unusable


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("孙　丽", "孙丽"),
        (" 孙 丽 ", "孙丽"),
        ("孙\u200b丽", "孙丽"),
        ("孙\ufeff\u2060丽\ufe0f", "孙丽"),
        ("\u202e孙丽\u202c", "孙丽"),
        ("３、孙丽", "孙丽"),
        ("孙丽(女)", "孙丽（女）"),
        ("阿依古丽•吐尔逊", "阿依古丽·吐尔逊"),
        ("阿依古丽 ・ 吐尔逊", "阿依古丽·吐尔逊"),
        ("阿依古丽．吐尔逊", "阿依古丽·吐尔逊"),
        ("Ｍary  O'Neil", "Mary O'Neil"),
        ("J. R. Ewing", "J. R. Ewing"),
        ("\u3164\u200b", ""),
        ("𠮷田", "𠮷田"),
    ],
)
def test_a_name_is_kept_in_one_spelling(written: str, kept: str) -> None:
    assert clean_name(written) == kept
    assert Name("姓名").clean(written, None) == kept
    assert same_name(written, kept)


def test_large_letters_make_no_other_person_and_other_characters_do() -> None:
    assert same_name("MARY ONEIL", "Mary Oneil")
    assert not same_name("孙丽", "孙莉")
    assert not same_name("孙丽（3号楼）", "孙丽")


@given(st.text("李明王芳·•・ 　\u200b.0aé（(", max_size=12))
def test_cleaning_again_changes_nothing(text: str) -> None:
    assert clean_name(clean_name(text)) == clean_name(text)
    assert name_key(clean_name(text)) == name_key(text)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("孙丽、钱进", ["孙丽", "钱进"]),
        ("孙 丽 钱 进", ["孙丽", "钱进"]),
        ("孙　丽，钱进；欧阳 静", ["孙丽", "钱进", "欧阳静"]),
        ("", []),
    ],
)
def test_several_names_in_one_field(text: str, names: list[str]) -> None:
    assert read_names(text) == names


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("孙丽 2号楼", [("孙丽", "2号楼")]),
        ("孙丽，3号楼 502", [("孙丽", "3号楼 502")]),
        ("孙丽\t驻区单位", [("孙丽", "驻区单位")]),
        ("孙丽", [("孙丽", "")]),
        ("孙　丽 ３号楼", [("孙丽", "3号楼")]),
        ("1. 孙丽 3号楼", [("孙丽", "3号楼")]),
        ("12、孙 丽　3号楼", [("孙丽", "3号楼")]),
        ("（3）孙丽 3号楼", [("孙丽", "3号楼")]),
        ("④ 孙丽 3号楼", [("孙丽", "3号楼")]),
        ("7\t孙丽\t3号楼", [("孙丽", "3号楼")]),
        ("7\t孙 丽\t女\t3号楼", [("孙丽", "3号楼")]),
        ("5孙丽 3号楼", [("孙丽", "3号楼")]),
        ("孙 丽丽 3号楼", [("孙丽丽", "3号楼")]),
        ("欧阳 静 3号楼", [("欧阳静", "3号楼")]),
        ("Mary Oneil 3号楼", [("Mary Oneil", "3号楼")]),
        ("孙丽、钱进", [("孙丽", ""), ("钱进", "")]),
        ("3号楼：孙丽、钱进", [("孙丽", "3号楼"), ("钱进", "3号楼")]),
        ("3号楼：\n孙丽\n钱进\n4号楼：\n赵安", [("孙丽", "3号楼"), ("钱进", "3号楼"), ("赵安", "4号楼")]),
        ("第二组\n孙丽", [("孙丽", "第二组")]),
        ("姓名 楼院\n孙丽 2号楼", [("孙丽", "2号楼")]),
        ("居民代表应到名册（52人）\n序号\t姓 名\t楼号\t性别\n1\t孙 丽\t3号楼\t女\n合计\t1人", [("孙丽", "3号楼")]),
        ("序号,姓名,楼院\n1,孙丽,3号楼", [("孙丽", "3号楼")]),
        ("王二里 3号楼\n张楼 5号楼", [("王二里", "3号楼"), ("张楼", "5号楼")]),
    ],
)
def test_a_roll_as_offices_keep_it(line: str, people: list[tuple[str, str]]) -> None:
    assert read_roll(line) == people


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (" \n", "空的"),
        ("应到名册\n姓名 楼院\n", "空的"),
        ("孙丽 2号楼\n孙　丽　２ 号楼", "重复：孙丽 2号楼"),
        ("孙丽\n孙丽 2号楼", "都注明楼号"),
        ("钱进 2号楼\n3号楼 孙丽", "第2行“3号楼 孙丽”看不出姓名"),
        ("长" * 41, "太长"),
    ],
)
def test_a_roll_that_is_none_is_explained(text: str, says: str) -> None:
    with pytest.raises(Unusable, match=says):
        read_roll(text)


def test_two_people_of_one_name_stand_on_a_roll_with_their_buildings() -> None:
    roll = Roll("名册", {"name": Name("姓名"), "unit": Text("楼院")}, needs=1)
    assert roll.read("1. 孙 丽 2号楼\n2. 孙丽 5号楼", None) == [("孙丽", "2号楼"), ("孙丽", "5号楼")]
    assert roll.read("", None) == []
    with pytest.raises(Refused, match="重复"):
        roll.clean([("孙丽", "2号楼"), ("孙　丽", "2 号楼")], None)


def test_everything_unseen_is_known_as_such() -> None:
    unseen = [c for c in map(chr, range(0x110000)) if category(c) in {"Cf", "Cc", "Cs"} and not c.isspace()]
    assert visible("".join(unseen)) == ""
    assert visible("孙 丽\n\t·é👩") == "孙 丽\n\t·é👩"


@pytest.mark.parametrize("text", ["\u202e\u200b\u2060 \u00a0", "\u2060\u2060", "\u202d\u202c", "\u3164\u2800"])
def test_words_nobody_sees_are_no_words(text: str) -> None:
    assert Text("说明").clean(text, None) == ""


def test_words_do_not_turn_round_and_families_stay_together() -> None:
    assert Text("说明").clean("\u202e要修路灯\u202c 👨\u200d👩\u200d👧", None) == "要修路灯 👨\u200d👩\u200d👧"
