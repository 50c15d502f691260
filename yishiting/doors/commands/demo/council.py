"""The council of the demo is elected, late in the year before."""

from collections.abc import Mapping
from datetime import date, timedelta

from yishiting.doors.commands.demo.clock import Calendar
from yishiting.doors.commands.demo.notice_days import run_out
from yishiting.ground.accounts.models import Person
from yishiting.ground.places.models import Place
from yishiting.instruments.ballots.actions import enter_tally
from yishiting.instruments.ballots.models import Method, Poll
from yishiting.year.councils.actions import (
    appoint_tellers,
    begin_term,
    convene_assembly,
    declare_round,
    fix_seats,
    found_council,
    nominate,
    open_round,
    publicise_candidates,
    qualify_candidate,
    seat_term,
    set_seat_plan,
    sign_in_voters,
    start_election,
)
from yishiting.year.councils.choices import Publishable, Route
from yishiting.year.councils.models import Assembly, ElectionRound, Term
from yishiting.year.councils.queries import undeclared
from yishiting.year.councils.rules import Planned

PURPOSE = "商量社区的公共事务：审议建议案，监督实事项目，年终评议。"
LINES = (
    Planned("1至4号楼", "resident", 420),
    Planned("5至9号楼", "resident", 380),
    Planned("两委一站", "two_committees_one_station", 90),
    Planned("驻区单位和社会组织", "resident_unit", 110),
)
TOTAL = 12
VOTERS = 45
#: Who stands, by constituency: 李明 and 陆桂芳 among their neighbours. One more than the seats.
NAMES = {
    "1至4号楼": ("李明", "张淑珍", "马永福", "徐丽华", "何志强", "高玉兰", "罗建军"),
    "5至9号楼": ("陆桂芳", "宋文斌", "邓秀梅", "韩春生", "曹美玲", "彭国庆", "董晓燕"),
    "两委一站": ("陈秀英", "吕海波", "苏红", "魏东"),
    "驻区单位和社会组织": ("枣营小学 唐老师", "安居物业 蒋经理", "邻里社工站 沈洁", "春风餐厅 汪老板"),
}
TELLERS = {"chief": ["周老师"], "watcher": ["范师傅", "石大姐"], "counter": ["廖会计"], "caller": ["邹老师"]}


def elect(place: Place, cast: Mapping[str, Person], calendar: Calendar, year: int) -> Term:
    """From the seat plan to the first day in office."""
    wang, liu = cast["wang"], cast["liu"]
    calendar.to(date(year, 10, 20))
    council = found_council(place, by=wang, purpose=PURPOSE, founded_on=date(year - 6, 3, 1))
    term = set_seat_plan(begin_term(council, by=wang, number=3), by=liu, lines=LINES, total=TOTAL)
    fix_seats(term, by=wang)
    calendar.to(date(year, 10, 30))
    _nominate(term, cast)
    publicise_candidates(term, by=wang)
    calendar.live(run_out(term.notice, by=wang))
    start_election(term, by=wang, method=Method.PAPER)
    _vote(term, cast, calendar)
    return seat_term(term, by=wang, begins=calendar.moment.date())


def _nominate(term: Term, cast: Mapping[str, Person]) -> None:
    routes = list(Route)
    for group in term.constituencies.all():
        for n, name in enumerate(NAMES[group.name][: group.seats + 1]):
            person = next((one for one in cast.values() if one.name == name), None)
            candidate = nominate(
                group,
                by=cast["liu"],
                route=routes[n % 2],
                name=name,
                birth_year=1950 + 3 * n,
                gender="女" if n % 2 else "男",
                unit="枣营北里",
                phone=person.phone if person and not person.is_staff_member else "",
                proposed_by="社区党组织" if n % 2 == 0 else "10名居民",
                consents=True,
                publishes=Publishable.values,
            )
            qualify_candidate(candidate, by=cast["wang"])


def _vote(term: Term, cast: Mapping[str, Person], calendar: Calendar) -> None:
    day = calendar.moment.date() + timedelta(days=3)
    roll = "\n".join(f"居民代表{n:02d} {n % 9 + 1}号楼" for n in range(1, VOTERS + 1))
    assembly = convene_assembly(
        term, by=cast["liu"], held_on=day, venue="社区活动室", roll=roll, chair="王建国", recorder="刘芳"
    )
    calendar.to(day, 14)
    sign_in_voters(assembly, by=cast["liu"], present=[str(n) for n in range(1, VOTERS - 2)])
    appoint_tellers(assembly, by=cast["liu"], **TELLERS)
    for election_round in undeclared(term):
        _count(election_round, assembly, cast)


def _count(election_round: ElectionRound, assembly: Assembly, cast: Mapping[str, Person]) -> None:
    open_round(election_round, by=cast["liu"], assembly=assembly)
    poll = election_round.poll
    poll.refresh_from_db()
    counts = _counts(poll, election_round.seats, assembly.present)
    for someone in (cast["liu"], cast["zhou"]):
        enter_tally(poll, by=someone, counts=counts)
    declare_round(election_round, by=cast["wang"])


#: The members of the cast are elected; the last of the others is not.
FAVOURED = ("李明", "陆桂芳", "陈秀英")


def _counts(poll: Poll, seats: int, present: int) -> dict[str, int]:
    invalid = 1
    valid = present - invalid
    counts = {"issued": present, "returned": present, "valid": valid, "invalid": invalid}
    order = sorted(range(len(poll.options)), key=lambda n: (not poll.options[n]["label"].startswith(FAVOURED), n))
    for place, n in enumerate(order):
        in_favour = valid - 4 - place if place < seats else 3
        counts |= {f"{n}:for": in_favour, f"{n}:against": 1, f"{n}:abstain": valid - in_favour - 1}
    return counts
