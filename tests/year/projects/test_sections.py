"""A project that a section carries out: led, with partners that give, watched by others than those who do it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.utils import IntegrityError

from tests.cast import OPERATOR, Cast, person
from tests.conftest import Clock
from tests.factories import projects, sections
from yishiting.ground.common.refused import NotAllowed, Refused
from yishiting.ground.common.verbs import why_not
from yishiting.ground.ledger.models import Entry
from yishiting.ground.notices.models import Message
from yishiting.ground.organisations.actions import appoint, end_appointment
from yishiting.ground.organisations.models import Appointment, Office, Organisation, OrganisationKind
from yishiting.ground.places.models import ResponsibleLevel
from yishiting.instruments.publicity.actions import close_notice
from yishiting.overview.cycle.board import waiting_for
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
    set_lead,
    set_partners,
    set_supervisors,
    set_team,
    sign_acceptance,
    start_project,
    take_up_project,
    write_plan,
)
from yishiting.year.projects.models import Path, Project
from yishiting.year.projects.queries import pace_of, partners_of

pytestmark = pytest.mark.django_db


def fresh(one: Any) -> Any:
    return type(one).objects.get(pk=one.pk)


@pytest.fixture
def section(cast: Cast) -> sections.Section:
    return sections.a_section(cast)


@pytest.fixture
def project(cast: Cast, section: sections.Section) -> Project:
    return sections.planned(cast, section)


def underway(cast: Cast, clock: Clock, project: Project) -> Project:
    director = person("director2", "齐主任")
    appoint(cast.maizidian, by=OPERATOR, person=director, office=Office.SUBDISTRICT_SECRETARY, since=sections.SINCE)
    publicise_plan(project, by=director)
    notice = fresh(project).notice
    clock.to(notice.last_day + timedelta(days=1))
    close_notice(notice, by=cast.zhao)
    return start_project(fresh(project), by=fresh(project).handler)


def test_it_is_led_and_on_the_homes_of_those_named(cast: Cast, section: sections.Section) -> None:
    project = sections.taken_up(cast, section)
    assert (project.path, project.lead, project.place) == (Path.DEPARTMENT_RUN, section.unit, cast.maizidian)
    assert sorted(one.to.name for one in Message.objects.filter(template="project.led")) == ["何敏", "吴军"]
    day = projects.today()
    for one in (section.he, section.wu, section.feng):
        assert str(project.pk) in {wait.pk for wait in waiting_for(fresh(one), day)}
    assert str(project.pk) not in {wait.pk for wait in waiting_for(fresh(section.han), day)}, "another section's"
    entry = Entry.objects.get(verb="project.take_up")
    assert (entry.facts["path"], entry.facts["lead"]) == ("department_run", str(section.unit.pk))


def test_what_the_subdistrict_said_it_does_is_taken_up_there(cast: Cast, clock: Clock, section: Any) -> None:
    proposal = sections.reported(cast, clock)
    sections.taken_on(cast, section, proposal)
    waits = {wait.verb for wait in waiting_for(cast.zhao, projects.today()) if wait.pk == str(proposal.pk)}
    assert waits == {"project.take_up"}
    project = sections.taken_up(cast, section, fresh(proposal))
    assert (project.place, project.dossier, project.path) == (cast.maizidian, proposal.dossier, Path.DEPARTMENT_RUN)
    assert str(proposal.pk) not in {wait.pk for wait in waiting_for(fresh(cast.zhao), projects.today())}
    with pytest.raises(Refused, match="不必再立"):
        sections.taken_up(cast, section, fresh(proposal))


def test_a_community_never_leads_a_duty_of_the_government(cast: Cast, clock: Clock, section: Any) -> None:
    given: dict[str, Any] = {"lead": section.unit, "responsible": section.he, "handler": section.wu}
    own = projects.adopted_proposal(cast, ResponsibleLevel.SUBDISTRICT)
    for by, words in ((cast.wang, "居民自己办"), (cast.zhao, "承办科室")):
        with pytest.raises((Refused, NotAllowed), match=words):
            take_up_project(own, by=by, **given)
    with pytest.raises(Refused, match="不能承办"):
        open_project(own, by=cast.wang)
    committee = Organisation.objects.create(
        place=cast.zaobei, kind=OrganisationKind.RESIDENTS_COMMITTEE, name="枣营北里社区居委会"
    )
    with pytest.raises(Refused, match="不能选它"):
        take_up_project(sections.adopted_by_the_street(cast), by=cast.zhao, **{**given, "lead": committee})


def test_works_of_a_subdistrict_are_not_opened_as_the_residents_own(cast: Cast, section: Any) -> None:
    with pytest.raises(Refused, match="科室立项"):
        open_project(sections.adopted_by_the_street(cast), by=cast.zhao)


def test_the_database_knows_no_led_project_without_its_leader(cast: Cast, project: Project) -> None:
    for field in ("lead", "responsible", "handler"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Project.objects.filter(pk=project.pk).update(**{field: None})


def test_partners_come_from_the_register_and_say_what_they_give(cast: Cast, section: Any, project: Project) -> None:
    assert [(one.organisation.name, one.gives, one.kind) for one in partners_of(project)] == sections.GIVES
    labour = "labour"
    for wrong, words in (
        ([("没有这家", "出人", labour)], "没有登记"),
        ([("城管科", "出人", labour)], "是承办单位"),
        ([("安居物业", "出场地", "place"), ("安居物业", "出人", labour)], "写了两次"),
        ([("安居物业", "出人")], "请选资金、实物、场地或人工"),
        ([("安居物业", "出人", labour, 200_000)], "不折成钱"),
        ([("安居物业", "出钱", "money")], "请写明金额"),
        ([("安居物业", "出灯具", "goods", 300_000)], "请写明依据"),
    ):
        with pytest.raises(Refused, match=words):
            set_partners(project, by=section.wu, partners=wrong)
    goods = {"kind": "goods", "value": 300_000, "basis": "发票"}
    set_partners(project, by=section.wu, partners=[{"name": "安居物业", "gives": "出灯具20套", **goods}])
    assert [(one.gives, one.until is None) for one in project.partners.all()] == [
        (sections.GIVES[0][1], False),
        ("出灯具20套", True),
    ]
    assert partners_of(project)[0].said == "安居物业（实物：出灯具20套，3,000元，依据发票）"
    with pytest.raises(IntegrityError), transaction.atomic():
        project.partners.update(kind=labour)


def test_the_notice_says_who_leads_and_who_gives_what(cast: Cast, clock: Clock, project: Project) -> None:
    underway(cast, clock, project)
    body = fresh(project).notice.body
    assert "承办：城管科，责任领导：何敏" in body
    assert "配合单位：安居物业（人工：出两名电工，负责日常维护）" in body


def test_another_section_leaves_it_alone(cast: Cast, section: Any, project: Project) -> None:
    for code in ("project.write_plan", "project.set_team", "project.set_partners"):
        assert "别的科室" in str(why_not(fresh(section.han), code, project)), code
        for one in (section.he, section.wu, section.feng, cast.zhao):
            assert why_not(fresh(one), code, project) is None, (code, one)


@pytest.mark.parametrize("who", ["liming", "lu"])
def test_nobody_watches_their_own_work(cast: Cast, section: Any, project: Project, who: str) -> None:
    """Neither on the team, nor as the one responsible, nor as who leads it, nor from a unit that works on it."""
    watching = getattr(cast, who)
    held: dict[str, Any] = {"place": cast.maizidian, "person": watching, "since": sections.SINCE}
    Appointment.objects.create(**held, office=Office.SECTION_MEMBER)
    given = {"lead": section.unit, "responsible": section.he}
    for act in (
        lambda: set_team(project, by=section.wu, members=[(watching.name, "联系")]),
        lambda: write_plan(project, by=section.wu, responsible_name=watching.name),
        lambda: set_lead(project, by=section.he, **given, handler=watching),
    ):
        with pytest.raises(Refused, match="请换一个人"):
            act()
    Appointment.objects.create(**held, office=Office.HANDLING_OFFICER, organisation=section.other)
    with pytest.raises(Refused, match="任职"):
        set_lead(project, by=section.he, lead=section.other, responsible=section.he, handler=section.wu)
    with pytest.raises(Refused, match="任职"):
        set_partners(project, by=section.wu, partners=[("民政科", "出人", "labour")])


def test_nor_is_anybody_who_does_it_put_into_the_group(cast: Cast, section: Any) -> None:
    project = sections.taken_up(cast, section)
    director = person("luo", "罗刚")
    appoint(cast.maizidian, by=OPERATOR, person=director, office=Office.SUBDISTRICT_DIRECTOR, since=sections.SINCE)
    seats = sections.seats_of_the_street(cast.maizidian, cast.liming, cast.lu, section.feng)
    with pytest.raises(Refused, match="冯丽在承办或配合的单位任职"):
        set_supervisors(project, by=director, representatives=seats)
    set_team(project, by=section.wu, members=[("李 明", "联系")])
    with pytest.raises(Refused, match="李明既在实施小组"):
        set_supervisors(project, by=director, representatives=seats)


def test_a_finding_is_confirmed_by_who_raised_it(cast: Cast, clock: Clock, section: Any, project: Project) -> None:
    work = underway(cast, clock, project)
    finding = raise_finding(work, by=cast.liming, text="路缘石没有勾缝")
    day = projects.today()
    answer_finding(fresh(finding), by=fresh(section.wu), answer="已勾缝")
    assert "由提出这条意见的人确认" in str(why_not(cast.lu, "finding.confirm", fresh(finding)))
    assert "finding.confirm" not in {wait.verb for wait in waiting_for(fresh(cast.lu), day)}
    assert "finding.confirm" in {wait.verb for wait in waiting_for(fresh(cast.liming), day)}
    reject_finding(fresh(finding), by=cast.liming, reason="东头还没有")
    answer_finding(fresh(finding), by=fresh(section.wu), answer="东头也勾了")
    confirm_finding(fresh(finding), by=cast.liming)


def test_where_the_raiser_has_left_another_of_the_group_confirms(
    cast: Cast, clock: Clock, section: Any, project: Project
) -> None:
    work = underway(cast, clock, project)
    auditor = person("audit2", "温审计")
    held = appoint(cast.maizidian, by=OPERATOR, person=auditor, office=Office.SUBDISTRICT_AUDITOR, since=sections.SINCE)
    finding = raise_finding(work, by=auditor, text="账目没有公开")
    answer_finding(fresh(finding), by=fresh(section.wu), answer="已公开")
    assert "finding.confirm" in {wait.verb for wait in waiting_for(fresh(auditor), projects.today())}
    assert why_not(cast.liming, "finding.confirm", fresh(finding)) is not None
    end_appointment(held, by=OPERATOR, until=projects.today() - timedelta(days=1), reason="调离")
    assert why_not(fresh(cast.liming), "finding.confirm", fresh(finding)) is None
    assert "finding.confirm" in {wait.verb for wait in waiting_for(fresh(cast.liming), projects.today())}


def test_it_is_watched_accepted_and_late_is_called_late(
    cast: Cast, clock: Clock, section: Any, project: Project
) -> None:
    work = underway(cast, clock, project)
    clock.to(work.deadline + timedelta(days=4))
    pace = pace_of(fresh(work), projects.today())
    assert pace is not None
    assert pace.late
    for one in (section.he, section.wu):
        (wait,) = [wait for wait in waiting_for(fresh(one), projects.today()) if wait.pk == str(work.pk)]
        assert wait.late(projects.today())
    note_progress(fresh(work), by=fresh(section.feng), percent=80, text="路面已铺")
    complete_project(fresh(work), by=fresh(section.wu), text="全部铺完")
    for one in work.supervisors.select_related("representative__person"):
        sign_acceptance(fresh(work), by=one.representative.person, meets_standard=True)
    done = accept_project(fresh(work), by=fresh(section.wu))
    assert done.state == "accepted"
