"""民情建议库: every suggestion one's office may read; Chinese search, filters, a sheet masked by default."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from yishiting.doors.web.desk.bank_forms import BankForm, ExportForm
from yishiting.doors.web.desk.bank_sheet import RELATED, bank_sheet
from yishiting.doors.web.desk.suggestions import TONES
from yishiting.doors.web.shared.doors import signed_in
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Link
from yishiting.doors.web.shared.sheets import sheet_answer
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.predicates import Question
from yishiting.ground.common.refused import NotAllowed, Refused
from yishiting.ground.common.verbs import VERBS
from yishiting.ground.places.models import Place
from yishiting.year.suggestions.actions import export_suggestions
from yishiting.year.suggestions.actions.exporting import EXPORTED_MOST
from yishiting.year.suggestions.models import SuggestionQuerySet
from yishiting.year.suggestions.queries.bank import listed, narrowed_bank, reach_of, visible_to
from yishiting.year.suggestions.queries.screening import classes

PAGE = 30


@signed_in
def bank(request: Request) -> HttpResponse:
    """The bank, narrowed by the filters in the address."""
    person, reach = _reader(request)
    form = BankForm(request.GET, groups=classes())
    rows = narrowed_bank(visible_to(person), form.wanted())
    page = Paginator(listed(rows), PAGE).get_page(request.GET.get("page"))
    scope = _scope(form, reach)
    shown = {
        "form": form,
        "page": page,
        "rows": [{"one": one, "tone": TONES.get(one.state, "plain")} for one in page],
        "reach": reach,
        "sheet": f"{reverse('desk-bank-sheet')}?{request.GET.urlencode()}",
        "in_full": f"{reverse('desk-bank-export')}?{request.GET.urlencode()}",
        "may_export": VERBS["suggestion.export"].may.why_not(Question(person, scope)) is None,
        "crumbs": [Link(_("工作台"), reverse("desk-home")), Link(_("民情建议库"), "")],
    }
    return render(request, "desk/bank.html", shown)


@require_GET
@signed_in
def sheet(request: Request) -> HttpResponse:
    """The same list as .xlsx, with names, telephone numbers and card numbers masked."""
    person, reach = _reader(request)
    form = BankForm(request.GET, groups=classes())
    rows = _whole(narrowed_bank(visible_to(person), form.wanted()))[:EXPORTED_MOST]
    return _file(person, _scope(form, reach), rows, in_full=False)


@signed_in
def export(request: Request) -> HttpResponse:
    """The same list in full, for those who may, with a reason that is kept in the record."""
    person, reach = _reader(request)
    filters = BankForm(request.GET, groups=classes())
    scope = _scope(filters, reach)
    rows = _whole(narrowed_bank(visible_to(person), filters.wanted()))
    asked = {name: str(value) for name, value in request.GET.items() if value and name != "page"}
    refusal = VERBS["suggestion.export"].may.why_not(Question(person, scope))
    if refusal is not None:
        raise NotAllowed(refusal)
    form = ExportForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            given = export_suggestions(scope, by=person, suggestions=rows, asked=asked, **form.cleaned_data)
        except Refused as problem:
            form.add_error(problem.field or None, str(problem))
        else:
            return _file(person, scope, given, in_full=True)
    shown = {
        "form": form,
        "count": rows.count(),
        "scope": scope,
        "back": f"{reverse('desk-bank')}?{request.GET.urlencode()}",
        "crumbs": [Link(_("民情建议库"), reverse("desk-bank")), Link(_("导出未遮盖的建议"), "")],
    }
    return render(request, "desk/bank_export.html", shown, status=422 if form.errors else 200)


def _reader(request: Request) -> tuple[Person, list[Place]]:
    """The person and the places they may read, or the sentence that says who may."""
    if request.person is None:
        raise PermissionError
    reach = reach_of(request.person)
    if not reach:
        raise NotAllowed(_("民情建议库由社区、街乡和区里的经办人查看。居民可以在社区页面查看建议的标题和进展。"))
    return request.person, reach


def _scope(form: BankForm, reach: list[Place]) -> Place:
    """The place an export is about: the one asked for, else the widest the person reads."""
    asked: Any = form.wanted().get("place")
    return asked if asked is not None and any(place.contains(asked) for place in reach) else reach[0]


def _whole(rows: SuggestionQuerySet) -> SuggestionQuerySet:
    return rows.select_related(*RELATED).order_by("-received_on", "-receipt")


def _file(person: Person, scope: Place, rows: Any, *, in_full: bool) -> HttpResponse:
    today = timezone.localdate().isoformat()
    title = _("%(place)s民情建议库") % {"place": scope.name}
    about = _("单位：%(u)s　填报人：%(p)s　日期：%(d)s") % {"u": scope.name, "p": person.name, "d": today}
    content = bank_sheet(title, about, rows, in_full=in_full)
    return sheet_answer(content, f"{title}{'（未遮盖）' if in_full else ''}-{today}.xlsx")


urlpatterns = [
    path("bank/", bank, name="desk-bank"),
    path("bank.xlsx", sheet, name="desk-bank-sheet"),
    path("bank/export/", export, name="desk-bank-export"),
]
