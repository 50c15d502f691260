"""What waits around meetings and proposals, and that each line leads somewhere."""

from django.urls import reverse

from tests.cast import TODAY, Cast
from tests.conftest import Clock
from tests.factories import meetings, proposals
from tests.factories.evaluation import counts, rated, review_meeting
from yishiting.doors.web.desk.links import way_to
from yishiting.ground.places.models import ResponsibleLevel
from yishiting.instruments.ballots.actions import enter_tally
from yishiting.overview.cycle.board import waiting_for
from yishiting.year.evaluation.actions import declare_review, publicise_reviews, take_vote
from yishiting.year.evaluation.models import Review
from yishiting.year.meetings.actions import assign_task
from yishiting.year.proposals.actions import decide_proposal, report_up


def waits(person: object, day: object = TODAY) -> dict[str, str]:
    """Verb to the address behind it."""
    return {wait.verb: way_to(wait) for wait in waiting_for(person, day)}


def test_a_due_meeting_nobody_has_planned_waits_where_a_council_sits(cast: Cast) -> None:
    assert "meeting.plan" not in waits(cast.wang)
    council = meetings.a_council(cast.zaobei)
    planned = reverse("meeting-plan", args=[cast.zaobei.code])
    assert waits(cast.wang)["meeting.plan"] == f"{planned}?kind=deliberation"
    meetings.planned(cast, council)
    assert "meeting.plan" not in waits(cast.wang)


def test_a_representative_is_led_to_their_own_sign_in(cast: Cast) -> None:
    meeting, _ = meetings.convened(cast)
    mine = meeting.invitations.get(person=cast.liming)
    assert waits(cast.liming) == {"invitation.sign_in": reverse("my-meeting", args=[mine.pk])}


def test_a_vote_not_yet_noted_and_a_task_wait(cast: Cast, clock: Clock) -> None:
    draft = proposals.drafted(cast, responsible_level=ResponsibleLevel.SUBDISTRICT)
    proposal, meeting = proposals.on_the_floor(cast, clock, draft)
    meetings.voted(cast, proposal.agenda_item)
    assign_task(meeting, by=cast.liu, what="量车位", who="刘芳", due=meetings.DAY)
    found = waits(cast.wang, meetings.DAY)
    assert found["proposal.decide"] == reverse("do", args=["proposal.decide", proposal.pk])
    assert found["task.finish"] == reverse("desk-meeting", args=[meeting.pk])
    decide_proposal(proposal, by=cast.wang)
    assert "proposal.report_up" in waits(cast.wang, meetings.DAY)
    report_up(proposal, by=cast.wang, reason="道路归街道管")
    assert waits(cast.zhao, meetings.DAY) == {"proposal.bring_back": reverse("desk-proposal", args=[proposal.pk])}


def test_a_count_waits_by_the_end_of_the_day_of_the_vote(cast: Cast, clock: Clock) -> None:
    meeting, review = review_meeting(cast, clock)
    take_vote(review, by=cast.liu)
    enter_tally(review.poll, by=cast.liu, counts=counts(5, 0, 0))
    (wait,) = [one for one in waiting_for(cast.wang, meeting.day) if one.verb == "poll.enter_tally"]
    assert (wait.since, wait.due) == (meeting.day, meeting.day)


def test_declared_results_wait_to_be_published_once_none_is_left_to_declare(cast: Cast, clock: Clock) -> None:
    meeting, first = review_meeting(cast, clock, besides=("清理车棚",))
    second = Review.objects.get(meeting=meeting, project__title="清理车棚")
    declare_review(rated(cast, first, satisfied=5, mostly=0, unsatisfied=0), by=cast.wang)
    assert "review.publicise" not in waits(cast.wang, meeting.day), "the sitting has one left to declare"
    declare_review(rated(cast, second, satisfied=5, mostly=0, unsatisfied=0), by=cast.wang)
    assert waits(cast.wang, meeting.day)["review.publicise"] == reverse("desk-reviews", args=[meeting.pk])
    publicise_reviews(meeting, by=cast.wang)
    assert "review.publicise" not in waits(cast.wang, meeting.day)
