"""What waits around meetings and proposals, and that each line leads somewhere."""

from django.urls import reverse

from tests.cast import TODAY, Cast
from tests.conftest import Clock
from tests.factories import meetings, proposals
from yishiting.doors.web.desk.ways import way_to
from yishiting.overview.cycle.board import waiting_for
from yishiting.year.meetings.actions import assign_task
from yishiting.year.proposals.actions import decide_proposal, report_up
from yishiting.year.suggestions.models import ResponsibleLevel


def waits(person: object, day: object = TODAY) -> dict[str, str]:
    """Verb to the address behind it."""
    return {wait.verb: way_to(wait) for wait in waiting_for(person, day)}


def test_a_due_meeting_nobody_has_planned_waits(cast: Cast) -> None:
    assert waits(cast.wang)["meeting.plan"] == reverse("desk-meetings", args=[cast.zaobei.code])
    meetings.planned(cast)
    assert "meeting.plan" not in waits(cast.wang)


def test_a_representative_is_led_to_their_own_sign_in(cast: Cast) -> None:
    meeting, _ = meetings.convened(cast)
    mine = meeting.invitations.get(person=cast.liming)
    assert waits(cast.liming) == {"meeting.sign_in": reverse("my-meeting", args=[mine.pk])}


def test_a_vote_not_yet_noted_and_a_task_wait(cast: Cast, clock: Clock) -> None:
    draft = proposals.drafted(cast, responsible_level=ResponsibleLevel.SUBDISTRICT)
    proposal, meeting = proposals.on_the_floor(cast, clock, draft)
    meetings.voted(cast, proposal.agenda_item)
    assign_task(meeting, by=cast.liu, what="量车位", who="刘芳", due=meetings.DAY)
    found = waits(cast.wang, meetings.DAY)
    assert found["proposal.decide"] == reverse("desk-proposal", args=[proposal.pk])
    assert found["task.finish"] == reverse("desk-meeting", args=[meeting.pk])
    decide_proposal(proposal, by=cast.wang)
    assert "proposal.report_up" in waits(cast.wang, meetings.DAY)
    report_up(proposal, by=cast.wang, reason="道路归街道管")
    assert waits(cast.zhao, meetings.DAY) == {"proposal.bring_back": reverse("desk-proposal", args=[proposal.pk])}
