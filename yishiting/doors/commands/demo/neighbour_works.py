"""The works of two more communities: one done and accepted on paper, one under way; and whom the desks have rung."""

from dataclasses import asdict
from datetime import date, timedelta

from yishiting.doors.commands.demo.clock import Telling, moment
from yishiting.doors.commands.demo.neighbour_words import NANLI, XIAGUANG, Neighbourhood
from yishiting.doors.commands.demo.neighbours import Area
from yishiting.doors.commands.demo.notice_days import run_out
from yishiting.doors.commands.demo.pictures import photo
from yishiting.doors.common.stage import COMMUNITY, DISTRICT, SUBDISTRICT
from yishiting.ground.files.actions import attach
from yishiting.ground.notices.actions import note_call
from yishiting.ground.notices.models import Call, HowCalled
from yishiting.year.councils.models import Representative
from yishiting.year.projects.actions import (
    accept_project,
    complete_project,
    note_progress,
    note_signatures,
    open_project,
    publicise_plan,
    set_supervisors,
    set_team,
    start_project,
    write_plan,
)
from yishiting.year.projects.actions.acceptance import OnPaper
from yishiting.year.projects.models import Project
from yishiting.year.projects.rules import SHEET, Plan

#: Who rings those no message reaches, at which desk.
RINGS = {COMMUNITY: "liu", NANLI.code: "hemiao", XIAGUANG.code: "tian", SUBDISTRICT: "fengli", DISTRICT: "haowen"}


def works(area: Area) -> tuple[Telling, ...]:
    """What becomes of the two that the communities carry out themselves."""
    return (_done(area), _under_way(area))


def _begun(area: Area, here: Neighbourhood, key: str, opened: date, deadline: date) -> Telling:
    secretary, worker = area.cast[here.secretary], area.cast[here.worker]
    yield moment(opened, 9)
    area.proposals[key].refresh_from_db()
    project = area.projects[key] = open_project(area.proposals[key], by=secretary)
    plan = Plan(
        content=project.content, responsible_name=worker.name, starts_on=opened + timedelta(days=14), deadline=deadline,
        completion_standard="装得牢、用得上，没有毛刺和尖角。", maintenance_owner=f"{project.place.short_name}居委会",
        maintenance_yearly_cost=30_000, planned_cost=860_000, cost_source="社区公益金",
    )  # fmt: skip
    write_plan(project, by=worker, **asdict(plan))
    set_team(project, by=worker, members=[(worker.name, "总联系")])
    rows = Representative.objects.filter(place=project.place, constituency__sector="resident").order_by("name")
    set_supervisors(project, by=secretary, representatives=list(rows[:3]))
    publicise_plan(project, by=secretary)
    yield from run_out(project.notice, by=secretary)
    project.refresh_from_db()
    start_project(project, by=secretary)


def _done(area: Area) -> Telling:
    yield from _begun(area, NANLI, "晾衣", date(area.year, 4, 7), date(area.year, 7, 31))
    project, hemiao = area.projects["晾衣"], area.cast["hemiao"]
    yield moment(date(area.year, 5, 14))
    note_progress(
        project, by=hemiao, percent=60, text="两组装好，第三组换了位置，避开树根。", photos=[photo("working")]
    )
    yield moment(date(area.year, 6, 4))
    complete_project(project, by=hemiao, text="三组晾衣架装好，一位八十岁的老人试过高度。", photos=[photo("done")])
    yield moment(date(area.year, 6, 8))
    _signed_on_paper(area, project)
    accept_project(project, by=area.cast["qian"])


def _signed_on_paper(area: Area, project: Project) -> None:
    sheet = attach(project, photo("sheet"), by=area.cast["hemiao"], purpose=SHEET)
    said = [OnPaper(one.pk, meets_standard=True) for one in project.supervisors.all()]
    note_signatures(project, by=area.cast["hemiao"], said=said, signed_on=area.calendar_day(), sheet=sheet)


def _under_way(area: Area) -> Telling:
    opened = min(area.back(70), date(area.year, 9, 10))
    yield from _begun(area, XIAGUANG, "滑梯", opened, area.back(-45))
    yield moment(area.back(6), 16)
    note_progress(
        area.projects["滑梯"], by=area.cast["tian"], percent=50, text="旧滑梯已拆，地面软垫铺好，等新滑梯到货。", photos=[photo("working")]
    )  # fmt: skip


def rung(area: Area) -> Telling:
    """Those no message reaches are rung by their desks; the last few days still wait."""
    yield moment(area.back(9), 17)
    for code, login in RINGS.items():
        for call in Call.objects.filter(place__code=code, called_on=None):
            note_call(call, by=area.cast[login], how=HowCalled.TELEPHONE)
