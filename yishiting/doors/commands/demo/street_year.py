"""麦子店街道 in its year: works of its sections, answers to communities, an emergency, the autumn that is going on."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from yishiting.doors.commands.demo.clock import Telling, moment
from yishiting.doors.commands.demo.neighbour_words import NANLI
from yishiting.doors.commands.demo.neighbours import Area, let_in
from yishiting.doors.commands.demo.notice_days import run_out
from yishiting.doors.commands.demo.pictures import photo
from yishiting.doors.commands.demo.street import (
    drafted_for_the_district,
    list_sent,
    report_with_list,
    sitting_begun,
    sitting_called,
)
from yishiting.doors.commands.demo.street_answers import answers, reports
from yishiting.doors.commands.demo.street_words import CARE, MARKET, ROAD, SECOND_LIST, WORKS
from yishiting.doors.commands.demo.voting import close, open_with_everyone
from yishiting.doors.commands.demo.words import WATER
from yishiting.ground.places.models import Place
from yishiting.ground.seasons.actions import end_special_matter, open_special_intake
from yishiting.year.councils.models import Representative
from yishiting.year.directors.actions import adopt_report, issue_minutes
from yishiting.year.meetings.actions import add_item, convene_meeting, note_item, plan_meeting
from yishiting.year.meetings.models import ItemKind, MeetingKind
from yishiting.year.projects.actions import (
    accept_project,
    answer_finding,
    complete_project,
    confirm_finding,
    note_progress,
    publicise_plan,
    raise_finding,
    set_partners,
    set_supervisors,
    set_team,
    sign_acceptance,
    start_project,
    take_up_project,
    write_plan,
)
from yishiting.year.projects.models import Project
from yishiting.year.projects.rules import Plan
from yishiting.year.suggestions.actions import answer_suggestion, set_special, submit_suggestion, take_down_suggestion

WATCHERS = ("liming", "lu", "zhang")


@dataclass(frozen=True, slots=True)
class Job:
    """A work of a section: which proposal, who does it, when it begins and is due, how far it comes by which day."""

    key: str
    section: str
    handler: str
    taken_up: date
    starts: date
    deadline: date
    steps: tuple[tuple[date, int, str], ...]
    standard: str
    cost: int


def jobs(area: Area) -> tuple[Job, ...]:
    """One well done, one late, one on its way; and what a community reported, just finished."""
    year, back = area.year, area.back
    words = {one.key: one for one in WORKS}
    later = min(back(62), date(year, 9, 8))
    return (
        Job(
            ROAD, "城市管理科", "zhao", date(year, 1, 12), date(year, 4, 7), date(year, 7, 31),
            ((date(year, 4, 28), 40, "东侧一百六十米已经铺平，留出了通行的便道。"), (date(year, 6, 9), 85, "全线铺完，在做坡道。")),
            words[ROAD].standard, words[ROAD].cost,
        ),
        Job(
            CARE, "民生保障科", "wujun", date(year, 1, 12), date(year, 4, 8), back(16),
            (
                (date(year, 5, 20), 30, "房屋改造开工，居民看了图纸。"),
                (date(year, 8, 12), 60, "装修完成，等燃气改造。"),
                (back(11), 75, "燃气改造排队晚了一个月，已请责任领导协调，争取下月开业。"),
            ),
            words[CARE].standard, words[CARE].cost,
        ),
        Job(
            MARKET, "民生保障科", "wujun", min(back(80), date(year, 8, 21)), later, back(-50),
            ((later + timedelta(days=20), 25, "房屋已经腾退，企业进场测量。"), (back(5), 55, "水电改造完成，货架进场。")),
            words[MARKET].standard, words[MARKET].cost,
        ),
        Job(
            WATER, "城市管理科", "zhao", min(back(110), date(year, 7, 20)), min(back(95), date(year, 8, 5)), back(-12),
            ((min(back(60), date(year, 9, 2)), 45, "主管换完一半，分单元停水，提前一天通知。"), (back(20), 90, "雨水管装好，在补墙皮。")),
            "下水不返味，雨天不外溢，外墙不受潮。", 31_000_000,
        ),
    )  # fmt: skip


def carried_out(area: Area, job: Job) -> Telling:
    """Taken up by its section, planned, made public, begun, and on as far as its days have come."""
    yield moment(job.taken_up, 11)
    project = _taken_up(area, job)
    yield moment(max(job.taken_up, job.starts - timedelta(days=20)), 11)
    publicise_plan(project, by=area.cast["hejing"])
    yield from run_out(project.notice, by=area.cast["zhao"], not_before=job.starts)
    project.refresh_from_db()
    start_project(project, by=area.cast[job.handler])
    yield from _worked_on(area, job, project)
    if job.key == ROAD:
        yield from _well_done(area, job, project)
    elif job.key == CARE:
        yield moment(area.back(4), 10)
        raise_finding(project, by=area.cast["zhang"], text="燃气什么时候改完，请给一个准日子，贴在门口。")
    elif job.key == WATER:
        yield moment(area.back(6), 15)
        complete_project(
            project, by=area.cast["zhao"], text="六号楼下水、雨水管全部换完，试水三天不漏。", photos=[photo("done")]
        )


def _taken_up(area: Area, job: Job) -> Project:
    proposal, handler = area.proposals[job.key], area.cast[job.handler]
    proposal.refresh_from_db()
    section = area.section(job.section)
    project = take_up_project(
        proposal, by=area.cast["zhao"], lead=section, responsible=area.cast["liqiang"], handler=handler
    )
    plan = Plan(
        content=proposal.measures, responsible_name=handler.name, starts_on=job.starts, deadline=job.deadline,
        completion_standard=job.standard, maintenance_owner=job.section, maintenance_yearly_cost=200_000,
        planned_cost=job.cost, cost_source="街道为民办实事资金",
    )  # fmt: skip
    write_plan(project, by=handler, **asdict(plan))
    set_team(project, by=handler, members=[("冯丽", "联系施工和居民")])
    if job.key == ROAD:
        set_partners(project, by=handler, partners=[{"name": "安居物业", "gives": "出两名工人清场", "kind": "labour"}])
    rows = Representative.objects.filter(place=area.street, person__login__in=WATCHERS).order_by("name")
    return set_supervisors(project, by=area.cast["hejing"], representatives=list(rows))


def _worked_on(area: Area, job: Job, project: Project) -> Telling:
    for n, (day, percent, text) in enumerate(job.steps):
        yield moment(day, 16)
        shown = [photo("working")] if n == 0 else []
        note_progress(
            project,
            by=area.cast[job.handler],
            percent=percent,
            text=text,
            happened_on=area.calendar_day(),
            photos=shown,
        )


def _well_done(area: Area, job: Job, project: Project) -> Telling:
    """李明 finds a step too high; it is put right, he confirms, and all three sign."""
    handler, liming = area.cast[job.handler], area.cast["liming"]
    yield moment(date(area.year, 6, 11))
    finding = raise_finding(project, by=liming, text="北头坡道有一个三厘米的坎，轮椅上不去。")
    yield moment(date(area.year, 6, 17))
    answer_finding(finding, by=handler, answer="坎已经磨平，坡道重新放缓。")
    yield moment(date(area.year, 6, 18))
    confirm_finding(finding, by=liming)
    yield moment(date(area.year, 7, 6))
    complete_project(project, by=handler, text="三百二十米全部铺平，雨后看过不积水。", photos=[photo("done")])
    for login in WATCHERS:
        sign_acceptance(project, by=area.cast[login], meets_standard=True)
    yield moment(date(area.year, 7, 8))
    accept_project(project, by=handler)


def emergency(area: Area) -> Telling:
    """In July, out of season: a cellar under water, dealt with at once, and its door closed again."""
    place, qian, day = Place.objects.get(code=NANLI.code), area.cast["qian"], date(area.year, 7, 13)
    yield moment(day, 8)
    intake = open_special_intake(
        place, by=qian, reason="7月12日暴雨，地下室大面积积水", opens=day, closes=day + timedelta(days=7)
    )
    yield moment(day, 9)
    one = submit_suggestion(
        place, by=area.cast["lu"], text="3号楼地下室积水半米，配电箱在里面，太危险，请马上抽水。", where="3号楼", phone="13800000001"
    )  # fmt: skip
    let_in(one, area.cast["hemiao"], "管理/安全防范", "community")
    set_special(one, by=area.cast["hemiao"], special=intake)
    yield moment(day, 17)
    answer_suggestion(one, by=area.cast["hemiao"], kind="settled", text="下午三点水已抽干，配电箱移到了一层。")
    yield moment(day + timedelta(days=9), 10)
    end_special_matter(intake, by=qian, outcome="积水已排干，装了两台水泵，配电箱移到了一层。")


def autumn_of(area: Area) -> Telling:
    """This year's needs: heard in September, named, drafted, and the list that went to the district."""
    zhao, year = area.cast["zhao"], area.year
    yield moment(date(year, 9, 3))
    for n, one in enumerate(SECOND_LIST):
        area.said[one.key] = [
            take_down_suggestion(
                area.street, by=zhao, channel="phone", text=one.text, where=one.where, phone=f"1394010000{n}", wants_contact=True
            )
        ]  # fmt: skip
    yield moment(date(year, 9, 8))
    for one in SECOND_LIST:
        let_in(area.said[one.key][0], zhao, one.category, "district")
    sitting = sitting_called(area, date(year, 9, 15))
    yield moment(date(year, 9, 15), 9)
    sitting_begun(area, sitting)
    issue_minutes(sitting, by=area.cast["hejing"])
    yield moment(date(year, 9, 21))
    drafted_for_the_district(area, SECOND_LIST)
    yield moment(area.back(32))
    report = report_with_list(area, year, "今年出行和汛期排水反映最多，三件事要请区里解决。")
    sitting = sitting_called(area, area.back(28))
    yield moment(area.back(28), 9)
    sitting_begun(area, sitting)
    adopt_report(report, by=zhao, sitting=sitting)
    issue_minutes(sitting, by=area.cast["hejing"])
    yield from list_sent(area, report, area.back(27), area.back(22))
    yield moment(area.back(2), 16)
    sitting_called(area, area.back(-1))


def spring_sitting(area: Area) -> Telling:
    """The directors name who answers for what communities reported in March."""
    yield moment(date(area.year, 4, 7))
    sitting = sitting_called(area, date(area.year, 4, 9))
    yield moment(date(area.year, 4, 9), 9)
    sitting_begun(area, sitting)
    issue_minutes(sitting, by=area.cast["hejing"])


def november(area: Area) -> Telling:
    """The council of the subdistrict hears how the works stand."""
    year, zhao, gao = area.year, area.cast["zhao"], area.cast["gao"]
    yield moment(date(year, 11, 6))
    meeting = plan_meeting(
        area.street.council, by=zhao, kind=MeetingKind.DELIBERATION, title=f"麦子店街道{year + 1}年实事协商会",
        starts_at=moment(date(year, 11, 27), 14), venue="街道二层议事厅", chair="高建华", recorder="冯丽",
    )  # fmt: skip
    item = add_item(
        meeting,
        by=zhao,
        kind=ItemKind.REPORT,
        title="听取今年实事项目进展",
        text="三个项目：一个完工，一个在办，一个延期。",
    )
    yield moment(date(year, 11, 16))
    convene_meeting(meeting, by=gao)
    yield moment(meeting.day, 14)
    open_with_everyone(meeting, gao)
    item.refresh_from_db()
    note_item(item, by=zhao, discussion="代表们问了助餐点延期的原因，责任领导作了说明。")
    close(meeting, gao)


def in_its_year(area: Area) -> Iterator[Telling]:
    """Every part of the subdistrict's year."""
    yield from (carried_out(area, job) for job in jobs(area))
    yield from (*reports(area), *answers(area))
    yield from (spring_sitting(area), emergency(area), autumn_of(area), november(area))
