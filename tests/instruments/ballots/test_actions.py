"""Votes: prepared, opened, keyed in twice by two people, counted or void."""

import pytest

from tests.cast import Cast
from tests.factories import ballots
from yishiting.ground.common.refused import NotAllowed, Refused, WrongState
from yishiting.ground.ledger.models import Entry
from yishiting.instruments.ballots.actions import enter_tally, open_poll, prepare_poll, void_poll
from yishiting.instruments.ballots.models import Method, Poll, PollKind
from yishiting.instruments.ballots.queries import side_by_side
from yishiting.instruments.ballots.rules import Voter
from yishiting.instruments.ballots.states import State

YES = {"for": 6, "against": 3, "abstain": 1}


def last() -> Entry:
    return Entry.objects.latest("seq")


def test_a_vote_is_prepared_under_the_rulebook(cast: Cast) -> None:
    poll = prepare_poll(cast.zaobei, by=cast.liu, kind=PollKind.DECISION, method=Method.PAPER, title="停车")
    assert poll.state == State.PREPARED
    assert poll.rule["name"] == "over_half_of_present"
    assert (last().verb, last().rules) == ("poll.prepare", poll.rules_label)


def test_only_the_desk_of_the_place_prepares(cast: Cast) -> None:
    for someone in (cast.qian, cast.lu, cast.zhao, cast.zhou):
        with pytest.raises(NotAllowed, match="本地"):
            prepare_poll(cast.zaobei, by=someone, kind=PollKind.DECISION, method=Method.PAPER, title="停车")


def test_an_election_needs_more_candidates_than_seats(cast: Cast) -> None:
    with pytest.raises(Refused, match="至少 2 名"):
        ballots.election(cast, names=["李明"], seats=1)


def test_one_name_stands_once_on_a_paper(cast: Cast) -> None:
    with pytest.raises(Refused, match="重名"):
        ballots.election(cast, names=["李明", "李明", "王芳"])


def test_opening_writes_down_who_is_entitled(cast: Cast) -> None:
    poll = ballots.hands(cast, due=12, present=10, recused=[0, 11])
    assert (poll.entitled_count, poll.present_count, poll.sheet().able) == (12, 10, 9)
    assert [row["present"] for row in poll.recused] == [True, False]
    assert last().facts["entitled"] == 12
    assert "陈慧" not in str(last().facts)
    with pytest.raises(WrongState):
        open_poll(poll, by=cast.wang, voters=ballots.voters())


def test_nobody_stands_twice_on_the_list_and_somebody_must_be_able_to_vote(cast: Cast) -> None:
    poll = prepare_poll(cast.zaobei, by=cast.wang, kind=PollKind.DECISION, method=Method.PAPER, title="停车")
    with pytest.raises(Refused, match="出现两次"):
        open_poll(poll, by=cast.wang, voters=[Voter("1", "李明"), Voter("1", "李明")])
    with pytest.raises(Refused, match="没有可以表决的人"):
        open_poll(poll, by=cast.wang, voters=ballots.voters(2, 1, recused=[0]))
    with pytest.raises(Refused, match="多于应到"):
        open_poll(poll, by=cast.wang, voters=ballots.voters(2, 1), present=3)


def test_two_people_agree_and_the_vote_is_counted(cast: Cast) -> None:
    poll = ballots.hands(cast)
    enter_tally(poll, by=cast.wang, counts=YES)
    assert poll.state == State.COUNTING
    assert poll.result == {}
    enter_tally(poll, by=cast.liu, counts=YES)
    assert poll.state == State.COUNTED
    assert poll.result["passed"] is True
    assert "赞成 6，反对 3，弃权 1；通过。" in poll.result["sentence"]
    assert poll.result["rules_label"] == poll.rules_label
    assert (last().facts["agreed"], last().facts["outcome"]) == (True, "passed")


def test_the_second_keying_by_the_same_person_is_refused(cast: Cast) -> None:
    poll = ballots.hands(cast)
    enter_tally(poll, by=cast.wang, counts=YES)
    with pytest.raises(Refused, match="换一位同事"):
        enter_tally(poll, by=cast.wang, counts=YES)
    assert poll.tallies.count() == 1
    assert Poll.objects.get(pk=poll.pk).state == State.COUNTING


def test_the_supervisor_may_be_the_second_pair_of_eyes(cast: Cast) -> None:
    poll = ballots.hands(cast)
    enter_tally(poll, by=cast.liu, counts=YES)
    enter_tally(poll, by=cast.zhou, counts=YES)
    assert poll.state == State.COUNTED
    with pytest.raises(NotAllowed):
        enter_tally(ballots.hands(cast), by=cast.qian, counts=YES)


def test_differences_are_named_and_a_third_keying_settles(cast: Cast) -> None:
    poll = ballots.hands(cast)
    enter_tally(poll, by=cast.wang, counts=YES)
    enter_tally(poll, by=cast.liu, counts={**YES, "for": 5, "abstain": 2})
    assert poll.state == State.DIFFERENT
    _, rows = side_by_side(poll)
    assert [(row["label"], row["first"], row["second"]) for row in rows] == [("赞成", 6, 5), ("弃权", 1, 2)]
    enter_tally(poll, by=cast.liu, counts=YES)
    assert poll.state == State.COUNTED
    assert poll.result["keyings"] == 3


def test_a_corrected_keying_no_longer_counts(cast: Cast) -> None:
    poll = ballots.hands(cast)
    enter_tally(poll, by=cast.wang, counts=YES)
    enter_tally(poll, by=cast.liu, counts={**YES, "for": 5})
    enter_tally(poll, by=cast.wang, counts={**YES, "for": 4})
    enter_tally(poll, by=cast.liu, counts=YES)
    assert poll.state == State.DIFFERENT


def test_more_ballots_back_than_issued_void_the_vote_when_two_people_say_so(cast: Cast) -> None:
    poll = ballots.paper(cast)
    counts = {"issued": 10, "returned": 11, "valid": 11, "invalid": 0, "for": 7, "against": 3, "abstain": 1}
    enter_tally(poll, by=cast.wang, counts=counts)
    assert poll.state == State.COUNTING
    enter_tally(poll, by=cast.liu, counts=counts)
    assert poll.state == State.VOID
    assert "收回11张，多于发出的10张" in poll.void_reason
    assert poll.result["outcome"] == "void_returned"
    with pytest.raises(WrongState):
        enter_tally(poll, by=cast.liu, counts=counts)


def test_a_sheet_that_cannot_be_right_is_refused_and_leaves_nothing(cast: Cast) -> None:
    poll = ballots.paper(cast)
    before = Entry.objects.count()
    counts = {"issued": 10, "returned": 10, "valid": 9, "invalid": 0, "for": 6, "against": 2, "abstain": 1}
    with pytest.raises(Refused, match="对不上"):
        enter_tally(poll, by=cast.wang, counts=counts)
    assert (poll.tallies.count(), Entry.objects.count()) == (0, before)


def test_a_tie_is_not_passed(cast: Cast) -> None:
    poll = ballots.counted(cast, ballots.hands(cast), for_=5, against=5, abstain=0)
    assert (poll.result["passed"], poll.result["outcome"]) == (False, "tied")


def test_an_election_by_show_of_hands_counts_like_paper(cast: Cast) -> None:
    poll = ballots.election(cast, method=Method.SHOW_OF_HANDS)
    counts = {"0:for": 7, "0:against": 1, "1:for": 3, "1:against": 3}
    enter_tally(poll, by=cast.wang, counts=counts)
    enter_tally(poll, by=cast.liu, counts=counts)
    assert poll.result["elected_keys"] == ["key-李明"]


def test_names_written_in_stay_out_of_the_ledger(cast: Cast) -> None:
    poll = ballots.election(cast)
    counts = {"issued": 10, "returned": 10, "valid": 10, "invalid": 0}
    counts |= {"0:for": 5, "0:against": 1, "0:abstain": 4, "1:for": 3, "1:against": 0, "1:abstain": 7, "other:赵六": 2}
    enter_tally(poll, by=cast.wang, counts=counts)
    enter_tally(poll, by=cast.zhou, counts=counts)
    assert (poll.state, poll.result["outcome"]) == (State.COUNTED, "supplementary")
    assert last().facts["written_in"] == 2
    assert "赵六" not in str(last().facts)


def test_a_vote_is_void_only_with_a_reason(cast: Cast) -> None:
    poll = ballots.hands(cast)
    with pytest.raises(Refused, match="写明"):
        void_poll(poll, by=cast.wang, reason=" ")
    void_poll(poll, by=cast.wang, reason="统计时灯灭了，重新举手")
    assert poll.state == State.VOID
    counted = ballots.counted(cast, ballots.hands(cast), for_=6, against=3, abstain=1)
    with pytest.raises(WrongState):
        void_poll(counted, by=cast.wang, reason="不喜欢")
    with pytest.raises(NotAllowed):
        void_poll(ballots.hands(cast), by=cast.zhou, reason="不喜欢")


def test_an_officer_elsewhere_may_not_count_here(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        enter_tally(ballots.hands(cast), by=cast.qian, counts=YES)
