"""Accounts: what goes out of one comes into another, nothing is overdrawn, nothing is edited."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from tests.cast import Cast
from tests.conftest import Clock
from tests.factories.funds import PAPER, clerks, handed_down
from yishiting.ground.common.refused import NotAllowed, Refused, WrongState
from yishiting.instruments.funds.actions import allot, carry_over, give_back, open_fund, reverse_posting, set_budget
from yishiting.instruments.funds.models import Account, AccountKind, Fund, Posting, PostingKind, Source
from yishiting.instruments.funds.queries import Figures, figures_of, funds_at, left_in

pytestmark = pytest.mark.django_db


def test_money_goes_down_the_tree_comes_back_and_is_carried_over(cast: Cast, clock: Clock) -> None:
    who = clerks(cast)
    top, middle, low = handed_down(cast, who)
    assert figures_of([top, middle, low]) == {
        top.pk: Figures(given=10_000_000, allotted=3_000_000, left=7_000_000),
        middle.pk: Figures(given=3_000_000, allotted=2_000_000, left=1_000_000),
        low.pk: Figures(given=2_000_000, left=2_000_000),
    }
    with pytest.raises(Refused, match=r"只有70,000元，不够70,000.01元，还差0.01元"):
        allot(top, by=who.he, to=cast.anzhen, fen=7_000_001, basis=PAPER)
    assert not Fund.objects.filter(place=cast.anzhen).exists()
    give_back(low, by=who.tian, fen=50_050, basis="用不完")
    wrong = allot(middle, by=who.meng, to=cast.zaonan, fen=1_050_050, basis=PAPER)
    assert left_in(middle) == 0
    reverse_posting(wrong, by=who.meng, reason="应当给枣营北里")
    with pytest.raises(WrongState, match="已经冲正过"):
        reverse_posting(wrong, by=who.meng, reason="再冲")
    with pytest.raises(WrongState, match="本年度还没有结束"):
        carry_over(low, by=who.tian, fen=1, basis="结转")
    clock.to(date(2027, 1, 4))
    carry_over(low, by=who.tian, fen=1_949_950, basis="结转")
    figures = figures_of(funds_at(cast.district))
    assert all(one.adds_up for one in figures.values())
    assert figures[low.pk] == Figures(given=1_949_950, carried=1_949_950)
    assert left_in(Fund.objects.get(place=cast.zaobei, year=2027)) == 1_949_950
    before = figures_of([top, middle, low], date(2026, 3, 4))
    assert set(before.values()) == {Figures()}
    recount(cast)


def recount(cast: Cast) -> None:
    """The balances are what the postings come to, in plain SQL, to the fen."""
    with connection.cursor() as cursor:
        cursor.execute(
            """select a.id, a.balance,
                 coalesce((select sum(fen) from funds_posting where debit_id = a.id), 0)
               - coalesce((select sum(fen) from funds_posting where credit_id = a.id), 0)
               from funds_account a"""
        )
        rows = cursor.fetchall()
        cursor.execute("select sum(balance) from funds_account")
        assert cursor.fetchone()[0] == 0, "what is anywhere came from somewhere"
    assert rows
    assert all(balance == booked for _key, balance, booked in rows)


def test_bad_amounts_and_the_wrong_people_are_told_why(cast: Cast) -> None:
    who = clerks(cast)
    top, middle, _low = handed_down(cast, who)
    for fen, words in ((-1, "不能少于 0.01 元"), (0, "不能少于 0.01 元"), (10**13 + 1, "不能超过"), ("1.234", "数字")):
        with pytest.raises(Refused, match=words):
            set_budget(top, by=who.he, fen=fen, basis=PAPER)
    with pytest.raises(Refused, match="重新选择"):
        allot(top, by=who.he, to=cast.zaobei, fen=1, basis=PAPER)
    for someone in (cast.wang, cast.zhou, who.tian):
        with pytest.raises(NotAllowed, match="财务人员"):
            allot(middle, by=someone, to=cast.zaobei, fen=1, basis=PAPER)
    own = open_fund(cast.zaobei, by=who.meng, source=Source.AUTONOMY, year=2026)  # 居财街管
    with pytest.raises(WrongState, match="没有上级可以缴回"):
        give_back(own, by=who.tian, fen=1, basis="x")
    with pytest.raises(WrongState, match="不向下级下达"):
        allot(own, by=who.tian, to=cast.zaobei, fen=1, basis=PAPER)
    with pytest.raises(Refused, match="不用再立"):
        open_fund(cast.zaobei, by=who.tian, source=Source.AUTONOMY, year=2026)
    with pytest.raises(Refused, match="2025到2027"):
        open_fund(cast.zaobei, by=who.tian, source=Source.SHARED, year=2030)
    assert Posting.objects.count() == 3


def test_the_database_refuses_what_no_verb_does(cast: Cast) -> None:
    low = handed_down(cast, clerks(cast))[-1]
    left = Account.objects.get(fund=low, kind=AccountKind.LEFT)
    one = Posting.objects.first()
    assert one is not None
    given = {"place": cast.zaobei, "kind": PostingKind.BUDGET, "booked_on": one.booked_on, "basis": "x"}
    for wrong in (
        lambda: Account.objects.filter(pk=left.pk).update(balance=-1),
        lambda: Posting.objects.create(**given, debit=left, credit=left, fen=1),
        lambda: Posting.objects.create(**given, debit=left, credit=one.credit, fen=0),
        lambda: Posting.objects.create(**given, debit=left, credit=one.credit, fen=1, reverses=one),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong()
