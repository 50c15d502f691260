"""A notice runs the working days it promised, also when holidays are announced after it was posted."""

from datetime import date

import pytest

from tests.cast import OPERATOR, Cast
from tests.conftest import Clock
from tests.factories import publicity
from yishiting.ground.accounts.actors import Clock as DailyClock
from yishiting.ground.accounts.actors import Visitor
from yishiting.ground.common.refused import Refused
from yishiting.ground.seasons.actions import load_holidays
from yishiting.instruments.publicity.actions import close_notice, extend_notice, raise_objection
from yishiting.methods.workdays import Holidays, national_holidays
from yishiting.overview.cycle.actions import run_daily


def test_what_the_law_itself_gives_counts_before_the_arrangement_is_announced(cast: Cast, clock: Clock) -> None:
    load_holidays(cast.district, by=OPERATOR, table=national_holidays())
    clock.to(date(2026, 12, 28))
    assert publicity.a_notice(cast).last_day == date(2027, 1, 5)


def test_a_page_says_that_the_day_may_still_move(cast: Cast, clock: Clock, client) -> None:
    load_holidays(cast.district, by=OPERATOR, table=national_holidays())
    clock.to(date(2026, 12, 28))
    over_new_year = publicity.a_notice(cast)
    assert "2027年的放假安排公布以后" in client.get(f"/notices/{over_new_year.pk}/").content.decode()
    clock.to(date(2026, 11, 2))
    assert "可能顺延" not in client.get(f"/notices/{publicity.a_notice(cast).pk}/").content.decode()


def announced(cast: Cast) -> None:
    """Two of the five days are made free after the notice was posted."""
    free = frozenset({date(2026, 3, 10), date(2026, 3, 11)})
    load_holidays(cast.district, by=OPERATOR, table=Holidays(off=free))


def test_it_is_not_closed_early_and_takes_objections_on_the_days_added(cast: Cast, clock: Clock) -> None:
    notice = publicity.a_notice(cast)
    first = notice.last_day
    announced(cast)
    clock.to(date(2026, 3, 13))
    assert first < date(2026, 3, 13)
    with pytest.raises(Refused, match="3月16日"):
        close_notice(notice, by=cast.wang)
    raise_objection(notice, by=Visitor(), text="候选人不住在本社区。")


def test_the_day_turns_and_the_notice_says_its_new_day(cast: Cast, clock: Clock) -> None:
    notice = publicity.a_notice(cast)
    with pytest.raises(Refused, match="没有变化"):
        extend_notice(notice, by=cast.wang)
    announced(cast)
    clock.to(date(2026, 3, 13))
    run_daily(date(2026, 3, 13))
    notice.refresh_from_db()
    assert (notice.last_day, notice.state) == (date(2026, 3, 16), "posted")
    with pytest.raises(Refused, match="没有变化"):
        extend_notice(notice, by=DailyClock())
