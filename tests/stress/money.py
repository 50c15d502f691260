"""What two clerks do at once with the same money: nothing is spent twice, nothing is paid twice."""

from datetime import date

from tests.cast import Cast
from tests.factories.funds import LAMPS, PAPER, clerks
from tests.instruments.funds.test_accounts import recount
from tests.stress.clerks import each, once, reread
from tests.year.spending.test_files import HEAD, workbook
from yishiting.ground.accounts.models import Person
from yishiting.ground.files.preparing import prepare
from yishiting.instruments.funds.actions import allot, carry_over, open_fund, reverse_posting, set_budget
from yishiting.instruments.funds.models import Fund, Source
from yishiting.instruments.funds.queries import left_in
from yishiting.year.evaluation.actions import make_reward
from yishiting.year.projects.models import Project
from yishiting.year.spending import actions as spending
from yishiting.year.spending.models import Contract, GiftKind


def the_money(cast: Cast, project: Project) -> None:
    """A year's money at two desks, to the last part of a contract and the reward."""
    who, project = clerks(cast), reread(project)
    fund = once(lambda place: open_fund(place, by=who.he, source=Source.SPECIAL, year=2026), cast.district)
    each(lambda it: set_budget(it, by=who.he, fen=100_000, basis=PAPER), fund)
    once(lambda it: allot(it, by=who.he, to=cast.maizidian, fen=150_000, basis=PAPER), fund)
    middle = Fund.objects.get(place=cast.maizidian)
    each(lambda it: allot(it, by=who.meng, to=cast.zaobei, fen=50_000, basis=PAPER), middle)
    low = Fund.objects.get(place=cast.zaobei)
    once(lambda it: spending.make_grant(it, by=who.tian, fund=low, fen=80_000, basis=PAPER), project)
    parts = [{"title": "到货", "fen": 30_000}, {"title": "达标", "fen": 50_000}]
    signed = LAMPS | {"fen": 80_000, "milestones": parts, "signed_on": date(2026, 11, 20)}
    contract = once(lambda it: spending.sign_contract(it, by=cast.liu, **signed), project)
    _paid(cast, who.tian, contract)
    once(lambda it: make_reward(it, by=who.tian, fund=low), project)
    gift = {"giver": "安居物业", "private_giver": False, "what": "捐款", "basis": "收据"}
    each(lambda it: spending.enter_gift(it, by=cast.liu, kind=GiftKind.CASH, fen=5, **gift), project)
    wrong = set_budget(fund, by=who.he, fen=7, basis=PAPER)
    once(lambda it: reverse_posting(it, by=who.he, reason="记错了"), wrong)
    once(lambda place: open_fund(place, by=who.tian, source=Source.SPECIAL, year=2027), cast.zaobei)
    once(lambda it: carry_over(it, by=who.tian, fen=left_in(low), basis=PAPER), low)
    file = [prepare(workbook(HEAD, ["没有", "1", 1, "谁", 1, "2026-11-26", "1"])[0])]
    each(lambda place: spending.take_in_payments(place, by=who.tian, files=file), cast.zaobei)
    recount(cast)


def _paid(cast: Cast, tian: Person, contract: Contract) -> None:
    for part in contract.milestones.all():
        payment = once(lambda it, part=part: spending.ask(it, by=cast.liu, milestone=part), contract)
        once(lambda it: spending.approve(it, by=cast.wang), payment)
        once(lambda it: spending.pay(it, by=tian, voucher="2026-1"), payment)
