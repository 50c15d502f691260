"""履职记录 for representatives: what I was due at, and where I took part."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.doors.common.duty import PRESENT, RECUSED, Duty, duty_records
from yishiting.doors.web.shared.declared import button, buttons
from yishiting.doors.web.shared.doors import signed_in
from yishiting.doors.web.shared.nouns import Noun, Room, know
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Link, Words
from yishiting.year.councils.models import Outreach, Representative

MINE: dict[Room, tuple[str, Words]] = {"council": ("my-duty-record", gettext_lazy("履职记录"))}
know(Noun(Representative, lists=MINE), Noun(Outreach, lists=MINE, related=("place", "representative")))


@signed_in
def my_duty_record(request: Request) -> HttpResponse:
    """My record for every seat I hold or have held, newest term first."""
    rows = Representative.objects.filter(person=request.person)
    seats = rows.select_related("place", "term", "constituency").order_by("-since")
    records = duty_records(seats)
    shown = {
        "records": [(one, _calling(request, one)) for one in records],
        "present": PRESENT,
        "recused": RECUSED,
        "crumbs": [Link(_("代表"), reverse("representative-home")), Link(_("履职记录"), "")],
    }
    return render(request, "representative/duty_record.html", shown)


def _calling(request: Request, record: Duty) -> dict[str, Any]:
    """The way to note a call, and each one noted with the way to take it back."""
    return {
        "note": buttons(request, record.representative, "outreach.note", asleep=False, room="council"),
        "outreach": [(one, button(request, "outreach.withdraw", one, room="council")) for one in record.outreach],
    }


urlpatterns = [path("duty-record/", my_duty_record, name="my-duty-record")]
