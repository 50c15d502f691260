"""Several names in one field: parted as people part them, given back as they are written."""

import pytest

from yishiting.doors.web.shared.fields import field_of, written
from yishiting.ground.common.parameters import LONGEST_LINE
from yishiting.ground.common.people_parameters import Names
from yishiting.ground.common.refused import Refused

NAMES = Names("监票人", most=3)


@pytest.mark.parametrize(
    "text", ["监甲、监乙", "监甲 监乙", " 监甲，监乙、", "监甲;监乙\n", "监　甲 监 乙", "监甲、监\u200b甲 监乙"]
)
def test_blanks_and_commas_part_names(text: str) -> None:
    assert NAMES.read(text, None) == ["监甲", "监乙"]


def test_nothing_is_no_name_and_too_much_is_refused() -> None:
    assert NAMES.read("  ", None) == []
    with pytest.raises(Refused, match="最多3行"):
        NAMES.read("甲一 乙二 丙三 丁四", None)
    with pytest.raises(Refused, match="太长"):
        NAMES.clean(["长" * (LONGEST_LINE + 1)], None)


def test_the_field_is_one_line_and_shows_what_is_known() -> None:
    assert field_of(NAMES, needed=True, thing=None).widget.input_type == "text"
    assert written(NAMES, ["监甲", "监乙"]) == "监甲、监乙"
