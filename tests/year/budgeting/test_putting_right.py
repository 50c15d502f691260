"""A clerk's mistake in a budget vote is put right while it is open: a wrong line ticked, a bundle keyed wrongly."""

import pytest

from tests.cast import Cast
from tests.factories import budgeting
from yishiting.ground.common.refused import Refused
from yishiting.year.budgeting.actions import close_vote, enter_paper, issue_ballot, redo_bundle, take_back_ballot
from yishiting.year.budgeting.models import Voter, Way
from yishiting.year.budgeting.queries import batches_of, paper_sheets
from yishiting.year.budgeting.rules import Bundle

pytestmark = pytest.mark.django_db


def test_a_line_ticked_wrongly_is_taken_back(cast: Cast) -> None:
    voter = budgeting.voter(budgeting.opened(cast), "居民03")
    with pytest.raises(Refused, match="没有登记领取"):
        take_back_ballot(voter, by=cast.liu, reason="点错了")
    issue_ballot(voter, by=cast.liu)
    take_back_ballot(voter, by=cast.liu, reason="点错了一行")
    assert Voter.objects.get(pk=voter.pk).way == Way.NOT_YET


def test_an_agreed_bundle_with_too_many_sheets_is_keyed_anew(cast: Cast) -> None:
    vote = budgeting.opened(cast)
    budgeting.on_paper(cast, vote, ([1], 4))
    wrong = Bundle.of([([1], 9)], 0)
    for someone in (cast.wang, cast.liu):
        enter_paper(vote, by=someone, number=2, bundle=wrong)
    with pytest.raises(Refused, match="多于名册上登记领取的"):
        close_vote(vote, by=cast.wang)
    redo_bundle(vote, by=cast.liu, number=2, reason="第2沓并不存在")
    assert (paper_sheets(vote), len(batches_of(vote))) == (4, 1)
    with pytest.raises(Refused, match="第2沓还没有录入"):
        redo_bundle(vote, by=cast.liu, number=2, reason="再来")
    assert close_vote(vote, by=cast.wang).state == "closed"
