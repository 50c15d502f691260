"""A year of money at three levels: handed down, granted, contracted, paid as far as the review allows; every fen recounted."""

from datetime import date

import pytest
from django.db import connection

from tests.cast import Cast
from tests.conftest import Clock
from tests.factories import evaluation
from tests.factories.funds import LAMPS, YUAN, clerks, handed_down
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.refused import WrongState
from yishiting.instruments.funds.actions import carry_over, give_back, open_fund, set_budget
from yishiting.instruments.funds.models import Fund, Source
from yishiting.instruments.funds.queries import Figures, figures_of, funds_at, left_in
from yishiting.year.evaluation.actions import declare_review, make_reward
from yishiting.year.projects.models import Project
from yishiting.year.spending.actions import approve, ask, enter_gift, make_grant, pay, sign_contract
from yishiting.year.spending.models import Contract, GiftKind
from yishiting.year.spending.queries import money_of

pytestmark = pytest.mark.django_db

#: Of each level what came from outside it, and what of it lies where, by plain SQL over the postings.
RECOUNT = """
select p.level,
  sum(case when a.kind = 'origin' then -n.fen else 0 end) as given,
  sum(case when a.kind = 'left' then n.fen else 0 end) as rest,
  sum(case when a.kind = 'committed' then n.fen else 0 end) as committed,
  sum(case when a.kind = 'spent' then n.fen else 0 end) as spent
from (select debit_id as account_id, fen from funds_posting
      union all select credit_id, -fen from funds_posting) n
join funds_account a on a.id = n.account_id
join funds_fund f on f.id = a.fund_id
join places_place p on p.id = f.place_id
group by p.level
"""


def recounted() -> dict[str, tuple[int, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(RECOUNT)
        return {level: tuple(int(one) for one in sums) for level, *sums in cursor.fetchall()}


def test_a_year_of_money_comes_out_even(cast: Cast, clock: Clock) -> None:
    who = clerks(cast)
    top, middle, low = handed_down(cast, who)
    own = open_fund(cast.zaobei, by=who.tian, source=Source.AUTONOMY, year=2026)
    set_budget(own, by=who.tian, fen=250_005, basis="枣营北里社区议〔2026〕2号")
    _meeting, review = evaluation.review_meeting(cast, clock)
    project = review.project
    make_grant(project, by=who.tian, fund=low, fen=900_000, basis="决议")
    make_grant(project, by=who.tian, fund=own, fen=50_005, basis="决议")
    contract = contracted(cast, who.tian, project)
    last = ask(contract, by=cast.liu, milestone=contract.milestones.get(last=True))
    with pytest.raises(WrongState, match="评议达标以后才能支付"):
        approve(last, by=cast.wang)
    with pytest.raises(WrongState, match="达标以后才有奖励"):
        make_reward(project, by=who.tian, fund=low)
    declare_review(evaluation.rated(cast, review, satisfied=5, mostly=0, unsatisfied=0), by=cast.liu)
    last.refresh_from_db()
    pay(approve(last, by=cast.wang), by=who.tian, voucher="2026-2")
    money = money_of(project)
    assert (money.granted, money.given, money.contracted, money.paid, money.left) == (
        950_005,
        10_045,
        960_050,
        960_050,
        0,
    )
    assert [one.share for one in money.parts] == ["93.7", "5.2", "1.1"]
    reward = make_reward(project, by=who.tian, fund=low)
    assert reward.fen == 48_002  # five per cent of 9,600.50 yuan, rounded down
    with pytest.raises(WrongState, match="不能再兑现一次"):
        make_reward(project, by=who.tian, fund=low)
    give_back(low, by=who.tian, fen=51_998, basis="用不完")
    clock.to(date(2027, 1, 4))
    carry_over(low, by=who.tian, fen=left_in(low), basis="结转")
    carry_over(middle, by=who.meng, fen=left_in(middle), basis="结转")
    the_books(cast, top, low)


def contracted(cast: Cast, tian: Person, project: Project) -> Contract:
    """With what the property company gave, a contract; its first part is paid."""
    gift = {"giver": "安居物业", "private_giver": False, "what": "捐款", "basis": "收据"}
    enter_gift(project, by=cast.liu, kind=GiftKind.CASH, fen=10_045, **gift)
    contract = sign_contract(project, by=cast.liu, **LAMPS)
    first = ask(contract, by=cast.liu, milestone=contract.milestones.get(position=1))
    pay(approve(first, by=cast.wang), by=tian, voucher="2026-1")
    return contract


def the_books(cast: Cast, top: Fund, low: Fund) -> None:
    figures = figures_of(funds_at(cast.district))
    assert all(one.adds_up for one in figures.values())
    assert figures[low.pk] == Figures(given=1_948_002, carried=1_000_000, committed=48_002, spent=900_000)
    assert figures[top.pk] == Figures(given=100_000 * YUAN, allotted=30_000 * YUAN, left=70_000 * YUAN)
    levels = recounted()
    assert levels["district"] == (10_000_000, 7_000_000, 0, 0)
    assert levels["subdistrict"] == (0, 1_051_998, 0, 0)
    assert levels["community"] == (260_050, 1_000_000 + 200_000, 48_002, 960_050)
    assert sum(one[0] for one in levels.values()) == sum(sum(one[1:]) for one in levels.values())
