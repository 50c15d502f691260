"""The sheets of a meeting to print: the pack and the sign-in sheet."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from yishiting.doors.web.desk.meetings import RELATED
from yishiting.doors.web.desk.meetings_parts import by_role, facts
from yishiting.doors.web.shared.debate import card
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.files import papers
from yishiting.doors.web.shared.requests import Request
from yishiting.ground.files.queries import attachments_of
from yishiting.ground.organisations.permissions import reads_here
from yishiting.year.meetings.models import Meeting
from yishiting.year.meetings.queries import agenda, invitations, members, serving_on


@door(Meeting, needs=reads_here, related=RELATED)
def meeting_pack(request: Request, meeting: Meeting) -> HttpResponse:
    """The whole pack on one page to print: notice, agenda with texts, papers, rules of debate."""
    shown = {
        "meeting": meeting,
        "facts": facts(meeting),
        "items": agenda(meeting),
        "people": by_role(request, invitations(meeting)),
        "materials": papers(attachments_of(meeting)),
        "card": card(meeting.place),
        "back": reverse("desk-meeting", args=[meeting.pk]),
    }
    return render(request, "desk/meeting_pack.html", shown)


@door(Meeting, needs=reads_here, related=RELATED)
def meeting_sheet(request: Request, meeting: Meeting) -> HttpResponse:
    """The sign-in sheet to print; before notice is given, the representatives in office that day."""
    due = members(meeting)
    expected = [(one.name, one.unit) for one in due] or [(r.name, r.constituency.name) for r in serving_on(meeting)]
    others = [one for one in invitations(meeting) if one not in due]
    shown = {
        "meeting": meeting,
        "expected": expected,
        "others": others,
        "back": reverse("desk-meeting", args=[meeting.pk]),
    }
    return render(request, "desk/meeting_sheet.html", shown)


urlpatterns = [
    path("meetings/<uuid:pk>/pack/", meeting_pack, name="meeting-pack"),
    path("meetings/<uuid:pk>/sheet/", meeting_sheet, name="meeting-sheet"),
]
