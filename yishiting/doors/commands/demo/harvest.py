"""The review meeting of the demo: held when its day has passed, otherwise called for today."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from yishiting.doors.commands.demo.clock import BEIJING, Telling, moment
from yishiting.doors.commands.demo.voting import open_with_everyone, vote
from yishiting.doors.commands.demo.words import NOISE
from yishiting.ground.accounts.models import Person
from yishiting.ground.places.models import Place
from yishiting.instruments.ballots.actions import enter_tally
from yishiting.year.evaluation.actions import declare_review, list_for_review, publicise_reviews, take_vote
from yishiting.year.evaluation.models import Review
from yishiting.year.evaluation.queries import to_be_reviewed
from yishiting.year.meetings.actions import (
    approve_minutes,
    close_meeting,
    convene_meeting,
    plan_meeting,
    publish_minutes,
)
from yishiting.year.meetings.models import Meeting, MeetingKind
from yishiting.year.proposals.actions import decide_proposal, table_proposal
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.states import State

LAST_DAY = (12, 11)


def harvest(
    place: Place, cast: Mapping[str, Person], year: int, today: date, proposals: Mapping[str, Proposal]
) -> Telling:
    """Plan and convene, with what the spring put off; hold it if the day has passed."""
    last = date(year, *LAST_DAY)
    day = min(today, last)
    yield moment(day - timedelta(days=14))
    meeting = plan_meeting(
        place.council, by=cast["liu"], kind=MeetingKind.REVIEW, title=f"枣营北里社区{year}年问效会",
        starts_at=datetime(day.year, day.month, day.day, 14, tzinfo=BEIJING), venue="社区二层议事厅", chair="王建国", recorder="刘芳",
    )  # fmt: skip
    reviews = list_for_review(meeting, by=cast["liu"], projects=list(to_be_reviewed(place)))
    noise = proposals.get(NOISE)
    if noise is not None:
        noise.refresh_from_db()
        table_proposal(noise, by=cast["liu"], meeting=meeting)
    convene_meeting(meeting, by=cast["wang"])
    if day == last and today > last:
        yield moment(day, 14)
        _hold(meeting, reviews, cast, noise)
        yield moment(day, 18)
        approve_minutes(meeting, by=cast["wang"])
        publish_minutes(meeting, by=cast["wang"])


def _hold(meeting: Meeting, reviews: list[Review], cast: Mapping[str, Person], noise: Proposal | None) -> None:
    open_with_everyone(meeting, cast["wang"])
    if noise is not None:
        vote(noise.agenda_item, cast["wang"], cast["liu"], (10, 1, 1), "看了意见图谱，双方都同意先试三个月。")
        noise.refresh_from_db()
        decide_proposal(noise, by=cast["wang"], to=State.ADOPTED)
    for n, review in enumerate(reviews):
        take_vote(review, by=cast["liu"])
        if review.poll is None:
            raise RuntimeError("a review put to the vote has a poll")
        counts = {
            "issued": 12,
            "returned": 12,
            "valid": 12,
            "invalid": 0,
            "satisfied": 11 - n,
            "mostly": 1 + n,
            "unsatisfied": 0,
        }
        for someone in (cast["liu"], cast["wang"]):
            enter_tally(review.poll, by=someone, counts=counts)
        declare_review(review, by=cast["wang"])
    publicise_reviews(meeting, by=cast["wang"])
    close_meeting(meeting, by=cast["wang"])
