"""A review meeting under way, with works on its list, and their ballots counted."""

from datetime import date, datetime

from tests.cast import Cast
from tests.conftest import BEIJING
from tests.factories.projects import accepted
from tests.put_back import kept
from yishiting.instruments.ballots.actions import enter_tally
from yishiting.year.councils.models import Council, Representative
from yishiting.year.evaluation.actions import list_for_review, take_vote
from yishiting.year.evaluation.models import Review
from yishiting.year.meetings.actions import convene_meeting, open_meeting, plan_meeting, take_attendance
from yishiting.year.meetings.models import Attendance, Meeting, MeetingKind


def counts(satisfied: int, mostly: int, unsatisfied: int, invalid: int = 0) -> dict[str, int]:
    valid = satisfied + mostly + unsatisfied
    return {
        "issued": valid + invalid, "returned": valid + invalid, "valid": valid, "invalid": invalid,
        "satisfied": satisfied, "mostly": mostly, "unsatisfied": unsatisfied,
    }  # fmt: skip


@kept
def review_meeting(cast: Cast, clock, *, size: int = 5, besides: tuple[str, ...] = ()) -> tuple[Meeting, Review]:
    project = accepted(cast, clock)
    others = []
    for title in besides:
        clock.to(date(2026, 3, 5))
        others.append(accepted(cast, clock, title))
    extra = list(Representative.objects.all())
    for n in range(size - len(extra)):
        last = extra[0]
        Representative.objects.create(
            term=last.term,
            constituency=last.constituency,
            place=cast.zaobei,
            name=f"加{n}",
            since=last.since,
            until=last.until,
        )
    clock.to(date(2026, 11, 16))
    starts = datetime(2026, 11, 26, 9, tzinfo=BEIJING)
    meeting = plan_meeting(
        Council.objects.get(), by=cast.liu, kind=MeetingKind.REVIEW, title="2026年度问效会", starts_at=starts, venue="议事厅",
    )  # fmt: skip
    review, *_others = list_for_review(meeting, by=cast.liu, projects=[project, *others])
    convene_meeting(meeting, by=cast.wang)
    clock.to(date(2026, 11, 26))
    take_attendance(meeting, by=cast.liu, attendance={str(i.pk): Attendance.PRESENT for i in meeting.invitations.all()})
    return open_meeting(meeting, by=cast.liu), review


@kept
def rated(cast: Cast, review: Review, **answers: int) -> Review:
    take_vote(review, by=cast.liu)
    enter_tally(review.poll, by=cast.liu, counts=counts(**answers))
    enter_tally(review.poll, by=cast.wang, counts=counts(**answers))
    return review
