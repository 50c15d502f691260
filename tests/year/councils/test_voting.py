"""The election in the assembly: rounds, ties, shortages, and the result."""

from datetime import timedelta

import pytest

from tests.cast import TODAY, Cast
from tests.conftest import Clock
from tests.factories.councils import (
    a_candidate,
    a_nominating_term,
    a_publicised_term,
    an_assembly,
    an_electing_term,
    clear_votes,
    counts_for,
    fill_candidates,
    hold_election,
    key_in,
    vote,
)
from yishiting.ground.common.refused import NotAllowed, Refused, WrongState
from yishiting.instruments.ballots.actions import enter_tally, void_poll
from yishiting.instruments.ballots.models import Method
from yishiting.instruments.publicity.actions import close_notice
from yishiting.year.councils.actions import (
    appoint_tellers,
    convene_assembly,
    declare_round,
    disqualify_candidate,
    open_round,
    publicise_candidates,
    qualify_candidate,
    record_consent,
    reinstate_candidate,
    reopen_nominations,
    seat_term,
    sign_in_voters,
    stand,
    start_election,
    withdraw_candidate,
)
from yishiting.year.councils.choices import Route
from yishiting.year.councils.models import Candidate, ElectionRound, Term
from yishiting.year.councils.queries import (
    undeclared,
)
from yishiting.year.councils.states import CandidateState, Outcome, RoundKind


def a_name_written_in(cast: Cast, clock: Clock) -> Term:
    """An election in which 孙立, on no list, wins a seat of 两委一站."""
    term = an_electing_term(cast, clock)
    first = undeclared(term).get(constituency__name="两委一站")
    open_round(first, by=cast.liu, assembly=an_assembly(cast, term))
    key_in(cast, first.poll, {**counts_for(first.poll, {"两甲": 30, "两乙": 29}), "other:孙立": 28})
    declare_round(first, by=cast.liu)
    return term


class TestVoting:
    def test_a_candidate_does_not_count_the_votes(self, cast: Cast, clock: Clock) -> None:
        term = an_electing_term(cast, clock)
        assembly = an_assembly(cast, term)
        with pytest.raises(Refused, match="一甲是候选人"):
            appoint_tellers(assembly, by=cast.liu, watcher=["某人"], counter=["一甲"])
        with pytest.raises(Refused, match="还没有推定计票人"):
            appoint_tellers(assembly, by=cast.liu, watcher=["某人"])
        appoint_tellers(assembly, by=cast.liu, watcher=["某人"], counter=["一甲（9号楼）"])

    def test_a_candidate_does_not_key_in_the_count(self, cast: Cast, clock: Clock) -> None:
        term = a_nominating_term(cast)
        stood = stand(term.constituencies.all()[2], by=cast.liu, name="刘芳", birth_year=1985, consents=True)
        qualify_candidate(stood, by=cast.wang)
        publicise_candidates(fill_candidates(cast, term), by=cast.wang)
        clock.to(term.notice.last_day + timedelta(days=1))
        close_notice(term.notice, by=cast.wang)
        start_election(term, by=cast.wang, method=Method.PAPER)
        assembly = an_assembly(cast, term)
        mine = undeclared(term).get(constituency__name="两委一站")
        open_round(mine, by=cast.wang, assembly=assembly)
        with pytest.raises(Refused, match="您的名字在这张选票上"):
            enter_tally(mine.poll, by=cast.liu, counts=counts_for(mine.poll, {}))

    def test_no_vote_without_tellers_and_no_result_before_two_keyings(self, cast: Cast, clock: Clock) -> None:
        term = an_electing_term(cast, clock)
        election_round = undeclared(term).first()
        bare = convene_assembly(term, by=cast.liu, held_on=TODAY, venue="活动室", roll="甲 1号楼\n乙 2号楼")
        with pytest.raises(Refused, match="请先“登记到会”"):
            open_round(election_round, by=cast.liu, assembly=bare)
        sign_in_voters(bare, by=cast.liu, present=["1"])
        with pytest.raises(Refused, match="请先“推定"):
            open_round(election_round, by=cast.liu, assembly=bare)
        with pytest.raises(Refused, match="计票还没有完成"):
            declare_round(election_round, by=cast.liu)
        with pytest.raises(Refused, match="名册里有重复"):
            convene_assembly(term, by=cast.liu, held_on=TODAY, venue="活动室", roll="甲 1号楼\n甲 1号楼")

    def test_a_clear_result_elects_and_settles_the_others(self, cast: Cast, clock: Clock) -> None:
        term = an_electing_term(cast, clock)
        election_round = undeclared(term).get(constituency__name="一号楼群")
        vote(cast, election_round, an_assembly(cast, term), clear_votes(election_round))
        states = dict(Candidate.objects.filter(constituency__name="一号楼群").values_list("name", "state"))
        assert states == {
            "一甲": "elected",
            "一乙": "elected",
            "一丙": "elected",
            "一丁": "elected",
            "一戊": "not_elected",
        }
        assert election_round.outcome == Outcome.COMPLETE
        assert len(election_round.poll.entitled) == 40
        with pytest.raises(Refused, match="已经宣布"):
            declare_round(election_round, by=cast.liu)

    def test_a_tie_that_decides_prepares_a_runoff_among_the_tied(self, cast: Cast, clock: Clock) -> None:
        term = an_electing_term(cast, clock)
        assembly = an_assembly(cast, term)
        first = undeclared(term).get(constituency__name="二号楼群")
        vote(cast, first, assembly, {"二甲": 35, "二乙": 30, "二丙": 25, "二丁": 25})
        assert first.outcome == Outcome.RUNOFF
        runoff = undeclared(term).get(constituency__name="二号楼群")
        assert (runoff.kind, runoff.seats, runoff.number) == (RoundKind.RUNOFF, 1, 2)
        assert set(runoff.candidates.values_list("name", flat=True)) == {"二丙", "二丁"}
        vote(cast, runoff, assembly, {"二丙": 12, "二丁": 20})
        states = dict(Candidate.objects.filter(constituency__name="二号楼群").values_list("name", "state"))
        assert states == {"二甲": "elected", "二乙": "elected", "二丙": "not_elected", "二丁": "elected"}

    def test_a_shortage_prepares_a_supplementary_round_with_the_lower_share(self, cast: Cast, clock: Clock) -> None:
        term = an_electing_term(cast, clock)
        assembly = an_assembly(cast, term)
        first = undeclared(term).get(constituency__name="二号楼群")
        vote(cast, first, assembly, {"二甲": 35, "二乙": 18, "二丙": 16, "二丁": 3})
        again = undeclared(term).get(constituency__name="二号楼群")
        assert (again.kind, again.seats) == (RoundKind.SUPPLEMENTARY, 2)
        assert set(again.candidates.values_list("name", flat=True)) == {"二乙", "二丙", "二丁"}
        vote(cast, again, assembly, {"二乙": 15, "二丙": 14, "二丁": 2})
        assert again.outcome == Outcome.COMPLETE
        assert Candidate.objects.get(name="二丙").state == CandidateState.ELECTED

    def test_after_the_last_round_allowed_the_seat_stays_vacant(self, cast: Cast, clock: Clock) -> None:
        term = an_electing_term(cast, clock)
        assembly = an_assembly(cast, term)
        for _ in range(3):
            vote(cast, undeclared(term).get(constituency__name="二号楼群"), assembly, {"二甲": 1})
        assert not undeclared(term).filter(constituency__name="二号楼群").exists()
        assert ElectionRound.objects.filter(constituency__name="二号楼群").last().outcome == Outcome.VACANT
        assert not Candidate.objects.filter(name__startswith="二", state=CandidateState.QUALIFIED).exists()

    def test_more_returned_than_issued_voids_the_vote_which_is_held_again(self, cast: Cast, clock: Clock) -> None:
        term = an_electing_term(cast, clock)
        assembly = an_assembly(cast, term)
        first = undeclared(term).get(constituency__name="二号楼群")
        open_round(first, by=cast.liu, assembly=assembly)
        key_in(cast, first.poll, {**counts_for(first.poll, {"二甲": 30}), "returned": 41})
        declare_round(first, by=cast.liu)
        again = undeclared(term).get(constituency__name="二号楼群")
        assert first.outcome == Outcome.VOID_RETURNED
        assert (again.kind, again.seats, again.candidates.count()) == (RoundKind.FIRST, 3, 4)

    def test_too_few_voting_and_a_vote_declared_void_are_held_again(self, cast: Cast, clock: Clock) -> None:
        term = an_electing_term(cast, clock)
        assembly = an_assembly(cast, term, present=20)
        first = undeclared(term).get(constituency__name="二号楼群")
        vote(cast, first, assembly, {"二甲": 15}, ballots=20)
        assert first.outcome == Outcome.VOID_TURNOUT
        second = undeclared(term).get(constituency__name="二号楼群")
        open_round(second, by=cast.liu, assembly=assembly)
        void_poll(second.poll, by=cast.wang, reason="停电，秩序混乱")
        declare_round(second, by=cast.liu)
        third = undeclared(term).get(constituency__name="二号楼群")
        assert (second.outcome, third.kind, third.number) == (Outcome.VOIDED, RoundKind.FIRST, 3)

    def test_a_name_written_in_may_win_but_is_asked_before_taking_office(self, cast: Cast, clock: Clock) -> None:
        term = a_name_written_in(cast, clock)
        written = Candidate.objects.get(name="孙立")
        assert (written.route, written.state) == (Route.WRITTEN_IN, CandidateState.ELECTED)
        hold_election(cast, term)
        with pytest.raises(Refused, match="孙立当选，但还没有登记本人同意公示"):
            seat_term(term, by=cast.wang)
        record_consent(written, by=cast.liu, consents=True)
        seat_term(term, by=cast.wang)
        assert ["两委一站", "投票时另选", "孙立", "—", "当选"] in term.result_notice.table["rows"]

    def test_show_of_hands_is_as_good(self, cast: Cast, clock: Clock) -> None:
        term = a_publicised_term(cast)
        clock.to(term.notice.last_day + timedelta(days=1))
        close_notice(term.notice, by=cast.wang)
        start_election(term, by=cast.wang, method=Method.SHOW_OF_HANDS)
        first = undeclared(term).get(constituency__name="二号楼群")
        open_round(first, by=cast.liu, assembly=an_assembly(cast, term))
        hands = {f"{n}:{side}": 0 for n in range(4) for side in ("for", "against")}
        hands |= {f"{n}:for": 30 for n, one in enumerate(first.poll.options) if one["label"] != "二丁"}
        key_in(cast, first.poll, hands)
        declare_round(first, by=cast.liu)
        assert first.outcome == Outcome.COMPLETE

    def test_nominations_reopen_for_the_seats_left_and_the_next_vote_is_supplementary(
        self, cast: Cast, clock: Clock
    ) -> None:
        term = an_electing_term(cast, clock)
        assembly = an_assembly(cast, term)
        for election_round in undeclared(term):
            votes = (
                {"二甲": 35, "二乙": 30}
                if election_round.constituency.name == "二号楼群"
                else clear_votes(election_round)
            )
            vote(cast, election_round, assembly, votes)
        left = undeclared(term).get()
        assert left.kind == RoundKind.SUPPLEMENTARY
        reopen_nominations(term, by=cast.wang, reason="候选人不足，补充提名")
        left.refresh_from_db()
        assert left.outcome == Outcome.CALLED_OFF
        qualify_candidate(a_candidate(cast, left.constituency, "二己"), by=cast.liu)
        publicise_candidates(term, by=cast.wang)
        clock.to(term.notice.last_day + timedelta(days=1))
        close_notice(term.notice, by=cast.wang)
        start_election(term, by=cast.wang, method=Method.PAPER)
        again = undeclared(term).get()
        assert (again.constituency.name, again.kind, again.seats) == ("二号楼群", RoundKind.SUPPLEMENTARY, 1)
        assert "二己" in set(again.candidates.values_list("name", flat=True))


class TestWaysOut:
    def test_who_is_elected_and_declines_steps_back_and_the_others_take_office(self, cast: Cast, clock: Clock) -> None:
        term = a_name_written_in(cast, clock)
        hold_election(cast, term)
        with pytest.raises(Refused, match="办理退出参选"):
            seat_term(term, by=cast.wang)
        declined = withdraw_candidate(Candidate.objects.get(name="孙立"), by=cast.liu, reason="不愿担任")
        assert declined.state == CandidateState.WITHDRAWN
        seat_term(term, by=cast.wang)
        assert term.representatives.count() == 9
        seated = Candidate.objects.get(name="一甲")
        with pytest.raises(Refused, match="办理离任"):
            withdraw_candidate(seated, by=cast.liu)

    def test_who_was_turned_down_is_entered_again_and_reviewed_anew(self, cast: Cast) -> None:
        term = a_nominating_term(cast)
        group = term.constituencies.first()
        turned_down = disqualify_candidate(a_candidate(cast, group, "王芳"), by=cast.liu, reason="没有居住证明")
        with pytest.raises(Refused, match="恢复候选人登记"):
            a_candidate(cast, group, "王芳")
        with pytest.raises(NotAllowed):
            reinstate_candidate(turned_down, by=cast.lu, reason="补交了证明")
        reinstate_candidate(turned_down, by=cast.liu, reason="补交了居住证明")
        assert (turned_down.state, turned_down.review_note) == (CandidateState.NOMINATED, "补交了居住证明")
        assert qualify_candidate(turned_down, by=cast.liu).state == CandidateState.QUALIFIED
        with pytest.raises(WrongState):
            reinstate_candidate(turned_down, by=cast.liu, reason="再来一次")

    def test_a_name_written_in_has_no_form_to_be_entered_again(self, cast: Cast, clock: Clock) -> None:
        term = an_electing_term(cast, clock)
        written = Candidate.objects.create(
            constituency=term.constituencies.first(),
            place=term.place,
            name="孙立",
            route=Route.WRITTEN_IN,
            state=CandidateState.WITHDRAWN,
        )
        reopen_nominations(term, by=cast.wang, reason="补充提名")
        with pytest.raises(Refused, match="重新登记候选人"):
            reinstate_candidate(written, by=cast.liu, reason="愿意参选")

    def test_only_an_assembly_of_this_election_votes(self, cast: Cast, clock: Clock) -> None:
        term = an_electing_term(cast, clock)
        assembly = an_assembly(cast, term)
        with pytest.raises(Refused, match="没有这些序号") as refusal:
            sign_in_voters(assembly, by=cast.liu, present=["1", "900"])
        assert refusal.value.field == "present"
        first = undeclared(term).first()
        open_round(first, by=cast.liu)
        assert first.assembly == assembly
        with pytest.raises(Refused, match="已经开始"):
            open_round(first, by=cast.liu)
