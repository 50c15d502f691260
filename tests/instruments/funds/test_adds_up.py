"""Whatever is done with the money of three levels, in whatever order: it adds up, at every level, at the end of any day."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import Cast
from tests.conftest import Clock
from tests.factories.funds import PAPER, YUAN, clerks, handed_down
from tests.instruments.funds.test_accounts import recount
from yishiting.ground.common.refused import Refused, WrongState
from yishiting.instruments.funds.actions import allot, give_back, reverse_posting, set_budget
from yishiting.instruments.funds.models import Posting
from yishiting.instruments.funds.queries import figures_of, funds_at
from yishiting.instruments.funds.rules import Moved, balance, drawn, shares

FEN = st.integers(0, 10**13)
ACTS = st.lists(
    st.tuples(st.sampled_from(["budget", "down", "on", "back", "reverse"]), st.integers(1, 40_000 * YUAN)), max_size=8
)


@pytest.mark.django_db
@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_every_level_adds_up_on_any_day(cast: Cast, clock: Clock, acts: list[tuple[str, int]]) -> None:
    from django.db import transaction

    with transaction.atomic():
        _live(cast, clock, acts)
        transaction.set_rollback(True)


def _live(cast: Cast, clock: Clock, acts: list[tuple[str, int]]) -> None:
    clock.to(date(2026, 3, 5))
    who = clerks(cast)
    top, middle, low = handed_down(cast, who)
    for n, (act, fen) in enumerate(acts, start=1):
        clock.to(date(2026, 3, 5) + timedelta(days=n))
        newest = Posting.objects.order_by("-created_at").first()
        try:
            match act:
                case "budget":
                    set_budget(top, by=who.he, fen=fen, basis=PAPER)
                case "down":
                    allot(top, by=who.he, to=cast.maizidian, fen=fen, basis=PAPER)
                case "on":
                    allot(middle, by=who.meng, to=cast.zaobei, fen=fen, basis=PAPER)
                case "back":
                    give_back(low, by=who.tian, fen=fen, basis=PAPER)
                case _:
                    reverse_posting(newest, by=who.he if newest.place == cast.district else who.meng, reason="记错了")
        except (Refused, WrongState):
            continue
    for n in range(len(acts) + 1):
        figures = figures_of(funds_at(cast.district), date(2026, 3, 5) + timedelta(days=n))
        assert all(one.adds_up and one.left >= 0 for one in figures.values())
        assert figures[top.pk].allotted == figures[middle.pk].given
        assert figures[middle.pk].allotted == figures[low.pk].given
    recount(cast)


@pytest.mark.once
@given(held=st.lists(FEN, max_size=6), wanted=FEN)
def test_what_is_drawn_is_what_was_wanted_or_all_there_is(held: list[int], wanted: int) -> None:
    parts = drawn(list(enumerate(held)), wanted)
    assert sum(part for _n, part in parts) == min(wanted, sum(held))
    assert all(0 < part <= held[n] for n, part in parts)


@pytest.mark.once
@given(parts=st.lists(FEN, min_size=1, max_size=8))
def test_shares_make_a_hundred_per_cent(parts: list[int]) -> None:
    told = shares(parts)
    assert sum(round(float(one) * 10) for one in told) == (1000 if sum(parts) else 0)


@pytest.mark.once
@given(moved=st.lists(st.builds(Moved, st.integers(0, 3), st.integers(0, 3), FEN), max_size=20))
def test_what_is_anywhere_came_from_somewhere(moved: list[Moved]) -> None:
    assert sum(balance(one, moved) for one in range(4)) == 0
