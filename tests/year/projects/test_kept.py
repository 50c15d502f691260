"""Nothing of a project is overwritten: findings have rounds, a team keeps who left, the last dated entry counts."""

from datetime import timedelta

import pytest

from tests.factories.projects import give_account, planned, seated_council, underway
from yishiting.ground.common.refused import Refused
from yishiting.year.projects.actions import answer_finding, note_progress, raise_finding, reject_finding, set_team
from yishiting.year.projects.models import FindingRound, TeamMember
from yishiting.year.projects.queries import team_of

pytestmark = pytest.mark.django_db


def fresh(one):
    return type(one).objects.get(pk=one.pk)


def test_each_answer_to_a_finding_is_a_round_with_why_it_was_sent_back(cast, clock) -> None:
    project = underway(cast, clock)
    seat = project.supervisors.select_related("representative").first().representative
    give_account(seat)
    finding = raise_finding(project, by=fresh(seat).person, text="7号楼的灯不亮")
    answer_finding(fresh(finding), by=cast.liu, answer="换了灯泡")
    reject_finding(fresh(finding), by=fresh(seat).person, reason="还是不亮")
    answer_finding(fresh(finding), by=cast.liu, answer="换了线")
    told = list(FindingRound.objects.values_list("answer", "sent_back_because"))
    assert told == [("换了灯泡", "还是不亮"), ("换了线", "")]


def test_who_leaves_the_team_is_kept_with_the_day(cast) -> None:
    project = planned(cast, seated_council(cast))
    set_team(fresh(project), by=cast.liu, members=[("周大爷", "联系施工"), ("王芳", "记账")])
    assert {one.name for one in team_of(fresh(project))} == {"周大爷", "王芳"}
    left = TeamMember.objects.get(project=project, name="马师傅")
    assert left.until is not None
    assert left.since is not None


def test_the_percentage_is_the_last_dated_entrys(cast, clock) -> None:
    project = underway(cast, clock)
    begun = fresh(project).started_on
    clock.to(begun + timedelta(days=10))
    note_progress(fresh(project), by=cast.liu, percent=60, text="灯杆立好了", happened_on=begun + timedelta(days=9))
    note_progress(fresh(project), by=cast.liu, percent=20, text="补记：基坑挖好", happened_on=begun + timedelta(days=2))
    assert fresh(project).percent == 60
    with pytest.raises(Refused, match="不能早于开工"):
        note_progress(fresh(project), by=cast.liu, percent=10, text="早了", happened_on=begun - timedelta(days=1))
