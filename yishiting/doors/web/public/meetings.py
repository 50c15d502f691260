"""会议 for everyone: what will be deliberated, what was decided, the minutes, the rules of debate."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from yishiting.doors.web.public.queries import crumbs_of
from yishiting.doors.web.shared.debate import card
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.files import papers
from yishiting.doors.web.shared.heard import heard_at
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Fact, Link
from yishiting.doors.web.shared.taking_part import in_review
from yishiting.doors.web.shared.templatetags.yishiting_ui import cn_date
from yishiting.doors.web.shared.timelines import seal_of
from yishiting.ground.files.queries import attachments_of
from yishiting.ground.ledger.queries import history_of
from yishiting.ground.places.models import Place
from yishiting.ground.seasons.labels import rules_called
from yishiting.year.meetings.models import Meeting, MeetingKind
from yishiting.year.meetings.queries import agenda, published_meetings
from yishiting.year.meetings.states import State

PAGE = 20
RELATED = ("place", "place__parent", "place__parent__parent", "notice")


@door(Place, related=("parent", "parent__parent"))
def place_meetings(request: Request, place: Place) -> HttpResponse:
    """Meetings announced and held, newest first."""
    page = Paginator(published_meetings(place), PAGE).get_page(request.GET.get("page"))
    return render(
        request, "public/place_meetings.html", {"page": page, "crumbs": crumbs_of(place, Link(_("会议"), ""))}
    )


@door(Meeting, related=RELATED)
def meeting(request: Request, meeting: Meeting) -> HttpResponse:
    """One meeting: when and where, its agenda, what each item came to, the minutes once they are published."""
    if meeting.state == State.PLANNED:
        raise Http404
    entries = list(history_of([meeting]))
    shown = {
        "meeting": meeting,
        "facts": facts_of(meeting),
        "items": agenda(meeting),
        "heard": heard_at(meeting, "public"),
        "materials": papers(attachments_of(meeting, public_only=True)),
        "taking_part": in_review(meeting) if meeting.kind == MeetingKind.REVIEW else None,
        "published": meeting.state == State.PUBLISHED,
        "seal": seal_of(entries[-1]) if entries else None,
        "crumbs": crumbs_of(meeting.place, Link(meeting.title, "")),
    }
    return render(request, "public/meeting.html", shown)


@door(Place)
def debate_card(request: Request, place: Place) -> HttpResponse:
    """The rules of debate in force, on one page to print."""
    shown = {"card": card(place), "place": place, "back": reverse("place", args=[place.code])}
    return render(request, "public/debate_card.html", shown)


def facts_of(meeting: Meeting) -> list[Fact]:
    """The lines at the head of a meeting."""
    found = [
        Fact(_("类别"), meeting.get_kind_display()),
        Fact(_("时间"), cn_date(timezone.localtime(meeting.starts_at), "time")),
        Fact(_("地点"), meeting.venue),
    ]
    if meeting.opened_at:
        counts = _("应到%(due)s人，实到%(present)s人，列席%(observers)s人") % {
            "due": meeting.due_count, "present": meeting.present_count, "observers": meeting.observer_count,
        }  # fmt: skip
        found.append(Fact(_("到会"), counts))
    card_url = reverse("debate-card", args=[meeting.place.code])
    return [*found, Fact(_("议事规则"), rules_called(meeting.rules_label), card_url)]


urlpatterns = [
    path("p/<str:code>/meetings/", place_meetings, name="place-meetings"),
    path("p/<str:code>/debate-rules/", debate_card, name="debate-card"),
    path("meetings/<uuid:pk>/", meeting, name="meeting"),
]
