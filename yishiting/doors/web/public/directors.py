"""What the directors' meeting has decided, for everyone: the report on needs, the plan of works with both orders."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from yishiting.doors.web.public.queries import crumbs_of
from yishiting.doors.web.shared.directors import drawn, one_by_one, plan_facts
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Link
from yishiting.ground.common.masking import public_words
from yishiting.ground.places.models import Place
from yishiting.year.directors.models import NeedsReport, WorksPlan
from yishiting.year.directors.published import Table
from yishiting.year.directors.queries import public_plans, public_reports
from yishiting.year.directors.states import PlanState, ReportState

ABOVE = ("place__parent__parent",)


@door(Place, related=("parent", "parent__parent"))
def papers(request: Request, place: Place) -> HttpResponse:
    """The reports and the plans of a subdistrict or township, newest first."""
    shown = {
        "place": place,
        "reports": public_reports(place),
        "plans": public_plans(place),
        "crumbs": crumbs_of(place, Link(_("问需报告和实事计划"), "")),
    }
    return render(request, "public/papers.html", shown)


def _listed(place: Place) -> Link:
    return Link(_("问需报告和实事计划"), reverse("place-papers", args=[place.code]))


@door(NeedsReport, related=(*ABOVE, "sitting"))
def needs_report(request: Request, report: NeedsReport) -> HttpResponse:
    """The version the directors adopted, once it is public; what reaches a person is hidden in it."""
    if report.state != ReportState.PUBLISHED:
        raise Http404
    shown = {
        "report": report,
        "words": public_words(report.words),
        "tables": drawn(_masked(one) for one in report.content),
        "crumbs": crumbs_of(report.place, _listed(report.place), Link(str(report), "")),
    }
    return render(request, "public/needs_report.html", shown)


def _masked(table: Table) -> Table:
    return {**table, "rows": [[public_words(cell) for cell in row] for row in table["rows"]]}


@door(WorksPlan, related=(*ABOVE, "sitting", "notice", "score_round"))
def works_plan(request: Request, plan: WorksPlan) -> HttpResponse:
    """The plan as it was decided: the council's order, the directors', and every reason for a departure."""
    if plan.state != PlanState.PUBLICISED:
        raise Http404
    shown = {
        "plan": plan,
        "facts": plan_facts(plan, "public"),
        "works": one_by_one(plan.decided),
        "departing": [row for row in plan.decided["rows"] if row[4]],
        "crumbs": crumbs_of(plan.place, _listed(plan.place), Link(str(plan), "")),
    }
    return render(request, "public/works_plan.html", shown)


urlpatterns = [
    path("p/<str:code>/papers/", papers, name="place-papers"),
    path("needs-reports/<uuid:pk>/", needs_report, name="public-needs-report"),
    path("works-plans/<uuid:pk>/", works_plan, name="public-works-plan"),
]
