"""政策程序问题 for representatives: what I asked the office above, and what it answered."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.doors.web.shared.declared import button
from yishiting.doors.web.shared.doors import door, signed_in
from yishiting.doors.web.shared.inquiries import inquiry_shown
from yishiting.doors.web.shared.nouns import Noun, know
from yishiting.doors.web.shared.requests import Request, person_of
from yishiting.doors.web.shared.shapes import Link
from yishiting.year.councils.queries import seats_of
from yishiting.year.inquiries.models import Inquiry
from yishiting.year.inquiries.permissions import the_asker
from yishiting.year.inquiries.queries import RELATED, asked_by

know(
    Noun(
        Inquiry,
        pages={"council": "my-inquiry"},
        lists={"council": ("my-inquiries", gettext_lazy("我提出的政策程序问题"))},
    )
)


@signed_in
def my_inquiries(request: Request) -> HttpResponse:
    """What I asked, newest first; a new question for each place where I sit."""
    person = person_of(request)
    places = list(dict.fromkeys(seat.place for seat in seats_of(person)))
    shown = {
        "inquiries": asked_by(person),
        "asks": [(place, button(request, "inquiry.ask", place, primary=True, room="council")) for place in places],
        "crumbs": [Link(_("代表"), reverse("representative-home")), Link(_("我提出的政策程序问题"), "")],
    }
    return render(request, "representative/inquiries.html", shown)


@door(Inquiry, needs=the_asker, related=RELATED)
def my_inquiry(request: Request, inquiry: Inquiry) -> HttpResponse:
    """One question of mine, with its answers."""
    return render(request, "representative/inquiry.html", inquiry_shown(request, inquiry, "council"))


urlpatterns = [
    path("inquiries/", my_inquiries, name="my-inquiries"),
    path("inquiries/<uuid:pk>/", my_inquiry, name="my-inquiry"),
]
