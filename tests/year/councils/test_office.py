"""In office: seats taken, left and filled anew, until the end of the term."""

from datetime import date, timedelta

import pytest

from tests.cast import Cast
from tests.conftest import Clock
from tests.factories.councils import (
    a_candidate,
    a_seated_term,
    an_assembly,
    an_electing_term,
    hold_election,
    vote,
)
from yishiting.ground.accounts.actors import Clock as DailyClock
from yishiting.ground.accounts.actors import Visitor
from yishiting.ground.common.predicates import Question
from yishiting.ground.common.refused import NotAllowed, Refused
from yishiting.ground.notices.models import Message
from yishiting.instruments.ballots.models import Method
from yishiting.instruments.publicity.actions import close_notice
from yishiting.instruments.publicity.models import NoticeKind
from yishiting.year.councils.actions import (
    call_by_election,
    end_representative,
    end_term,
    give_up_by_election,
    link_account,
    publicise_by_election,
    qualify_candidate,
    seat_by_election,
    seat_term,
    start_by_election,
)
from yishiting.year.councils.choices import Leaving
from yishiting.year.councils.models import ByElection, Representative
from yishiting.year.councils.permissions import represents_here
from yishiting.year.councils.queries import (
    seats_of,
    serving_here,
    undeclared,
    vacancies,
)
from yishiting.year.councils.states import ByElectionState, RoundKind, State


class TestOffice:
    def test_a_term_is_seated_for_three_years_and_published(self, cast: Cast, clock: Clock) -> None:
        term = a_seated_term(cast, clock)
        assert (term.begins, term.ends) == (date(2026, 3, 13), date(2029, 3, 12))
        assert term.representatives.count() == 10
        assert term.result_notice.kind == NoticeKind.RESULT
        assert "应到40人，实到40人" in term.result_notice.body
        assert sum(row[4] == "当选" for row in term.result_notice.table["rows"]) == 10
        assert "代表01" not in str(term.result_notice.table) + term.result_notice.body

    def test_results_must_all_be_declared(self, cast: Cast, clock: Clock) -> None:
        with pytest.raises(Refused, match="还有3个推选单位的结果没有宣布"):
            seat_term(an_electing_term(cast, clock), by=cast.wang)

    def test_who_left_a_phone_represents_from_the_first_day(self, cast: Cast, clock: Clock) -> None:
        a_seated_term(cast, clock)
        seat = Representative.objects.get(name="一甲")
        assert seat.person == cast.liming
        assert represents_here.why_not(Question(cast.liming, cast.zaobei)) is None
        assert represents_here.why_not(Question(cast.liming, cast.zaonan)) is not None
        assert represents_here.why_not(Question(Visitor(), cast.zaobei)) is not None
        assert Message.objects.filter(to=cast.liming, template="representative.seat").count() == 1
        assert seat.sectors(seat.since) == ["resident"]

    def test_an_account_opened_later_is_linked_once(self, cast: Cast, clock: Clock) -> None:
        a_seated_term(cast, clock)
        seat = Representative.objects.get(name="一乙")
        with pytest.raises(Refused, match="还没有用"):
            link_account(seat, by=DailyClock())
        seat.candidate.phone = cast.lu.phone
        seat.candidate.save()
        link_account(seat, by=DailyClock())
        assert seat.person == cast.lu
        with pytest.raises(Refused, match="已经关联"):
            link_account(seat, by=cast.liu)

    def test_an_expired_representative_does_not_represent(self, cast: Cast, clock: Clock) -> None:
        term = a_seated_term(cast, clock)
        clock.to(term.ends)
        assert seats_of(cast.liming)
        clock.to(term.ends + timedelta(days=1))
        assert not seats_of(cast.liming)
        assert "届满" in str(represents_here.why_not(Question(cast.liming, cast.zaobei)))
        end_term(term, by=DailyClock())
        assert (term.state, term.ends) == (State.ENDED, date(2029, 3, 12))

    def test_a_term_ends_early_only_with_a_reason(self, cast: Cast, clock: Clock) -> None:
        term = a_seated_term(cast, clock)
        with pytest.raises(Refused, match="第二天自动结束"):
            end_term(term, by=DailyClock())
        with pytest.raises(Refused, match="写明原因"):
            end_term(term, by=cast.wang, on=date(2026, 6, 1))
        end_term(term, by=cast.wang, on=date(2026, 3, 14), reason="社区合并")
        clock.to(date(2026, 3, 15))
        assert not serving_here(cast.zaobei, date(2026, 3, 15)).exists()

    def test_the_next_term_follows_the_one_before(self, cast: Cast, clock: Clock) -> None:
        term = a_seated_term(cast, clock)
        clock.to(term.ends - timedelta(days=40))
        following = hold_election(cast, an_electing_term(cast, clock, term.council))
        with pytest.raises(Refused, match="不能早于第二天") as refusal:
            seat_term(following, by=cast.wang, begins=term.ends)
        assert refusal.value.field == "begins"
        seat_term(following, by=cast.wang, begins=term.ends + timedelta(days=1))
        assert following.number == 4
        assert serving_here(cast.zaobei, term.ends).count() == 10
        assert serving_here(cast.zaobei, following.begins).count() == 10

    def test_leaving_needs_a_reason_and_frees_the_seat(self, cast: Cast, clock: Clock) -> None:
        term = a_seated_term(cast, clock)
        seat = Representative.objects.get(name="一甲")
        with pytest.raises(Refused, match="离任原因"):
            end_representative(seat, by=cast.wang, kind=Leaving.RESIGNED, reason="")
        with pytest.raises(Refused, match="任期之内"):
            end_representative(seat, by=cast.wang, kind=Leaving.RESIGNED, reason="辞去", on=date(2030, 1, 1))
        with pytest.raises(NotAllowed):
            end_representative(seat, by=cast.liu, kind=Leaving.RESIGNED, reason="辞去")
        end_representative(seat, by=cast.wang, kind=Leaving.LOST, reason="协商会第二次会议决定终止资格")
        tomorrow = date(2026, 3, 14)
        clock.to(tomorrow)
        assert represents_here.why_not(Question(cast.liming, cast.zaobei)) is not None
        assert [(one.name, n) for one, n in vacancies(term, tomorrow)] == [("一号楼群", 1)]
        with pytest.raises(Refused, match="已经办理离任"):
            end_representative(seat, by=cast.wang, kind=Leaving.RESIGNED, reason="又辞")


class TestByElection:
    def _called(self, cast: Cast, clock: Clock) -> ByElection:
        term = a_seated_term(cast, clock)
        end_representative(Representative.objects.get(name="一甲"), by=cast.wang, kind=Leaving.MOVED, reason="迁出")
        clock.to(date(2026, 3, 16))
        return call_by_election(term.constituencies.all()[0], by=cast.wang, reason="一名代表迁出")

    def test_a_vacant_seat_is_filled_for_the_rest_of_the_term(self, cast: Cast, clock: Clock) -> None:
        by_election = self._called(cast, clock)
        one = by_election.constituency
        for name in ("补甲", "补乙"):
            qualify_candidate(a_candidate(cast, one, name), by=cast.liu)
        publicise_by_election(by_election, by=cast.wang)
        assert "补选" in by_election.notice.title
        with pytest.raises(Refused, match="期满"):
            start_by_election(by_election, by=cast.wang, method=Method.PAPER)
        clock.to(by_election.notice.last_day + timedelta(days=1))
        close_notice(by_election.notice, by=DailyClock())
        start_by_election(by_election, by=cast.wang, method=Method.PAPER)
        election_round = undeclared(by_election).get()
        assert (election_round.kind, election_round.seats, election_round.number) == (RoundKind.BY_ELECTION, 1, 2)
        vote(cast, election_round, an_assembly(cast, by_election), {"补甲": 10, "补乙": 25})
        seat_by_election(by_election, by=cast.wang)
        seat = Representative.objects.get(name="补乙")
        assert (by_election.state, seat.until) == (ByElectionState.SEATED, by_election.term.ends)
        assert vacancies(by_election.term, seat.since) == []

    def test_only_for_a_vacancy_in_office_and_once(self, cast: Cast, clock: Clock) -> None:
        by_election = self._called(cast, clock)
        first, second, _ = by_election.term.constituencies.all()
        with pytest.raises(Refused, match="没有空缺"):
            call_by_election(second, by=cast.wang, reason="想多一个")
        with pytest.raises(Refused, match="正在进行"):
            call_by_election(first, by=cast.wang, reason="再来一次")
        give_up_by_election(by_election, by=cast.wang, reason="离届满不足半年")
        assert call_by_election(first, by=cast.wang, reason="还是补上").state == ByElectionState.NOMINATING

    def test_one_more_candidate_than_seats_here_too(self, cast: Cast, clock: Clock) -> None:
        by_election = self._called(cast, clock)
        qualify_candidate(a_candidate(cast, by_election.constituency, "补甲"), by=cast.liu)
        with pytest.raises(Refused, match="至少要2名"):
            publicise_by_election(by_election, by=cast.wang)
