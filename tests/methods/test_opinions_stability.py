"""How firm opinion groups are: two camps stay, a crowd of one mind does not fall apart the same way twice."""

from random import Random

import pytest

from yishiting.methods.errors import Unusable
from yishiting.methods.opinions import Consultation, Vote, stability
from yishiting.methods.opinions.stability import adjusted_rand


def camps(people: int, noise: float) -> Consultation:
    dice = Random(3)
    votes = []
    for person in range(people):
        for statement in range(10):
            side = 1 if (person % 2) == (statement % 2) else -1
            votes.append(Vote(str(person), str(statement), side if dice.random() > noise else dice.choice([1, 0, -1])))
    return Consultation(tuple(votes))


def test_two_camps_stay_two_camps() -> None:
    found = stability(camps(40, 0.1), rounds=8)
    assert (found.firm, found.same_number) == (True, 8)
    assert set(found.groups) == {"A", "B"}
    assert min(found.groups.values()) > 0.95
    assert "分组稳定" in found.sentence()


def test_a_crowd_without_camps_is_not_firm() -> None:
    found = stability(camps(60, 1.0), rounds=8)
    assert not found.firm
    assert found.low < found.agreement < 0.75


def test_the_figures_come_again() -> None:
    assert stability(camps(30, 0.5), rounds=3) == stability(camps(30, 0.5), rounds=3)


def test_the_adjusted_rand_index() -> None:
    both = {("A", "x"): 2, ("A", "y"): 1, ("B", "y"): 3}
    assert adjusted_rand(both, {"A": 3, "B": 3}, {"x": 2, "y": 4}) == pytest.approx(0.3243, abs=1e-4)
    assert adjusted_rand({("A", "x"): 3}, {"A": 3}, {"x": 3}) == 1.0


def test_nothing_to_draw_from_is_refused() -> None:
    with pytest.raises(Unusable):
        stability(Consultation(()))
    with pytest.raises(Unusable):
        stability(camps(10, 0.1), rounds=0)
