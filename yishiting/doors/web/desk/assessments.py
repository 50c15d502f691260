"""千分制考核 at the desk: the district's table, one unit's sheet, the cases behind a figure, and a unit's own sheets."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.doors.lists.assessments import ASSESSMENTS, TONES
from yishiting.doors.web.shared.assessments import (
    cases_shown,
    facts_of,
    row_shown,
    rules_shown,
    unit_shown,
    volumes_said,
    what_counts,
)
from yishiting.doors.web.shared.declared import button, buttons
from yishiting.doors.web.shared.doors import door, signed_in
from yishiting.doors.web.shared.lists import Around, list_page
from yishiting.doors.web.shared.nouns import Noun, know, page_of, trail
from yishiting.doors.web.shared.requests import Request, person_of
from yishiting.doors.web.shared.shapes import Link
from yishiting.ground.common.predicates import Question
from yishiting.ground.common.verbs import VERBS
from yishiting.ground.places.models import Place
from yishiting.methods.assessment import written
from yishiting.overview.assessment.models import Assessment, Mark, UnitSheet
from yishiting.overview.assessment.permissions import reads_assessment, reads_sheet
from yishiting.overview.assessment.published import all_computed, computed
from yishiting.overview.assessment.queries import OF_A_MARK, RELATED, WHOLE, cases_of, evidence_of, rules_of, sheets_for

LISTED = gettext_lazy("千分制考核")
STEPS_OF_A_SHEET = ("unit_sheet.self_score", "unit_sheet.check")
STEPS_OF_A_MARK = ("mark.appeal", "mark.answer_appeal", "mark.exempt", "mark.withdraw_exemption")

know(
    Noun(
        Assessment,
        pages={"desk": "desk-assessment", "public": "public-assessment"},
        lists={"desk": ("desk-assessments", LISTED)},
        related=RELATED,
    ),
    Noun(UnitSheet, pages={"desk": "desk-unit-sheet"}, related=WHOLE),
    Noun(Mark, part_of="sheet", related=OF_A_MARK),
)


def _around(request: Request, place: Place) -> Around:
    begin = button(request, "assessment.draft", place, primary=True, room="desk")
    return Around(LISTED, trail(request, place, "desk", LISTED), verbs=[begin])


@door(Assessment, needs=reads_assessment, related=RELATED)
def assessment(request: Request, assessment: Assessment) -> HttpResponse:
    """One assessment: the rules, every unit in the order of codes with its volumes and what it comes to so far."""
    units = [unit_shown(one) for one in all_computed(assessment)]
    shown = {
        "assessment": assessment,
        "tone": TONES[assessment.state],
        "facts": facts_of(assessment),
        "verbs": buttons(request, assessment, asleep=True, room="desk"),
        "rules": rules_shown(rules_of(assessment)),
        "units": [one for one in units if one.total],
        "apart": [one for one in units if not one.total],
        "crumbs": trail(request, assessment, "desk"),
    }
    return render(request, "desk/assessment.html", shown)


@door(UnitSheet, needs=reads_sheet, related=WHOLE)
def unit_sheet(request: Request, sheet: UnitSheet) -> HttpResponse:
    """One unit: each row with what was counted, what it brings, what was said of it, and what may be done."""
    one = computed(sheet, rules_of(sheet.assessment))
    for line in one.lines:
        line.mark.sheet = sheet
    own = [code for code in STEPS_OF_A_SHEET if VERBS[code].may.why_not(Question(request.actor, sheet)) is None]
    inside = reads_assessment.why_not(Question(request.actor, sheet)) is None
    whole = sheet.assessment
    above = [Link(str(whole), reverse("desk-assessment", args=[whole.pk]))] if inside else []
    shown = {
        "sheet": sheet,
        "facts": facts_of(whole),
        "volumes": volumes_said(sheet.volumes),
        "total": written(one.assessed.total),
        "vetoed": one.assessed.vetoed,
        "rows": [
            row_shown(line, verbs=buttons(request, line.mark, *STEPS_OF_A_MARK, asleep=False, room="desk"))
            for line in one.lines
        ],
        "verbs": buttons(request, sheet, *own, asleep=True, room="desk") if own else [],
        "crumbs": [Link(_("工作台"), reverse("desk-home")), *above, Link(sheet.name, "")],
    }
    return render(request, "desk/unit_sheet.html", shown)


@door(Mark, needs=reads_sheet, related=OF_A_MARK)
def mark(request: Request, mark: Mark) -> HttpResponse:
    """What a row rests on: the cases that were counted, or the record that proves it."""
    sheet, found = mark.sheet, cases_of(mark, timezone.localdate())
    thing = evidence_of(mark)
    there = page_of(request, thing, "desk") if thing is not None else None
    here = Link(sheet.name, reverse("desk-unit-sheet", args=[sheet.pk]))
    shown = {
        "mark": mark,
        "sheet": sheet,
        "proof": Link(mark.evidence, there[1] if there else "") if mark.evidence else None,
        "counts": what_counts(found[0]) if found else "",
        "cases": cases_shown(*found) if found else [],
        "crumbs": [Link(_("工作台"), reverse("desk-home")), here, Link(mark.label, "")],
    }
    return render(request, "desk/mark.html", shown)


@signed_in
def own(request: Request) -> HttpResponse:
    """The sheets of the units somebody works for, newest year first."""
    sheets = sheets_for(person_of(request), timezone.localdate())
    shown = {"sheets": sheets, "crumbs": [Link(_("工作台"), reverse("desk-home")), Link(_("本单位的年度考核"), "")]}
    return render(request, "desk/own_sheets.html", shown)


urlpatterns = [
    path("p/<str:code>/assessments/", list_page(ASSESSMENTS, _around), name="desk-assessments"),
    path("assessments/<uuid:pk>/", assessment, name="desk-assessment"),
    path("unit-sheets/<uuid:pk>/", unit_sheet, name="desk-unit-sheet"),
    path("marks/<uuid:pk>/", mark, name="desk-mark"),
    path("unit-sheets/", own, name="desk-own-sheets"),
]
