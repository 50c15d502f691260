"""Councils with representatives, and meetings at every stage."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from tests.cast import Cast
from tests.conftest import Clock
from tests.factories.ballots import NAMES
from tests.put_back import kept
from yishiting.ground.accounts.models import Person
from yishiting.ground.organisations.models import IdentityKind
from yishiting.ground.places.models import Place
from yishiting.instruments.ballots.actions import enter_tally
from yishiting.year.councils.models import Constituency, Council, Representative, Term
from yishiting.year.councils.states import State as TermState
from yishiting.year.meetings.actions import (
    add_item,
    convene_meeting,
    decide_item,
    open_meeting,
    plan_meeting,
    put_to_vote,
    take_attendance,
)
from yishiting.year.meetings.models import AgendaItem, Attendance, ItemKind, Meeting, MeetingKind
from yishiting.year.meetings.queries import members

BEIJING = ZoneInfo("Asia/Shanghai")
DAY = date(2026, 3, 20)
BEGINS = datetime(2026, 3, 20, 14, tzinfo=BEIJING)


def a_council(place: Place, seats: int = 12, person: Person | None = None, until: date | None = None) -> Council:
    """A council in office; `person` sits in the seat of 李明. It serves from 2025 to the end of 2027, or until then."""
    council = Council.objects.create(place=place)
    term = Term.objects.create(
        council=council,
        place=place,
        number=1,
        begins=date(2025, 1, 1),
        ends=date(2027, 12, 31),
        state=TermState.SEATED,
    )
    ward = Constituency.objects.create(term=term, place=place, name="3号楼", sector=IdentityKind.RESIDENT, seats=seats)
    for name in NAMES[:seats]:
        Representative.objects.create(
            term=term,
            constituency=ward,
            place=place,
            person=person if name == "李明" else None,
            name=name,
            since=date(2025, 1, 1),
            until=until or date(2027, 12, 31),
        )
    return council


@kept
def planned(cast: Cast, council: Council | None = None, **changes: object) -> Meeting:
    given: dict[str, object] = {
        "kind": MeetingKind.DELIBERATION,
        "title": "枣营北里社区2026年审议会",
        "starts_at": BEGINS,
        "venue": "社区二层会议室",
        "chair": "王建国",
        "recorder": "刘芳",
    }
    here = council or a_council(cast.zaobei, person=cast.liming)
    return plan_meeting(here, by=cast.wang, **{**given, **changes})


@kept
def with_item(
    cast: Cast, council: Council | None = None, title: str = "楼前绿地改停车位"
) -> tuple[Meeting, AgendaItem]:
    meeting = planned(cast, council)
    return meeting, add_item(meeting, by=cast.liu, kind=ItemKind.DELIBERATE, title=title, text="改建12个车位。")


@kept
def convened(cast: Cast, council: Council | None = None) -> tuple[Meeting, AgendaItem]:
    meeting, item = with_item(cast, council)
    return convene_meeting(meeting, by=cast.wang), item


@kept
def here(cast: Cast, meeting: Meeting, present: int) -> Meeting:
    """So many of the members come; the clock must stand on the day."""
    due = members(meeting)
    sheet = {str(one.pk): Attendance.PRESENT if n < present else Attendance.EXPECTED for n, one in enumerate(due)}
    return take_attendance(meeting, by=cast.liu, attendance=sheet)


@kept
def opened(cast: Cast, clock: Clock, present: int = 10, council: Council | None = None) -> tuple[Meeting, AgendaItem]:
    """A meeting that has been opened, with one item; the clock stands on its day."""
    meeting, item = convened(cast, council)
    clock.to(DAY, 14)
    here(cast, meeting, present)
    open_meeting(meeting, by=cast.wang)
    item.refresh_from_db()
    return meeting, item


@kept
def voted(cast: Cast, item: AgendaItem, yes: int = 8, no: int = 1, abstain: int = 1) -> AgendaItem:
    """The item is put to the vote, counted by two people and decided."""
    put_to_vote(item, by=cast.wang)
    counts = {"for": yes, "against": no, "abstain": abstain}
    enter_tally(item.poll, by=cast.wang, counts=counts)
    enter_tally(item.poll, by=cast.liu, counts=counts)
    return decide_item(item, by=cast.wang)
