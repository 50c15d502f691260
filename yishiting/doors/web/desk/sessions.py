"""征集场次: occasions on which people were asked, and what was taken down there."""

from django.db.models import Count, Sum
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.doors.lists.suggestions import SESSION_SUGGESTIONS, SESSIONS
from yishiting.doors.web.desk.suggestions_tabs import crumbs, tabs
from yishiting.doors.web.shared.declared import button, buttons
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.lists import Around, list_page, listing
from yishiting.doors.web.shared.nouns import Noun, know, trail
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Button, Fact, Link
from yishiting.doors.web.shared.templatetags.yishiting_ui import cn_date
from yishiting.ground.common.verbs import why_not
from yishiting.ground.organisations.permissions import reads_here
from yishiting.ground.places.models import Place
from yishiting.year.consultations.models import Response
from yishiting.year.suggestions.actions.sessions import KINDS
from yishiting.year.suggestions.models import SolicitationSession
from yishiting.year.suggestions.queries.intake import sessions_at

know(
    Noun(
        SolicitationSession,
        pages={"desk": "desk-session"},
        lists={"desk": ("desk-sessions", gettext_lazy("征集场次"))},
        related=("place",),
    )
)


def _around(request: Request, place: Place) -> Around:
    """All sessions of a place, newest first."""
    held = sessions_at(place).aggregate(all=Count("pk", distinct=True), people=Sum("participant_count"))
    return Around(
        _("%(place)s：征集场次") % {"place": place.name},
        crumbs(place, Link(_("征集场次"), "")),
        words=_("共 %(n)s 场，%(people)s 人次参加。") % {"n": held["all"], "people": held["people"] or 0},
        tabs=tabs(request.actor, place, "desk-sessions"),
        verbs=[button(request, "session.hold", place, primary=True, room="desk")],
        links=[Link(_("打印空白意见条"), reverse("paper-slip", args=[place.code]))],
    )


@door(SolicitationSession, needs=reads_here, related=("place",))
def session(request: Request, session: SolicitationSession) -> HttpResponse:
    """One session, who came, and what was taken down there."""
    facts = [
        Fact(_("方式"), session.get_channel_display()),
        Fact(_("日期"), cn_date(session.held_on)),
        Fact(_("地点"), session.venue or "—"),
        Fact(_("主持人"), session.host or "—"),
        Fact(_("参加"), _("%(n)s 人") % {"n": session.participant_count}),
        *_sheets(session),
        *(Fact(KINDS.get(kind, kind), number) for kind, number in session.participants.items()),
    ]
    shown = {
        "session": session,
        "facts": facts,
        "list": listing(request, SESSION_SUGGESTIONS, session),
        "crumbs": trail(request, session, "desk"),
        "verbs": [
            _taking_down(request, session),
            *buttons(request, session, "session.amend", "session.withdraw", asleep=False, room="desk"),
        ],
    }
    return render(request, "desk/session.html", shown)


def _sheets(session: SolicitationSession) -> list[Fact]:
    """How many sheets of questionnaires were filled in there."""
    filled = Response.objects.filter(session_id=str(session.pk)).count()
    return [Fact(_("录入的纸质问卷"), _("%(n)s份") % {"n": filled})] if filled else []


def _taking_down(request: Request, session: SolicitationSession) -> Button:
    """To the slips, with what is the same for all of this session filled in."""
    kept = {"channel": session.channel, "session": str(session.pk), "received_on": session.held_on.isoformat()}
    address = f"{reverse('desk-slips', args=[session.place.code])}?{urlencode(kept)}"
    refusal = why_not(request.actor, "suggestion.take_down", session.place)
    return Button(_("录入这一场的建议"), address, "primary", "get", refusal)


urlpatterns = [
    path("p/<str:code>/sessions/", list_page(SESSIONS, _around), name="desk-sessions"),
    path("sessions/<uuid:pk>/", session, name="desk-session"),
]
