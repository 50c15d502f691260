"""The council of 麦子店街道 scores and deliberates, the directors decide the plan of works, with one departure."""

from datetime import date

from yishiting.doors.commands.demo.clock import Telling, moment
from yishiting.doors.commands.demo.neighbours import Area
from yishiting.doors.commands.demo.notice_days import run_out
from yishiting.doors.commands.demo.street import list_sent, report_with_list, sitting_begun, sitting_called
from yishiting.doors.commands.demo.street_words import DEPARTURE, WORKS
from yishiting.doors.commands.demo.voting import close, open_with_everyone, vote
from yishiting.year.directors.actions import (
    adopt_report,
    arrange,
    decide_plan,
    draft_plan,
    issue_minutes,
    publicise_plan,
    write_work,
)
from yishiting.year.directors.models import WorksPlan
from yishiting.year.meetings.actions import convene_meeting, plan_meeting
from yishiting.year.meetings.models import MeetingKind
from yishiting.year.proposals.actions import decide_proposal, table_proposal
from yishiting.year.proposals.states import State
from yishiting.year.scoring.actions import close_round, enter_sheet, open_round, publish_round
from yishiting.year.scoring.models import Origin, ScoreRound
from yishiting.year.scoring.queries import judges_in, scored_in
from yishiting.year.scoring.rules import Line
from yishiting.year.suggestions.actions import answer_suggestion


def november_before(area: Area) -> Telling:
    """Scored by the council of the subdistrict, deliberated, then decided by the directors with one departure."""
    year, zhao = area.year - 1, area.cast["zhao"]
    yield moment(date(year, 11, 17))
    own = [area.proposals[one.key] for one in WORKS]
    made = open_round(
        area.street, by=zhao, title=f"麦子店街道{area.year}年实事项目打分", proposals=own, closes=date(year, 11, 18)
    )
    yield moment(date(year, 11, 18), 15)
    _scored(area, made)
    yield moment(date(year, 11, 19))
    publish_round(made, by=area.cast["hejing"])
    meeting = plan_meeting(
        area.street.council, by=zhao, kind=MeetingKind.DELIBERATION, title=f"麦子店街道{area.year}年实事协商会",
        starts_at=moment(date(year, 11, 27), 14), venue="街道二层议事厅", chair="高建华", recorder="冯丽",
    )  # fmt: skip
    for proposal in own:
        proposal.refresh_from_db()
        table_proposal(proposal, by=zhao, meeting=meeting)
    convene_meeting(meeting, by=area.cast["gao"])
    yield moment(meeting.day, 14)
    open_with_everyone(meeting, area.cast["gao"])
    for proposal in own:
        vote(proposal.agenda_item, area.cast["gao"], zhao, (17, 1, 2), "代表们比较了受益人群和建成以后谁来管。")
        proposal.refresh_from_db()
        decide_proposal(proposal, by=area.cast["gao"], to=State.ADOPTED)
    close(meeting, area.cast["gao"])
    yield from _december(area, made)


def _scored(area: Area, made: ScoreRound) -> None:
    zhao, gao = area.cast["zhao"], area.cast["fengli"]
    marks = [one.mark for one in WORKS]
    for n, judge in enumerate(judges_in(made)):
        lines = {}
        for one in scored_in(made):
            half = max(0, min(20, marks[one.position - 1] + n % 3 - 1))
            lines[str(one.pk)] = Line((f"{half / 2:g}",) * 3)
        for someone in (zhao, gao):
            enter_sheet(judge, by=someone, lines=lines, origin=Origin.PAPER)
    close_round(made, by=zhao)


def _december(area: Area, scored: ScoreRound) -> Telling:
    """One sitting adopts the report with its list and decides the plan."""
    zhao, year = area.cast["zhao"], area.year - 1
    yield moment(date(year, 12, 1))
    plan = draft_plan(area.street, by=zhao, score_round=scored, year=area.year)
    _written(area, plan)
    report = report_with_list(area, year, "居民反映最多的是出行和养老。道路、管线和用房要请区里解决。")
    yield moment(date(year, 12, 2))
    sitting = sitting_called(area, date(year, 12, 4))
    yield moment(date(year, 12, 4), 9)
    sitting_begun(area, sitting)
    adopt_report(report, by=zhao, sitting=sitting)
    decide_plan(plan, by=zhao, sitting=sitting)
    issue_minutes(sitting, by=area.cast["hejing"])
    for one in WORKS[:3]:
        answer_suggestion(area.said[one.key][0], by=zhao, kind="planned", text="列入明年的实施计划书，正在公示。")
    answer_suggestion(
        area.said[WORKS[3].key][0], by=zhao, kind="not_now", text="今年经费不够，没有列入计划书，明年再打分。"
    )
    yield moment(date(year, 12, 8))
    publicise_plan(plan, by=area.cast["hejing"])
    yield from list_sent(area, report, date(year, 12, 8), date(year, 12, 10))
    yield from run_out(plan.notice, by=zhao)


def _written(area: Area, plan: WorksPlan) -> None:
    """Who leads each work, for how much, by when; the third before the second, the last left out."""
    works = {one.proposal_id: one for one in plan.works.all()}
    for one in WORKS[:3]:
        section = area.section(one.section)
        write_work(
            works[area.proposals[one.key].pk], by=area.cast["zhao"], responsible=area.cast["liqiang"], lead=section,
            planned_cost=one.cost, cost_source="街道为民办实事资金", deadline=date(area.year, 11, 30),
            completion_standard=one.standard, partners=one.partners,
        )  # fmt: skip
    numbers = [area.proposals[one.key].number for one in WORKS]
    arrange(
        plan, by=area.cast["zhao"],
        rows=[
            {"project": numbers[0], "position": 1, "reason": ""},
            {"project": numbers[2], "position": 2, "reason": DEPARTURE},
            {"project": numbers[1], "position": 3, "reason": ""},
        ],
    )  # fmt: skip
