"""问政会 at the desk: the list, one hearing with who spoke on what, what was taken in and what is to be answered."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.doors.lists.hearings import HEARINGS
from yishiting.doors.web.desk.suggestions_tabs import crumbs, tabs
from yishiting.doors.web.shared.declared import button, buttons
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.hearings import Spoken, facts_of, speaker_of
from yishiting.doors.web.shared.lists import Around, list_page
from yishiting.doors.web.shared.nouns import Noun, know, trail
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Link
from yishiting.ground.organisations.permissions import reads_here
from yishiting.ground.places.models import Place
from yishiting.year.hearings.models import Hearing, Speech
from yishiting.year.hearings.queries import RELATED, speeches_of

LISTED = gettext_lazy("问政会")

know(
    Noun(
        Hearing,
        pages={"desk": "desk-hearing", "public": "public-hearing"},
        lists={"desk": ("desk-hearings", LISTED)},
        related=RELATED,
    ),
    Noun(
        Speech,
        part_of="hearing",
        related=("place", "hearing__place", "suggestion"),
        called=lambda speech: speech.hearing.title,
    ),
)


def _around(request: Request, place: Place) -> Around:
    return Around(
        _("%(place)s：问政会") % {"place": place.name},
        crumbs(place, Link(LISTED, "")),
        tabs=tabs(request.actor, place, "desk-hearings"),
        verbs=[button(request, "hearing.announce", place, primary=True, room="desk")],
    )


@door(Hearing, needs=reads_here, related=RELATED)
def hearing(request: Request, hearing: Hearing) -> HttpResponse:
    """One hearing: what was announced, who came, who spoke on what with its number or its answer, the record."""
    shown = {
        "hearing": hearing,
        "facts": facts_of(hearing, "desk"),
        "verbs": buttons(request, hearing, asleep=False, room="desk"),
        "spoken": [_spoken(request, one) for one in speeches_of(hearing)],
        "crumbs": trail(request, hearing, "desk"),
    }
    return render(request, "desk/hearing.html", shown)


def _spoken(request: Request, speech: Speech) -> Spoken:
    url = reverse("desk-suggestion", args=[speech.suggestion_id]) if speech.suggestion_id else ""
    return Spoken(speech, speaker_of(speech), url, tuple(buttons(request, speech, *DONE, asleep=False, room="desk")))


DONE = ("speech.answer", "speech.withdraw")

urlpatterns = [
    path("p/<str:code>/hearings/", list_page(HEARINGS, _around), name="desk-hearings"),
    path("hearings/<uuid:pk>/", hearing, name="desk-hearing"),
]
