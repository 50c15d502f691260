"""What the public pages of a place show: its board, its works, its figures."""

from datetime import date
from typing import Any

from django.db.models import F, Q
from django.urls import reverse

from yishiting.doors.web.shared.shapes import Link, WorkCard
from yishiting.doors.web.shared.work_cards import work_cards
from yishiting.ground.places.models import Level, Place
from yishiting.instruments.publicity.models import PublicNotice
from yishiting.year.meetings.models import AgendaItem, Meeting
from yishiting.year.meetings.states import ItemState
from yishiting.year.meetings.states import State as MeetingState
from yishiting.year.projects.models import Project
from yishiting.year.projects.states import State as ProjectState
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.states import State as ProposalState

#: A council votes on fewer items in one meeting.
MOST_ITEMS = 60
SHOWN_PROPOSALS = [state for state in ProposalState if state != ProposalState.DRAFTED]
SHOWN_MEETINGS = (
    MeetingState.CONVENED,
    MeetingState.OPEN,
    MeetingState.CLOSED,
    MeetingState.APPROVED,
    MeetingState.PUBLISHED,
)


def board_of(place: Place, today: date, newest: int) -> dict[str, Any]:
    """The newest notices, meetings and proposals at a place and below it."""
    under = Q(place__division_path__startswith=place.division_path)
    notices = PublicNotice.objects.filter(under, posted_on__lte=today).select_related("place")
    meetings = Meeting.objects.filter(under, state__in=SHOWN_MEETINGS).select_related("place")
    proposals = Proposal.objects.filter(under, state__in=SHOWN_PROPOSALS).select_related("place")
    return {
        "of": place,
        "notices": notices[:newest],
        "meetings": meetings[:newest],
        "proposals": proposals[:newest],
    }


def works_of(place: Place, today: date, newest: int) -> list[WorkCard]:
    """The works at a place and below it as cards, those last heard of first."""
    projects = Project.objects.filter(place__division_path__startswith=place.division_path).select_related("place")
    heard = projects.exclude(state=ProjectState.STOPPED).order_by(
        "-year", F("last_progress_on").desc(nulls_last=True), "-created_at"
    )
    return work_cards(list(heard[:newest]), today)


def last_votes(place: Place) -> list[AgendaItem]:
    """How each item was voted on at the council's latest meeting whose minutes are public, with meeting and poll."""
    voted = AgendaItem.objects.filter(
        meeting__place=place, meeting__state=MeetingState.PUBLISHED, state=ItemState.DECIDED, poll__isnull=False
    )
    items = list(voted.select_related("meeting", "poll").order_by("-meeting__starts_at", "position")[:MOST_ITEMS])
    return [one for one in items if one.meeting_id == items[0].meeting_id]


def crumbs_of(place: Place, *more: Link) -> list[Link]:
    """From the district down to the place, and on."""
    line = [place]
    while line[0].parent is not None:
        line.insert(0, line[0].parent)
    return [Link(one.name, reverse("place", args=[one.code])) for one in line] + list(more)


def below(place: Place, today: date) -> list[Place]:
    """The places directly below, in the order of their codes."""
    return [] if place.level == Level.COMMUNITY else list(place.children.there_on(today).order_by("code"))
