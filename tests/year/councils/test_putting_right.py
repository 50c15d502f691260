"""A clerk's mistake about a council is put right before anything rests on it: an assembly, a term."""

from datetime import date

import pytest

from tests.cast import Cast
from tests.conftest import Clock
from tests.factories import councils
from yishiting.ground.common.refused import Refused
from yishiting.year.councils.actions import (
    amend_assembly,
    begin_term,
    drop_term,
    open_round,
    revise_seats,
    sign_in_voters,
    withdraw_assembly,
)
from yishiting.year.councils.models import Assembly, Term
from yishiting.year.councils.queries import undeclared

pytestmark = pytest.mark.django_db


def test_an_assembly_is_amended_and_those_who_came_stay_marked(cast: Cast, clock: Clock) -> None:
    assembly = councils.an_assembly(cast, councils.a_publicised_term(cast), present=2)
    roll = "\n".join(["新来的 41号楼", *councils.ROLL.splitlines()[1:]])
    amend_assembly(assembly, by=cast.liu, held_on=date(2026, 3, 21), roll=roll, reason="日期和名册写错了")
    assembly.refresh_from_db()
    assert (assembly.held_on, assembly.present, assembly.voters[0]["name"]) == (date(2026, 3, 21), 1, "新来的")
    with pytest.raises(Refused, match="没有变化"):
        amend_assembly(assembly, by=cast.liu, reason="点错了")


def test_an_assembly_on_a_wrong_day_is_withdrawn_before_anybody_votes(cast: Cast, clock: Clock) -> None:
    term = councils.an_electing_term(cast, clock)
    wrong, right = councils.an_assembly(cast, term), councils.an_assembly(cast, term)
    withdraw_assembly(wrong, by=cast.liu, reason="登记了两遍")
    assert list(Assembly.objects.standing()) == [right]
    with pytest.raises(Refused, match="已经撤销"):
        sign_in_voters(Assembly.objects.get(pk=wrong.pk), by=cast.liu, present=["1"])
    clock.to(right.held_on)
    one = undeclared(term)[0]
    open_round(one, by=cast.liu, assembly=right)
    for act in (amend_assembly, withdraw_assembly):
        with pytest.raises(Refused, match=f"{one.constituency}已经在这次会议上投票"):
            act(Assembly.objects.get(pk=right.pk), by=cast.liu, reason="写错了")


def test_a_term_begun_by_mistake_is_dropped(cast: Cast) -> None:
    council = councils.a_council(cast)
    term = begin_term(council, by=cast.wang, number=30)
    drop_term(term, by=cast.wang, reason="届次填错了")
    assert not Term.objects.exists()
    term = councils.a_nominating_term(cast, council)
    with pytest.raises(Refused, match="先“退回修改席位方案”，再“撤销筹备”"):
        drop_term(term, by=cast.wang, reason="填错了")
    drop_term(revise_seats(term, by=cast.wang, reason="填错了"), by=cast.wang, reason="填错了")
