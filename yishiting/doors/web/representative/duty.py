"""履职记录 for representatives: what I was due at, and where I took part."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from yishiting.doors.common.duty import PRESENT, RECUSED, duty_records
from yishiting.doors.web.shared.doors import signed_in
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Link
from yishiting.year.councils.models import Representative


@signed_in
def my_duty_record(request: Request) -> HttpResponse:
    """My record for every seat I hold or have held, newest term first."""
    rows = Representative.objects.filter(person=request.person)
    seats = rows.select_related("place", "term", "constituency").order_by("-since")
    shown = {
        "records": duty_records(seats),
        "present": PRESENT,
        "recused": RECUSED,
        "crumbs": [Link(_("代表"), reverse("representative-home")), Link(_("履职记录"), "")],
    }
    return render(request, "representative/duty_record.html", shown)


urlpatterns = [path("duty-record/", my_duty_record, name="my-duty-record")]
