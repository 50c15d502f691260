"""A lot by place and group: fair parts, recomputable, and fair to each name."""

from collections import Counter

import pytest

from yishiting.methods.errors import Unusable
from yishiting.methods.lot import Lot, Source, draw, key_of
from yishiting.methods.stratified_lot import Entrant, draw_in_strata

NUMBERS = (Source("彩票", "2026-01-04", (3, 7, 12, 19)),)


def people(**sizes: int) -> list[Entrant]:
    return [Entrant(f"{kind}{k}", (kind, "女" if k % 2 else "男")) for kind, n in sizes.items() for k in range(n)]


def test_each_stratum_gets_its_part() -> None:
    found = draw_in_strata("抽签", people(甲=60, 乙=40), 10, NUMBERS)
    assert {one.name: one.seats for one in found.strata} == {"甲·男": 3, "甲·女": 3, "乙·男": 2, "乙·女": 2}
    assert found.parts["甲"] == (60, 6)
    assert len(set(found.names)) == 10


def test_a_stratum_is_recomputed_by_hand_from_its_own_key() -> None:
    found = draw_in_strata("抽签", people(甲=20, 乙=20), 8, NUMBERS)
    women = [f"甲{k}" for k in range(1, 20, 2)]
    one = next(one for one in found.strata if one.name == "甲·女")
    assert one.drawn is not None
    assert one.drawn.key == "甲·女/" + key_of(NUMBERS)
    assert one.drawn.names == draw(Lot("别的题目", tuple(women), one.seats, NUMBERS, apart="甲·女")).names
    assert len({one.drawn.key for one in found.strata if one.drawn}) == 4


def test_a_tie_about_a_seat_is_settled_by_the_lot_and_said() -> None:
    entrants = [Entrant(f"{kind}{k}", (kind,)) for kind in "甲乙" for k in range(5)]
    winners = Counter()
    for number in range(60):
        found = draw_in_strata("抽签", entrants, 3, (Source("彩票", "2026-01-04", (number,)),))
        assert found.ties
        winners[max(found.strata, key=lambda one: one.seats).name] += 1
    assert min(winners["甲"], winners["乙"]) > 15


def test_everybody_has_the_same_chance() -> None:
    entrants, drawn = people(甲=12, 乙=6), Counter()
    for number in range(900):
        drawn.update(draw_in_strata("抽签", entrants, 6, (Source("彩票", "2026-01-04", (number,)),)).names)
    assert max(drawn.values()) < 1.35 * 300
    assert min(drawn.values()) > 0.65 * 300


def test_an_older_fingerprint_stays_as_it_was() -> None:
    assert "apart" not in Lot("抽签", ("甲", "乙"), 1, NUMBERS).announcement()


@pytest.mark.parametrize(
    ("entrants", "number", "least"),
    [
        (people(甲=2), 3, 0),
        ([], 1, 0),
        ([*people(甲=2), *people(甲=1)], 1, 0),
        ([Entrant("陆阿姨", ("甲",)), Entrant("李明", ())], 1, 0),
        (people(甲=2, 乙=2), 2, 1),
    ],
)
def test_what_cannot_be_drawn_is_refused(entrants: list[Entrant], number: int, least: int) -> None:
    with pytest.raises(Unusable):
        draw_in_strata("抽签", entrants, number, NUMBERS, least_each=least)
