"""The council from its seat plan to the end of its term."""

from datetime import date, timedelta

import pytest

from tests.cast import TODAY, Cast
from tests.conftest import Clock
from tests.factories.councils import (
    LINES,
    a_candidate,
    a_council,
    a_nominating_term,
    a_planned_term,
    a_publicised_term,
    a_seated_term,
    an_assembly,
    an_electing_term,
    clear_votes,
    counts_for,
    fill_candidates,
    hold_election,
    key_in,
    vote,
)
from tests.factories.publicity import an_objection
from yishiting.ground.accounts.actors import Clock as DailyClock
from yishiting.ground.accounts.actors import Visitor
from yishiting.ground.common.asking import Ask
from yishiting.ground.common.refused import NotAllowed, Refused, WrongState
from yishiting.ground.ledger.models import Entry
from yishiting.ground.notices.models import Message
from yishiting.ground.seasons.models import Rule, Rulebook
from yishiting.instruments.ballots.actions import enter_tally, void_poll
from yishiting.instruments.ballots.models import Method
from yishiting.instruments.publicity.actions import answer_objection, close_notice
from yishiting.instruments.publicity.models import NoticeKind
from yishiting.instruments.publicity.states import State as NoticeState
from yishiting.year.councils.actions import (
    appoint_tellers,
    begin_term,
    call_by_election,
    convene_assembly,
    declare_round,
    disqualify_candidate,
    end_representative,
    end_term,
    fix_seats,
    found_council,
    give_up_by_election,
    link_account,
    nominate,
    open_round,
    publicise_by_election,
    publicise_candidates,
    qualify_candidate,
    record_consent,
    reopen_nominations,
    seat_by_election,
    seat_term,
    set_seat_plan,
    stand,
    start_by_election,
    start_election,
    withdraw_candidate,
)
from yishiting.year.councils.actions.candidates import Particulars
from yishiting.year.councils.models import (
    ByElection,
    Candidate,
    ElectionRound,
    Leaving,
    Outcome,
    Representative,
    RoundKind,
    Route,
    Term,
)
from yishiting.year.councils.permissions import represents_here
from yishiting.year.councils.queries import (
    ending_soon,
    past_their_end,
    seats_of,
    serving_here,
    undeclared,
    vacancies,
)
from yishiting.year.councils.rules import Planned
from yishiting.year.councils.states import ByElectionState, CandidateState, State


class TestSeatPlan:
    def test_a_plan_is_set_by_hand_and_adopted(self, cast: Cast) -> None:
        term = a_nominating_term(cast)
        assert [one.seats for one in term.constituencies.all()] == [4, 3, 3]
        assert (term.number, term.state) == (3, State.NOMINATING)
        assert term.rules_label
        assert Entry.objects.filter(verb="term.plan_seats").latest("seq").facts["total"] == 10

    def test_a_plan_is_computed_by_the_named_method(self, cast: Cast) -> None:
        term = begin_term(a_council(cast), by=cast.wang)
        open_lines = [Planned(line.name, line.sector, line.weight, 3 if line.weight == 20 else None) for line in LINES]
        set_seat_plan(term, by=cast.liu, lines=open_lines, total=13, method="sainte_lague")
        assert [one.seats for one in term.constituencies.all()] == [6, 4, 3]
        assert term.plan_rule["method"] == "sainte_lague"

    def test_a_plan_that_breaks_a_rule_is_refused_with_its_sentence_and_the_old_one_stays(self, cast: Cast) -> None:
        term = a_planned_term(cast)
        with pytest.raises(Refused, match="议事代表每届10~15人") as refusal:
            set_seat_plan(term, by=cast.liu, lines=LINES[:2])
        assert refusal.value.field == "plan"
        assert term.constituencies.count() == 3

    def test_a_plan_meets_the_rules_of_the_day_it_is_adopted(self, cast: Cast) -> None:
        term = a_planned_term(cast)
        book = Rulebook.objects.create(place=cast.district, year=2026, version=2, in_force_from=TODAY)
        Rule.objects.create(rulebook=book, key="council.seats_min", value=12, sentence="十二至十五人", source="区办")
        with pytest.raises(Refused, match="总数为 12 至 15 席"):
            fix_seats(term, by=cast.wang)

    def test_workers_prepare_leaders_adopt_and_neighbours_do_nothing(self, cast: Cast) -> None:
        term = a_planned_term(cast)
        for someone in (cast.liu, cast.qian, cast.lu, Visitor()):
            with pytest.raises(NotAllowed):
                fix_seats(term, by=someone)
        with pytest.raises(NotAllowed):
            set_seat_plan(term, by=cast.qian, lines=LINES)

    def test_an_adopted_plan_no_longer_changes(self, cast: Cast) -> None:
        with pytest.raises(WrongState, match="不能再改"):
            set_seat_plan(a_nominating_term(cast), by=cast.liu, lines=LINES)

    def test_one_council_a_place_and_one_term_at_a_time(self, cast: Cast) -> None:
        council = a_council(cast)
        with pytest.raises(Refused, match="已经有议事协商会"):
            found_council(cast.zaobei, by=cast.wang, purpose="再来一个")
        begin_term(council, by=cast.wang)
        with pytest.raises(Refused, match="不能同时筹备两届"):
            begin_term(council, by=cast.wang)


class TestCandidates:
    def test_three_routes(self, cast: Cast) -> None:
        one = a_nominating_term(cast).constituencies.all()[0]
        proposed = nominate(
            one,
            by=cast.liu,
            route=Route.NOMINATION,
            who=Particulars("王芳", 1970),
            proposed_by="社区党委",
            consents=True,
        )
        recommended = a_candidate(cast, one, "赵四")
        stood = stand(one, by=cast.lu, who=Particulars("陆桂芳", 1950), consents=True, publishes=["unit"])
        assert [c.route for c in (proposed, recommended, stood)] == ["nomination", "recommendation", "self_nomination"]
        assert stood.person == cast.lu
        assert stood.publishes == ["unit"]
        assert "陆桂芳" not in str(Entry.objects.latest("seq").facts)

    def test_standing_needs_an_account_and_consent(self, cast: Cast) -> None:
        one = a_nominating_term(cast).constituencies.all()[0]
        with pytest.raises(NotAllowed, match="登录"):
            stand(one, by=Visitor(), who=Particulars("陆桂芳", 1950), consents=True)
        with pytest.raises(Refused, match="不同意公示就不能报名"):
            stand(one, by=cast.lu, who=Particulars("陆桂芳", 1950), consents=False)

    def test_nobody_stands_twice_or_too_young_or_outside_the_time(self, cast: Cast) -> None:
        term = a_nominating_term(cast)
        first, second, _ = term.constituencies.all()
        a_candidate(cast, first, "王芳")
        with pytest.raises(Refused, match="一人只能在一个推选单位参选"):
            a_candidate(cast, second, "王芳")
        with pytest.raises(Refused, match="不满18周岁"):
            nominate(first, by=cast.liu, route=Route.NOMINATION, who=Particulars("小明", 2010), proposed_by="社区党委")
        with pytest.raises(Refused, match="由谁提名"):
            nominate(first, by=cast.liu, route=Route.NOMINATION, who=Particulars("李四", 1960))
        publicised = publicise_candidates(fill_candidates(cast, _drop(term, cast)), by=cast.wang)
        with pytest.raises(WrongState, match="提名推荐阶段"):
            a_candidate(cast, publicised.constituencies.all()[0], "迟到")

    def test_review_needs_consent_and_a_reason_to_refuse(self, cast: Cast) -> None:
        one = a_nominating_term(cast).constituencies.all()[0]
        candidate = nominate(
            one, by=cast.liu, route=Route.NOMINATION, who=Particulars("王芳", 1970), proposed_by="社区党委"
        )
        with pytest.raises(Refused, match="同意公示"):
            qualify_candidate(candidate, by=cast.liu)
        record_consent(candidate, by=cast.liu, consents=True, publishes=["gender", "unit"])
        qualify_candidate(candidate, by=cast.liu, note="户口簿已核对")
        assert candidate.state == CandidateState.QUALIFIED
        with pytest.raises(Refused, match="哪一条"):
            disqualify_candidate(candidate, by=cast.liu, reason=" ")
        disqualify_candidate(candidate, by=cast.wang, reason="不在本社区居住")
        with pytest.raises(WrongState):
            qualify_candidate(candidate, by=cast.liu)

    def test_nobody_reviews_themselves(self, cast: Cast) -> None:
        one = a_nominating_term(cast).constituencies.all()[2]
        candidate = stand(one, by=cast.liu, who=Particulars("刘芳", 1985), consents=True)
        with pytest.raises(NotAllowed, match="请由其他同志"):
            qualify_candidate(candidate, by=cast.liu)
        qualify_candidate(candidate, by=cast.wang)

    def test_a_candidate_steps_back_or_changes_what_is_shown(self, cast: Cast) -> None:
        one = a_nominating_term(cast).constituencies.all()[0]
        candidate = stand(one, by=cast.lu, who=Particulars("陆桂芳", 1950), consents=True)
        with pytest.raises(NotAllowed):
            withdraw_candidate(candidate, by=cast.liming)
        record_consent(candidate, by=cast.lu, consents=True, publishes=["unit", "phone"])
        assert candidate.publishes == ["unit"]
        withdraw_candidate(candidate, by=cast.lu, reason="身体原因")
        assert candidate.state == CandidateState.WITHDRAWN

    def test_consent_cannot_go_while_the_list_is_up(self, cast: Cast) -> None:
        term = a_publicised_term(cast)
        candidate = Candidate.objects.filter(constituency__term=term).first()
        with pytest.raises(Refused, match="办理退出"):
            record_consent(candidate, by=cast.liu, consents=False)


def _drop(term: Term, cast: Cast) -> Term:
    for candidate in Candidate.objects.filter(constituency__term=term):
        withdraw_candidate(candidate, by=cast.liu)
    return term


class TestPublicity:
    def test_the_list_is_published_by_strokes_with_only_what_was_agreed(self, cast: Cast) -> None:
        term = a_nominating_term(cast)
        fill_candidates(cast, term)
        hidden = Candidate.objects.get(name="一甲")
        record_consent(hidden, by=cast.liu, consents=True, publishes=[])
        publicise_candidates(term, by=cast.wang, basis="社区党委会议决定")
        table = term.notice.table
        assert term.notice.kind == NoticeKind.CANDIDATES
        assert len(table["rows"]) == 13
        assert next(row for row in table["rows"] if row[1] == "一甲") == [
            "一号楼群",
            "一甲",
            "—",
            "—",
            "—",
            "居（村）民推荐",
        ]
        assert [row[1] for row in table["rows"][:5]] == ["一乙", "一丁", "一丙", "一戊", "一甲"]
        assert "13800000002" not in str(table)

    def test_too_few_candidates_or_one_not_reviewed_hold_it_up(self, cast: Cast) -> None:
        term = a_nominating_term(cast)
        fill_candidates(cast, term)
        waiting = a_candidate(cast, term.constituencies.all()[0], "待审")
        with pytest.raises(Refused, match="还有1名候选人没有审查"):
            publicise_candidates(term, by=cast.wang)
        disqualify_candidate(waiting, by=cast.liu, reason="不在本社区居住")
        withdraw_candidate(Candidate.objects.get(name="二甲"), by=cast.liu)
        with pytest.raises(Refused, match="二号楼群应选3名，候选人3名，至少要4名"):
            publicise_candidates(term, by=cast.wang)

    def test_an_open_objection_blocks_the_election(self, cast: Cast, clock: Clock) -> None:
        term = a_publicised_term(cast)
        objection = an_objection(term.notice)
        with pytest.raises(Refused, match="1件没有答复"):
            start_election(term, by=cast.wang, method=Method.PAPER)
        clock.to(term.notice.last_day + timedelta(days=1))
        with pytest.raises(Refused, match="1件没有答复"):
            start_election(term, by=cast.wang, method=Method.PAPER)
        answer_objection(objection, by=cast.wang, upheld=False, answer="经核实无误。")
        with pytest.raises(Refused, match="请先结束公示"):
            start_election(term, by=cast.wang, method=Method.PAPER)
        close_notice(term.notice, by=DailyClock())
        start_election(term, by=cast.wang, method=Method.PAPER)
        assert term.state == State.ELECTING
        assert ElectionRound.objects.count() == 3

    def test_an_upheld_objection_leads_back_to_nominations(self, cast: Cast, clock: Clock) -> None:
        term = a_publicised_term(cast)
        answer_objection(an_objection(term.notice), by=cast.wang, upheld=True, answer="情况属实。")
        clock.to(term.notice.last_day + timedelta(days=1))
        close_notice(term.notice, by=DailyClock())
        with pytest.raises(Refused, match="异议成立"):
            start_election(term, by=cast.wang, method=Method.PAPER)
        reopen_nominations(term, by=cast.wang, reason="异议成立，更换候选人")
        disqualify_candidate(Candidate.objects.get(name="一甲"), by=cast.liu, reason="异议成立")
        with pytest.raises(Refused, match="一号楼群应选4名"):
            publicise_candidates(term, by=cast.wang)
        qualify_candidate(a_candidate(cast, term.constituencies.all()[0], "一己"), by=cast.liu)
        publicise_candidates(term, by=cast.wang)
        assert term.notice.state == NoticeState.POSTED

    def test_reopening_takes_down_what_is_still_posted(self, cast: Cast) -> None:
        term = a_publicised_term(cast)
        with pytest.raises(Refused, match="写明原因"):
            reopen_nominations(term, by=cast.wang, reason="")
        reopen_nominations(term, by=cast.wang, reason="名单有误")
        term.notice.refresh_from_db()
        assert term.notice.state == NoticeState.WITHDRAWN


class TestVoting:
    def test_a_candidate_does_not_count_the_votes(self, cast: Cast, clock: Clock) -> None:
        term = an_electing_term(cast, clock)
        assembly = an_assembly(cast, term)
        with pytest.raises(Refused, match="一甲是候选人"):
            appoint_tellers(assembly, by=cast.liu, tellers={"watcher": ["某人"], "counter": ["一甲"]})
        with pytest.raises(Refused, match="还没有推定计票人"):
            appoint_tellers(assembly, by=cast.liu, tellers={"watcher": ["某人"]})
        appoint_tellers(assembly, by=cast.liu, tellers={"watcher": ["某人"], "counter": ["一甲（9号楼）"]})

    def test_a_candidate_does_not_key_in_the_count(self, cast: Cast, clock: Clock) -> None:
        term = a_nominating_term(cast)
        stood = stand(term.constituencies.all()[2], by=cast.liu, who=Particulars("刘芳", 1985), consents=True)
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
        with pytest.raises(Refused, match="请先推定"):
            open_round(election_round, by=cast.liu, assembly=bare)
        with pytest.raises(WrongState, match="计票还没有完成"):
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
        with pytest.raises(WrongState, match="已经宣布"):
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
        term = an_electing_term(cast, clock)
        assembly = an_assembly(cast, term)
        first = undeclared(term).get(constituency__name="两委一站")
        open_round(first, by=cast.liu, assembly=assembly)
        key_in(cast, first.poll, {**counts_for(first.poll, {"两甲": 30, "两乙": 29}), "other:孙立": 28})
        declare_round(first, by=cast.liu)
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
        assert represents_here.why_not(Ask(cast.liming, cast.zaobei)) is None
        assert represents_here.why_not(Ask(cast.liming, cast.zaonan)) is not None
        assert represents_here.why_not(Ask(Visitor(), cast.zaobei)) is not None
        assert Message.objects.filter(to=cast.liming, template="representative.seat").count() == 1
        assert set(cast.liming.identities.values_list("kind", flat=True)) == {"resident"}

    def test_an_account_opened_later_is_linked_once(self, cast: Cast, clock: Clock) -> None:
        a_seated_term(cast, clock)
        seat = Representative.objects.get(name="一乙")
        with pytest.raises(Refused, match="还没有用"):
            link_account(seat, by=DailyClock())
        seat.candidate.phone = cast.lu.phone
        seat.candidate.save()
        link_account(seat, by=DailyClock())
        assert seat.person == cast.lu
        with pytest.raises(WrongState):
            link_account(seat, by=cast.liu)

    def test_an_expired_representative_does_not_represent(self, cast: Cast, clock: Clock) -> None:
        term = a_seated_term(cast, clock)
        clock.to(term.ends)
        assert seats_of(cast.liming)
        clock.to(term.ends + timedelta(days=1))
        assert not seats_of(cast.liming)
        assert "届满" in str(represents_here.why_not(Ask(cast.liming, cast.zaobei)))
        assert list(past_their_end(term.ends + timedelta(days=1))) == [term]
        end_term(term, by=DailyClock())
        assert (term.state, term.ends) == (State.ENDED, date(2029, 3, 12))

    def test_the_end_is_remembered_sixty_days_before_until_the_next_term_is_prepared(
        self, cast: Cast, clock: Clock
    ) -> None:
        term = a_seated_term(cast, clock)
        assert ending_soon(term.ends - timedelta(days=61)) == []
        assert ending_soon(term.ends - timedelta(days=60)) == [term]
        begin_term(term.council, by=cast.wang)
        assert ending_soon(term.ends - timedelta(days=10)) == []

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
        assert represents_here.why_not(Ask(cast.liming, cast.zaobei)) is not None
        assert [(one.name, n) for one, n in vacancies(term, tomorrow)] == [("一号楼群", 1)]
        with pytest.raises(WrongState):
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
