"""What was noted of the work by mistake is taken back before anything rests on it."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import Cast
from tests.conftest import Clock
from tests.factories import projects
from yishiting.ground.common.refused import NotAllowed, Refused
from yishiting.ground.files.queries import attachments_of
from yishiting.ground.ledger.models import Entry
from yishiting.ground.organisations.models import Office
from yishiting.year.projects.actions import (
    complete_project,
    note_progress,
    sign_acceptance,
    withdraw_completion,
    withdraw_progress,
)
from yishiting.year.projects.models import Progress, Project
from yishiting.year.projects.states import State

pytestmark = pytest.mark.django_db
#: The smallest picture there is.
DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc0000003010100c9fe92ef"
    "0000000049454e44ae426082"
)


def test_the_percentage_falls_back(cast: Cast, clock: Clock) -> None:
    project = projects.underway(cast, clock)
    note_progress(project, by=cast.liu, percent=20, text="灯杆到了")
    photo = SimpleUploadedFile("灯.png", DOT)
    wrong = note_progress(project, by=cast.liu, percent=80, text="写到别的项目上了", photos=[photo])
    with pytest.raises(NotAllowed):
        withdraw_progress(wrong, by=cast.qian, reason="填错了")
    withdraw_progress(wrong, by=cast.liu, reason="填错了")
    project.refresh_from_db()
    assert (project.percent, wrong.withdrawn_on) == (20, projects.today())
    assert not attachments_of(wrong).exists()
    with pytest.raises(Refused, match="已经撤回"):
        withdraw_progress(Progress.objects.get(pk=wrong.pk), by=cast.liu, reason="再来")
    withdraw_progress(project.progress.get(percent=20), by=cast.liu, reason="填错了")
    project.refresh_from_db()
    assert (project.percent, project.last_progress_on) == (0, project.started_on)


def test_a_photograph_is_hung_in_the_office_of_who_notes_the_progress(cast: Cast, clock: Clock) -> None:
    project = projects.underway(cast, clock)
    note_progress(project, by=cast.liu, percent=20, text="灯杆到了", photos=[SimpleUploadedFile("灯.png", DOT)])
    offices = dict(Entry.objects.order_by("-seq").values_list("verb", "office")[:2])
    assert offices == {"project.note_progress": Office.COMMUNITY_WORKER, "file.attach": Office.COMMUNITY_WORKER}


def test_a_report_of_completion_is_taken_back_before_anybody_signs(cast: Cast, clock: Clock) -> None:
    project = projects.underway(cast, clock)
    early = note_progress(project, by=cast.liu, percent=50, text="装了两盏")
    complete_project(project, by=cast.liu, text="都亮了")
    with pytest.raises(Refused, match="请先“撤回完工报告”"):
        withdraw_progress(Progress.objects.get(pk=early.pk), by=cast.liu, reason="填错了")
    withdraw_completion(project, by=cast.liu, reason="还差一盏")
    project.refresh_from_db()
    assert (project.state, project.percent, project.completed_on) == (State.UNDERWAY, 50, None)
    complete_project(project, by=cast.liu, text="都亮了")
    first = project.supervisors.select_related("representative")[0].representative
    projects.give_account(first)
    sign_acceptance(project, by=first.person, meets_standard=True)
    with pytest.raises(Refused, match=f"{first.name}已经在验收单上签字"):
        withdraw_completion(Project.objects.get(pk=project.pk), by=cast.liu, reason="还差一盏")


def test_what_an_acceptance_rested_on_stays(cast: Cast, clock: Clock) -> None:
    project = projects.underway(cast, clock)
    early = note_progress(project, by=cast.liu, percent=50, text="装了两盏")
    complete_project(project, by=cast.liu, text="都亮了")
    Project.objects.filter(pk=project.pk).update(state=State.RECTIFYING, rectify_by=date(2026, 12, 31))
    clock.to(projects.today() + timedelta(days=3))
    with pytest.raises(Refused, match="以前的进展是验收的依据"):
        withdraw_progress(Progress.objects.get(pk=early.pk), by=cast.liu, reason="填错了")
    late = note_progress(Project.objects.get(pk=project.pk), by=cast.liu, percent=10, text="填错了")
    withdraw_progress(Progress.objects.get(pk=late.pk), by=cast.liu, reason="填错了")
    assert Project.objects.get(pk=project.pk).percent == 100
