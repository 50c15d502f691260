"""Every sector of the rules is looked for: in the plan, when a term takes office, when one is entered, and afterwards."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.cast import OPERATOR, Cast
from tests.conftest import Clock
from tests.factories.councils import (
    LINES,
    a_candidate,
    a_council,
    a_nominating_term,
    a_planned_term,
    a_seated_term,
    an_assembly,
    an_electing_term,
    clear_votes,
    hold_election,
    vote,
)
from tests.year.councils.test_entering import entered
from yishiting.ground.common.refused import NotAllowed, Refused, WrongState
from yishiting.ground.organisations.actions import appoint
from yishiting.ground.organisations.models import IdentityKind, Office
from yishiting.ground.places.models import Level
from yishiting.ground.seasons.rule_kinds import SECTORS
from yishiting.ground.seasons.rules import KINDS
from yishiting.year.councils.actions import (
    begin_term,
    correct_identity,
    fix_seats,
    found_council,
    note_identities,
    note_identity,
    reopen_nominations,
    seat_term,
    set_seat_plan,
)
from yishiting.year.councils.actions.entering import summary
from yishiting.year.councils.actions.sectors import advice
from yishiting.year.councils.models import Representative
from yishiting.year.councils.queries import candidates_of, composition, undeclared
from yishiting.year.councils.rules import Planned
from yishiting.year.councils.states import CandidateState, Outcome, State

pytestmark = pytest.mark.django_db
OF_A_SUBDISTRICT = [one for one in SECTORS if one not in ("two_committees_one_station", "owners_committee")]


def test_what_is_demanded_is_also_advised() -> None:
    for level in Level.values:
        demanded, advised = (KINDS[f"council.{key}"].at(level).value for key in ("required_sectors", "sectors"))
        assert demanded, level
        assert set(demanded) <= set(advised), level
    assert KINDS["council.required_sectors"].at("subdistrict").value == OF_A_SUBDISTRICT, "各方面均有代表"


class TestThePlan:
    def test_a_sector_demanded_has_a_seat_or_the_plan_is_refused(self, cast: Cast) -> None:
        term = begin_term(a_council(cast), by=cast.wang, number=3)
        with pytest.raises(Refused, match="居（村）民方面至少1席") as refusal:
            set_seat_plan(term, by=cast.liu, lines=[Planned("两委一站", "two_committees_one_station", 1, 12)])
        assert "resident" not in str(refusal.value), "no code among the words"

    def test_a_sector_advised_is_named_before_the_plan_is_adopted(self, cast: Cast) -> None:
        term = a_planned_term(cast)
        said = str(advice(term.place, {line.sector for line in LINES}))
        assert "没有党代表、人大代表、政协委员、业主委员会、驻区单位、社会组织、流动人员、特邀人士方面的代表" in said
        assert "“两代表一委员”" in said, "the rule itself"
        assert fix_seats(term, by=cast.wang).state == State.NOMINATING

    @pytest.mark.parametrize("left_out", OF_A_SUBDISTRICT)
    def test_a_subdistrict_has_every_sector_and_over_half_from_communities(self, cast: Cast, left_out: str) -> None:
        appoint(
            cast.maizidian, by=OPERATOR, person=cast.wang, office=Office.SUBDISTRICT_SECRETARY, since=date(2025, 1, 1)
        )
        council = found_council(cast.maizidian, by=cast.wang, purpose="协商。")
        term = begin_term(council, by=cast.wang, number=1)
        lines = [Planned("枣营北里", "resident", 1, 13, sends=cast.zaobei.code)]
        lines += [Planned(kind, kind, 1, 1) for kind in OF_A_SUBDISTRICT if kind != "resident"]
        whole = [*lines, Planned("其他居民", "resident", 1, 1)]
        set_seat_plan(term, by=cast.wang, lines=whole)
        without = [line for line in whole if line.sector != left_out] + [
            Planned(
                "枣营南里", "party_delegate" if left_out == "resident" else "resident", 1, 14, sends=cast.zaonan.code
            )
        ]
        with pytest.raises(Refused, match="各方面均有代表"):
            set_seat_plan(term, by=cast.wang, lines=without)
        few = [
            Planned("枣营北里", "resident", 1, 10, sends=cast.zaobei.code),
            *lines[1:],
            Planned("其他", "resident", 1, 4),
        ]
        with pytest.raises(Refused, match="占半数以上"):
            set_seat_plan(term, by=cast.wang, lines=few)


class TestTakingOffice:
    def _nobody_of_the_two_committees(self, cast: Cast, clock: Clock) -> Any:
        term = an_electing_term(cast, clock)
        assembly = an_assembly(cast, term)
        while left := list(undeclared(term)):
            for one in left:
                votes = {} if one.constituency.name == "两委一站" else clear_votes(one)
                vote(cast, one, assembly, votes)
        assert term.constituencies.get(name="两委一站").rounds.last().outcome in (Outcome.VACANT, Outcome.SUPPLEMENTARY)
        return term

    def test_a_term_without_a_sector_is_not_seated_until_there_is_somebody(self, cast: Cast, clock: Clock) -> None:
        term = self._nobody_of_the_two_committees(cast, clock)
        with pytest.raises(Refused, match="没有两委一站方面的代表"):
            seat_term(term, by=cast.wang)
        one = candidates_of(term).filter(state=CandidateState.ELECTED).first()
        assert one is not None
        note_identities(one, by=cast.liu, identities=["two_committees_one_station"])
        seat_term(term, by=cast.wang)
        seat = Representative.objects.get(candidate=one)
        held = seat.identities.get()
        assert (held.kind, held.since, held.until) == ("two_committees_one_station", seat.since, seat.until)

    def test_the_other_way_out_keeps_those_elected(self, cast: Cast, clock: Clock) -> None:
        term = self._nobody_of_the_two_committees(cast, clock)
        elected = candidates_of(term).filter(state=CandidateState.ELECTED).count()
        reopen_nominations(term, by=cast.wang, reason="两委一站没有人当选")
        assert term.state == State.NOMINATING
        assert candidates_of(term).filter(state=CandidateState.ELECTED).count() == elected

    def test_identities_are_looked_at_once_somebody_is_qualified(self, cast: Cast) -> None:
        term = a_nominating_term(cast)
        one = a_candidate(cast, term.constituencies.all()[0], "一甲")
        with pytest.raises(WrongState, match="资格审查通过以后"):
            note_identities(one, by=cast.liu, identities=["peoples_deputy"])
        with pytest.raises(NotAllowed):
            note_identities(one, by=cast.lu, identities=["peoples_deputy"])


class TestInOffice:
    def test_an_identity_counts_on_its_days_alone(self, cast: Cast, clock: Clock) -> None:
        term = a_seated_term(cast, clock)
        seat = Representative.objects.get(name="一乙")
        until = term.begins + timedelta(days=10)
        noted = note_identity(seat, by=cast.liu, kind=IdentityKind.PEOPLES_DEPUTY, until=until)
        assert (noted.since, noted.place) == (seat.since, cast.zaobei)
        seats = list(term.representatives.all())
        assert composition(seats, until)["peoples_deputy"] == 1
        assert composition(seats, until + timedelta(days=1))["peoples_deputy"] == 0
        assert "人大代表" not in str(advice(cast.zaobei, composition(seats, until)))
        assert "人大代表" in str(advice(cast.zaobei, composition(seats, until + timedelta(days=1))))
        with pytest.raises(Refused, match="终止日期不能早于起始日期") as refusal:
            correct_identity(
                noted, by=cast.liu, kind=IdentityKind.PARTY_DELEGATE, since=until, until=seat.since, reason="错了"
            )
        assert refusal.value.field == "until"
        with pytest.raises(NotAllowed):
            note_identity(seat, by=cast.lu, kind=IdentityKind.RESIDENT)

    def test_the_same_identity_from_the_same_day_is_noted_once(self, cast: Cast, clock: Clock) -> None:
        a_seated_term(cast, clock)
        seat = Representative.objects.get(name="一乙")
        note_identity(seat, by=cast.liu, kind=IdentityKind.PEOPLES_DEPUTY)
        with pytest.raises(Refused, match="已经登记"):
            note_identity(seat, by=cast.liu, kind=IdentityKind.PEOPLES_DEPUTY)


class TestEntering:
    def test_a_roster_without_a_sector_is_refused_unless_its_seat_is_vacant(self, cast: Cast) -> None:
        roster = [("一号楼群", "居民", "李明")]
        with pytest.raises(Refused, match="名册里没有两委一站方面") as refusal:
            entered(cast, roster=roster)
        assert refusal.value.field == "roster"

    def test_a_vacant_seat_and_another_identity_do(self, cast: Cast) -> None:
        term = entered(cast, roster=[("一号楼群", "居民", "李明"), ("两委一站", "两委一站", "空缺")])
        assert "没有两委一站方面的代表，按规则必须有" in summary(term), "the level above is told"

    def test_another_identity_is_enough(self, cast: Cast) -> None:
        term = entered(cast, roster=[("一号楼群", "居民", "李明", "", "", "两委一站")])
        assert "按规则必须有" not in summary(term)
        assert "规则提倡各方面都有" in summary(term)


def test_a_term_that_is_whole_is_seated(cast: Cast, clock: Clock) -> None:
    assert seat_term(hold_election(cast, an_electing_term(cast, clock)), by=cast.wang).state == State.SEATED
