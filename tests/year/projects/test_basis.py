"""A project may rest on several proposals, and a proposal may lead to several projects; each is told and counted once."""

from dataclasses import asdict
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from tests.cast import Cast
from tests.factories import projects, proposals
from yishiting.doors.web.shared.happened import walked
from yishiting.doors.web.shared.matters import matter_of
from yishiting.doors.web.shared.paths import steps, summary
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import why_not
from yishiting.ground.notices.models import Message
from yishiting.overview.cycle.board import proposals_waiting
from yishiting.year.evaluation.queries import heard_besides
from yishiting.year.projects.actions import (
    add_basis,
    open_another,
    open_project,
    open_together,
    publicise_plan,
    remove_basis,
    set_supervisors,
    set_team,
    stop_project,
    write_plan,
)
from yishiting.year.projects.models import Basis, Project
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.states import State


def adopted(cast: Cast, title: str, phone: str) -> Proposal:
    """Drafted from one suggestion and adopted; the vote itself is no matter here."""
    said = proposals.valid(cast, text=f"{title}，请办", phone=phone)
    one = proposals.drafted(cast, suggestions=[said], title=title)
    number = {"state": State.ADOPTED, "resolution_number": f"枣营北里社区议{title}", "decided_on": timezone.localdate()}
    Proposal.objects.filter(pk=one.pk).update(**number)
    return Proposal.objects.select_related("place", "dossier").get(pk=one.pk)


@pytest.fixture
def two(cast: Cast) -> list[Proposal]:
    return [adopted(cast, "楼门口装路灯", "13900000041"), adopted(cast, "坡道改造", "13900000042")]


def told(words: str) -> list[str]:
    return sorted(one.address for one in Message.objects.all() if words in one.body)


def test_one_project_for_two_proposals(cast: Cast, two: list[Proposal], client: Any) -> None:
    project = open_together(two[0], by=cast.liu, proposals=[two[1]], title="照明和坡道改造")
    assert {one.pk for one in project.proposals.all()} == {one.pk for one in two}
    assert told("已经立为实事项目") == ["13900000041", "13900000042"]
    assert proposals_waiting(cast.zaobei, timezone.localdate(), cast.liu) == []
    assert [one.thing for one in heard_besides(cast.zaobei, timezone.localdate().year)] == [project]
    for one in two:
        assert matter_of(one).projects == [project]
        assert "已经立项" in str(why_not(cast.liu, "project.open", one))
        page = client.get(reverse("public-proposal", args=[one.pk])).content.decode()
        assert project.number in page
        assert all(other.title in page for other in two)
    page = client.get(reverse("public-project", args=[project.pk])).content.decode()
    assert all(one.resolution_number in page for one in two)
    assert "2件建议案合并立项，来自2条建议" in page
    out = client.get(f"/api/v1/projects/{project.pk}").json()
    assert {one["title"] for one in out["proposals"]} == {one.title for one in two}


def test_the_plan_names_both_resolutions(cast: Cast, two: list[Proposal]) -> None:
    seats = projects.seated_council(cast)
    project = open_project(two[0], by=cast.liu)
    add_basis(project, by=cast.liu, proposal=two[1])
    write_plan(project, by=cast.liu, **asdict(projects.PLAN))
    set_team(project, by=cast.liu, members=[("马师傅", "联系施工")])
    set_supervisors(project, by=cast.wang, representatives=seats[:3])
    publicise_plan(project, by=cast.wang)
    assert project.notice is not None
    assert all(one.resolution_number in project.notice.basis for one in two)
    with pytest.raises(Refused, match="制定方案"):
        remove_basis(project, by=cast.liu, proposal=two[1], reason="弄错了")


def test_a_further_project_has_its_own_name(cast: Cast, two: list[Proposal], client: Any) -> None:
    first = open_project(two[0], by=cast.liu)
    with pytest.raises(Refused, match="再立一个项目"):
        open_project(two[0], by=cast.liu)
    with pytest.raises(Refused, match="同名"):
        open_another(two[0], by=cast.liu, title=first.title, content="二期")
    with pytest.raises(Refused, match="还没有立项"):
        open_another(two[1], by=cast.liu, title="坡道二期", content="二期")
    second = open_another(two[0], by=cast.liu, title="路灯二期", content="五号楼以后的楼门口")
    matter = matter_of(two[0])
    assert matter.projects == [first, second]
    assert matter_of(first).beside == [second]
    nows = [one.title for one in steps(matter, timezone.localdate()) if one.walked == "now"]
    assert nows == [f"制定方案：{first.title}", f"制定方案：{second.title}"]
    said = summary(matter)
    assert "立为2个实事项目" in said
    assert f"“{second.title}”正在制定方案" in said
    stop_project(first, by=cast.wang, reason="并到二期")
    assert f"“{first.title}”已经终止" in summary(matter_of(two[0]))
    page = client.get(reverse("public-proposal", args=[two[0].pk])).content.decode()
    assert first.number in page
    assert second.number in page
    assert [one.pk for one in matter_of(two[0]).suggestions] == [one.pk for one in two[0].suggestions.all()]


def test_what_was_taken_back_stays_in_the_path_of_both(cast: Cast, two: list[Proposal]) -> None:
    project = open_together(two[0], by=cast.liu, proposals=[two[1]], title="照明和坡道改造")
    before = {one: set(_walked(one)) for one in (project, *two)}
    remove_basis(project, by=cast.liu, proposal=two[0], reason="路灯由物业办")
    project.refresh_from_db()
    for one, was in before.items():
        assert was <= set(_walked(one))
    assert project.dossier_id == two[1].dossier_id
    assert told("不再由实事项目“照明和坡道改造”办理：路灯由物业办") == ["13900000041"]
    assert any(
        "项目撤回依据" in str(one.step.title) and one.step.why == "路灯由物业办" for one in walked(matter_of(project))
    )
    assert why_not(cast.liu, "project.open", two[0]) is None
    with pytest.raises(Refused, match="终止项目"):
        remove_basis(project, by=cast.liu, proposal=two[1], reason="都不办")
    add_basis(project, by=cast.liu, proposal=two[0])
    assert project.proposals.count() == 2
    for one, was in before.items():
        assert was <= set(_walked(one))


def _walked(thing: Any) -> list[int]:
    return [number for one in walked(matter_of(thing)) for number in one.numbers]


def test_no_proposal_leads_to_two_first_projects(cast: Cast, two: list[Proposal]) -> None:
    first = open_project(two[0], by=cast.liu)
    second = open_project(two[1], by=cast.liu)
    with pytest.raises(IntegrityError), transaction.atomic():
        Basis.objects.create(project=second, proposal=two[0])
    with pytest.raises(IntegrityError), transaction.atomic():
        Basis.objects.create(project=first, proposal=two[0], further=True)
    assert Project.objects.count() == 2


def test_what_is_not_adopted_is_no_basis(cast: Cast, two: list[Proposal]) -> None:
    project = open_project(two[0], by=cast.liu)
    draft = proposals.drafted(cast)
    with pytest.raises(Refused, match="重新选择"):
        add_basis(project, by=cast.liu, proposal=draft)
    Proposal.objects.filter(pk=two[1].pk).update(responsible_level="subdistrict")
    with pytest.raises(Refused, match="上级的职责"):
        add_basis(project, by=cast.liu, proposal=Proposal.objects.get(pk=two[1].pk))
