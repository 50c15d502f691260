"""议事协商会 at the desk: the council, its terms, the seat plan."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yishiting.doors.web.desk.council_forms import CouncilForm, EndTermForm, SeatPlanForm, TermForm
from yishiting.doors.web.desk.council_steps import steps_of, verbs_of
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.posting import act, perform
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Button, Fact, Link
from yishiting.doors.web.shared.templatetags.yishiting_ui import cn_date
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import why_not
from yishiting.ground.organisations.models import IdentityKind
from yishiting.ground.places.models import Place
from yishiting.ground.seasons.queries import rules_for
from yishiting.year.councils.actions import (
    amend_council,
    begin_term,
    end_term,
    fix_seats,
    found_council,
    set_seat_plan,
)
from yishiting.year.councils.actions.terms import computed
from yishiting.year.councils.models import ByElection, Constituency, Council, Term
from yishiting.year.councils.permissions import reads_council
from yishiting.year.councils.queries import council_of, serving_here, vacancies
from yishiting.year.councils.rules import BY_HAND
from yishiting.year.councils.states import ByElectionState, State

TERM = ("place", "council__place", "notice__place")


@door(Place, needs=reads_council)
def desk_council(request: Request, place: Place) -> HttpResponse:
    """The council of a place: the term in office, the term being prepared, by-elections under way."""
    council, today = council_of(place), timezone.localdate()
    if council is None:
        found = Button(_("成立议事协商会"), reverse("council-found", args=[place.code]), "primary", "get")
        return render(request, "desk/council_none.html", {"found": found, "crumbs": council_crumbs(place)})
    terms = list(council.terms.select_related("place", "council", "notice__place").prefetch_related("constituencies"))
    coming = next((term for term in terms if term.state not in (State.SEATED, State.ENDED)), None)
    seated = next((term for term in terms if term.state == State.SEATED), None)
    shown = {
        "council": council,
        "facts": _facts(council, seated),
        "parts": [_part(request, term) for term in (coming, seated) if term is not None],
        "by_elections": _by_elections(place),
        "ended": [term for term in terms if term.state == State.ENDED],
        "vacant": vacancies(seated, today) if seated else [],
        "verbs": _verbs(request, council, coming),
        "tabs": council_tabs(place, coming or seated, "desk-council"),
        "crumbs": council_crumbs(place),
    }
    return render(request, "desk/council.html", shown)


@door(Place, needs="council.found")
def council_found(request: Request, place: Place) -> HttpResponse:
    """Found the council."""
    return perform(
        request,
        CouncilForm(request.POST or None),
        lambda **words: found_council(place, by=request.actor, **words),
        page="desk/form.html",
        to=reverse("desk-council", args=[place.code]),
        done=_("议事协商会已登记。下一步：筹备新一届。"),
        context=_form(_("成立议事协商会"), _("登记"), place),
    )


@door(Council, needs="council.amend", related=("place",))
def council_amend(request: Request, council: Council) -> HttpResponse:
    """Correct the purpose."""
    initial = {"purpose": council.purpose, "founded_on": council.founded_on}
    return perform(
        request,
        CouncilForm(request.POST or None, initial=initial),
        lambda **words: amend_council(council, by=request.actor, **words),
        page="desk/form.html",
        to=reverse("desk-council", args=[council.place.code]),
        done=_("已修改。"),
        context={**_form(_("修改协商会职责"), _("保存"), council.place), "revision": council.token},
    )


@door(Council, needs="term.begin", related=("place",))
def term_begin(request: Request, council: Council) -> HttpResponse:
    """Begin preparing the next term."""
    return perform(
        request,
        TermForm(request.POST or None),
        lambda number: begin_term(council, by=request.actor, number=number),
        page="desk/form.html",
        to=lambda term: reverse("seat-plan", args=[term.pk]),
        done=lambda term: _("开始筹备%(term)s。请写席位方案。") % {"term": term},
        context=_form(_("筹备新一届"), _("开始筹备"), council.place),
    )


@door(Term, needs="term.plan_seats", related=TERM)
def seat_plan(request: Request, term: Term) -> HttpResponse:
    """Write the seat plan; `计算` tries it without saving, `保存` saves it, both with every rule checked."""
    saved = list(term.constituencies.all())
    by_hand = term.plan_rule.get("method") == BY_HAND
    initial = {"total": term.plan_rule.get("total"), "method": _method(term)}
    form = SeatPlanForm(request.POST or None, saved=saved, by_hand=by_hand, initial=initial)
    shown = _plan_shown(term, saved)
    if "more" in request.POST:
        return render(request, "desk/seat_plan.html", {**shown, "form": form})
    if "try" in request.POST and form.is_valid():
        return render(request, "desk/seat_plan.html", {**shown, **_tried(term, form), "form": form})
    return perform(
        request,
        form,
        lambda **plan: set_seat_plan(term, by=request.actor, **plan),
        page="desk/seat_plan.html",
        to=reverse("desk-council", args=[term.place.code]),
        done=lambda planned: _("席位方案已保存，合计%(n)s席。通过后开始提名。") % {"n": planned.plan_rule["total"]},
        context=shown,
    )


@require_POST
@door(Term, needs="term.fix_seats", related=TERM)
def seat_plan_fix(request: Request, term: Term) -> HttpResponse:
    """Adopt the plan."""
    to = reverse("desk-council", args=[term.place.code])
    return act(
        request, lambda: fix_seats(term, by=request.actor), to=to, done=_("席位方案已通过，现在可以登记候选人。")
    )


@door(Term, needs="term.end", related=TERM)
def term_end(request: Request, term: Term) -> HttpResponse:
    """End a term before its time."""
    return perform(
        request,
        EndTermForm(request.POST or None),
        lambda **words: end_term(term, by=request.actor, **words),
        page="desk/form.html",
        to=reverse("desk-council", args=[term.place.code]),
        done=_("任期已经结束。"),
        context={
            **_form(_("提前结束%(term)s") % {"term": term}, _("结束任期"), term.place),
            "kind": "danger",
            "revision": term.token,
        },
    )


def council_tabs(place: Place, term: Term | None, here: str) -> list[Link]:
    """The pages of the council at the desk."""
    pages = [(_("概况"), "desk-council", reverse("desk-council", args=[place.code]))]
    if term is not None and term.state != State.PLANNING:
        pages.append((_("候选人"), "desk-candidates", reverse("desk-candidates", args=[term.pk])))
        pages.append((_("选举"), "desk-election", reverse("desk-election", args=[term.pk])))
    pages.append((_("代表名册"), "desk-roster", reverse("desk-roster", args=[place.code])))
    pages.append((_("履职记录"), "desk-duty-records", reverse("desk-duty-records", args=[place.code])))
    return [Link(label, url, name == here) for label, name, url in pages]


def council_crumbs(place: Place, *more: Link) -> list[Link]:
    """Where the page stands."""
    first = Link(_("议事协商会"), reverse("desk-council", args=[place.code]))
    return [Link(_("工作台"), reverse("desk-home")), first, *more]


def _form(title: str, submit: str, place: Place) -> dict[str, Any]:
    back = reverse("desk-council", args=[place.code])
    return {"title": title, "submit": submit, "back": back, "crumbs": council_crumbs(place, Link(title, ""))}


def _facts(council: Council, seated: Term | None) -> list[Fact]:
    facts = [Fact(_("成立日期"), cn_date(council.founded_on, "plain") or _("没有登记"))]
    if seated is not None:
        serving = serving_here(council.place, timezone.localdate()).count()
        facts.append(Fact(_("在任一届"), seated))
        facts.append(Fact(_("任期"), f"{cn_date(seated.begins, 'plain')}—{cn_date(seated.ends, 'plain')}"))
        facts.append(
            Fact(_("在任代表"), _("%(n)s人") % {"n": serving}, reverse("desk-roster", args=[council.place.code]))
        )
    return facts


def _part(request: Request, term: Term) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "term": term,
        "steps": steps_of(term),
        "verbs": verbs_of(request, term, today),
        "constituencies": list(term.constituencies.all()),
        "total": sum(one.seats for one in term.constituencies.all()),
    }


def _by_elections(place: Place) -> list[Link]:
    rows = ByElection.objects.filter(place=place).exclude(state__in=(ByElectionState.SEATED, ByElectionState.GIVEN_UP))
    return [
        Link(f"{row}（{row.get_state_display()}）", reverse("desk-by-election", args=[row.pk]))
        for row in rows.select_related("constituency")
    ]


def _verbs(request: Request, council: Council, coming: Term | None) -> list[Button]:
    verbs = []
    if coming is None:
        refusal = why_not(request.actor, "term.begin", council)
        verbs.append(Button(_("筹备新一届"), reverse("term-begin", args=[council.pk]), "plain", "get", refusal))
    if why_not(request.actor, "council.amend", council) is None:
        verbs.append(Button(_("修改职责"), reverse("council-amend", args=[council.pk]), "quiet", "get"))
    verbs.append(Button(_("看公开页"), reverse("council", args=[council.place.code]), "quiet", "get"))
    return verbs


def _method(term: Term) -> str:
    method = str(term.plan_rule.get("method", ""))
    return method if method and method != BY_HAND else rules_for(term.place).text("council.seats_method")


def _plan_shown(term: Term, saved: list[Constituency]) -> dict[str, Any]:
    book = rules_for(term.place)
    required = [str(IdentityKind(kind).label) for kind in book.listed("council.required_sectors")]
    return {
        "term": term,
        "fewest": book.number("council.seats_min"),
        "most": book.number("council.seats_max"),
        "each": book.number("council.seats_per_constituency_min"),
        "required": "、".join(required),
        "saved": saved,
        "saved_total": sum(one.seats for one in saved),
        "saved_weight": sum(one.weight for one in saved),
        "revision": term.token,
        "crumbs": council_crumbs(term.place, Link(_("席位方案"), "")),
    }


def _tried(term: Term, form: SeatPlanForm) -> dict[str, Any]:
    """The plan these lines make, or the sentence of the rule they break; nothing is saved."""
    plan = form.cleaned_data
    try:
        found = computed(term.place, plan["lines"], plan["total"], plan["method"])
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return {}
    return {
        "tried": list(zip(plan["lines"], found.seats, strict=True)),
        "tried_total": found.total,
        "tried_weight": sum(line.weight for line in plan["lines"]),
        "sentences": found.record.get("sentences", []),
    }


urlpatterns = [
    path("p/<str:code>/council/", desk_council, name="desk-council"),
    path("p/<str:code>/council/found/", council_found, name="council-found"),
    path("councils/<uuid:pk>/amend/", council_amend, name="council-amend"),
    path("councils/<uuid:pk>/begin/", term_begin, name="term-begin"),
    path("terms/<uuid:pk>/seats/", seat_plan, name="seat-plan"),
    path("terms/<uuid:pk>/seats/fix/", seat_plan_fix, name="seat-plan-fix"),
    path("terms/<uuid:pk>/end/", term_end, name="term-end"),
]
