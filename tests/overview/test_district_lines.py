"""The home of the district's office stays short: many matters of one kind are one line that leads to their list."""

from datetime import date, timedelta

import pytest

from yishiting.doors.web.desk.links import way_to
from yishiting.ground.places.models import Place
from yishiting.overview.cycle.district import MANY, few
from yishiting.overview.cycle.shapes import Wait

DAY = date(2026, 3, 5)


def waits(verb: str, count: int) -> list[Wait]:
    here = Place(code="110105", name="朝阳区", level="district")
    return [
        Wait(verb, f"{n}号路拓宽", here, DAY, DAY + timedelta(days=9 - n), kind="matter", pk=str(n))
        for n in range(count)
    ]


@pytest.mark.once
def test_many_of_a_kind_are_one_line_with_the_first_due() -> None:
    assert len(few(waits("matter.pass_on", MANY))) == MANY
    lines = few([*waits("matter.pass_on", MANY + 1), *waits("notice.close", MANY + 1), *waits("matter.table", 1)])
    assert len(lines) == 1 + MANY + 1 + 1
    one = next(line for line in lines if line.verb == "matter.pass_on")
    assert (one.count, one.says, one.kind) == (MANY + 1, f"{MANY}号路拓宽", "")
    assert way_to(one).endswith("/110105/matters/?state=proposed")
    assert way_to(next(line for line in lines if line.verb == "matter.table")).endswith("/0/")
