"""A place that joins in mid-term enters the works it has under way; the level above confirms them."""

from datetime import date

import pytest
from django.test import Client

from tests.cast import Cast
from tests.factories.projects import UNDER_WAY as WORK
from tests.factories.projects import give_account, seated_council
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.refused import NotAllowed, Refused, WrongState
from yishiting.ground.places.models import ResponsibleLevel
from yishiting.overview.cycle.board import waiting_for
from yishiting.year.projects.actions import (
    accept_project,
    amend_project_entry,
    complete_project,
    confirm_project_entry,
    enter_project,
    note_progress,
    publicise_plan,
    return_project_entry,
    set_supervisors,
    set_team,
    sign_acceptance,
)
from yishiting.year.projects.models import Project
from yishiting.year.projects.states import State

pytestmark = pytest.mark.django_db
AMENDED = ("title", "content", "responsible_level", "started_on", "deadline", "percent")


def test_it_goes_on_once_the_level_above_has_confirmed_it(cast: Cast) -> None:
    project = Project.objects.get(pk=enter_project(cast.zaobei, by=cast.wang, **WORK).pk)
    assert (project.state, project.percent, project.proposals.get().state) == (State.PLANNING, 40, "adopted")
    assert project.number
    assert project.proposals.get().resolution_number == "非本系统决定"
    assert project.dossier == project.proposals.get().dossier
    waits = [wait.verb for wait in waiting_for(Person.objects.get(pk=cast.zhao.pk), date(2026, 3, 5))]
    assert "project.confirm_entry" in waits
    with pytest.raises(NotAllowed):
        confirm_project_entry(project, by=cast.wang)
    with pytest.raises(Refused, match="确认在办项目"):
        publicise_plan(project, by=cast.wang)
    confirm_project_entry(project, by=cast.zhao)
    set_team(project, by=cast.liu, members=[("刘芳", "联系施工")])
    set_supervisors(project, by=cast.wang, representatives=seated_council(cast)[:3])
    note_progress(project, by=cast.liu, percent=60, text="装到四层。")
    assert (project.state, project.confirmed_by, project.percent) == (State.UNDERWAY, cast.zhao, 60)
    complete_project(project, by=cast.liu, text="全部装完。")
    for seat in [one.representative for one in project.supervisors.select_related("representative")]:
        give_account(seat)
        sign_acceptance(project, by=seat.person, meets_standard=True)
    accept_project(project, by=cast.liu)
    assert project.state == State.ACCEPTED, "its plan was never publicised here, and it is accepted like any other"


def test_a_community_enters_no_duty_of_the_government(cast: Cast) -> None:
    for duty in (ResponsibleLevel.SUBDISTRICT, ResponsibleLevel.DISTRICT, ResponsibleLevel.MUNICIPAL):
        with pytest.raises(Refused) as refused:
            enter_project(cast.zaobei, by=cast.wang, **{**WORK, "responsible_level": duty})
        assert refused.value.field == "responsible_level"
    assert not Project.objects.exists()


def test_on_the_web_it_is_marked(cast: Cast, sign_in) -> None:
    secretary: Client = sign_in(cast.wang)
    enter = f"/do/project.enter/{cast.zaobei.code}/"
    assert enter in secretary.get(f"/desk/p/{cast.zaobei.code}/projects/").content.decode()
    money = {"maintenance_yearly_cost": "0", "planned_cost": "30000"}
    days = {"started_on": "2026-1-10", "deadline": "2026-6-30"}
    answer = secretary.post(enter, {**WORK, **money, **days})
    assert answer.status_code == 302, answer.content.decode()
    project = Project.objects.get()
    assert sign_in(cast.zhao).post(f"/do/project.confirm_entry/{project.pk}/", {}).status_code == 302
    for page in (f"/desk/projects/{project.pk}/", f"/projects/{project.pk}/"):
        assert "非本系统立项" in secretary.get(page).content.decode()


def test_what_was_entered_wrongly_goes_back_before_anything_rests_on_it(cast: Cast, sign_in) -> None:
    project = enter_project(cast.zaobei, by=cast.wang, **WORK)
    with pytest.raises(NotAllowed):
        return_project_entry(project, by=cast.wang, reason="缺依据")
    return_project_entry(project, by=cast.zhao, reason="请补上批复的文号")
    above, here = (
        [wait.verb for wait in waiting_for(Person.objects.get(pk=one.pk), date(2026, 3, 5))]
        for one in (cast.zhao, cast.wang)
    )
    assert "project.confirm_entry" not in above
    assert "project.amend_entry" in here
    page = sign_in(cast.wang).get(f"/desk/projects/{project.pk}/").content.decode()
    assert "请补上批复的文号" in page
    amend_project_entry(project, by=cast.wang, **{name: WORK[name] for name in AMENDED}, basis="街道批复〔2025〕31号")
    project = Project.objects.get(pk=project.pk)
    assert (project.entry_basis, project.proposals.get().situation) == ("街道批复〔2025〕31号",) * 2
    assert project.entry_note == ""
    confirm_project_entry(project, by=cast.zhao)
    with pytest.raises(WrongState, match="已经确认"):
        return_project_entry(project, by=cast.zhao, reason="再看")
