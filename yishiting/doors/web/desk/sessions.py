"""征集场次: occasions on which people were asked, and what was taken down there."""

from django.db.models import Count, Sum
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from yishiting.doors.lists.suggestions import SESSION_SUGGESTIONS, SESSIONS
from yishiting.doors.web.desk.sessions_forms import KINDS, AmendForm, SessionForm
from yishiting.doors.web.desk.suggestions_tabs import crumbs, tabs
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.lists import Around, list_page, listing
from yishiting.doors.web.shared.posting import perform
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Button, Fact, Link
from yishiting.doors.web.shared.templatetags.yishiting_ui import cn_date
from yishiting.ground.common.verbs import why_not
from yishiting.ground.places.models import Place
from yishiting.year.suggestions.actions import amend_session, hold_session
from yishiting.year.suggestions.models import SolicitationSession
from yishiting.year.suggestions.permissions import reads_here
from yishiting.year.suggestions.queries.intake import sessions_at


def _around(request: Request, place: Place) -> Around:
    """All sessions of a place, newest first."""
    held = sessions_at(place).aggregate(all=Count("pk", distinct=True), people=Sum("participant_count"))
    hold, refusal = reverse("session-hold", args=[place.code]), why_not(request.actor, "session.hold", place)
    return Around(
        _("%(place)s：征集场次") % {"place": place.name},
        crumbs(place, Link(_("征集场次"), "")),
        words=_("共 %(n)s 场，%(people)s 人次参加。") % {"n": held["all"], "people": held["people"] or 0},
        tabs=tabs(request.actor, place, "desk-sessions"),
        verbs=[Button(_("登记一场"), hold, "primary", "get", refusal)],
    )


@door(Place, needs="session.hold", related=("parent",))
def hold(request: Request, place: Place) -> HttpResponse:
    """Record a session that was held."""
    return perform(
        request,
        SessionForm(request.POST or None),
        lambda **words: hold_session(place, by=request.actor, **words),
        page="desk/session_form.html",
        to=lambda session: reverse("desk-session", args=[session.pk]),
        done=lambda session: _("已登记，%(n)s 人参加。") % {"n": session.participant_count},
        context={
            "title": _("登记征集场次"),
            "crumbs": crumbs(place, _all(place), Link(_("登记"), "")),
            "back": reverse("desk-sessions", args=[place.code]),
        },
    )


@door(SolicitationSession, needs=reads_here, related=("place",))
def session(request: Request, session: SolicitationSession) -> HttpResponse:
    """One session, who came, and what was taken down there."""
    labels = {str(kind): label for kind, label in KINDS}
    facts = [
        Fact(_("方式"), session.get_channel_display()),
        Fact(_("日期"), cn_date(session.held_on)),
        Fact(_("地点"), session.venue or "—"),
        Fact(_("主持人"), session.host or "—"),
        Fact(_("参加"), _("%(n)s 人") % {"n": session.participant_count}),
        *(Fact(labels.get(kind, kind), number) for kind, number in session.participants.items()),
    ]
    shown = {
        "session": session,
        "facts": facts,
        "list": listing(request, SESSION_SUGGESTIONS, session),
        "crumbs": crumbs(session.place, _all(session.place), Link(session.title, "")),
        "verbs": _verbs(request, session),
    }
    return render(request, "desk/session.html", shown)


@door(SolicitationSession, needs="session.amend", related=("place",))
def amend(request: Request, session: SolicitationSession) -> HttpResponse:
    """Correct the counts or the notes."""
    here = reverse("desk-session", args=[session.pk])
    form = AmendForm(request.POST or None, counted=session.participants, initial={"notes": session.notes})
    return perform(
        request,
        form,
        lambda **words: amend_session(session, by=request.actor, **words),
        page="desk/session_form.html",
        to=here,
        done=_("已更正。"),
        context={
            "title": _("更正：%(title)s") % {"title": session.title},
            "crumbs": crumbs(session.place, _all(session.place), Link(session.title, here), Link(_("更正"), "")),
            "back": here,
            "revision": session.token,
        },
    )


def _verbs(request: Request, session: SolicitationSession) -> list[Button]:
    slips = reverse("desk-slips", args=[session.place.code])
    kept = urlencode(
        {"channel": session.channel, "session": str(session.pk), "received_on": session.held_on.isoformat()}
    )
    refusal = why_not(request.actor, "suggestion.take_down", session.place)
    found = [Button(_("录入这一场的建议"), f"{slips}?{kept}", "primary", "get", refusal)]
    if why_not(request.actor, "session.amend", session) is None:
        found.append(Button(_("更正人数"), reverse("session-amend", args=[session.pk]), "plain", "get"))
    return found


def _all(place: Place) -> Link:
    return Link(_("征集场次"), reverse("desk-sessions", args=[place.code]))


urlpatterns = [
    path("p/<str:code>/sessions/", list_page(SESSIONS, _around), name="desk-sessions"),
    path("p/<str:code>/sessions/new/", hold, name="session-hold"),
    path("sessions/<uuid:pk>/", session, name="desk-session"),
    path("sessions/<uuid:pk>/amend/", amend, name="session-amend"),
]
