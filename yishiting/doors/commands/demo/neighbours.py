"""Two more communities of 麦子店 through the year: heard, deliberated, one work done, one under way, the rest reported up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils import timezone

from yishiting.doors.commands.demo.clock import Calendar, Telling, moment
from yishiting.doors.commands.demo.neighbour_words import NEIGHBOURHOODS, Neighbourhood, Said
from yishiting.doors.commands.demo.pictures import photo
from yishiting.doors.commands.demo.voting import close, open_with_everyone, seated, vote
from yishiting.ground.accounts.models import Person
from yishiting.ground.organisations.models import Organisation
from yishiting.ground.places.models import Place, ResponsibleLevel
from yishiting.year.matters.models import Matter, Special
from yishiting.year.meetings.actions import convene_meeting, plan_meeting
from yishiting.year.meetings.models import Meeting, MeetingKind
from yishiting.year.projects.models import Project
from yishiting.year.proposals.actions import decide_proposal, draft_proposal, report_up, table_proposal
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.states import State
from yishiting.year.suggestions.actions import (
    answer_suggestion,
    classify_suggestion,
    hold_session,
    screen_suggestion,
    settle_suggestion,
    take_down_suggestion,
)
from yishiting.year.suggestions.models import Category, Suggestion

ALL_PASS = dict.fromkeys(("factual", "public_interest", "legality", "feasibility"), "pass")
Cast = Mapping[str, Person]
FRIDAY = 4


@dataclass
class Area:
    """What has come about in the subdistrict and its communities so far, for whoever goes on with it."""

    year: int
    today: date
    street: Place
    cast: Cast
    calendar: Calendar
    said: dict[str, list[Suggestion]] = field(default_factory=dict)
    proposals: dict[str, Proposal] = field(default_factory=dict)
    projects: dict[str, Project] = field(default_factory=dict)
    matters: dict[str, Matter] = field(default_factory=dict)
    specials: dict[str, Special] = field(default_factory=dict)

    def meanwhile(self, *tellings: Telling) -> None:
        """These go on beside the rest."""
        self.calendar.meanwhile(*tellings)

    @property
    def district(self) -> Place:
        """The district above."""
        if self.street.parent is None:
            raise RuntimeError("a subdistrict lies in a district")
        return self.street.parent

    def section(self, name: str) -> Organisation:
        """A section of the subdistrict by its name."""
        return Organisation.objects.get(place=self.street, name=name)

    def department(self, name: str) -> Organisation:
        """A department of the district by its name."""
        return Organisation.objects.get(place=self.district, name=name)

    def calendar_day(self) -> date:
        """The day of the story."""
        return timezone.localdate()

    def back(self, days: int) -> date:
        """So many days before today, or ahead where it is negative; a day that falls on a weekend gives way."""
        day = self.today - timedelta(days=days)
        beyond = max(0, day.weekday() - FRIDAY)
        return day - timedelta(days=beyond) if days > 0 else day + timedelta(days=(3 - beyond) % 3)


def enter_councils(area: Area) -> None:
    """The councils of both sat before the system came; the subdistrict confirms them."""
    for here in NEIGHBOURHOODS:
        seated(
            Place.objects.get(code=here.code), area.cast[here.secretary], area.cast["zhao"], here.roster,
            date(area.year - 1, 4, 1), date(area.year + 2, 3, 31), "居民代表会议选举产生，街道批复。",
        )  # fmt: skip


def let_in(one: Suggestion, by: Person, category: str, level: str) -> Suggestion:
    """Screen a suggestion as valid and class it."""
    screen_suggestion(one, by=by, **ALL_PASS, result="valid")
    path = Category.objects.get(scheme__key="street", path=category)
    return classify_suggestion(one, by=by, category=path, responsible_level=level)


def through_spring(area: Area, here: Neighbourhood) -> Telling:
    """Heard in January and February, screened, drafted, deliberated in March, everybody answered."""
    place, worker, chair = Place.objects.get(code=here.code), area.cast[here.worker], area.cast[here.secretary]
    yield moment(date(area.year, 1, 15), 17)
    hold_session(
        place, by=worker, channel="forum", title=f"{place.short_name}新春座谈会", held_on=date(area.year, 1, 15),
        venue="社区活动室", host=chair.name, resident=26, resident_unit=2,
    )  # fmt: skip
    for n, one in enumerate(here.said):
        yield moment(date(area.year, 1, 20) + timedelta(days=7 * n), 10, n)
        area.said[one.key] = [_heard(place, worker, one, n)]
    yield moment(date(area.year, 3, 9))
    for one in here.said:
        suggestion = area.said[one.key][0]
        if one.title:
            let_in(suggestion, worker, one.category, one.level)
        else:
            settle_suggestion(suggestion, by=worker, text="物业师傅当天就去处理好了，请您看看。")
    yield moment(date(area.year, 3, 11))
    yield from _deliberated(area, place, here, _proposed(area, place, here, worker))


def _heard(place: Place, by: Person, one: Said, n: int) -> Suggestion:
    photos = [photo("broken")] if n == 0 else []
    return take_down_suggestion(
        place, by=by, channel=one.channel, text=one.text, where=one.where,
        phone=f"139{place.code[-4:]}00{n:02d}", wants_contact=True, scan=photos,
    )  # fmt: skip


def _proposed(area: Area, place: Place, here: Neighbourhood, by: Person) -> list[tuple[Said, Proposal]]:
    made = []
    for one in (one for one in here.said if one.title):
        area.proposals[one.key] = draft_proposal(
            place, by=by, suggestions=area.said[one.key], title=one.title, situation=one.text, measures=one.measures,
            responsible_level=ResponsibleLevel(one.level), beneficiaries="本社区居民",
        )  # fmt: skip
        made.append((one, area.proposals[one.key]))
    return made


def _deliberated(area: Area, place: Place, here: Neighbourhood, made: list[tuple[Said, Proposal]]) -> Telling:
    chair, clerk = area.cast[here.secretary], area.cast[here.worker]
    meeting = _called(area, place, chair, clerk)
    for _one, proposal in made:
        table_proposal(proposal, by=clerk, meeting=meeting)
    convene_meeting(meeting, by=chair)
    yield moment(meeting.day, 14)
    open_with_everyone(meeting, chair)
    for one, proposal in made:
        vote(proposal.agenda_item, chair, clerk, one.votes, "代表们说了各自楼里的情况，提案人作了说明。")
        proposal.refresh_from_db()
        decide_proposal(proposal, by=chair, to=State.ADOPTED)
    yield moment(meeting.day, 17)
    close(meeting, chair)
    yield moment(meeting.day + timedelta(days=3))
    for one, _proposal in made:
        answer_suggestion(
            area.said[one.key][0], by=clerk, kind="planned", text="您的建议已经审议通过，进展在公开页面上看。"
        )


def _called(area: Area, place: Place, chair: Person, clerk: Person) -> Meeting:
    return plan_meeting(
        place.council, by=clerk, kind=MeetingKind.DELIBERATION, title=f"{place.name}{area.year}年审议会",
        starts_at=moment(date(area.year, 3, 19), 14), venue="社区活动室", chair=chair.name, recorder=clerk.name,
    )  # fmt: skip


def reported(area: Area, here: Neighbourhood, key: str, day: date, reason: str) -> Telling:
    """On this day the secretary reports up what the community cannot do."""
    yield moment(day, 9)
    proposal = area.proposals[key]
    proposal.refresh_from_db()
    area.proposals[key] = report_up(proposal, by=area.cast[here.secretary], reason=reason)
