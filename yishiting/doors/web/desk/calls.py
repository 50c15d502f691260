"""待电话告知: whom no message reaches, to be rung from a list or a sheet of paper, and when that was done."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.doors.lists.notices import CALLS
from yishiting.doors.web.shared.declared import buttons
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.lists import Around, list_page
from yishiting.doors.web.shared.nouns import Noun, know
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Link
from yishiting.ground.notices.models import Call
from yishiting.ground.notices.queries import calls_at
from yishiting.ground.places.models import Place

WORDS = gettext_lazy("待电话告知")

know(Noun(Call, lists={"desk": ("desk-calls", WORDS)}, of_place=True, related=("place", "called_by")))


def _around(request: Request, place: Place) -> Around:
    """The list with what can be done about each, and the sheet to print."""
    return Around(
        WORDS,
        [Link(_("工作台"), reverse("desk-home")), Link(WORDS, "")],
        words=_("短信、站内消息都到不了的人列在这里。打过电话或当面说过以后，逐个或勾选几个登记。"),
        links=[Link(_("打印名单"), reverse("paper-calls", args=[place.code]))],
        buttons=lambda call: buttons(request, call, "call.note", room="desk"),
    )


@door(Place, needs="call.note")
def calls_sheet(request: Request, place: Place) -> HttpResponse:
    """A sheet to ring from: names, numbers, what to say, and room for what came of it."""
    shown = {
        "calls": calls_at(place).filter(called_on=None),
        "place": place,
        "day": timezone.localdate(),
        "back": reverse("desk-calls", args=[place.code]),
    }
    return render(request, "desk/paper_calls.html", shown)


urlpatterns = [
    path("p/<str:code>/calls/", list_page(CALLS, _around), name="desk-calls"),
    path("p/<str:code>/papers/calls/", calls_sheet, name="paper-calls"),
]
