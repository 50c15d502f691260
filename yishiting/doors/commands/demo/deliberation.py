"""The deliberation meeting of the demo."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from yishiting.doors.commands.demo.clock import BEIJING, Calendar
from yishiting.doors.commands.demo.matters import MATTERS, Matter
from yishiting.ground.accounts.models import Person
from yishiting.ground.places.models import Place
from yishiting.instruments.ballots.actions import enter_tally
from yishiting.year.meetings.actions import (
    approve_minutes,
    assign_task,
    close_meeting,
    convene_meeting,
    decide_item,
    open_meeting,
    plan_meeting,
    publish_minutes,
    put_to_vote,
    take_attendance,
    take_notes,
)
from yishiting.year.meetings.models import Attendance, Meeting, MeetingKind
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
    everyone_present(meeting, liu)
    open_meeting(meeting, by=wang)
    for matter in MATTERS:
        _decide(proposals[matter.matter], matter, cast)
    assign_task(meeting, by=liu, what="两周内拿出五个项目的实施方案", who="刘芳", due=day + timedelta(days=15))
    close_meeting(meeting, by=wang)
    calendar.to(day + timedelta(days=1))
    approve_minutes(meeting, by=wang)
    publish_minutes(meeting, by=wang)
    report_up(proposals["下水"], by=wang, reason="专项维修资金由街道协调，社区没有权限。")


def everyone_present(meeting: Meeting, by: Person) -> None:
    """Everyone due has come."""
    sheet = {str(one.pk): Attendance.PRESENT for one in meeting.invitations.all()}
    take_attendance(meeting, by=by, attendance=sheet)


def _decide(proposal: Proposal, matter: Matter, cast: Mapping[str, Person]) -> None:
    item = proposal.agenda_item
    if item is None:
        raise RuntimeError("a tabled proposal is an agenda item")
    item.refresh_from_db()
    take_notes(item, by=cast["liu"], discussion="代表们围绕位置、费用和后期维护发言，提案人作了说明。")
    put_to_vote(item, by=cast["wang"])
    if item.poll is None:
        raise RuntimeError("an item put to the vote has a poll")
    in_favour, against, abstain = matter.votes
    for someone in (cast["liu"], cast["wang"]):
        enter_tally(item.poll, by=someone, counts={"for": in_favour, "against": against, "abstain": abstain})
    decide_item(item, by=cast["wang"])
    proposal.refresh_from_db()
    decide_proposal(proposal, by=cast["wang"], to=State(matter.outcome), reason=matter.reason)
