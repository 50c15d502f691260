"""代表 at home: my next meeting with its papers, what is deliberated, where I took part."""

import uuid
from dataclasses import replace

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from yishiting.doors.common.files import served
from yishiting.doors.web.representative import budgeting, scoring
from yishiting.doors.web.shared.debate import card
from yishiting.doors.web.shared.doors import door, signed_in
from yishiting.doors.web.shared.files import papers
from yishiting.doors.web.shared.posting import act
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Button, Link, Paper
from yishiting.ground.accounts.models import Person
from yishiting.ground.files.queries import attachments_of
from yishiting.year.councils.queries import seats_of
from yishiting.year.meetings.actions import acknowledge_rules, excuse, sign_in
from yishiting.year.meetings.models import Attendance, Invitation
from yishiting.year.meetings.permissions import own_invitation
from yishiting.year.meetings.queries import agenda, invitations_of, votes_of
from yishiting.year.proposals.queries import under_deliberation

RELATED = ("place", "meeting__place", "representative")
PARTS = {
    "present": gettext_lazy("参加表决"),
    "recused": gettext_lazy("回避"),
    "absent": gettext_lazy("没有到会"),
}


@signed_in
def home(request: Request) -> HttpResponse:
    """The next meeting first, big, with its one button; then what is deliberated and the works I supervise."""
    person = me(request)
    seats = seats_of(person)
    mine = invitations_of(person)
    shown = {
        "seats": seats,
        "meetings": [(one, invitation_verbs(one)) for one in mine],
        "choices": [*scoring.waiting(person), *budgeting.waiting(person)],
        "proposals": [row for seat in seats for row in under_deliberation(seat.place)],
        "crumbs": [Link(_("代表"), "")],
    }
    return render(request, "representative/home.html", shown)


@door(Invitation, needs=own_invitation, related=RELATED)
def my_meeting(request: Request, invitation: Invitation) -> HttpResponse:
    """One meeting on the phone: sign in, agenda with texts, papers, rules of debate."""
    meeting = invitation.meeting
    shown = {
        "invitation": invitation,
        "meeting": meeting,
        "verbs": invitation_verbs(invitation),
        "items": agenda(meeting),
        "materials": my_papers(invitation),
        "card": card(meeting.place),
        "acknowledge": acknowledge_verb(invitation),
        "crumbs": [Link(_("代表"), reverse("representative-home")), Link(meeting.title, "")],
    }
    return render(request, "representative/meeting.html", shown)


@require_safe
@door(Invitation, needs=own_invitation, related=RELATED)
def my_paper(request: Request, invitation: Invitation, paper: uuid.UUID) -> HttpResponse:
    """A paper of the meeting, open to everyone invited whether it is public or not."""
    found = attachments_of(invitation.meeting).filter(pk=paper).first()
    if found is None:
        raise Http404
    return served(found)


@signed_in
def my_votes(request: Request) -> HttpResponse:
    """The votes I was due at, and whether I took part; how I voted is known to nobody."""
    rows = [(one.item, PARTS[one.part]) for one in votes_of(me(request))]
    crumbs = [Link(_("代表"), reverse("representative-home")), Link(_("我参加的表决"), "")]
    return render(request, "representative/votes.html", {"rows": rows, "crumbs": crumbs})


@require_POST
@door(Invitation, needs="invitation.sign_in", related=RELATED)
def my_sign_in(request: Request, invitation: Invitation) -> HttpResponse:
    """Sign in with one tap."""
    to = reverse("my-meeting", args=[invitation.pk])
    return act(request, lambda: sign_in(invitation, by=request.actor), to=to, done=_("您已签到。"))


@require_POST
@door(Invitation, needs="invitation.excuse", related=RELATED)
def my_excuse(request: Request, invitation: Invitation) -> HttpResponse:
    """Question for leave."""
    to = reverse("my-meeting", args=[invitation.pk])
    return act(request, lambda: excuse(invitation, by=request.actor), to=to, done=_("已登记请假。"))


@require_POST
@door(Invitation, needs="invitation.acknowledge_rules", related=RELATED)
def my_acknowledgement(request: Request, invitation: Invitation) -> HttpResponse:
    """Note that I have read the rules of debate."""
    to = reverse("my-meeting", args=[invitation.pk])
    return act(
        request, lambda: acknowledge_rules(invitation, by=request.actor), to=to, done=_("已记录您阅知议事规则。")
    )


def invitation_verbs(invitation: Invitation) -> list[Button]:
    """Sign in on the day; before it, ask for leave."""
    if invitation.attendance == Attendance.PRESENT:
        return []
    found = []
    if invitation.meeting.day == timezone.localdate():
        found.append(Button(_("我到了，签到"), reverse("my-sign-in", args=[invitation.pk]), "primary"))
    if invitation.attendance == Attendance.EXPECTED:
        found.append(Button(_("不能到会，请假"), reverse("my-excuse", args=[invitation.pk]), "quiet"))
    return found


def my_papers(invitation: Invitation) -> list[Paper]:
    """The papers of the meeting, each at an address this person may open."""
    rows = list(attachments_of(invitation.meeting))
    addresses = [reverse("my-paper", args=[invitation.pk, row.pk]) for row in rows]
    return [replace(paper, url=url) for paper, url in zip(papers(rows), addresses, strict=True)]


def acknowledge_verb(invitation: Invitation) -> Button | None:
    """Acknowledge the rules in force, once for each version."""
    if invitation.rules_acknowledged == card(invitation.place).version:
        return None
    return Button(_("我已阅读议事规则"), reverse("my-acknowledgement", args=[invitation.pk]))


def me(request: Request) -> Person:
    """The signed-in person: the door has let no one else in."""
    if request.person is None:
        raise PermissionError
    return request.person


urlpatterns = [
    path("", home, name="representative-home"),
    path("votes/", my_votes, name="my-votes"),
    path("meetings/<uuid:pk>/", my_meeting, name="my-meeting"),
    path("meetings/<uuid:pk>/sign-in/", my_sign_in, name="my-sign-in"),
    path("meetings/<uuid:pk>/excuse/", my_excuse, name="my-excuse"),
    path("meetings/<uuid:pk>/papers/<uuid:paper>/", my_paper, name="my-paper"),
    path("meetings/<uuid:pk>/rules/", my_acknowledgement, name="my-acknowledgement"),
]
