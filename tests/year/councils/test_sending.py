"""A subdistrict's council: seats fixed by the working committee, people sent and recommended, publicised, confirmed."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import OPERATOR, Cast, person
from tests.conftest import Clock
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.refused import NotAllowed, Refused
from yishiting.ground.organisations.actions import appoint, name_contact, register_organisation
from yishiting.ground.organisations.models import Office, Organisation, OrganisationKind
from yishiting.instruments.publicity.actions import close_notice
from yishiting.overview.cycle.board import waiting_for
from yishiting.year.councils.actions import (
    begin_term,
    call_by_election,
    confirm_by_election,
    confirm_entry,
    confirm_term,
    end_representative,
    enter_term,
    fix_seats,
    found_council,
    nominate,
    publicise_by_election,
    publicise_candidates,
    qualify_candidate,
    send_representative,
    set_seat_plan,
    start_election,
)
from yishiting.year.councils.choices import Leaving, Route
from yishiting.year.councils.models import ByElection, Candidate, Representative, Term
from yishiting.year.councils.rules import Planned
from yishiting.year.councils.states import State

pytestmark = pytest.mark.django_db
OTHERS = (
    "party_delegate",
    "peoples_deputy",
    "cppcc_member",
    "social_organisation",
    "migrant_resident",
    "invited_member",
)
BASIS = {"basis": "3月4日社区议事协商会推派", "consents": True}


@pytest.fixture
def gao(cast: Cast) -> Person:
    return staff(cast, "gao", "高书记", Office.SUBDISTRICT_SECRETARY)


def staff(cast: Cast, login: str, name: str, office: Office) -> Person:
    someone = person(login, name)
    appoint(cast.maizidian, by=OPERATOR, person=someone, office=office, since=date(2025, 1, 1))
    return someone


def the_school(cast: Cast) -> Organisation:
    school = register_organisation(cast.maizidian, by=cast.zhao, kind=OrganisationKind.RESIDENT_UNIT, name="麦子店小学")
    name_contact(school, by=cast.zhao, name="陆桂芳", phone=cast.lu.phone)
    return school


def nominating(cast: Cast, gao: Person) -> Term:
    council = found_council(cast.maizidian, by=gao, purpose="协商街道公共事务。")
    term = begin_term(council, by=gao, number=1)
    lines = [
        Planned("枣营北里社区", "resident", 1, 7, sends=cast.zaobei.code),
        Planned("枣营南里社区", "resident", 1, 6, sends=cast.zaonan.code),
        Planned("麦子店小学", "resident_unit", 1, 1, unit=str(the_school(cast).pk)),
        *(Planned(kind, kind, 1, 1) for kind in OTHERS),
    ]
    return fix_seats(set_seat_plan(term, by=cast.zhao, lines=lines), by=gao)


def group(term: Term, name: str) -> Any:
    return term.constituencies.get(name=name)


def sent(term: Term, name: str, by: Person, n: int) -> Candidate:
    return send_representative(group(term, name), by=by, name=f"{name[:3]}{n}甲", birth_year=1960, **BASIS)


def everybody(cast: Cast, gao: Person) -> Term:
    """Twenty seats: thirteen sent by communities, one by the school, six recommended; all reviewed and publicised."""
    term = nominating(cast, gao)
    for n in range(7):
        sent(term, "枣营北里社区", cast.wang, n)
    for n in range(6):
        sent(term, "枣营南里社区", cast.qian, n)
    send_representative(group(term, "麦子店小学"), by=cast.lu, name="何校长", birth_year=1970, **BASIS)
    for kind in OTHERS:
        given = {"route": Route.RECOMMENDATION, "proposed_by": "街道党工委", "birth_year": 1970, "consents": True}
        nominate(group(term, kind), by=cast.zhao, name=f"{kind}代表", **given)
    for one in Candidate.objects.filter(constituency__term=term):
        qualify_candidate(one, by=cast.zhao)
    return publicise_candidates(term, by=gao)


def confirmed(cast: Cast, gao: Person, clock: Clock) -> Term:
    term = everybody(cast, gao)
    clock.to(term.notice.last_day + timedelta(days=1))
    close_notice(term.notice, by=cast.zhao)
    return confirm_term(term, by=gao)


def waits(who: Person, verb: str) -> list[Any]:
    return [one for one in waiting_for(who, date(2026, 3, 5)) if one.verb == verb]


def test_the_working_committee_fixes_the_shares(cast: Cast, gao: Person) -> None:
    director = staff(cast, "fang", "方主任", Office.SUBDISTRICT_DIRECTOR)
    council = found_council(cast.maizidian, by=gao, purpose="协商。")
    term = begin_term(council, by=director, number=1)
    lines = [Planned("枣营北里社区", "resident", 1, 14, sends=cast.zaobei.code)]
    lines += [Planned(kind, kind, 1, 1) for kind in (*OTHERS, "resident_unit")]
    set_seat_plan(term, by=cast.zhao, lines=lines)
    with pytest.raises(NotAllowed, match="街乡党工委书记"):
        fix_seats(term, by=director)
    assert fix_seats(term, by=gao).state == State.NOMINATING


def test_it_waits_on_the_home_of_whoever_sends(cast: Cast, gao: Person) -> None:
    term = nominating(cast, gao)
    (line,) = waits(cast.wang, "constituency.send")
    assert (line.place, "还要推派7名" in str(line.says)) == (cast.zaobei, True)
    assert waits(cast.liu, "constituency.send") == [], "whoever leads the community names them"
    for n in range(7):
        sent(term, "枣营北里社区", cast.wang, n)
    assert waits(cast.wang, "constituency.send") == []
    with pytest.raises(Refused, match="席位已经派满"):
        sent(term, "枣营北里社区", cast.wang, 8)
    with pytest.raises(NotAllowed):
        sent(term, "枣营南里社区", cast.wang, 1)
    browser = Client()
    browser.force_login(cast.qian)
    page = browser.get(reverse("do", args=["constituency.send", group(term, "枣营南里社区").pk]))
    assert "还要推派6人" in page.content.decode()


def test_nobody_else_stands_for_what_is_sent(cast: Cast, gao: Person) -> None:
    term = nominating(cast, gao)
    with pytest.raises(Refused, match="推派"):
        nominate(
            group(term, "麦子店小学"),
            by=cast.zhao,
            name="某人",
            birth_year=1970,
            route=Route.NOMINATION,
            proposed_by="街道",
        )
    with pytest.raises(Refused, match="登记候选人"):
        send_representative(group(term, "cppcc_member"), by=cast.zhao, name="某人", birth_year=1970, **BASIS)


def test_from_shares_to_seated_without_a_vote(cast: Cast, gao: Person, clock: Clock) -> None:
    term = everybody(cast, gao)
    assert "确定代表" in term.notice.body
    with pytest.raises(Refused, match="公示"):
        confirm_term(term, by=gao)
    with pytest.raises(Refused, match="不用投票"):
        start_election(term, by=gao, method="paper")
    clock.to(term.notice.last_day + timedelta(days=1))
    close_notice(term.notice, by=cast.zhao)
    confirm_term(term, by=gao)
    assert term.state == State.SEATED
    assert term.ends.year == term.begins.year + 3
    assert Representative.objects.filter(term=term).count() == 20
    assert "推派" in term.result_notice.body
    browser = Client()
    browser.force_login(gao)
    assert "麦子店小学" in browser.get(reverse("desk-council", args=[cast.maizidian.code])).content.decode()


def test_too_few_from_communities_are_not_confirmed(cast: Cast, gao: Person, clock: Clock) -> None:
    term = everybody(cast, gao)
    for one in Candidate.objects.filter(constituency__sends__isnull=False)[:8]:
        one.state = "withdrawn"
        one.save()
    clock.to(term.notice.last_day + timedelta(days=1))
    close_notice(term.notice, by=cast.zhao)
    with pytest.raises(Refused, match="占半数以上"):
        confirm_term(term, by=gao)


def test_a_vacancy_goes_back_to_whoever_sends(cast: Cast, gao: Person, clock: Clock) -> None:
    term = confirmed(cast, gao, clock)
    leaving = Representative.objects.filter(constituency__name="枣营南里社区").first()
    end_representative(leaving, by=gao, kind=Leaving.RESIGNED, on=term.begins, reason="本人辞去")
    clock.to(term.begins + timedelta(days=1))
    assert "by_election.call" not in {one.verb for one in waiting_for(gao, term.begins)}
    with pytest.raises(Refused, match="不补选"):
        call_by_election(group(term, "枣营南里社区"), by=gao, reason="空缺")
    assert [one.verb for one in waiting_for(cast.qian, term.begins) if one.verb == "constituency.send"]
    new = sent(term, "枣营南里社区", cast.qian, 9)
    by_election = ByElection.objects.get()
    assert by_election.seats == 1
    assert new.by_election == by_election
    qualify_candidate(new, by=cast.zhao)
    publicise_by_election(by_election, by=gao)
    clock.to(by_election.notice.last_day + timedelta(days=1))
    close_notice(by_election.notice, by=cast.zhao)
    confirm_by_election(by_election, by=gao)
    assert Representative.objects.get(name=new.name).until == term.ends


def test_a_unit_sends_another_and_the_seat_stays_its_own(cast: Cast, gao: Person, clock: Clock) -> None:
    term = confirmed(cast, gao, clock)
    former = Representative.objects.get(name="何校长")
    seat = group(term, "麦子店小学")
    with pytest.raises(Refused, match="接替哪一位"):
        send_representative(seat, by=cast.lu, name="吴校长", birth_year=1975, **BASIS)
    new = send_representative(seat, by=cast.lu, name="吴校长", birth_year=1975, replaces=former, **BASIS)
    qualify_candidate(new, by=cast.zhao)
    by_election = new.by_election
    publicise_by_election(by_election, by=gao)
    clock.to(by_election.notice.last_day + timedelta(days=1))
    close_notice(by_election.notice, by=cast.zhao)
    confirm_by_election(by_election, by=gao)
    former.refresh_from_db()
    now = Representative.objects.get(name="吴校长")
    assert former.end_kind == Leaving.REPLACED
    assert former.until == now.since - timedelta(days=1)
    assert (now.constituency, now.until) == (seat, term.ends)


def test_an_entered_council_knows_its_communities_by_their_place(cast: Cast, gao: Person) -> None:
    council = found_council(cast.maizidian, by=gao, purpose="协商。")
    roster = [(f"枣营北里社区{word}", "居民", f"北里{n}") for n, word in enumerate(["", "居委会"])]
    roster += [("枣营南里", "居民", "南里一")]
    roster += [
        (name, name, f"{name}一")
        for name in ("党代表", "人大代表", "政协委员", "驻区单位", "社会组织", "流动人员", "特邀人士")
    ]
    days = {"begins": date(2025, 1, 1), "ends": date(2027, 12, 31)}
    term = enter_term(council, by=gao, number=1, basis="街道党工委确定。", roster=roster, **days)
    told = {one.name: one.sends_id for one in term.constituencies.all() if one.sends_id}
    assert set(told.values()) == {cast.zaobei.pk, cast.zaonan.pk}
    assert len(told) == 3
    assert confirm_entry(term, by=cast.sun).state == State.SEATED
