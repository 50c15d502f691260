"""The review meeting: item by item, two counts, the exact gate, the result public; a bad rating is as easy as a good one."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.cast import Cast
from tests.factories.evaluation import counts, rated, review_meeting
from tests.factories.projects import accepted
from tests.factories.proposals import drafted
from yishiting.ground.common.refused import NotAllowed, Refused, WrongState
from yishiting.ground.seasons.queries import holidays
from yishiting.instruments.ballots.actions import enter_tally
from yishiting.methods.workdays import workdays_between
from yishiting.year.councils.models import Council
from yishiting.year.evaluation.actions import declare_review, list_for_review, publicise_reviews, take_vote
from yishiting.year.evaluation.models import Review
from yishiting.year.evaluation.queries import OF_PROPOSALS, heard_besides, to_be_reviewed
from yishiting.year.evaluation.states import State
from yishiting.year.meetings.actions import plan_meeting, put_off_item
from yishiting.year.meetings.models import MeetingKind
from yishiting.year.projects.states import State as ProjectState
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.queries import PUBLIC
from yishiting.year.proposals.states import State as ProposalState


def test_a_project_everyone_likes_passes(cast: Cast, clock) -> None:
    meeting, review = review_meeting(cast, clock)
    declare_review(rated(cast, review, satisfied=5, mostly=0, unsatisfied=0), by=cast.wang)
    assert (review.state, review.result["percentage"]) == (State.PASSED, "100.00%")
    review.project.refresh_from_db()
    assert review.project.state == ProjectState.REVIEWED
    notice = publicise_reviews(meeting, by=cast.wang)
    assert notice.table["rows"][0][1:4] == ["5", "0", "0"]


def test_the_results_of_a_meeting_go_out_together_and_none_is_left_behind(cast: Cast, clock) -> None:
    meeting, first = review_meeting(cast, clock, besides=("清理车棚",))
    second = Review.objects.get(meeting=meeting, project__title="清理车棚")
    declare_review(rated(cast, first, satisfied=5, mostly=0, unsatisfied=0), by=cast.wang)
    with pytest.raises(Refused, match="还有 1 个项目没有宣布"):
        publicise_reviews(meeting, by=cast.wang)
    declare_review(rated(cast, second, satisfied=1, mostly=1, unsatisfied=3), by=cast.wang)
    notice = publicise_reviews(meeting, by=cast.wang)
    assert [row[4] for row in notice.table["rows"]] == ["100.00%", "40.00%"]
    with pytest.raises(Refused, match="没有已经宣布、还没有公示"):
        publicise_reviews(meeting, by=cast.wang)


def test_the_worst_rating_counts_as_it_was_given(cast: Cast, clock) -> None:
    _meeting, review = review_meeting(cast, clock)
    declare_review(rated(cast, review, satisfied=0, mostly=0, unsatisfied=5), by=cast.wang)
    review.project.refresh_from_db()
    assert (review.state, review.result["percentage"]) == (State.FAILED, "0.00%")
    assert review.project.state == ProjectState.RECTIFYING
    assert workdays_between(timezone.localdate(), review.project.rectify_by, holidays()) == 20


def test_just_under_the_gate_does_not_pass(cast: Cast, clock) -> None:
    _meeting, review = review_meeting(cast, clock, size=20)
    declare_review(rated(cast, review, satisfied=17, mostly=1, unsatisfied=1), by=cast.wang)
    assert (review.state, review.result["percentage"]) == (State.FAILED, "94.74%")


def test_below_five_valid_answers_there_is_no_percentage(cast: Cast, clock) -> None:
    _meeting, review = review_meeting(cast, clock)
    rated(cast, review, satisfied=4, mostly=0, unsatisfied=0, invalid=1)
    with pytest.raises(Refused, match="重新“开始测评”"):
        declare_review(review, by=cast.wang)
    assert review.state == State.LISTED
    declare_review(rated(cast, review, satisfied=5, mostly=0, unsatisfied=0), by=cast.wang)
    assert review.state == State.PASSED


def test_what_was_put_off_at_one_meeting_is_offered_to_the_next(cast: Cast, clock) -> None:
    _meeting, review = review_meeting(cast, clock)
    assert list(to_be_reviewed(cast.zaobei)) == []
    put_off_item(review.agenda_item, by=cast.wang, reason="监督小组还要再看一次")
    assert list(to_be_reviewed(cast.zaobei)) == [review.project]


def test_no_result_before_the_second_count(cast: Cast, clock) -> None:
    _meeting, review = review_meeting(cast, clock)
    take_vote(review, by=cast.liu)
    enter_tally(review.poll, by=cast.liu, counts=counts(5, 0, 0))
    with pytest.raises(Refused, match="两位同事"):
        declare_review(review, by=cast.wang)
    with pytest.raises(WrongState):
        take_vote(review, by=cast.liu)


def test_reviews_belong_to_the_season_and_to_the_review_meeting(cast: Cast, clock) -> None:
    project = accepted(cast, clock)
    starts = timezone.now() + timedelta(days=10)
    meeting = plan_meeting(
        Council.objects.get(), by=cast.liu, kind=MeetingKind.AD_HOC, title="临时会", starts_at=starts, venue="议事厅", purpose="商量路灯", consent="王建国",
    )  # fmt: skip
    with pytest.raises(NotAllowed, match="收获季"):
        list_for_review(meeting, by=cast.liu, projects=[project])
    clock.to(date(2026, 11, 3))
    with pytest.raises(Refused, match="问效会"):
        list_for_review(meeting, by=cast.liu, projects=[project])


def test_no_proposal_is_passed_over_at_the_end_of_the_year(cast: Cast) -> None:
    """Whatever the council has dealt with is heard of, in whatever state it lies."""
    assert set(OF_PROPOSALS) == set(PUBLIC) - {ProposalState.TABLED}
    Proposal.objects.filter(pk=drafted(cast).pk).update(state=ProposalState.HANDED_DOWN)
    (heard,) = heard_besides(cast.zaobei, timezone.localdate().year)
    assert str(heard.kind) == "上级交办，等本地同意"
