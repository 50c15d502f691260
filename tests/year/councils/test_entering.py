"""A place that joins in mid-term enters the council it has; the level above confirms it."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests.cast import OPERATOR, Cast, person
from tests.doors.api.program import Program
from tests.factories.councils import a_council
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.refused import NotAllowed, Refused
from yishiting.ground.organisations.actions import appoint
from yishiting.ground.organisations.models import Office
from yishiting.overview.cycle.board import waiting_for
from yishiting.year.councils.actions import (
    amend_entry,
    begin_term,
    confirm_entry,
    end_representative,
    enter_term,
    found_council,
    link_account,
    renumber_term,
    return_entry,
)
from yishiting.year.councils.choices import Leaving
from yishiting.year.councils.models import Representative, Term
from yishiting.year.councils.queries import candidates_of, seats_of, serving_here, vacancies
from yishiting.year.councils.states import State

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 5)
PASTED = (
    "推选单位\t方面\t姓名\t手机号\t单位或楼院\t其他身份\n"
    "一号楼群\t居民\t李明\t13800000002\t2号楼\t党代表、人大代表\n"
    "一号楼群\t居民\t王 芳\t\t3号楼\t\n"
    "两委一站\t两委一站\t刘强\n"
    "两委一站\t两委一站\t空缺\n"
)
DAYS: dict[str, Any] = {"number": 3, "begins": date(2024, 4, 1), "ends": date(2027, 3, 31)}
BASIS = "2024年3月28日居民代表会议选举产生。"


def entered(cast: Cast, **more: Any) -> Term:
    return enter_term(
        a_council(cast), by=cast.wang, **{**DAYS, "basis": BASIS, "roster": rows(), "consents": True, **more}
    )


def rows() -> list[tuple[str, ...]]:
    return [tuple([*line.split("\t"), *[""] * 6][:6]) for line in PASTED.splitlines()[1:]]


def test_what_is_entered_serves_once_the_level_above_has_confirmed_it(cast: Cast) -> None:
    term = entered(cast)
    assert (term.state, term.elected_elsewhere) == (State.ENTERED, True)
    assert not serving_here(cast.zaobei, TODAY).exists(), "not before it is confirmed"
    for nobody in (cast.wang, cast.liu, cast.sun, cast.lu):
        with pytest.raises(NotAllowed):
            confirm_entry(term, by=nobody)
    confirm_entry(term, by=cast.zhao)
    assert (term.state, term.confirmed_by) == (State.SEATED, cast.zhao)
    assert sorted(one.name for one in serving_here(cast.zaobei, TODAY)) == ["刘强", "李明", "王芳"]
    seat = seats_of(Person.objects.get(pk=cast.liming.pk), TODAY)[0]
    assert (seat.since, seat.until) == tuple(list(DAYS.values())[1:])
    assert seat.sectors(TODAY) == ["resident", "party_delegate", "peoples_deputy"]
    assert [(one.name, seats) for one, seats in vacancies(term, TODAY)] == [("两委一站", 1)], "the empty seat is kept"


def test_it_waits_on_the_home_of_the_level_above_and_when_returned_on_its_own(cast: Cast) -> None:
    def waits(someone: Person) -> list[str]:
        fresh = Person.objects.get(pk=someone.pk)
        return [wait.verb for wait in waiting_for(fresh, TODAY) if wait.verb.startswith("term.")]

    term = entered(cast)
    assert (waits(cast.zhao), waits(cast.wang)) == (["term.confirm_entry"], [])
    return_entry(term, by=cast.zhao, reason="王芳已经搬走")
    assert (waits(cast.zhao), waits(cast.wang)) == ([], ["term.amend_entry"])
    mended = [row for row in rows() if row[2] != "王 芳"]
    amend_entry(term, by=cast.wang, **DAYS, basis=BASIS, roster=mended)
    assert (waits(cast.zhao), waits(cast.wang)) == (["term.confirm_entry"], [])
    assert all(candidates_of(term).values_list("consents_to_publication", flat=True)), "nobody took it back"
    Program().get(f"/terms/{term.pk}", 404)
    assert Program().get(f"/councils/{term.council_id}/terms") == []
    confirm_entry(term, by=cast.zhao)
    assert Representative.objects.count() == 2


@pytest.mark.parametrize(
    ("roster", "says"),
    [
        ([], "请把在任代表写上"),
        ([("一号楼群", "楼门", "李明")], "第1行：没有“楼门”这个方面"),
        ([("一号楼群", "居民", "李明", "12")], "第1行"),
        ([("一号楼群", "居民", "李明"), ("一号楼群", "驻区单位", "王芳")], "写了不同的方面"),
        ([("一号楼群", "居民", "李明"), ("一号楼群", "居民", "李 明")], "写了两遍"),
        ([("一号楼群", "居民")], "第1行缺“姓名”"),
    ],
)
def test_a_roster_that_does_not_hold_together_is_refused_at_its_field(cast: Cast, roster: Any, says: str) -> None:
    with pytest.raises(Refused) as refused:
        entered(cast, roster=roster)
    assert says in str(refused.value)
    assert refused.value.field == "roster"
    assert not Term.objects.exists()


def test_only_a_place_that_begins_here_enters_a_term(cast: Cast) -> None:
    term = entered(cast)
    with pytest.raises(Refused, match="确认在任的一届"):
        begin_term(term.council, by=cast.wang)
    confirm_entry(term, by=cast.zhao)
    with pytest.raises(Refused, match="筹备新一届"):
        enter_term(term.council, by=cast.wang, **DAYS, basis=BASIS, roster=rows())
    assert begin_term(term.council, by=cast.wang).number == 4


def test_a_first_number_typed_wrongly_is_put_right_until_another_term_follows(cast: Cast) -> None:
    term = confirm_entry(entered(cast), by=cast.zhao)
    renumber_term(term, by=cast.wang, number=5, reason="看错了")
    assert begin_term(term.council, by=cast.wang).number == 6
    with pytest.raises(Refused, match="不能单独改"):
        renumber_term(term, by=cast.wang, number=3, reason="看错了")


def test_somebody_without_a_number_is_joined_to_an_account_later(cast: Cast) -> None:
    confirm_entry(entered(cast), by=cast.zhao)
    seat = Representative.objects.get(name="王芳")
    with pytest.raises(Refused, match="补上手机号"):
        link_account(seat, by=cast.liu)
    link_account(seat, by=cast.liu, phone="13800000099")
    assert seat.person is None
    fang = person("fang", "王芳", "13800000099", staff=False)
    link_account(seat, by=cast.liu)
    assert seat.person == fang
    again = Representative.objects.get(name="刘强")
    with pytest.raises(Refused, match="已经关联本届代表王芳"):
        link_account(again, by=cast.liu, phone="13800000099")
    assert end_representative(seat, by=cast.wang, kind=Leaving.MOVED, reason="搬走").until == TODAY


def test_the_district_confirms_its_own_by_its_head(cast: Cast) -> None:
    council = found_council(cast.district, by=cast.sun, purpose="协商全区事务。")
    others = [(kind, kind, "空缺", "", "", "") for kind in ("政协委员", "特邀人士")]
    term = enter_term(council, by=cast.sun, **DAYS, basis=BASIS, roster=[*rows(), *others])
    officer = person("officer", "区办小周")
    appoint(cast.district, by=OPERATOR, person=officer, office=Office.DISTRICT_OFFICER, since=date(2025, 1, 1))
    with pytest.raises(NotAllowed):
        confirm_entry(term, by=officer)
    assert confirm_entry(term, by=cast.sun).state == State.SEATED


def test_the_same_afternoon_on_the_web(cast: Cast, sign_in) -> None:
    """Pasted from a sheet, confirmed above, marked on every page as not elected here."""
    council = a_council(cast)
    secretary: Client = sign_in(cast.wang)
    enter = f"/do/term.enter/{council.pk}/"
    assert enter in secretary.get(f"/desk/p/{cast.zaobei.code}/council/").content.decode()
    page = secretary.get(enter).content.decode()
    assert "代表名册" in page
    days = {"number": "3", "begins": "2024-4-1", "ends": "2027-3-31"}
    sent = {**days, "basis": BASIS, "roster": PASTED, "consents": "True"}
    answer = secretary.post(enter, sent)
    assert answer.status_code == 302, answer.content.decode()
    term = Term.objects.get()
    above: Client = sign_in(cast.zhao)
    confirm = f"/do/term.confirm_entry/{term.pk}/"
    assert "在任代表3人" in above.get(confirm).content.decode()
    assert above.post(confirm, {}).status_code == 302
    for page in (f"/p/{cast.zaobei.code}/council/", f"/desk/p/{cast.zaobei.code}/council/"):
        shown = secretary.get(page).content.decode()
        assert "非本系统选举产生" in shown
        assert BASIS in shown
    assert "李明" in Client().get(f"/p/{cast.zaobei.code}/council/").content.decode()
