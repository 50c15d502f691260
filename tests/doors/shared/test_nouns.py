"""What several rooms say of one noun is joined, whichever of them is read first."""

from collections.abc import Iterator
from itertools import permutations

import pytest

from yishiting.doors.web.shared.nouns import NOUNS, Noun, know
from yishiting.year.councils.models import Representative

DESK = Noun(Representative, pages={"desk": "desk-roster"}, of_place=True, called=lambda one: one.name)
COUNCIL = Noun(Representative, lists={"council": ("my-duty-record", "履职记录")}, related=("term",))


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    kept = NOUNS.pop(Representative)
    yield
    NOUNS[Representative] = kept


@pytest.mark.parametrize("order", list(permutations((DESK, COUNCIL))))
def test_the_order_of_the_rooms_does_not_matter(order: tuple[Noun, ...]) -> None:
    know(*order)
    joined = NOUNS[Representative]
    assert (joined.of_place, joined.called, joined.related) == (True, DESK.called, ("term",))
    assert (list(joined.pages), list(joined.lists)) == (["desk"], ["council"])
