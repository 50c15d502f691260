"""逐项评议 at the desk, over HTTP: each project offers what comes next of it."""

from django.urls import reverse

from tests.cast import Cast
from tests.factories.evaluation import rated, review_meeting
from yishiting.year.evaluation.actions import take_vote
from yishiting.year.evaluation.states import State


def test_each_project_offers_its_next_step(cast: Cast, sign_in, clock) -> None:
    meeting, review = review_meeting(cast, clock)
    desk, here = sign_in(cast.wang), reverse("desk-reviews", args=[meeting.pk])
    vote, declare = (reverse("do", args=[code, review.pk]) for code in ("review.take_vote", "review.declare"))
    first = desk.get(here).content.decode()
    assert vote in first
    assert declare not in first
    assert reverse("desk-meeting", args=[meeting.pk]) in first
    rated(cast, review, satisfied=4, mostly=0, unsatisfied=0, invalid=1)
    again = desk.get(here).content.decode()
    assert vote in again
    assert declare not in again
    take_vote(review, by=cast.liu)
    assert reverse("desk-tally", args=[review.poll_id]) in desk.get(here).content.decode()


def test_what_is_counted_is_declared_from_the_page(cast: Cast, sign_in, clock) -> None:
    meeting, review = review_meeting(cast, clock)
    rated(cast, review, satisfied=5, mostly=0, unsatisfied=0)
    desk, here = sign_in(cast.wang), reverse("desk-reviews", args=[meeting.pk])
    assert "宣布评议结果" in desk.get(here).content.decode()
    done = desk.post(reverse("do", args=["review.declare", review.pk]), {"room": "desk"}, follow=True)
    assert done.redirect_chain[-1][0] == here
    review.refresh_from_db()
    assert review.state == State.PASSED
    assert reverse("do", args=["review.declare", review.pk]) not in desk.get(here).content.decode()
