"""The deliberation meeting of the demo."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from yishiting.doors.commands.demo.clock import BEIJING, Calendar
from yishiting.doors.commands.demo.matters import MATTERS, Matter
from yishiting.doors.commands.demo.voting import open_with_everyone, vote
from yishiting.ground.accounts.models import Person
from yishiting.ground.places.models import Place
from yishiting.year.meetings.actions import (
    approve_minutes,
    assign_task,
    close_meeting,
    convene_meeting,
    plan_meeting,
    publish_minutes,
)
from yishiting.year.meetings.models import MeetingKind
from yishiting.year.proposals.actions import decide_proposal, report_up, table_proposal
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.states import State


def deliberate(
    place: Place, cast: Mapping[str, Person], calendar: Calendar, year: int, proposals: Mapping[str, Proposal]
) -> None:
    """Plan, convene, sign in, vote on each proposal, close, publish the minutes."""
    wang, liu = cast["wang"], cast["liu"]
    day = date(year, 3, 26)
    meeting = plan_meeting(
        place.council, by=liu, kind=MeetingKind.DELIBERATION, title=f"枣营北里社区{year}年审议会",
        starts_at=datetime(year, 3, 26, 14, tzinfo=BEIJING), venue="社区二层议事厅", chair="王建国", recorder="刘芳",
    )  # fmt: skip
    for matter in MATTERS:
        table_proposal(proposals[matter.matter], by=liu, meeting=meeting)
    convene_meeting(meeting, by=wang)
    calendar.to(day, 14)
    open_with_everyone(meeting, wang)
    for matter in MATTERS:
        _decide(proposals[matter.matter], matter, cast)
    assign_task(meeting, by=liu, what="两周内拿出五个项目的实施方案", who="刘芳", due=day + timedelta(days=15))
    close_meeting(meeting, by=wang)
    calendar.to(day + timedelta(days=1))
    approve_minutes(meeting, by=wang)
    publish_minutes(meeting, by=wang)
    report_up(proposals["下水"], by=wang, reason="专项维修资金由街道协调，社区没有权限。")


def _decide(proposal: Proposal, matter: Matter, cast: Mapping[str, Person]) -> None:
    vote(
        proposal.agenda_item,
        cast["wang"],
        cast["liu"],
        matter.votes,
        "代表们围绕位置、费用和后期维护发言，提案人作了说明。",
    )
    proposal.refresh_from_db()
    decide_proposal(proposal, by=cast["wang"], to=State(matter.outcome), reason=matter.reason)
