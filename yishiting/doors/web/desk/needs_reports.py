"""《街乡问需工作报告》 at the desk: the list, one report with its list for the district; to print, for Excel and Word."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.doors.lists.directors import LISTS_SENT, REPORTS
from yishiting.doors.web.shared.declared import button, buttons
from yishiting.doors.web.shared.directors import drawn
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.lists import Around, list_page
from yishiting.doors.web.shared.nouns import Noun, know, trail
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Button, Fact
from yishiting.doors.web.shared.sheets import as_sheet, document_answer, sheet_answer
from yishiting.doors.web.shared.templatetags.yishiting_ui import cn_date
from yishiting.ground.organisations.permissions import reads_here
from yishiting.ground.places.models import Place
from yishiting.ground.places.organs import office_of
from yishiting.year.directors.models import ListedMatter, NeedsReport
from yishiting.year.directors.published import FOR_THE_DISTRICT, tables_of
from yishiting.year.directors.queries import matters_of

RELATED = ("place", "sitting__place")
LISTED = gettext_lazy("问需工作报告")
SENT = gettext_lazy("街乡报送的报区清单")

know(
    Noun(
        NeedsReport,
        pages={"desk": "desk-needs-report", "public": "public-needs-report"},
        lists={"desk": ("desk-needs-reports", LISTED)},
        related=RELATED,
    ),
    Noun(ListedMatter, part_of="report", related=("place", "proposal__place", "proposal__dossier", "report__place")),
)


def _around(request: Request, place: Place) -> Around:
    verbs = [button(request, "needs_report.draft", place, primary=True, room="desk")]
    return Around(LISTED, trail(request, place, "desk", LISTED), verbs=verbs)


def _sent(request: Request, place: Place) -> Around:
    return Around(SENT, trail(request, place, "desk", SENT))


@door(NeedsReport, needs=reads_here, related=RELATED)
def report(request: Request, report: NeedsReport) -> HttpResponse:
    """One report: its figures, its list for the district and what became of each matter."""
    matters = [
        (one, buttons(request, one, "listed_matter.give_back", asleep=False, room="desk")) for one in matters_of(report)
    ]
    shown = {
        "report": report,
        "facts": facts_of(report),
        "tables": drawn(tables_of(report)),
        "matters": matters,
        "verbs": [*buttons(request, report, asleep=False, room="desk"), *_papers(report)],
        "crumbs": trail(request, report, "desk"),
    }
    return render(request, "desk/needs_report.html", shown)


def facts_of(report: NeedsReport) -> list[Fact]:
    """What stands at the head of a report."""
    told = [
        (_("编号"), report.number),
        (_("通过"), _day(report.adopted_on)),
        (_("主任办公会"), report.sitting or ""),
        (_("报区清单报送"), _day(report.sent_on)),
        (_("区委工委收下"), _day(report.received_on)),
        (_("公开"), _day(report.published_on)),
        (_("不用的原因"), report.dropped_because),
    ]
    return [Fact(label, value) for label, value in told if value]


def _day(day: date | None) -> str:
    return cn_date(day, "plain") if day is not None else ""


def _papers(report: NeedsReport) -> list[Button]:
    key = [report.pk]
    return [
        Button(_("打印"), reverse("needs-report-paper", args=key), "plain", "get"),
        Button(_("导出 Word"), reverse("needs-report-document", args=key), "quiet", "get"),
        Button(_("报区清单导出表格"), reverse("needs-report-sheet", args=key), "quiet", "get"),
    ]


@door(NeedsReport, needs=reads_here, related=RELATED)
def paper(request: Request, report: NeedsReport) -> HttpResponse:
    """The report to print and sign."""
    shown = {
        "title": str(report),
        "number": report.number,
        "words": report.words,
        "facts": facts_of(report),
        "tables": drawn(tables_of(report)),
        "issuer": office_of(report.place, report.adopted_on or timezone.localdate()),
        "day": report.adopted_on,
        "back": reverse("desk-needs-report", args=[report.pk]),
    }
    return render(request, "desk/paper_tables.html", shown)


@door(NeedsReport, needs=reads_here, related=RELATED)
def document(request: Request, report: NeedsReport) -> HttpResponse:
    """The report for Word."""
    lines = [one for one in (report.number, report.words) if one]
    return document_answer(str(report), lines, tables_of(report))


@door(NeedsReport, needs=reads_here, related=RELATED)
def sheet(request: Request, report: NeedsReport) -> HttpResponse:
    """The list for the district as a spreadsheet."""
    listed = next(one for one in tables_of(report) if one["key"] == FOR_THE_DISTRICT)
    title = _("%(place)s%(year)s年由区级解决的问题及工作建议") % {"place": report.place.name, "year": report.year}
    content = as_sheet(title, report.number, listed["columns"], [8, 36, 50, 12, 16, 50], listed["rows"])
    return sheet_answer(content, title)


urlpatterns = [
    path("p/<str:code>/needs-reports/", list_page(REPORTS, _around), name="desk-needs-reports"),
    path("p/<str:code>/lists-sent/", list_page(LISTS_SENT, _sent), name="desk-lists-sent"),
    path("needs-reports/<uuid:pk>/", report, name="desk-needs-report"),
    path("needs-reports/<uuid:pk>/paper/", paper, name="needs-report-paper"),
    path("needs-reports/<uuid:pk>/document/", document, name="needs-report-document"),
    path("needs-reports/<uuid:pk>/sheet/", sheet, name="needs-report-sheet"),
]
