"""What the public pages of a place show: its board, its works, its figures."""

from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from yishiting.doors.web.shared.shapes import Link, Stat
from yishiting.ground.places.models import Level, Place
from yishiting.instruments.publicity.models import PublicNotice
from yishiting.year.meetings.models import Meeting
from yishiting.year.meetings.states import State as MeetingState
from yishiting.year.projects.models import Path, Project
from yishiting.year.projects.states import State as ProjectState
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.states import State as ProposalState
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.suggestions.states import State as SuggestionState

SHOWN_PROPOSALS = [state for state in ProposalState if state != ProposalState.DRAFTED]
SHOWN_MEETINGS = (
    MeetingState.CONVENED,
    MeetingState.OPEN,
    MeetingState.CLOSED,
    MeetingState.APPROVED,
    MeetingState.PUBLISHED,
)


def board_of(place: Place, today: date, newest: int) -> dict[str, Any]:
    """The newest notices, meetings, proposals and works at a place and below it."""
    under = Q(place__division_path__startswith=place.division_path)
    notices = PublicNotice.objects.filter(under, posted_on__lte=today).select_related("place")
    meetings = Meeting.objects.filter(under, state__in=SHOWN_MEETINGS).select_related("place")
    proposals = Proposal.objects.filter(under, state__in=SHOWN_PROPOSALS).select_related("place")
    projects = Project.objects.filter(under).select_related("place").order_by("-year", "-created_at")
    return {
        "notices": notices[:newest],
        "meetings": meetings[:newest],
        "proposals": proposals[:newest],
        "projects": projects[:newest],
    }


def figures_of(place: Place, year: int) -> list[Stat]:
    """The figures of a year, counted from the records; each opens its list."""
    under = Q(place__division_path__startswith=place.division_path, year=year)
    said = Suggestion.objects.filter(under, split_from=None).exclude(state=SuggestionState.STRUCK)
    counts = said.aggregate(all=Count("place"), answered=Count("answered_on"))  # the index alone answers both
    works = Project.objects.filter(under).aggregate(
        all=Count("pk"),
        done=Count("pk", filter=Q(state__in=(ProjectState.ACCEPTED, ProjectState.REVIEWED))),
        **{path: Count("pk", filter=Q(path=path)) for path in Path.values},
    )
    listed = reverse("place-projects", args=[place.code])
    return [
        Stat(_("今年的建议"), counts["all"], reverse("place-suggestions", args=[place.code])),
        Stat(_("已经答复"), counts["answered"], reverse("place-suggestions", args=[place.code]) + "?answered=1"),
        Stat(_("今年的实事项目"), works["all"], listed),
        *(Stat(path.label, works[path], f"{listed}?path={path}") for path in Path),
        Stat(_("已经验收"), works["done"], f"{listed}?done=1"),
    ]


def crumbs_of(place: Place, *more: Link) -> list[Link]:
    """From the district down to the place, and on."""
    line = [place]
    while line[0].parent is not None:
        line.insert(0, line[0].parent)
    return [Link(one.name, reverse("place", args=[one.code])) for one in line] + list(more)


def below(place: Place) -> list[Link]:
    """The places directly below."""
    if place.level == Level.COMMUNITY:
        return []
    return [
        Link(one.name, reverse("place", args=[one.code]))
        for one in place.children.there_on(timezone.localdate()).order_by("code")
    ]
