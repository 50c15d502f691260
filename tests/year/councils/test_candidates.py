"""From the seat plan to the list of candidates that the publicity period has left standing."""

from datetime import timedelta

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
    fill_candidates,
)
from tests.factories.publicity import an_objection
from yishiting.ground.accounts.actors import Clock as DailyClock
from yishiting.ground.accounts.actors import Visitor
from yishiting.ground.common.refused import NotAllowed, Refused, WrongState
from yishiting.ground.ledger.models import Entry
from yishiting.ground.seasons.models import Rule, Rulebook
from yishiting.instruments.ballots.models import Method
from yishiting.instruments.publicity.actions import answer_objection, close_notice
from yishiting.instruments.publicity.models import NoticeKind
from yishiting.instruments.publicity.states import State as NoticeState
from yishiting.year.councils.actions import (
    begin_term,
    correct_candidate,
    disqualify_candidate,
    fix_seats,
    found_council,
    nominate,
    publicise_candidates,
    qualify_candidate,
    record_consent,
    reopen_nominations,
    revise_seats,
    set_seat_plan,
    stand,
    start_election,
    withdraw_candidate,
)
from yishiting.year.councils.choices import Route
from yishiting.year.councils.models import Candidate, ElectionRound, Term
from yishiting.year.councils.rules import Planned
from yishiting.year.councils.states import CandidateState, State


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

    def test_an_adopted_plan_goes_back_to_the_table_before_anybody_stands(self, cast: Cast) -> None:
        term = a_nominating_term(cast)
        with pytest.raises(NotAllowed):
            revise_seats(term, by=cast.liu, reason="户数写错了")
        revise_seats(term, by=cast.wang, reason="户数写错了")
        set_seat_plan(term, by=cast.liu, lines=[*LINES[:2], Planned("两委一站", "two_committees_one_station", 20, 4)])
        assert fix_seats(term, by=cast.wang).state == State.NOMINATING
        assert [one.seats for one in term.constituencies.all()] == [4, 3, 4]
        a_candidate(cast, term.constituencies.first(), "王芳")
        with pytest.raises(WrongState, match="已经有人报名"):
            revise_seats(term, by=cast.wang, reason="又写错了")

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
            name="王芳",
            birth_year=1970,
            proposed_by="社区党委",
            consents=True,
        )
        recommended = a_candidate(cast, one, "赵四")
        stood = stand(one, by=cast.lu, name="陆桂芳", birth_year=1950, consents=True, publishes=["unit"])
        assert [c.route for c in (proposed, recommended, stood)] == ["nomination", "recommendation", "self_nomination"]
        assert stood.person == cast.lu
        assert stood.publishes == ["unit"]
        assert "陆桂芳" not in str(Entry.objects.latest("seq").facts)

    def test_standing_needs_an_account_and_consent(self, cast: Cast) -> None:
        one = a_nominating_term(cast).constituencies.all()[0]
        with pytest.raises(NotAllowed, match="登录"):
            stand(one, by=Visitor(), name="陆桂芳", birth_year=1950, consents=True)
        with pytest.raises(Refused, match="不同意公示就不能报名"):
            stand(one, by=cast.lu, name="陆桂芳", birth_year=1950, consents=False)

    def test_nobody_stands_twice_or_too_young_or_outside_the_time(self, cast: Cast) -> None:
        term = a_nominating_term(cast)
        first, second, _ = term.constituencies.all()
        a_candidate(cast, first, "王芳")
        with pytest.raises(Refused, match="一人只能在一个推选单位参选"):
            a_candidate(cast, second, "王芳")
        with pytest.raises(Refused, match="不满18周岁"):
            nominate(first, by=cast.liu, route=Route.NOMINATION, name="小明", birth_year=2010, proposed_by="社区党委")
        with pytest.raises(Refused, match="由谁提名"):
            nominate(first, by=cast.liu, route=Route.NOMINATION, name="李四", birth_year=1960)
        publicised = publicise_candidates(fill_candidates(cast, _drop(term, cast)), by=cast.wang)
        with pytest.raises(Refused, match="提名推荐阶段"):
            a_candidate(cast, publicised.constituencies.all()[0], "迟到")

    def test_what_was_written_down_wrongly_is_put_right_before_the_notice(self, cast: Cast) -> None:
        term = a_nominating_term(cast)
        one = term.constituencies.all()[0]
        candidate = qualify_candidate(a_candidate(cast, one, "赵四"), by=cast.liu)
        right = {"route": Route.RECOMMENDATION, "proposed_by": "居民代表", "birth_year": 1961, "reason": "写错了名字"}
        corrected = correct_candidate(candidate, by=cast.liu, name="赵思", phone=cast.lu.phone, **right)
        assert (corrected.name, corrected.birth_year, corrected.person) == ("赵思", 1961, cast.lu)
        assert corrected.state == CandidateState.NOMINATED
        assert correct_candidate(corrected, by=cast.liu, name="赵思", **right).person is None
        entry = Entry.objects.latest("seq")
        assert (entry.verb, "赵思" in str(entry.facts)) == ("candidate.correct", False)
        assert entry.sealed.get(name="reason").text == "写错了名字"
        other = a_candidate(cast, one, "王芳")
        with pytest.raises(Refused, match="一人只能在一个推选单位参选"):
            correct_candidate(corrected, by=cast.liu, **{**right, "name": "王芳", "birth_year": other.birth_year})
        with pytest.raises(Refused, match="由谁提名"):
            correct_candidate(corrected, by=cast.liu, name="赵思", **{**right, "proposed_by": ""})
        with pytest.raises(NotAllowed):
            correct_candidate(corrected, by=cast.qian, name="赵思", **right)

    def test_nothing_is_put_right_once_the_list_is_up(self, cast: Cast) -> None:
        term = publicise_candidates(fill_candidates(cast, a_nominating_term(cast)), by=cast.wang)
        candidate = Candidate.objects.filter(constituency__term=term).first()
        assert candidate is not None
        given = {"route": Route.SELF_NOMINATION, "name": "别人", "birth_year": 1960, "reason": "试试"}
        with pytest.raises(WrongState, match="重新开放提名"):
            correct_candidate(candidate, by=cast.liu, **given)

    def test_review_needs_consent_and_a_reason_to_refuse(self, cast: Cast) -> None:
        one = a_nominating_term(cast).constituencies.all()[0]
        candidate = nominate(
            one, by=cast.liu, route=Route.NOMINATION, name="王芳", birth_year=1970, proposed_by="社区党委"
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
        candidate = stand(one, by=cast.liu, name="刘芳", birth_year=1985, consents=True)
        with pytest.raises(NotAllowed, match="请由其他同志"):
            qualify_candidate(candidate, by=cast.liu)
        qualify_candidate(candidate, by=cast.wang)

    def test_a_candidate_steps_back_or_changes_what_is_shown(self, cast: Cast) -> None:
        one = a_nominating_term(cast).constituencies.all()[0]
        candidate = stand(one, by=cast.lu, name="陆桂芳", birth_year=1950, consents=True)
        with pytest.raises(NotAllowed):
            withdraw_candidate(candidate, by=cast.liming)
        with pytest.raises(Refused) as refusal:
            record_consent(candidate, by=cast.lu, consents=True, publishes=["unit", "phone"])
        assert refusal.value.field == "publishes"
        record_consent(candidate, by=cast.lu, consents=True, publishes=["unit"])
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
        with pytest.raises(Refused, match="请先“结束公示”"):
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


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("孙丽", "孙　丽"),
        ("孙丽", "孙\u200b丽"),
        ("孙丽", "1. 孙丽"),
        ("阿依古丽·吐尔逊", "阿依古丽•吐尔逊"),
        ("Mary Oneil", "MARY  ONEIL"),
    ],
)
def test_one_person_stands_once_however_the_name_is_spelt(cast: Cast, one: str, other: str) -> None:
    first, second = list(a_nominating_term(cast).constituencies.all())[:2]
    a_candidate(cast, first, one)
    with pytest.raises(Refused, match="一人只能在一个推选单位参选"):
        a_candidate(cast, second, other)
