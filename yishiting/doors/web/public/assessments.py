"""千分制考核 for everyone: the published table, in the order of codes, and the files to compute it anew."""

import csv
import io
import json
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from yishiting.doors.web.public.consultations import as_file, plain_cell
from yishiting.doors.web.public.queries import crumbs_of
from yishiting.doors.web.shared.assessments import published_units, rules_shown
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Link
from yishiting.ground.places.models import Place
from yishiting.methods.commands.assessment import csv_lines
from yishiting.overview.assessment.models import Assessment
from yishiting.overview.assessment.queries import RELATED, published_at


@door(Place)
def place_assessments(request: Request, place: Place) -> HttpResponse:
    """The assessments a district has published, newest year first."""
    crumbs = crumbs_of(place, Link(_("千分制考核"), ""))
    return render(
        request,
        "public/place_assessments.html",
        {"place": place, "assessments": published_at(place), "crumbs": crumbs},
    )


@door(Assessment, related=RELATED)
def assessment(request: Request, assessment: Assessment) -> HttpResponse:
    """The published table: rules, volumes and sums of every unit, each row below it."""
    table = _table(assessment)
    units = published_units(table)
    listed = Link(_("千分制考核"), reverse("place-assessments", args=[assessment.place.code]))
    shown = {
        "assessment": assessment,
        "table": table,
        "rules": rules_shown(table["rules"]),
        "units": [one for one in units if one.total],
        "apart": [one for one in units if not one.total],
        "crumbs": crumbs_of(assessment.place, listed, Link(str(assessment), "")),
    }
    return render(request, "public/assessment.html", shown)


@door(Assessment)
def as_json(_request: Request, assessment: Assessment) -> HttpResponse:
    """The table as it was published, for `yishiting methods assessment`."""
    answer = HttpResponse(json.dumps(_table(assessment), ensure_ascii=False, indent=1), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="assessment-{assessment.year}.json"'
    return answer


@door(Assessment)
def as_csv(_request: Request, assessment: Assessment) -> HttpResponse:
    """The same in columns, one line for each unit and row of the table."""
    out = io.StringIO()
    csv.writer(out).writerows([plain_cell(cell) for cell in row] for row in csv_lines(_table(assessment)))
    return as_file("\ufeff" + out.getvalue(), f"assessment-{assessment.year}.csv")


def _table(assessment: Assessment) -> dict[str, Any]:
    if assessment.published_on is None:
        raise Http404
    table: dict[str, Any] = assessment.published
    return table


urlpatterns = [
    path("p/<str:code>/assessments/", place_assessments, name="place-assessments"),
    path("assessments/<uuid:pk>/", assessment, name="public-assessment"),
    path("assessments/<uuid:pk>/table.json", as_json, name="assessment-json"),
    path("assessments/<uuid:pk>/table.csv", as_csv, name="assessment-csv"),
]
