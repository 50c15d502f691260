"""A slip of the keys is put right before the result is announced: both keyings are set aside, two people key anew."""

import pytest

from tests.cast import Cast
from tests.conftest import Clock
from tests.factories import councils, meetings
from yishiting.ground.common.refused import NotAllowed, Refused
from yishiting.instruments.ballots.actions import enter_tally, redo_tally
from yishiting.instruments.ballots.models import Poll
from yishiting.instruments.ballots.states import State
from yishiting.year.councils.queries import undeclared
from yishiting.year.meetings.actions import decide_item, put_to_vote

pytestmark = pytest.mark.django_db
WRONG, RIGHT = {"for": 9, "against": 0, "abstain": 1}, {"for": 8, "against": 1, "abstain": 1}


def test_the_first_keyer_takes_back_a_slip_of_the_keys(cast: Cast, clock: Clock) -> None:
    _, item = meetings.opened(cast, clock)
    put_to_vote(item, by=cast.wang)
    poll = item.poll
    enter_tally(poll, by=cast.wang, counts=WRONG)
    with pytest.raises(NotAllowed):
        redo_tally(poll, by=cast.qian, reason="录错一个数")
    redo_tally(poll, by=cast.wang, reason="录错一个数")
    assert (poll.state, poll.tallies.get().set_aside) == (State.OPEN, True)
    enter_tally(poll, by=cast.wang, counts=RIGHT)
    with pytest.raises(Refused, match="第一遍是您录入的"):
        enter_tally(Poll.objects.get(pk=poll.pk), by=cast.wang, counts=RIGHT)
    enter_tally(poll, by=cast.liu, counts=RIGHT)
    assert (poll.state, poll.result["keyings"]) == (State.COUNTED, 3)


def test_both_keyings_are_taken_back_until_the_result_is_announced(cast: Cast, clock: Clock) -> None:
    _, item = meetings.opened(cast, clock)
    put_to_vote(item, by=cast.wang)
    poll = item.poll
    for someone in (cast.wang, cast.liu):
        enter_tally(poll, by=someone, counts=WRONG)
    redo_tally(poll, by=cast.wang, reason="两个人看错了同一行")
    assert (poll.result, poll.counted_at) == ({}, None)
    for someone in (cast.wang, cast.liu):
        enter_tally(poll, by=someone, counts=RIGHT)
    item.refresh_from_db()
    decide_item(item, by=cast.wang)
    with pytest.raises(Refused, match="表决结果已经宣布"):
        redo_tally(Poll.objects.get(pk=poll.pk), by=cast.wang, reason="又看错了")


def test_a_declared_round_stays_as_it_was_counted(cast: Cast, clock: Clock) -> None:
    term = councils.an_electing_term(cast, clock)
    one, meeting = undeclared(term)[0], councils.an_assembly(cast, term)
    councils.vote(cast, one, meeting, councils.clear_votes(one))
    with pytest.raises(Refused, match="选举结果已经宣布"):
        redo_tally(Poll.objects.get(pk=one.poll_id), by=cast.wang, reason="看错了")
