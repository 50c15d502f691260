"""Several whole numbers in one field: parted as people part them, given back as they are written."""

import pytest

from tests.cast import Cast
from yishiting.doors.web.shared.fields import field_of, written
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.parameters import Ref, Wholes
from yishiting.ground.common.refused import Refused

NUMBERS = Wholes("号码", most=9, several=3)


@pytest.mark.parametrize("text", ["7 0 3", "7，0、3", " 7,0,3 ", "７ ０ ３"])
def test_blanks_and_commas_part_numbers(text: str) -> None:
    assert NUMBERS.read(text, None) == [7, 0, 3]


@pytest.mark.parametrize(("text", "says"), [("七", "整数"), ("7 10", "在0到9之间"), ("1 2 3 4", "最多选3项")])
def test_what_is_no_such_number_is_refused(text: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        NUMBERS.read(text, None)


def test_a_program_says_numbers_and_not_words() -> None:
    with pytest.raises(Refused, match="整数"):
        NUMBERS.clean(["7"], None)


def test_what_is_known_stands_in_the_field() -> None:
    assert field_of(NUMBERS, needed=True, thing=None).prepare_value([7, 0, 3]) == written(NUMBERS, [7, 0, 3]) == "7 0 3"


def test_one_of_a_few_may_be_left_alone_again_where_it_is_not_needed(cast: Cast) -> None:
    who = Ref("谁", lambda thing: Person.objects.filter(pk__in=[cast.lu.pk, cast.wang.pk]))
    asked, left = (field_of(who, needed=needed, thing=None) for needed in (True, False))
    assert len(list(asked.widget.choices)) == 2
    assert next(str(label) for _key, label in left.widget.choices) == "不选"
    assert left.clean("") is None
