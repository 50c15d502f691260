"""The district in the demo: its council, what is taken in and prepared, the three consultation meetings, two bodies."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from functools import partial

from yishiting.doors.commands.demo.clock import Telling, moment
from yishiting.doors.commands.demo.district_words import BASIS, DISTRICT_ROSTER, HANDLERS, Course
from yishiting.doors.commands.demo.neighbours import Area
from yishiting.doors.commands.demo.notice_days import run_out
from yishiting.doors.commands.demo.street_words import STREET_ROSTER
from yishiting.doors.commands.demo.voting import Votes, close, open_with_everyone, seated, vote
from yishiting.year.matters.actions import (
    approve,
    ask_opinions,
    consult,
    countersign,
    decide_matter,
    dispatch,
    endorse,
    give_opinion,
    pass_on,
    propose_handling,
    publicise,
    screen_matter,
    table_matter,
    take_in,
)
from yishiting.year.matters.choices import Difficulty, Verdict
from yishiting.year.matters.models import Matter
from yishiting.year.matters.queries import classes_here
from yishiting.year.meetings.actions import convene_meeting, invite, plan_meeting
from yishiting.year.meetings.models import MeetingKind, Role
from yishiting.year.visits.models import Stance

AGREED, SPLIT_VOTE = (17, 1, 2), (8, 9, 3)


def enter_councils(area: Area) -> None:
    """Those of the subdistrict and of the district sat before the system came."""
    begins, ends = date(area.year - 1, 4, 1), date(area.year + 2, 3, 31)
    gao, sun, fang = (area.cast[one] for one in ("gao", "sun", "fang"))
    seated(area.street, gao, sun, STREET_ROSTER, begins, ends, "各社区推派、推荐，公示后由街道党工委确定。")
    seated(area.district, fang, sun, DISTRICT_ROSTER, begins, ends, "各街乡推派、推荐，公示后由区领导小组确定。")


def again(matter: Matter) -> Matter:
    """The matter as it stands now."""
    return Matter.objects.get(pk=matter.pk)


def taken_in(area: Area, key: str) -> Matter:
    """The committee of the line takes in what was reported."""
    proposal = area.proposals[key]
    proposal.refresh_from_db()
    area.matters[key] = take_in(proposal, by=area.cast["mei"])
    return area.matters[key]


def screened(area: Area, course: Course) -> Matter:
    """Taken in, and screened: its class, whether law is touched, whether it is an old debt."""
    matter = taken_in(area, course.key)
    category = classes_here().get(path=course.category)
    return screen_matter(
        matter, by=area.cast["mei"], category=category, touches_law=course.touches_law, difficulty=Difficulty(course.difficulty) if course.difficulty else None
    )  # fmt: skip


def asked(area: Area, course: Course) -> None:
    """Both departments are asked."""
    units = [area.department(name) for name in (course.lead, course.partner)]
    ask_opinions(
        again(area.matters[course.key]), by=area.cast["mei"], units=units, question=f"{course.plan}是否合法、可行。"
    )


def advised(area: Area, course: Course) -> None:
    """Both answer."""
    for opinion in area.matters[course.key].opinions.select_related("unit"):
        stance = Stance.CONDITIONAL if course.difficulty else Stance.AGREES
        give_opinion(
            opinion, by=area.cast[HANDLERS[opinion.unit.name]], stance=stance, legality="符合规划，属于区级权限。",
            feasibility="技术可行，资金由区级部门预算安排。", basis=BASIS[opinion.unit.name], suggested=course.lead,
        )  # fmt: skip


def proposed(area: Area, course: Course, deadline: date) -> None:
    """The committee says who is to handle it, with whom, how and by when."""
    propose_handling(
        again(area.matters[course.key]), by=area.cast["mei"], lead=area.department(course.lead), partners=[area.department(course.partner)],
        person=course.person, plan=course.plan, standard=course.standard, deadline=deadline,
    )  # fmt: skip


def prepared(area: Area, courses: Sequence[Course], days: Sequence[date], deadline: date) -> Telling:
    """From the list to the leading group: taken in, asked, advised, proposed, reviewed, approved."""
    handled = partial(proposed, deadline=deadline)
    steps: Sequence[Callable[[Area, Course], object]] = (screened, asked, advised, handled, passed_on, approved)
    for day, step in zip(days, steps, strict=True):
        yield moment(day, 10)
        for one in courses:
            step(area, one)


def passed_on(area: Area, course: Course) -> None:
    """The office finds it in order."""
    pass_on(again(area.matters[course.key]), by=area.cast["sun"])


def approved(area: Area, course: Course) -> None:
    """The leading group of departments approves."""
    matter, day = again(area.matters[course.key]), area.calendar_day()
    approve(
        matter,
        by=area.cast["haowen"],
        verdict=Verdict.PASSED,
        held_on=day,
        paper=f"朝共商组〔{day.year}〕{day.month}号",
    )


def consulted(
    area: Area, day: date, kind: MeetingKind, title: str, votes: Iterable[tuple[Course, Votes, str]]
) -> Telling:
    """A consultation meeting of the district with its observers: each matter voted on, and what it came to recorded."""
    sun, haowen, rows = area.cast["sun"], area.cast["haowen"], list(votes)
    yield moment(day - timedelta(days=14))
    meeting = plan_meeting(
        area.district.council, by=haowen, kind=kind, title=title, starts_at=moment(day, 14), venue="区机关一号会议室",
        chair="方志远", recorder="郝文",
    )  # fmt: skip
    for one, _votes, _differences in rows:
        table_matter(again(area.matters[one.key]), by=sun, meeting=meeting)
    invite(meeting, by=haowen, role=Role.OBSERVER, name="苏主任", unit="区人大常委会")
    if any(one.touches_law for one, _votes, _differences in rows):
        invite(meeting, by=haowen, role=Role.LAWYER, name="方律师", unit="区法律援助中心")
    convene_meeting(meeting, by=sun)
    yield moment(day, 14)
    open_with_everyone(meeting, sun)
    for one, counted, differences in rows:
        vote(
            again(area.matters[one.key]).agenda_item,
            sun,
            haowen,
            counted,
            "部门介绍方案，群众代表、人大代表、政协委员依次发言。",
        )
        verdict = Verdict.PENDING if differences else Verdict.AGREED
        consult(again(area.matters[one.key]), by=sun, verdict=verdict, differences=differences)
    yield moment(day, 17)
    close(meeting, sun)


def decided(area: Area, key: str, endorsed_on: date, decided_on: date) -> Telling:
    """The district head's meeting, then the standing committee, each with its paper."""
    yield moment(endorsed_on, 11)
    paper = f"〔{endorsed_on.year}〕{endorsed_on.timetuple().tm_yday // 7}号"
    matter = endorse(
        again(area.matters[key]),
        by=area.cast["haowen"],
        verdict=Verdict.PASSED,
        held_on=endorsed_on,
        paper=f"朝政会纪{paper}",
    )
    yield moment(decided_on, 11)
    decide_matter(
        again(matter), by=area.cast["haowen"], verdict=Verdict.PASSED, held_on=decided_on, paper=f"朝常会纪{paper}"
    )


def publicised(area: Area, key: str, day: date) -> Telling:
    """Made public in the whole district."""
    yield moment(day, 10)
    area.matters[key] = publicise(again(area.matters[key]), by=area.cast["sun"])


def dispatched(area: Area, course: Course, not_before: date, deadline: date) -> Telling:
    """When the notice has run without an objection, the office dispatches it to the lead and its partner."""
    notice = again(area.matters[course.key]).notice
    yield from run_out(notice, by=area.cast["haowen"], not_before=not_before)
    dispatch(
        again(area.matters[course.key]), by=area.cast["haowen"], lead=area.department(course.lead), partners=[area.department(course.partner)],
        deadline=deadline,
    )  # fmt: skip


def signed(area: Area, key: str, *names: str) -> None:
    """These departments countersign."""
    for one in area.matters[key].dispatches.filter(unit__name__in=names).select_related("unit"):
        countersign(one, by=area.cast[HANDLERS[one.unit.name]], signed_by="分管领导")
