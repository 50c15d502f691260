"""The money of a project: granted, contracted, paid by milestones, given by others, reversed; refused with the figure."""

from datetime import date
from typing import Any

import pytest

from tests.cast import Cast
from tests.conftest import Clock
from tests.factories.funds import LAMPS, asked, clerks, contracted, granted, project_of
from tests.instruments.funds.test_accounts import recount
from yishiting.ground.common.refused import NotAllowed, Refused, WrongState
from yishiting.instruments.funds.actions import reverse_posting
from yishiting.instruments.funds.models import Posting, PostingKind
from yishiting.instruments.funds.queries import Figures, figures_of, left_in
from yishiting.year.projects.actions import stop_project
from yishiting.year.spending.actions import (
    approve,
    ask,
    end_contract,
    enter_gift,
    make_grant,
    pay,
    release_grant,
    reverse,
    send_back,
    sign_contract,
    withdraw_gift,
)
from yishiting.year.spending.models import GiftKind, Payment
from yishiting.year.spending.queries import accounts_for, money_of, took
from yishiting.year.spending.rules import public_name
from yishiting.year.spending.states import State

pytestmark = pytest.mark.django_db


def test_a_milestone_is_asked_for_approved_by_another_and_paid_once(cast: Cast, clock: Clock) -> None:
    who = clerks(cast)
    payment = asked(cast, who)
    contract, project = payment.contract, payment.contract.project
    with pytest.raises(Refused, match="不能再付一次"):
        ask(contract, by=cast.wang, milestone=payment.milestone)
    with pytest.raises(NotAllowed, match="书记"):
        approve(payment, by=cast.liu)
    clock.to(date(2026, 3, 10))
    approve(payment, by=cast.wang)
    clock.to(date(2026, 3, 13))
    pay(payment, by=who.tian, voucher="2026-0312", paid_on=date(2026, 3, 12))
    assert (took(payment, date(2026, 3, 13)).approval, took(payment, date(2026, 3, 13)).payment) == (3, 2)
    money = money_of(project)
    assert (money.planned, money.granted, money.contracted, money.paid, money.left) == (
        1_235_000, 1_235_000, 960_050, 500_000, 735_000,
    )  # fmt: skip
    fund = accounts_for(project)[0].fund
    assert figures_of([fund])[fund.pk] == Figures(given=2_000_000, committed=735_000, spent=500_000, left=765_000)
    with pytest.raises(WrongState):
        pay(payment, by=who.tian, voucher="2026-0313")
    reverse(payment, by=who.tian, reason="开户行退回")
    again = ask(contract, by=cast.liu, milestone=payment.milestone)
    send_back(again, by=cast.wang, reason="发票抬头不对")
    assert money_of(project).paid == 0
    recount(cast)


def test_what_is_not_there_is_not_spent(cast: Cast) -> None:
    who = clerks(cast)
    project, fund = granted(cast, who)
    with pytest.raises(Refused, match=r"只有7,650元，不够7,650.01元，还差0.01元"):
        make_grant(project, by=who.tian, fund=fund, fen=765_001, basis="x")
    with pytest.raises(Refused, match=r"一共有12,350元，合同已经占用0元，还差0.01元"):
        sign_contract(
            project, by=cast.liu, **LAMPS | {"fen": 1_235_001, "milestones": [{"title": "一次", "fen": 1_235_001}]}
        )
    with pytest.raises(Refused, match=r"相差0.01元"):
        sign_contract(project, by=cast.liu, **LAMPS | {"fen": 960_051})
    with pytest.raises(Refused, match="不能有"):
        sign_contract(project, by=cast.liu, **LAMPS | {"payee": "<script>alert(1)</script>"})
    contract = sign_contract(project, by=cast.liu, **LAMPS)
    account = accounts_for(project)[0]
    with pytest.raises(Refused, match=r"只有2,749.50元没有合同占用"):
        release_grant(project, by=who.tian, account=account, fen=274_951, basis="x")
    with pytest.raises(WrongState, match="合同占用了这笔钱"):
        reverse_posting(Posting.objects.get(kind=PostingKind.COMMIT), by=who.tian, reason="x")
    release_grant(project, by=who.tian, account=account, fen=274_950, basis="省下来的")
    end_contract(contract, by=cast.liu, reason="厂家停产")
    assert money_of(project).free == 960_050
    assert left_in(fund) == 765_000 + 274_950
    recount(cast)


def test_nothing_is_paid_for_what_was_stopped(cast: Cast) -> None:
    who = clerks(cast)
    payment = asked(cast, who)
    contract, project = payment.contract, payment.contract.project
    with pytest.raises(WrongState, match="还有申请中的支付"):
        stop_project(project, by=cast.wang, reason="整体改造")
    send_back(payment, by=cast.wang, reason="项目要停")
    stop_project(project, by=cast.wang, reason="整体改造")
    contract.project.refresh_from_db()
    for act in (
        lambda: ask(contract, by=cast.liu, milestone=payment.milestone),
        lambda: make_grant(project, by=who.tian, fund=accounts_for(project)[0].fund, fen=1, basis="x"),
        lambda: sign_contract(project, by=cast.liu, **LAMPS | {"number": "2"}),
    ):
        with pytest.raises(WrongState, match="已经终止"):
            act()


def test_the_last_part_waits_for_the_review(cast: Cast) -> None:
    who = clerks(cast)
    contract = contracted(cast, who)
    last = ask(contract, by=cast.liu, milestone=contract.milestones.get(last=True))
    with pytest.raises(WrongState, match="年终评议达标以后才能支付"):
        approve(last, by=cast.wang)
    Payment.objects.filter(pk=last.pk).update(state=State.APPROVED)
    last.refresh_from_db()
    with pytest.raises(WrongState, match="年终评议达标以后才能支付"):
        pay(last, by=who.tian, voucher="1")


LAMP: dict[str, Any] = {"giver": "安居物业", "private_giver": False, "what": "路灯1盏"}


def test_gifts_in_kind_stand_apart_from_cash_and_hours_are_no_money(cast: Cast) -> None:
    who = clerks(cast)
    project = project_of(cast)
    cash = enter_gift(project, by=cast.liu, kind=GiftKind.CASH, **LAMP | {"what": "捐款"}, fen=300_000, basis="收据3号")
    enter_gift(project, by=cast.liu, kind=GiftKind.GOODS, **LAMP, fen=120_000, basis="发票")
    enter_gift(project, by=cast.liu, kind=GiftKind.HOURS, **LAMP | {"giver": "马师傅", "private_giver": True}, hours=16)
    for kind, more, words in (
        (GiftKind.HOURS, {"hours": 2, "fen": 100}, "不折成钱"),
        (GiftKind.GOODS, {"fen": 100}, "请写明依据"),
        (GiftKind.CASH, {"hours": 2, "fen": 100, "basis": "x"}, "小时数只在"),
    ):
        with pytest.raises(Refused, match=words):
            enter_gift(project, by=cast.liu, kind=kind, **LAMP, **more)
    money = money_of(project)
    assert (money.given, money.granted, money.in_kind, money.hours, money.cash) == (300_000, 0, 120_000, 16, 300_000)
    assert [(one.source, one.share) for one in money.parts] == [("社会资金", "100.0")]
    sign_contract(project, by=cast.liu, **LAMPS | {"fen": 1, "milestones": [{"title": "一次", "fen": 1}]})
    with pytest.raises(Refused, match="合同已经占用"):
        withdraw_gift(cash, by=cast.liu, reason="退回")
    with pytest.raises(NotAllowed):
        withdraw_gift(cash, by=cast.lu, reason="退回")
    assert (public_name("马师傅", private=True), public_name("安居物业", private=False)) == ("马**", "安居物业")
    assert who.tian
    recount(cast)
