"""A matter of the district at every stage: two departments, a work committee, the office of the leading group."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from tests.cast import OPERATOR, Cast, person
from tests.conftest import Clock
from tests.factories import meetings, projects, sections
from tests.factories.suggestions import a_suggestion
from tests.put_back import kept
from yishiting.ground.accounts.models import Person
from yishiting.ground.organisations.actions import appoint
from yishiting.ground.organisations.models import Office, Organisation, OrganisationKind
from yishiting.ground.places.models import ResponsibleLevel
from yishiting.instruments.ballots.actions import enter_tally
from yishiting.instruments.publicity.actions import close_notice
from yishiting.year.dossiers.actions import refer
from yishiting.year.dossiers.models import ReferralKind
from yishiting.year.matters.actions import (
    answer_matter,
    approve,
    ask_opinions,
    close_matter,
    consult,
    countersign,
    decide_matter,
    dispatch,
    endorse,
    give_opinion,
    note_contact,
    pass_on,
    propose_handling,
    publicise,
    return_dispatch,
    screen_matter,
    table_matter,
    take_in,
    write_plan,
)
from yishiting.year.matters.choices import ResultKind, Verdict, WithWhom
from yishiting.year.matters.models import Dispatch, Matter, Opinion
from yishiting.year.matters.queries import classes_here
from yishiting.year.meetings.actions import (
    convene_meeting,
    decide_item,
    open_meeting,
    plan_meeting,
    put_to_vote,
    take_attendance,
)
from yishiting.year.meetings.models import Attendance, Meeting, MeetingKind
from yishiting.year.meetings.queries import members
from yishiting.year.proposals.actions import forward
from yishiting.year.proposals.models import Proposal, Source
from yishiting.year.proposals.states import State as ProposalState
from yishiting.year.suggestions.actions import load_categories
from yishiting.year.visits.models import Stance

SINCE = date(2025, 1, 1)
BEIJING = ZoneInfo("Asia/Shanghai")
OPINION = {
    "legality": "符合规划，权限在区。",
    "feasibility": "资金可由区级年度养护经费解决。",
    "basis": "《城市道路管理条例》第二十一条",
}


Make = Callable[[Cast, Clock], Any]


@dataclass
class District:
    """市政处 and 交通处, each with somebody who handles matters; 梅工 of the social work committee; 何处 of the office."""

    roads: Organisation
    traffic: Organisation
    handler: Person
    traffic_handler: Person
    mei: Person
    clerk: Person


@kept
def a_district(cast: Cast) -> District:
    here = cast.district
    load_categories(here, by=OPERATOR)
    kind = OrganisationKind.DEPARTMENT
    roads = Organisation.objects.create(place=here, kind=kind, name="市政处", telephone="010-65000001")
    traffic = Organisation.objects.create(place=here, kind=kind, name="交通处", telephone="010-65000002")
    handler, other = person("shigong", "施工"), person("jiaogong", "焦工")
    mei, clerk = person("mei", "梅兰"), person("clerk", "何处")
    for one, office, of in (
        (handler, Office.HANDLING_OFFICER, roads),
        (other, Office.HANDLING_OFFICER, traffic),
        (mei, Office.SOCIAL_WORK_COMMITTEE, None),
        (clerk, Office.DISTRICT_OFFICER, None),
    ):
        appoint(here, by=OPERATOR, person=one, office=office, since=SINCE, organisation=of)
    return District(roads, traffic, handler, other, mei, clerk)


@kept
def reported(cast: Cast, clock: Clock) -> Proposal:
    """What a community reported and the subdistrict sent on to the district."""
    return forward(sections.reported(cast, clock), by=cast.zhao, reason="道路归区里管")


@kept
def lying_at_the_district(cast: Cast, title: str, words: str = "路太窄。") -> Proposal:
    """A proposal of a community, without its meeting, that waits at the district; it rests on what 陆阿姨 said."""
    made = projects.adopted_proposal(cast, ResponsibleLevel.DISTRICT, title)
    Proposal.objects.filter(pk=made.pk).update(state=ProposalState.REPORTED_UP, situation=words)
    Source.objects.create(proposal=made, suggestion=a_suggestion(cast, by=cast.lu))
    refer(made.dossier, ReferralKind.UP, cast.district, here=cast.zaobei, reason="归区里管", today=timezone.localdate())
    return Proposal.objects.get(pk=made.pk)


@kept
def quickly_approved(cast: Cast, district: District, title: str, **facts: Any) -> Matter:
    """From a proposal that lies at the district to the leading group's yes."""
    matter = take_in(lying_at_the_district(cast, title), by=district.mei)
    given: dict[str, Any] = {"category": classes_here()[0], "touches_law": False}
    screen_matter(matter, by=district.mei, **{**given, **facts})
    ask_opinions(matter, by=district.mei, units=[district.roads], question="是否合规。")
    give_opinion(matter.opinions.get(), by=district.handler, stance=Stance.AGREES, **OPINION)
    _propose(matter, district)
    pass_on(matter, by=cast.sun)
    return approve(matter, by=cast.sun, verdict=Verdict.PASSED, held_on=timezone.localdate())


@kept
def taken_in(cast: Cast, clock: Clock, district: District) -> Matter:
    return take_in(reported(cast, clock), by=district.mei)


@kept
def prepared(cast: Cast, clock: Clock, district: District, **facts: Any) -> Matter:
    matter = taken_in(cast, clock, district)
    given: dict[str, Any] = {"category": classes_here()[0], "touches_law": False}
    return screen_matter(matter, by=district.mei, **{**given, **facts})


@kept
def advised(cast: Cast, clock: Clock, district: District, **facts: Any) -> Matter:
    matter = prepared(cast, clock, district, **facts)
    ask_opinions(matter, by=district.mei, units=[district.roads], question="拓宽是否符合规划。")
    give_opinion(matter.opinions.get(), by=district.handler, stance=Stance.AGREES, **OPINION)
    return matter


@kept
def proposed(cast: Cast, clock: Clock, district: District, **facts: Any) -> Matter:
    return _propose(advised(cast, clock, district, **facts), district)


def _propose(matter: Matter, district: District) -> Matter:
    return propose_handling(
        matter,
        by=district.mei,
        lead=district.roads,
        partners=[district.traffic],
        person="处长周平",
        plan="汛期前完成拓宽。",
        standard="双车道通车，路灯齐备。",
        deadline=timezone.localdate() + timedelta(days=150),
    )


@kept
def approved(cast: Cast, clock: Clock, district: District, **facts: Any) -> Matter:
    matter = pass_on(proposed(cast, clock, district, **facts), by=cast.sun)
    return approve(matter, by=cast.sun, verdict=Verdict.PASSED, held_on=timezone.localdate())


@kept
def consulted(
    cast: Cast, clock: Clock, district: District, yes: int = 8, differences: str = "", **facts: Any
) -> Matter:
    """Put to the consultation meeting of the district, voted on and recorded: agreed, or pending with the differences."""
    matter = approved(cast, clock, district, **facts)
    day = timezone.localdate() + timedelta(days=10)
    meeting = called(cast, day)
    table_matter(matter, by=cast.sun, meeting=meeting)
    convene_meeting(meeting, by=cast.sun)
    clock.to(day, 14)
    sheet = {
        str(one.pk): Attendance.PRESENT if n < 10 else Attendance.EXPECTED for n, one in enumerate(members(meeting))
    }
    take_attendance(meeting, by=cast.sun, attendance=sheet)
    open_meeting(meeting, by=cast.sun)
    item = matter.agenda_item
    put_to_vote(item, by=cast.sun)
    counts = {"for": yes, "against": 9 - yes, "abstain": 1}
    for one in (cast.sun, district.clerk):
        enter_tally(item.poll, by=one, counts=counts)
    decide_item(item, by=cast.sun)
    matter.refresh_from_db()
    return consult(
        matter, by=cast.sun, verdict=Verdict.PENDING if differences else Verdict.AGREED, differences=differences
    )


@kept
def decided(cast: Cast, clock: Clock, district: District, **facts: Any) -> Matter:
    matter, today = consulted(cast, clock, district, **facts), timezone.localdate()
    endorse(matter, by=cast.sun, verdict=Verdict.PASSED, held_on=today, paper="朝政会纪〔2026〕12号")
    return decide_matter(matter, by=cast.sun, verdict=Verdict.PASSED, held_on=today, paper="朝常会纪〔2026〕8号")


@kept
def dispatched(cast: Cast, clock: Clock, district: District, **facts: Any) -> Matter:
    matter = publicise(decided(cast, clock, district, **facts), by=cast.sun)
    clock.to(matter.notice.last_day + timedelta(days=1), 9)
    close_notice(matter.notice, by=cast.sun)
    return dispatch(
        matter,
        by=cast.sun,
        lead=district.roads,
        partners=[district.traffic],
        deadline=timezone.localdate() + timedelta(days=90),
    )


@kept
def underway(cast: Cast, clock: Clock, district: District, **facts: Any) -> Matter:
    matter = dispatched(cast, clock, district, **facts)
    countersign(matter.dispatches.get(unit=district.roads), by=district.handler, signed_by="处长周平")
    countersign(matter.dispatches.get(unit=district.traffic), by=district.traffic_handler, signed_by="处长焦明")
    return write_plan(
        matter,
        by=district.handler,
        department="道路科",
        person="科长施工",
        measures="拓宽1.5米，移四盏路灯。",
        standard="双车道通车。",
        deadline=timezone.localdate() + timedelta(days=60),
    )


@kept
def answered(
    cast: Cast, clock: Clock, district: District, kind: ResultKind = ResultKind.SOLVED, **words: Any
) -> Matter:
    matter = underway(cast, clock, district)
    note_contact(
        matter, by=district.handler, whom=WithWhom.PROPOSER, text="到现场看过。", happened_on=timezone.localdate()
    )
    answer_matter(matter, by=district.handler, kind=kind, text="道路已经拓宽通车。", **words)
    return Matter.objects.get(pk=matter.pk)


@kept
def called(cast: Cast, day: date) -> Meeting:
    """A consultation meeting of the district that is being prepared."""
    return plan_meeting(
        meetings.a_council(cast.district),
        by=cast.sun,
        kind=MeetingKind.DELIBERATION,
        title="朝阳区2026年民主协商会",
        starts_at=datetime(day.year, day.month, day.day, 14, tzinfo=BEIJING),
        venue="区机关会议室",
        chair="孙主任",
        recorder="何处",
    )


@kept
def an_opinion(cast: Cast, clock: Clock) -> Opinion:
    district = a_district(cast)
    matter = prepared(cast, clock, district)
    ask_opinions(matter, by=district.mei, units=[district.roads], question="拓宽是否符合规划。")
    return matter.opinions.get()


@kept
def a_dispatch(cast: Cast, clock: Clock) -> Dispatch:
    district = a_district(cast)
    return dispatched(cast, clock, district).dispatches.get(unit=district.traffic)


@kept
def a_returned_dispatch(cast: Cast, clock: Clock) -> Dispatch:
    district = a_district(cast)
    sent = dispatched(cast, clock, district).dispatches.get(unit=district.traffic)
    return return_dispatch(sent, by=district.traffic_handler, reason="路灯归城管委")


@kept
def a_matter_to_table(cast: Cast, clock: Clock) -> Matter:
    matter = approved(cast, clock, a_district(cast))
    called(cast, timezone.localdate() + timedelta(days=10))
    return matter


@kept
def an_endorsed_matter(cast: Cast, clock: Clock) -> Matter:
    matter = consulted(cast, clock, a_district(cast))
    today = timezone.localdate()
    return endorse(matter, by=cast.sun, verdict=Verdict.PASSED, held_on=today, paper="朝政会纪〔2026〕12号")


@kept
def a_publicised_matter(cast: Cast, clock: Clock) -> Matter:
    matter = publicise(decided(cast, clock, a_district(cast)), by=cast.sun)
    clock.to(matter.notice.last_day + timedelta(days=1), 9)
    close_notice(matter.notice, by=cast.sun)
    return matter


@kept
def a_countersigned_matter(cast: Cast, clock: Clock) -> Matter:
    district = a_district(cast)
    matter = dispatched(cast, clock, district)
    countersign(matter.dispatches.get(unit=district.roads), by=district.handler, signed_by="处长周平")
    countersign(matter.dispatches.get(unit=district.traffic), by=district.traffic_handler, signed_by="处长焦明")
    return matter


@kept
def a_rated_matter(cast: Cast, clock: Clock) -> Matter:
    matter = answered(cast, clock, a_district(cast))
    clock.to(matter.rating_due + timedelta(days=1), 9)
    return matter


@kept
def a_planned_matter(cast: Cast, clock: Clock) -> Matter:
    """Its day has come."""
    matter = underway(cast, clock, district := a_district(cast))
    today = timezone.localdate()
    note_contact(matter, by=district.handler, whom=WithWhom.PROPOSER, text="说过。", happened_on=today)
    words = {"text": "列入明年。", "conditions": "东侧拆迁后", "back_on": today + timedelta(days=60)}
    answer_matter(matter, by=district.handler, kind=ResultKind.PLANNED, **words)
    matter.refresh_from_db()
    clock.to(matter.rating_due + timedelta(days=1), 9)
    close_matter(matter, by=cast.sun)
    clock.to(today + timedelta(days=60), 9)
    return matter


#: A matter in each state with something next.
AT: dict[str, Make] = {
    "received": lambda cast, clock: taken_in(cast, clock, a_district(cast)),
    "prepared": lambda cast, clock: advised(cast, clock, a_district(cast)),
    "proposed": lambda cast, clock: proposed(cast, clock, a_district(cast)),
    "reviewed": lambda cast, clock: pass_on(proposed(cast, clock, a_district(cast)), by=cast.sun),
    "approved": a_matter_to_table,
    "agreed": lambda cast, clock: consulted(cast, clock, a_district(cast)),
    "pending": lambda cast, clock: consulted(cast, clock, a_district(cast), yes=3, differences="权属不清"),
    "endorsed": an_endorsed_matter,
    "decided": lambda cast, clock: decided(cast, clock, a_district(cast)),
    "publicised": a_publicised_matter,
    "dispatched": a_countersigned_matter,
    "underway": lambda cast, clock: underway(cast, clock, a_district(cast)),
    "answered": a_rated_matter,
    "planned": a_planned_matter,
}


def person_of_the_line() -> Person:
    """Whoever screens for the urban line."""
    return Person.objects.get(login="mei")
