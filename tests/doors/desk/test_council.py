"""The desk takes a council through an election, page by page."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.conftest import Clock
from tests.doors.counting import queries_of
from tests.factories.councils import (
    ROLL,
    a_candidate,
    a_nominating_term,
    a_planned_term,
    a_publicised_term,
    a_seated_term,
    an_assembly,
    an_electing_term,
    clear_votes,
    counts_for,
    key_in,
)
from yishiting.instruments.publicity.actions import close_notice
from yishiting.year.councils.actions import end_representative
from yishiting.year.councils.choices import Leaving
from yishiting.year.councils.models import (
    Assembly,
    ByElection,
    Candidate,
    Council,
    ElectionRound,
    Identity,
    Representative,
    Term,
)
from yishiting.year.councils.queries import undeclared
from yishiting.year.councils.states import CandidateState, Outcome, State

PLAN = {
    "name_0": "一号楼群",
    "sector_0": "resident",
    "weight_0": "600",
    "seats_0": "",
    "name_1": "二号楼群",
    "sector_1": "resident",
    "weight_1": "400",
    "seats_1": "",
    "name_2": "两委一站",
    "sector_2": "two_committees_one_station",
    "weight_2": "",
    "seats_2": "3",
    "total": "13",
    "method": "largest_remainder",
}


def text(answer) -> str:
    return answer.content.decode()


class TestSeatPlan:
    def test_from_nothing_to_a_fixed_plan(self, cast: Cast, sign_in) -> None:
        desk, home = sign_in(cast.wang), reverse("desk-council", args=[cast.zaobei.code])
        assert "还没有登记议事协商会" in text(desk.get(home))
        desk.post(
            reverse("do", args=["council.found", cast.zaobei.code]), {"purpose": "协商公共事务", "founded_on": ""}
        )
        council = Council.objects.get()
        desk.post(reverse("do", args=["term.begin", council.pk]), {"number": "3"})
        term = Term.objects.get()
        tried = desk.post(reverse("seat-plan", args=[term.pk]), {**PLAN, "try": "1"})
        assert "计算结果（还没有保存）" in text(tried)
        assert not term.constituencies.exists()
        saved = desk.post(reverse("seat-plan", args=[term.pk]), PLAN, follow=True)
        assert "合计13席" in text(saved)
        assert [one.seats for one in term.constituencies.all()] == [6, 4, 3]
        desk.post(reverse("do", args=["term.fix_seats", term.pk]))
        term.refresh_from_db()
        assert term.state == State.NOMINATING

    def test_a_plan_that_breaks_a_rule_keeps_what_was_typed(self, cast: Cast, sign_in) -> None:
        term = a_planned_term(cast)
        bad = {**PLAN, "seats_0": "9", "seats_1": "9", "total": ""}
        for button in ({}, {"try": "1"}):
            page = sign_in(cast.liu).post(reverse("seat-plan", args=[term.pk]), {**bad, **button})
            assert "议事代表每届10~15人" in text(page)
            assert 'value="二号楼群"' in text(page)
        assert term.constituencies.get(name="一号楼群").seats == 4

    def test_more_lines_and_half_written_lines(self, cast: Cast, sign_in) -> None:
        term, desk = a_planned_term(cast), sign_in(cast.liu)
        page = desk.post(reverse("seat-plan", args=[term.pk]), {**PLAN, "more": "1"})
        assert 'name="name_11"' in text(page)
        page = desk.post(reverse("seat-plan", args=[term.pk]), {**PLAN, "name_0": "", "sector_1": ""})
        assert "第1行写了数字" in text(page)
        assert "请选择第2行" in text(page)

    def test_two_people_do_not_overwrite_each_other(self, cast: Cast, sign_in) -> None:
        term = a_planned_term(cast)
        seen = term.revision
        sign_in(cast.liu).post(reverse("seat-plan", args=[term.pk]), {**PLAN, "revision": seen})
        page = sign_in(cast.wang).post(reverse("seat-plan", args=[term.pk]), {**PLAN, "total": "12", "revision": seen})
        assert "已经被别人处理过" in text(page)

    def test_only_this_desk(self, cast: Cast, sign_in, client: Client) -> None:
        term = a_planned_term(cast)
        for name, args in (("desk-council", [cast.zaobei.code]), ("seat-plan", [term.pk])):
            assert sign_in(cast.qian).get(reverse(name, args=args)).status_code == 403
            assert client.get(reverse(name, args=args)).status_code == 302
        assert sign_in(cast.zhao).get(reverse("desk-council", args=[cast.zaobei.code])).status_code == 200
        assert sign_in(cast.zhao).get(reverse("seat-plan", args=[term.pk])).status_code == 403


class TestCandidates:
    FORM = {"route": "recommendation", "proposed_by": "12名居民", "name": "王芳", "birth_year": "1970", "phone": "", "consents": "on", "publishes": ["unit"]}  # fmt: skip

    def test_nominate_review_and_step_back(self, cast: Cast, sign_in) -> None:
        term = a_nominating_term(cast)
        one, desk = term.constituencies.all()[0], sign_in(cast.liu)
        page = desk.post(reverse("do", args=["candidate.nominate", one.pk]), self.FORM, follow=True)
        assert "请接着审查资格" in text(page)
        candidate = Candidate.objects.get()
        desk.post(reverse("do", args=["candidate.qualify", candidate.pk]), {"note": "户口簿已核对"})
        assert "资格通过" in text(desk.get(reverse("desk-candidates", args=[term.pk])))
        page = text(desk.get(reverse("desk-candidate", args=[candidate.pk])))
        assert ("退出参选" in page, "宣布选举结果" in page) == (True, False)
        desk.post(reverse("do", args=["candidate.withdraw", candidate.pk]), {"reason": "本人不愿意"})
        candidate.refresh_from_db()
        assert candidate.state == CandidateState.WITHDRAWN

    def test_a_refusal_stands_at_its_field(self, cast: Cast, sign_in) -> None:
        one = a_nominating_term(cast).constituencies.all()[0]
        page = sign_in(cast.liu).post(
            reverse("do", args=["candidate.nominate", one.pk]), {**self.FORM, "birth_year": "2010"}
        )
        assert "不满18周岁" in text(page)
        assert page.context["form"].errors.keys() == {"birth_year"}

    def test_consent_and_disqualification(self, cast: Cast, sign_in) -> None:
        one, desk = a_nominating_term(cast).constituencies.all()[0], sign_in(cast.liu)
        desk.post(reverse("do", args=["candidate.nominate", one.pk]), {**self.FORM, "consents": "", "publishes": []})
        candidate = Candidate.objects.get()
        refused = desk.post(reverse("do", args=["candidate.qualify", candidate.pk]), {"note": ""})
        assert "还没有登记本人同意公示" in text(refused)
        desk.post(reverse("do", args=["candidate.consent", candidate.pk]), {"consents": "on", "publishes": ["gender"]})
        desk.post(reverse("do", args=["candidate.disqualify", candidate.pk]), {"reason": "不在本社区居住"})
        candidate.refresh_from_db()
        assert (candidate.state, candidate.publishes) == (CandidateState.DISQUALIFIED, ["gender"])
        assert "不在本社区居住" in text(desk.get(reverse("desk-candidate", args=[candidate.pk])))

    def test_the_list_costs_the_same_for_one_and_for_three(self, cast: Cast, sign_in) -> None:
        term = a_nominating_term(cast)
        desk, url = sign_in(cast.wang), reverse("desk-candidates", args=[term.pk])
        a_candidate(cast, term.constituencies.all()[0], "王芳")
        one = queries_of(desk, url)
        a_candidate(cast, term.constituencies.all()[0], "李明")
        a_candidate(cast, term.constituencies.all()[1], "赵四")
        three = queries_of(desk, url)
        assert one == three


class TestElectionDay:
    def test_publicise_shows_the_list_first(self, cast: Cast, sign_in) -> None:
        from tests.factories.councils import fill_candidates

        term = fill_candidates(cast, a_nominating_term(cast))
        desk = sign_in(cast.wang)
        assert "一甲" in text(desk.get(reverse("do", args=["term.publicise_candidates", term.pk])))
        page = desk.post(
            reverse("do", args=["term.publicise_candidates", term.pk]),
            {"basis": "", "contact": "65001234"},
            follow=True,
        )
        assert "候选人名单已公示" in text(page)
        council = text(desk.get(reverse("desk-council", args=[cast.zaobei.code])))
        assert "期满以前不能办这一步" in council

    def test_the_whole_day(self, cast: Cast, sign_in, clock: Clock) -> None:
        term = a_publicised_term(cast)
        clock.to(term.notice.last_day + timedelta(days=1))
        close_notice(term.notice, by=cast.wang)
        desk = sign_in(cast.wang)
        desk.post(reverse("do", args=["term.start_election", term.pk]), {"method": "paper"})
        here = reverse("desk-election", args=[term.pk])
        assert "请先“召集居民代表会议”" in text(desk.get(here))
        desk.post(
            reverse("do", args=["assembly.convene", term.pk]), {"held_on": "今天", "venue": "活动室", "roll": ROLL}
        )
        assembly = Assembly.objects.get()
        assert "请先“登记到会”" in text(desk.get(here))
        desk.post(reverse("assembly-sign-in", args=[assembly.pk]), {"pick": [str(n) for n in range(1, 31)]})
        assert "应到40人，实到30人" in text(desk.get(here))
        refused = desk.post(
            reverse("do", args=["assembly.appoint_tellers", assembly.pk]), {"watcher": "一甲", "counter": "计甲"}
        )
        assert "一甲是候选人" in text(refused)
        desk.post(
            reverse("do", args=["assembly.appoint_tellers", assembly.pk]), {"watcher": "监甲、监乙", "counter": "计甲"}
        )
        for one in undeclared(term):
            desk.post(reverse("do", args=["election.open_round", one.pk]))
            one.poll.refresh_from_db()
            key_in(cast, one.poll, counts_for(one.poll, clear_votes(one, most=25), ballots=30))
            desk.post(reverse("do", args=["election.declare", one.pk]))
        assert set(ElectionRound.objects.values_list("outcome", flat=True)) == {Outcome.COMPLETE}
        page = desk.post(reverse("do", args=["term.seat", term.pk]), {"begins": ""}, follow=True)
        assert "新一届代表就任" in text(page)
        assert Representative.objects.count() == 10
        assert "结果公告" in text(desk.get(here))

    def test_sheets_to_print(self, cast: Cast, sign_in, clock: Clock) -> None:
        term = an_electing_term(cast, clock)
        assembly, one, desk = an_assembly(cast, term), undeclared(term).first(), sign_in(cast.liu)
        paper = text(desk.get(reverse("round-ballot", args=[one.pk])))
        assert "一甲" in paper
        assert "<svg" not in paper  # nothing tells one ballot from another
        assert "另选他人" in paper
        assert "代表07" in text(desk.get(reverse("assembly-sheet", args=[assembly.pk])))
        desk.post(reverse("do", args=["election.open_round", one.pk]))
        key_in(cast, one.poll, counts_for(one.poll, clear_votes(one)))
        desk.post(reverse("do", args=["election.declare", one.pk]))
        sheet = text(desk.get(reverse("round-sheet", args=[one.pk])))
        for words in ("选举结果报告单", "当选", "代表07 7号楼 √", "监甲", "发出选票"):
            assert words in sheet

    def test_the_page_of_the_day_costs_the_same_for_one_and_for_three(self, cast: Cast, sign_in, clock: Clock) -> None:
        term = an_electing_term(cast, clock)
        an_assembly(cast, term)
        desk, url = sign_in(cast.wang), reverse("desk-election", args=[term.pk])
        three = queries_of(desk, url)
        for one in list(undeclared(term))[1:]:
            one.candidates.clear()
            one.delete()
        one = queries_of(desk, url)
        assert one == three <= 16

    def test_starting_too_early_says_why(self, cast: Cast, sign_in) -> None:
        term = a_publicised_term(cast)
        page = sign_in(cast.wang).post(reverse("do", args=["term.start_election", term.pk]), {"method": "paper"})
        assert "期满" in text(page)
        reopened = sign_in(cast.wang).post(
            reverse("do", args=["term.reopen_nominations", term.pk]), {"reason": "名单有误"}, follow=True
        )
        assert "已重新开放提名" in text(reopened)


class TestOffice:
    def test_roster_leaving_vacancy_by_election(self, cast: Cast, sign_in, clock: Clock) -> None:
        a_seated_term(cast, clock)
        desk = sign_in(cast.wang)
        seat = Representative.objects.get(name="一甲")
        page = text(desk.get(reverse("desk-roster", args=[cast.zaobei.code])))
        assert "今天在任10人" in page
        desk.post(reverse("do", args=["representative.end", seat.pk]), {"kind": "moved", "on": "", "reason": "迁出"})
        clock.to(seat.since + timedelta(days=3))
        desk = sign_in(cast.wang)
        assert "空缺1席" in text(desk.get(reverse("desk-council", args=[cast.zaobei.code])))
        call = reverse("do", args=["by_election.call", seat.constituency_id])
        page = text(desk.post(call, {"reason": "一名代表迁出"}, follow=True))
        by_election = ByElection.objects.get()
        assert "登记候选人" in page
        assert reverse("desk-by-election", args=[by_election.pk]) in text(
            desk.get(reverse("desk-council", args=[cast.zaobei.code]))
        )
        page = text(desk.post(reverse("do", args=["by_election.publicise", by_election.pk]), {"basis": ""}))
        assert "至少要2名" in page
        desk.post(reverse("do", args=["by_election.give_up", by_election.pk]), {"reason": "离届满不足半年"})
        by_election.refresh_from_db()
        assert by_election.state == "given_up"

    def test_the_roster_as_a_sheet_and_duty_records(self, cast: Cast, sign_in, clock: Clock) -> None:
        import io

        from openpyxl import load_workbook

        a_seated_term(cast, clock)
        desk = sign_in(cast.liu)
        answer = desk.get(reverse("desk-list-sheet", args=["desk-roster"]), {"of": cast.zaobei.code})
        page = load_workbook(io.BytesIO(answer.content)).worksheets[0]
        words = [[cell.value for cell in row] for row in page.rows]
        assert "代表名册" in str(words[0])
        assert cast.zaobei.name in str(words[:3])
        assert sum("一号楼群" in row or "二号楼群" in row or "两委一站" in row for row in words) == 10
        assert "13800000002" not in str(words)
        record = text(desk.get(reverse("desk-duty-records", args=[cast.zaobei.code])))
        assert "不作排名" in record
        assert record.count("<tr>") == 11

    def test_an_account_is_linked_or_the_reason_told(self, cast: Cast, sign_in, clock: Clock) -> None:
        a_seated_term(cast, clock)
        seat = Representative.objects.get(name="一乙")
        page = sign_in(cast.liu).post(reverse("do", args=["representative.link", seat.pk]), follow=True)
        assert "还没有用" in text(page)

    def test_one_person_may_belong_to_several_sectors(self, cast: Cast, sign_in, clock: Clock) -> None:
        a_seated_term(cast, clock)
        seat, desk = Representative.objects.get(name="一乙"), sign_in(cast.liu)
        assert seat.person is None, "an account is not asked for"
        url = reverse("do", args=["identity.note", seat.pk])
        wrong = desk.post(url, {"kind": "peoples_deputy", "since": "2026-1-1", "until": "2025-1-1"})
        assert "终止日期不能早于起始日期" in text(wrong)
        assert "人大代表、" in text(desk.get(reverse("desk-roster", args=[cast.zaobei.code]))), "said to be missing"
        page = text(desk.post(url, {"kind": "peoples_deputy", "since": "2026-1-1", "until": ""}, follow=True))
        assert "人大代表1" in page
        assert "居（村）民7" in page
        deputy = Identity.objects.get(kind="peoples_deputy")
        correct = reverse("do", args=["identity.correct", deputy.pk])
        assert correct in text(desk.get(reverse("desk-roster", args=[cast.zaobei.code])))
        right = {"kind": "cppcc_member", "since": "2026-1-1", "until": "", "reason": "选错了身份"}
        page = text(desk.post(correct, right, follow=True))
        assert "政协委员1" in page
        assert "人大代表1" not in page

    def test_ending_early_needs_a_reason(self, cast: Cast, sign_in, clock: Clock) -> None:
        term, desk = a_seated_term(cast, clock), sign_in(cast.wang)
        assert desk.post(reverse("do", args=["term.end", term.pk]), {"on": "今天", "reason": ""}).status_code == 422
        desk.post(reverse("do", args=["term.end", term.pk]), {"on": "今天", "reason": "社区合并"})
        term.refresh_from_db()
        assert term.state == State.ENDED

    @pytest.mark.parametrize("name", ["desk-roster", "desk-duty-records"])
    def test_lists_cost_the_same_for_few_and_many(self, cast: Cast, sign_in, clock: Clock, name: str) -> None:
        a_seated_term(cast, clock)
        for seat in Representative.objects.exclude(name="一甲"):
            end_representative(seat, by=cast.wang, kind=Leaving.OTHER, reason="测试")
        desk, url = sign_in(cast.wang), reverse(name, args=[cast.zaobei.code])
        many = queries_of(desk, url)
        for seat in Representative.objects.exclude(name="一甲"):
            Representative.objects.filter(pk=seat.pk).delete()
        few = queries_of(desk, url)
        assert few == many <= 16
