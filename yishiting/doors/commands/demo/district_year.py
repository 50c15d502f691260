"""What becomes of each matter of the district in the demo: done and rated, disputed, pending, with the city, planned, no."""

from collections.abc import Iterator
from datetime import date, timedelta

from yishiting.doors.commands.demo.clock import Telling, moment
from yishiting.doors.commands.demo.district import (
    AGREED,
    SPLIT_VOTE,
    advised,
    again,
    asked,
    consulted,
    decided,
    dispatched,
    passed_on,
    prepared,
    proposed,
    publicised,
    screened,
    signed,
    taken_in,
)
from yishiting.doors.commands.demo.district_words import (
    AUTUMN,
    CANNOT,
    HANDLERS,
    NEW,
    SPLIT,
    SPRING,
    STILL,
    SUMMER,
    Course,
)
from yishiting.doors.commands.demo.neighbours import Area
from yishiting.year.matters.actions import (
    answer_matter,
    call_special,
    close_matter,
    coordinate,
    note_contact,
    note_progress,
    note_rating,
    rate,
    record_special,
    return_dispatch,
    write_plan,
)
from yishiting.year.matters.choices import CoordinationKind, ResultKind, Satisfaction, Verdict, WithWhom
from yishiting.year.matters.models import Matter
from yishiting.year.meetings.models import MeetingKind

Day = tuple[int, int]


def in_the_district(area: Area) -> Iterator[Telling]:
    """Every part of the district's year, beside the rest of the story."""
    year = area.year
    spring, summer, autumn = (
        [date(year - 1, 12, 15), date(year - 1, 12, 16), date(year, 1, 6), date(year, 1, 12), date(year, 1, 19), date(year, 2, 2)],
        [date(year, 3, 2), date(year, 3, 3), date(year, 3, 23), date(year, 4, 1), date(year, 4, 14), date(year, 5, 12)],
        [date(year, 6, 1), date(year, 6, 2), date(year, 6, 22), date(year, 7, 1), date(year, 7, 14), date(year, 8, 11)],
    )  # fmt: skip
    yield _spring(area, spring)
    yield _summer(area, summer)
    yield _autumn(area, autumn)
    yield _new(area)
    yield _forwarded(area)


def _spring(area: Area, days: list[date]) -> Telling:
    lights, exit_, hostel = SPRING
    yield from prepared(area, SPRING, days, date(area.year, 12, 31))
    yield from consulted(
        area, date(area.year, 3, 20), MeetingKind.DELIBERATION, f"朝阳区{area.year}年第一次民主协商会",
        [(one, AGREED, "") for one in SPRING],
    )  # fmt: skip
    for one in SPRING:
        yield from decided(area, one.key, date(area.year, 4, 2), date(area.year, 4, 10))
    for one in SPRING:
        yield from publicised(area, one.key, date(area.year, 4, 13))
    for one in SPRING:
        deadline = date(area.year, 9, 30) if one is lights else area.back(-280)
        yield from dispatched(area, one, date(area.year, 4, 20), deadline)
    yield moment(date(area.year, 5, 6))
    for one in SPRING:
        signed(area, one.key, one.lead, one.partner)
        _planned(area, one, date(area.year, 8, 31) if one is lights else area.back(-270))
    area.meanwhile(_delivered(area, lights), _with_the_city(area, exit_), _in_the_plan(area, hostel))


def _planned(area: Area, course: Course, deadline: date) -> None:
    write_plan(
        again(area.matters[course.key]), by=area.cast[HANDLERS[course.lead]], department="业务科", person=course.person,
        measures=course.plan, standard=course.standard, deadline=deadline,
    )  # fmt: skip


def _noted(area: Area, course: Course, percent: int, done: str, name: str = "", trouble: str = "") -> None:
    note_progress(
        again(area.matters[course.key]), by=area.cast[HANDLERS[name or course.lead]], percent=percent, done=done,
        happened_on=area.calendar_day(), trouble=trouble,
    )  # fmt: skip


def _spoke(area: Area, course: Course, whom: WithWhom, text: str, named: str = "") -> None:
    note_contact(
        again(area.matters[course.key]), by=area.cast[HANDLERS[course.lead]], whom=whom, text=text, named=named,
        happened_on=area.calendar_day(),
    )  # fmt: skip


def _answered(
    area: Area, course: Course, kind: ResultKind, text: str, conditions: str = "", back_on: date | None = None
) -> Matter:
    answer_matter(
        again(area.matters[course.key]), by=area.cast[HANDLERS[course.lead]], kind=kind, text=text, conditions=conditions,
        back_on=back_on,
    )  # fmt: skip
    return again(area.matters[course.key])


def _delivered(area: Area, course: Course) -> Telling:
    """Two departments do it; one who proposed it is not satisfied, it is handled again, then both are."""
    year, key = area.year, course.key
    yield moment(date(year, 5, 20))
    _noted(area, course, 30, "勘察完成，灯杆基础已经浇筑。")
    yield moment(date(year, 6, 16))
    _noted(area, course, 60, "路缘坡道改好三处，与路面齐平。", course.partner)
    yield moment(date(year, 7, 7))
    _spoke(area, course, WithWhom.PROPOSER, "和两位提出人到路口看过，说了启用的日子。")
    yield moment(date(year, 7, 9))
    _answered(area, course, ResultKind.SOLVED, "信号灯已经启用，过街线和坡道完工，行人绿灯二十五秒。")
    yield moment(date(year, 7, 14))
    of_tian = area.said[key][1]
    note_rating(
        again(area.matters[key]), by=area.cast["zhao"], suggestion=of_tian, satisfaction=Satisfaction.NOT_SATISFIED,
        words="绿灯二十五秒，腿脚慢的老人走不到对面。",
    )  # fmt: skip
    yield moment(date(year, 7, 22))
    _noted(
        area,
        course,
        100,
        "行人绿灯延长到三十八秒，中间加了一段安全岛。",
        trouble="原来的时间按普通步速算，没有照顾到老人。",
    )
    _spoke(area, course, WithWhom.PROPOSER, "请提出人现场走了两遍。")
    yield moment(date(year, 7, 23))
    _answered(area, course, ResultKind.SOLVED, "行人绿灯已经延长到三十八秒，中间有安全岛，请您再走走看。")
    yield moment(date(year, 7, 27))
    rate(again(area.matters[key]), by=area.cast["lu"], satisfaction=Satisfaction.SATISFIED)
    yield moment(date(year, 7, 28))
    note_rating(again(area.matters[key]), by=area.cast["zhao"], suggestion=of_tian, satisfaction=Satisfaction.SATISFIED)
    close_matter(again(area.matters[key]), by=area.cast["haowen"])


def _with_the_city(area: Area, course: Course) -> Telling:
    """The city has to agree: what was asked of it and what it gave stands in the log."""
    yield moment(date(area.year, 5, 21))
    coordinate(
        again(area.matters[course.key]), by=area.cast["sun"], kind=CoordinationKind.CITY, whom="市规划自然资源委、市重大项目办",
        asked="请把增设出入口列入市级建设计划，安排前期资金。", held_on=area.calendar_day(), money_asked=900_000_000,
    )  # fmt: skip
    _noted(area, course, 15, "完成选址比选，两个方案征求了居民意见。")
    yield moment(date(area.year, 9, 9))
    coordinate(
        again(area.matters[course.key]), by=area.cast["sun"], kind=CoordinationKind.CITY, whom="市规划自然资源委",
        asked="再报东侧方案的客流测算。", got="市里同意研究东侧方案，前期经费已下达。", held_on=area.calendar_day(),
        money_got=120_000_000,
    )  # fmt: skip
    yield moment(area.back(18))
    _noted(area, course, 30, "东侧方案初步设计完成，已报市里审查。")
    _spoke(area, course, WithWhom.PLACE, "向街道和社区说明市里审查的进度。")


def _in_the_plan(area: Area, course: Course) -> Telling:
    """It cannot be now: into the plan, with the conditions and the day on which it comes back."""
    yield moment(date(area.year, 7, 1))
    _noted(area, course, 20, "用房权属核清，还有一户承租单位没有腾退。")
    _spoke(area, course, WithWhom.PROPOSER, "电话说明房屋腾退的情况。")
    yield moment(date(area.year, 8, 20))
    matter = _answered(
        area, course, ResultKind.PLANNED, "用房要等承租单位合同到期才能腾退，列入明年计划。",
        conditions="承租单位腾退，房屋安全鉴定合格后办理。", back_on=area.back(-120),
    )  # fmt: skip
    yield moment((matter.rating_due or area.today) + timedelta(days=1), 9)
    close_matter(again(matter), by=area.cast["haowen"])


def _summer(area: Area, days: list[date]) -> Telling:
    one_way, garage, stairs = SUMMER
    yield from prepared(area, SUMMER, days, area.back(-180))
    yield from consulted(
        area, date(area.year, 6, 18), MeetingKind.MIDYEAR, f"朝阳区{area.year}年年中民主协商会",
        [
            (one_way, SPLIT_VOTE, SPLIT),
            (garage, SPLIT_VOTE, "绿地下有管线，能不能建、要多少钱，部门意见不一。"),
            (stairs, AGREED, ""),
        ],
    )  # fmt: skip
    area.meanwhile(_pending(area, one_way), _honest_no(area, garage))
    yield from decided(area, stairs.key, date(area.year, 7, 2), date(area.year, 7, 10))
    yield from publicised(area, stairs.key, date(area.year, 7, 13))
    yield from dispatched(area, stairs, date(area.year, 7, 27), area.back(-30))
    yield moment(date(area.year, 8, 3))
    signed(area, stairs.key, stairs.lead, stairs.partner)
    _planned(area, stairs, area.back(-25))
    yield moment(date(area.year, 9, 14))
    _noted(area, stairs, 50, "八处选址公示完，四处已经开工。")
    yield moment(area.back(7))
    _noted(area, stairs, 100, "八处全部通电，消防验收合格。", stairs.lead)
    _spoke(area, stairs, WithWhom.PROPOSER, "电话告知最近的充电点。")
    yield moment(area.back(5))
    _answered(area, stairs, ResultKind.SOLVED, "八处充电设施全部启用，位置贴在各社区门口，每度电价公开。")


def _special(area: Area, course: Course, called: date, held: date) -> Telling:
    yield moment(called)
    area.specials[course.key] = call_special(
        again(area.matters[course.key]), by=area.cast["sun"], held_on=held, venue="区机关二号会议室",
        invited="群众代表、沿线商户、学校、人大代表、政协委员、有关部门；区人大常委会派人列席。",
        lawyer="方律师" if course.touches_law else "",
    )  # fmt: skip


def _pending(area: Area, course: Course) -> Telling:
    """Pending through its second special consultation: the second was held yesterday, its result is to be recorded."""
    held = date(area.year, 7, 20)
    yield from _special(area, course, date(area.year, 7, 6), held)
    yield moment(held, 17)
    record_special(
        area.specials[course.key], by=area.cast["haowen"], verdict=Verdict.PENDING, came="商户4人，居民代表6人，学校，交通支队，街道",
        differences=STILL,
    )  # fmt: skip
    yield moment(date(area.year, 9, 2))
    coordinate(
        again(area.matters[course.key]), by=area.cast["sun"], kind=CoordinationKind.VISIT, whom="交通支队、规划分局、街道",
        asked="早高峰到现场看会车和进校的路线。", got="早高峰先试行两周进校通道。", held_on=area.calendar_day(),
    )  # fmt: skip
    yield from _special(area, course, area.back(13), area.today)


def _honest_no(area: Area, course: Course) -> Telling:
    held = date(area.year, 7, 22)
    yield from _special(area, course, date(area.year, 7, 8), held)
    yield moment(held, 17)
    record_special(
        area.specials[course.key], by=area.cast["haowen"], verdict=Verdict.DECLINED, came="医院，居民代表5人，燃气集团，规划分局，住房城乡建设委",
        differences=CANNOT,
    )  # fmt: skip


def _autumn(area: Area, days: list[date]) -> Telling:
    sewer, park = AUTUMN
    yield from prepared(area, AUTUMN, days, area.back(-300))
    yield from consulted(
        area,
        date(area.year, 9, 17),
        MeetingKind.REVIEW,
        f"朝阳区{area.year}年第三次民主协商会",
        [(one, AGREED, "") for one in AUTUMN],
    )
    area.meanwhile(_disputed(area, sewer), _made_public(area, park))


def _disputed(area: Area, course: Course) -> Telling:
    """Dispatched to two: the lead signs, the other returns it, and the office has to rule on that."""
    yield from decided(area, course.key, date(area.year, 9, 28), date(area.year, 10, 9))
    yield from publicised(area, course.key, max(area.back(24), date(area.year, 10, 10)))
    yield from dispatched(area, course, area.back(6), area.back(-240))
    yield moment(area.back(4))
    signed(area, course.key, course.lead)
    yield moment(area.back(3))
    returned = area.matters[course.key].dispatches.get(unit__name=course.partner)
    return_dispatch(
        returned,
        by=area.cast[HANDLERS[course.partner]],
        reason="路侧绿地已移交街道养护，恢复绿地应由属地街道承办，依据本局三定方案第六条。",
    )


def _made_public(area: Area, course: Course) -> Telling:
    yield from decided(
        area, course.key, max(area.back(20), date(area.year, 9, 29)), max(area.back(9), date(area.year, 10, 9))
    )
    yield from publicised(area, course.key, area.back(2))


def _new(area: Area) -> Telling:
    """This autumn's list, each a step further: to be advised on, reviewed, approved; one forwarded, to be screened."""
    bus, school, flood = NEW
    yield moment(area.back(21))
    for one in NEW:
        screened(area, one)
    yield moment(area.back(20), 11)
    for one in (school, flood):
        asked(area, one)
    yield moment(area.back(13))
    for one in (school, flood):
        advised(area, one)
    yield moment(area.back(8))
    for one in (school, flood):
        proposed(area, one, area.back(-200))
    yield moment(area.back(5))
    passed_on(area, flood)
    asked(area, bus)


def _forwarded(area: Area) -> Telling:
    yield moment(area.back(7), 16)  # both days may be the Friday before a weekend; it was sent on at three
    taken_in(area, "断头路")
