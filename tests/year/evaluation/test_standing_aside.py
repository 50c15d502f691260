"""Nobody judges their own work: not in supervising it, not in rating it."""

import pytest

from tests.cast import Cast
from tests.factories import evaluation, projects
from yishiting.ground.common.refused import Refused
from yishiting.year.evaluation.actions import take_vote
from yishiting.year.projects.actions import set_supervisors, set_team
from yishiting.year.projects.models import TeamMember

pytestmark = pytest.mark.django_db


def test_nobody_is_on_the_team_and_in_the_supervision_group(cast: Cast) -> None:
    seats = projects.seated_council(cast)
    project = projects.planned(cast, seats)
    with pytest.raises(Refused, match="李明既在实施小组") as refused:
        set_team(project, by=cast.liu, members=[("李　明", "联系施工")])
    assert refused.value.field == "members"
    outsider = seats[4].name
    set_team(project, by=cast.liu, members=[(outsider, "联系施工")])
    with pytest.raises(Refused, match="请换一个人"):
        set_supervisors(project, by=cast.wang, representatives=seats[2:])


def test_who_did_the_work_does_not_rate_it(cast: Cast, clock) -> None:
    meeting, review = evaluation.review_meeting(cast, clock, size=8)
    TeamMember.objects.create(project=review.project, place=cast.zaobei, name="李明", duty="联系施工")
    take_vote(review, by=cast.liu)
    assert [one["name"] for one in review.poll.recused] == ["李明"]
    assert "回避" in review.poll.recused[0]["reason"]
    assert review.poll.present_count == meeting.present_count
