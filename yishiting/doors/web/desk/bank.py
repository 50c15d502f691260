"""民情建议库: every suggestion one's office may read; Chinese search, filters, a sheet masked by default."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from yishiting.doors.lists.declared import Selection, select
from yishiting.doors.lists.sheet import header_block, sheet_of, title_of, unit_of
from yishiting.doors.lists.suggestions import BANK, scope_of
from yishiting.doors.web.shared.fields import form_of
from yishiting.doors.web.shared.lists import Around, behind_its_door, list_page
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Link
from yishiting.doors.web.shared.sheets import sheet_answer
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.predicates import Question
from yishiting.ground.common.refused import NotAllowed, Refused
from yishiting.ground.common.verbs import VERBS
from yishiting.year.suggestions.actions import export_suggestions
from yishiting.year.suggestions.queries.bank import reach_of


def _around(request: Request, person: Person) -> Around:
    selection, reach = select(BANK, person, request.GET.dict(), person), reach_of(person)
    refusal = VERBS["suggestion.export"].may.why_not(Question(person, scope_of(selection)))
    in_full = Link(_("导出未遮盖的（要写理由，记入记录）"), f"{reverse('desk-bank-export')}?{request.GET.urlencode()}")
    return Around(
        _("民情建议库"),
        [Link(_("工作台"), reverse("desk-home")), Link(_("民情建议库"), "")],
        words=_("您可以查看：%(places)s") % {"places": _("、").join(place.name for place in reach)},
        links=[] if refusal else [in_full],
    )


def _export(request: Request, person: Person) -> HttpResponse:
    """The same list in full, for those who may, with a reason that is kept in the record."""
    selection = select(BANK, person, request.GET.dict(), person)
    scope, rows = scope_of(selection), selection.whole_rows()
    refusal = VERBS["suggestion.export"].may.why_not(Question(person, scope))
    if refusal is not None:
        raise NotAllowed(refusal)
    asked = {name: str(value) for name, value in request.GET.items() if value and name != "page"}
    form = form_of(VERBS["suggestion.export"], scope, request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            selection.rows = export_suggestions(scope, by=person, suggestions=rows, asked=asked, **form.told())
        except Refused as problem:
            form.add_error(problem.field or None, str(problem))
        else:
            return _file(selection, person)
    shown = {
        "form": form,
        "count": rows.count(),
        "scope": scope,
        "back": f"{reverse('desk-bank')}?{request.GET.urlencode()}",
        "crumbs": [Link(_("民情建议库"), reverse("desk-bank")), Link(_("导出未遮盖的建议"), "")],
    }
    return render(request, "desk/bank_export.html", shown, status=422 if form.errors else 200)


def _file(selection: Selection, person: Person) -> HttpResponse:
    today, unit = timezone.localdate(), unit_of(selection)
    lines = header_block(selection, unit, str(person), today)
    content = sheet_of(selection, unit, lines, in_full=True)
    unmasked = _("（未遮盖）")
    return sheet_answer(content, f"{title_of(selection, unit)}{unmasked}-{today}")


urlpatterns = [
    path("bank/", list_page(BANK, _around), name="desk-bank"),
    path("bank/export/", behind_its_door(BANK, _export), name="desk-bank-export"),
]
