"""《为民办实事项目实施计划书》 at the desk: the list, one plan with both orders; to print, for Excel and Word."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.doors.lists.directors import PLANS
from yishiting.doors.web.shared.declared import button, buttons
from yishiting.doors.web.shared.directors import drawn, plan_facts
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.lists import Around, list_page
from yishiting.doors.web.shared.nouns import Noun, know, trail
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Button
from yishiting.doors.web.shared.sheets import as_sheet, document_answer, sheet_answer
from yishiting.ground.organisations.permissions import reads_here
from yishiting.ground.places.models import Place
from yishiting.ground.places.organs import office_of
from yishiting.year.directors.models import PlannedWork, WorksPlan
from yishiting.year.directors.published import plan_table
from yishiting.year.directors.queries import works_of

RELATED = ("place", "sitting__place", "notice", "score_round")
LISTED = gettext_lazy("实施计划书")

know(
    Noun(
        WorksPlan,
        pages={"desk": "desk-works-plan", "public": "public-works-plan"},
        lists={"desk": ("desk-works-plans", LISTED)},
        related=RELATED,
    ),
    Noun(PlannedWork, part_of="plan", related=("place", "proposal__place", "plan__place", "lead", "responsible")),
)


def _around(request: Request, place: Place) -> Around:
    verbs = [button(request, "works_plan.draft", place, primary=True, room="desk")]
    return Around(LISTED, trail(request, place, "desk", LISTED), verbs=verbs)


@door(WorksPlan, needs=reads_here, related=RELATED)
def plan(request: Request, plan: WorksPlan) -> HttpResponse:
    """One plan: the council's order beside the directors', what each work says, what is still to be written."""
    works = [(one, buttons(request, one, "planned_work.write", asleep=False, room="desk")) for one in works_of(plan)]
    shown = {
        "plan": plan,
        "facts": plan_facts(plan, "desk"),
        "works": works,
        "verbs": [*buttons(request, plan, asleep=False, room="desk"), *_papers(plan)],
        "crumbs": trail(request, plan, "desk"),
    }
    return render(request, "desk/works_plan.html", shown)


def _papers(plan: WorksPlan) -> list[Button]:
    key = [plan.pk]
    return [
        Button(_("打印"), reverse("works-plan-paper", args=key), "plain", "get"),
        Button(_("导出 Word"), reverse("works-plan-document", args=key), "quiet", "get"),
        Button(_("导出表格"), reverse("works-plan-sheet", args=key), "quiet", "get"),
    ]


def _tables(plan: WorksPlan) -> list[dict[str, object]]:
    """What was decided; before that, as it stands."""
    return [{"title": _("实事项目"), **(plan.decided or plan_table(plan))}]


@door(WorksPlan, needs=reads_here, related=RELATED)
def paper(request: Request, plan: WorksPlan) -> HttpResponse:
    """The plan to print and post."""
    shown = {
        "title": str(plan),
        "number": plan.number,
        "facts": plan_facts(plan, "desk"),
        "tables": drawn(_tables(plan)),
        "issuer": office_of(plan.place, plan.decided_on or timezone.localdate()),
        "day": plan.decided_on,
        "across": True,
        "back": reverse("desk-works-plan", args=[plan.pk]),
    }
    return render(request, "desk/paper_tables.html", shown)


@door(WorksPlan, needs=reads_here, related=RELATED)
def document(request: Request, plan: WorksPlan) -> HttpResponse:
    """The plan for Word."""
    return document_answer(str(plan), [plan.number] if plan.number else [], _tables(plan))


@door(WorksPlan, needs=reads_here, related=RELATED)
def sheet(request: Request, plan: WorksPlan) -> HttpResponse:
    """The plan as a spreadsheet."""
    table = plan.decided or plan_table(plan)
    widths = [10, 36, 12, 10, 36, 12, 22, 36, 28, 16, 36]
    return sheet_answer(as_sheet(str(plan), plan.number, table["columns"], widths, table["rows"]), str(plan))


urlpatterns = [
    path("p/<str:code>/works-plans/", list_page(PLANS, _around), name="desk-works-plans"),
    path("works-plans/<uuid:pk>/", plan, name="desk-works-plan"),
    path("works-plans/<uuid:pk>/paper/", paper, name="works-plan-paper"),
    path("works-plans/<uuid:pk>/document/", document, name="works-plan-document"),
    path("works-plans/<uuid:pk>/sheet/", sheet, name="works-plan-sheet"),
]
