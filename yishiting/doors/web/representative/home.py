"""代表 at home: my next meeting with its papers, what is deliberated, where I took part."""

import uuid
from dataclasses import replace

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from yishiting.doors.common.files import served
from yishiting.doors.web.representative import budgeting, projects, scoring
from yishiting.doors.web.shared.debate import card
from yishiting.doors.web.shared.declared import button
from yishiting.doors.web.shared.doors import door, signed_in
from yishiting.doors.web.shared.files import papers
from yishiting.doors.web.shared.nouns import address_of
from yishiting.doors.web.shared.requests import Request, person_of
from yishiting.doors.web.shared.shapes import Button, Link, Paper
from yishiting.ground.files.queries import attachments_of
from yishiting.year.councils.queries import seats_of
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
    person = person_of(request)
    seats = seats_of(person)
    mine = invitations_of(person)
    shown = {
        "seats": seats,
        "meetings": [(one, invitation_verbs(request, one)) for one in mine],
        "works": projects.waiting(person, seats),
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
        "verbs": invitation_verbs(request, invitation),
        "items": agenda(meeting),
        "materials": my_papers(invitation),
        "card": card(meeting.place),
        "acknowledge": acknowledge_verb(request, invitation),
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
    rows = [(one.item, PARTS[one.part]) for one in votes_of(person_of(request))]
    crumbs = [Link(_("代表"), reverse("representative-home")), Link(_("我参加的表决"), "")]
    return render(request, "representative/votes.html", {"rows": rows, "crumbs": crumbs})


def invitation_verbs(request: Request, invitation: Invitation) -> list[Button]:
    """Sign in on the day; before it, ask for leave."""
    if invitation.attendance == Attendance.PRESENT:
        return []
    sign_in, excuse = (
        button(request, code, invitation, room="council") for code in ("invitation.sign_in", "invitation.excuse")
    )
    found = [replace(sign_in, label=_("我到了，签到"), kind="primary")] if sign_in.why_not is None else []
    if invitation.attendance == Attendance.EXPECTED and excuse.why_not is None:
        at_once = {"revision": invitation.token, "room": "council"}
        found.append(Button(_("不能到会，请假"), address_of("invitation.excuse", invitation), "quiet", fields=at_once))
    return found


def my_papers(invitation: Invitation) -> list[Paper]:
    """The papers of the meeting, each at an address this person may open."""
    rows = list(attachments_of(invitation.meeting))
    addresses = [reverse("my-paper", args=[invitation.pk, row.pk]) for row in rows]
    return [replace(paper, url=url) for paper, url in zip(papers(rows), addresses, strict=True)]


def acknowledge_verb(request: Request, invitation: Invitation) -> Button | None:
    """Acknowledge the rules in force, once for each version."""
    if invitation.rules_acknowledged == card(invitation.place).version:
        return None
    acknowledge = button(request, "invitation.acknowledge_rules", invitation, room="council")
    return replace(acknowledge, label=_("我已阅读议事规则"))


urlpatterns = [
    path("", home, name="representative-home"),
    path("votes/", my_votes, name="my-votes"),
    path("meetings/<uuid:pk>/", my_meeting, name="my-meeting"),
    path("meetings/<uuid:pk>/papers/<uuid:paper>/", my_paper, name="my-paper"),
]
