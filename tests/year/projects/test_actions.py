"""A project from the adopted proposal to acceptance, and every way it is refused."""

from dataclasses import asdict, replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.cast import Cast
from tests.factories.projects import PLAN, accepted, adopted_proposal, give_account, planned, seated_council, underway
from yishiting.ground.common.refused import NotAllowed, Refused, WrongState
from yishiting.ground.ledger.models import Entry
from yishiting.year.projects.actions import (
    accept_project,
    answer_finding,
    complete_project,
    confirm_finding,
    note_progress,
    open_project,
    publicise_plan,
    raise_finding,
    reject_finding,
    set_supervisors,
    sign_acceptance,
    start_project,
    stop_project,
    write_plan,
)
from yishiting.year.projects.queries import pace_of
from yishiting.year.projects.states import FindingState, State


def test_a_government_duty_cannot_become_a_project_here(cast: Cast) -> None:
    with pytest.raises(Refused, match="上级的职责"):
        open_project(adopted_proposal(cast, "district"), by=cast.wang)


def test_a_proposal_becomes_one_project_only(cast: Cast) -> None:
    proposal = adopted_proposal(cast)
    open_project(proposal, by=cast.wang)
    with pytest.raises(Refused, match="已经立项"):
        open_project(proposal, by=cast.wang)


@pytest.mark.parametrize(
    ("field", "label"),
    [
        ("responsible_name", "责任人"),
        ("deadline", "完成时限"),
        ("completion_standard", "完成标准"),
        ("maintenance_owner", "后期维护责任人"),
        ("maintenance_yearly_cost", "每年维护费用"),
    ],
)
def test_a_plan_without_any_of_these_is_not_publicised(cast: Cast, field: str, label: str) -> None:
    project = planned(cast, seated_council(cast))
    write_plan(
        project,
        by=cast.liu,
        **asdict(replace(PLAN, **{field: None if field in ("deadline", "maintenance_yearly_cost") else ""})),
    )
    with pytest.raises(Refused, match=label):
        publicise_plan(project, by=cast.wang)
    assert project.state == State.PLANNING


def test_a_deadline_that_has_passed_is_refused_at_its_field(cast: Cast) -> None:
    project = planned(cast, seated_council(cast))
    with pytest.raises(Refused) as refused:
        write_plan(project, by=cast.liu, **asdict(replace(PLAN, deadline=date(2026, 3, 1))))
    assert refused.value.field == "deadline"


def test_work_waits_for_the_public_notice(cast: Cast) -> None:
    project = planned(cast, seated_council(cast))
    publicise_plan(project, by=cast.wang)
    with pytest.raises((Refused, NotAllowed)):
        start_project(project, by=cast.wang)
    assert project.started_on is None


def test_a_published_plan_is_not_changed_behind_the_publics_back(cast: Cast) -> None:
    project = planned(cast, seated_council(cast))
    publicise_plan(project, by=cast.wang)
    with pytest.raises(WrongState, match="方案已经公示"):
        write_plan(project, by=cast.liu, **asdict(PLAN))


def test_a_supervision_group_has_at_least_three_serving_representatives(cast: Cast) -> None:
    representatives = seated_council(cast)
    project = open_project(adopted_proposal(cast), by=cast.wang)
    with pytest.raises(Refused, match="至少3名"):
        set_supervisors(project, by=cast.wang, representatives=representatives[:2])
    gone = representatives[0]
    gone.until = date(2026, 3, 1)
    gone.save()
    with pytest.raises(Refused, match="这里不能选它"):
        set_supervisors(project, by=cast.wang, representatives=representatives[:3])


def test_progress_is_noted_while_the_work_goes_on(cast: Cast, clock) -> None:
    project = underway(cast, clock)
    note_progress(project, by=cast.liu, percent=40, text="灯杆已立", happened_on=date(2026, 4, 15))
    assert (project.percent, project.progress.count()) == (40, 1)
    with pytest.raises(Refused, match="不能晚于今天"):
        note_progress(project, by=cast.liu, percent=50, text="明天的事", happened_on=date(2027, 1, 1))


def test_pace_counts_working_days(cast: Cast, clock) -> None:
    project = underway(cast, clock)
    assert not pace_of(project, date(2026, 4, 20)).stalled
    late = pace_of(project, date(2026, 7, 2))
    assert (late.late, late.left, late.stalled) == (True, -2, True)


def test_a_finding_stays_open_until_answered_and_confirmed(cast: Cast, clock) -> None:
    project = underway(cast, clock)
    finding = raise_finding(project, by=cast.liming, text="7号楼的灯不亮")
    answer_finding(finding, by=cast.liu, answer="换了灯头")
    reject_finding(finding, by=cast.liming, reason="还是不亮")
    assert finding.state == FindingState.OPEN
    answer_finding(finding, by=cast.liu, answer="换了电池")
    confirm_finding(finding, by=cast.liming)
    assert finding.state == FindingState.CLOSED


def test_only_the_supervision_group_and_supervisors_find(cast: Cast, clock) -> None:
    project = underway(cast, clock)
    with pytest.raises(NotAllowed):
        raise_finding(project, by=cast.shizheng, text="不归我看")
    assert raise_finding(project, by=cast.zhou, text="台阶没照到").state == FindingState.OPEN


def test_acceptance_needs_every_signature_and_no_open_finding(cast: Cast, clock) -> None:
    project = underway(cast, clock)
    complete_project(project, by=cast.liu, text="都装好了")
    with pytest.raises(Refused, match="还有3人没有签字"):
        accept_project(project, by=cast.wang)
    for supervisor in project.supervisors.select_related("representative"):
        give_account(supervisor.representative)
        sign_acceptance(project, by=supervisor.representative.person, meets_standard=True)
    with pytest.raises(Refused, match="已经签过字"):
        sign_acceptance(project, by=cast.liming, meets_standard=False, note="反悔")
    raise_finding(project, by=cast.liming, text="灯罩松了")
    with pytest.raises(Refused, match="1条监督意见"):
        accept_project(project, by=cast.wang)


def test_a_no_must_say_what_is_missing(cast: Cast, clock) -> None:
    project = underway(cast, clock)
    complete_project(project, by=cast.liu, text="都装好了")
    with pytest.raises(Refused, match="差在哪里"):
        sign_acceptance(project, by=cast.liming, meets_standard=False)


def test_refused_acceptance_leads_to_putting_right_and_a_second_attempt(cast: Cast, clock) -> None:
    project = underway(cast, clock)
    complete_project(project, by=cast.liu, text="都装好了")
    members = [s.representative for s in project.supervisors.select_related("representative")]
    for n, member in enumerate(members):
        give_account(member)
        sign_acceptance(project, by=member.person, meets_standard=n == 0, note="没照到台阶")
    accept_project(project, by=cast.wang)
    assert project.state == State.RECTIFYING
    assert project.due == project.rectify_by
    complete_project(project, by=cast.liu, text="加了灯罩")
    for member in members:
        sign_acceptance(project, by=member.person, meets_standard=True)
    assert accept_project(project, by=cast.wang).state == State.ACCEPTED
    assert (project.rectify_by, project.due) == (None, project.deadline)


def test_what_is_put_right_is_late_by_the_day_set_for_it_not_by_the_plan(cast: Cast, clock) -> None:
    project = underway(cast, clock)
    clock.to(project.deadline + timedelta(days=90))
    complete_project(project, by=cast.liu, text="都装好了")
    for supervisor in project.supervisors.select_related("representative"):
        give_account(supervisor.representative)
        sign_acceptance(project, by=supervisor.representative.person, meets_standard=False, note="没照到台阶")
    accept_project(project, by=cast.wang)
    today = timezone.localdate()
    now = pace_of(project, today)
    assert now is not None
    assert (now.left, now.late) == (20, False)
    later = pace_of(project, project.rectify_by + timedelta(days=1))
    assert later is not None
    assert later.late


def test_stopping_says_why(cast: Cast) -> None:
    project = planned(cast, seated_council(cast))
    with pytest.raises(Refused, match="终止的原因"):
        stop_project(project, by=cast.wang, reason=" ")
    stop_project(project, by=cast.wang, reason="楼体要整体改造，灯一并装")
    assert project.state == State.STOPPED


def test_each_verb_left_one_row(cast: Cast, clock) -> None:
    project = accepted(cast, clock)
    verbs = list(
        Entry.objects.filter(subject_kind="project", subject_id=str(project.pk)).values_list("verb", flat=True)
    )
    assert verbs == [
        "project.open", "project.write_plan", "project.set_team", "project.set_supervisors", "project.publicise_plan",
        "project.start", "project.complete", "project.accept",
    ]  # fmt: skip
