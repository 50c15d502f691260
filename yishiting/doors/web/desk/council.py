"""议事协商会 at the desk: the council, its terms, the seat plan."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.doors.web.desk.council_forms import SeatPlanForm
from yishiting.doors.web.desk.council_steps import steps_of
from yishiting.doors.web.shared.declared import button, buttons
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.nouns import Noun, Room, know, trail
from yishiting.doors.web.shared.posting import perform
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Button, Fact, Link, Words
from yishiting.doors.web.shared.templatetags.yishiting_ui import cn_date
from yishiting.ground.common.refused import Refused
from yishiting.ground.organisations.models import OrganisationKind as Kind
from yishiting.ground.organisations.permissions import reads_here
from yishiting.ground.organisations.queries import units_here
from yishiting.ground.places.models import Place
from yishiting.ground.seasons.queries import rules_for
from yishiting.year.councils.actions import set_seat_plan
from yishiting.year.councils.actions.sectors import advice, in_words
from yishiting.year.councils.actions.terms import computed
from yishiting.year.councils.models import ByElection, Constituency, Council, Term
from yishiting.year.councils.queries import composition, council_of, sectors_missing, serving_here, vacancies
from yishiting.year.councils.rules import BY_HAND
from yishiting.year.councils.states import ByElectionState, State

#: The units that can have a seat of their own.
MAY_SEND = (
    Kind.RESIDENT_UNIT, Kind.SOCIAL_ORGANISATION, Kind.OWNERS_COMMITTEE, Kind.PROPERTY_COMPANY,
    Kind.COORDINATION_COMMITTEE, Kind.INDUSTRY_ASSOCIATION,
)  # fmt: skip
TERM = ("place", "council__place", "notice__place")
AT_DESK: dict[Room, tuple[str, Words]] = {"desk": ("desk-council", gettext_lazy("议事协商会"))}

know(
    Noun(Council, pages={"desk": "desk-council", "public": "council"}, of_place=True, related=("place",)),
    Noun(
        Term,
        pages={"desk": "desk-election"},
        lists=AT_DESK,
        related=TERM,
        by_hand={"term.plan_seats": "seat-plan"},
    ),
)


@door(Place, needs=reads_here)
def desk_council(request: Request, place: Place) -> HttpResponse:
    """The council of a place: the term in office, the term being prepared, by-elections under way."""
    council, today = council_of(place), timezone.localdate()
    if council is None:
        found = button(request, "council.found", place, primary=True, room="desk")
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
        "vacant": _vacant(request, seated, today) if seated else [],
        "verbs": _verbs(request, council, coming),
        "tabs": council_tabs(place, coming or seated, "desk-council"),
        "crumbs": council_crumbs(place),
    }
    return render(request, "desk/council.html", shown)


@door(Term, needs="term.plan_seats", related=TERM)
def seat_plan(request: Request, term: Term) -> HttpResponse:
    """Write the seat plan; `计算` tries it without saving, `保存` saves it, both with every rule checked."""
    saved, below = list(term.constituencies.select_related("sends")), list(term.place.children.order_by("code"))
    by_hand = term.plan_rule.get("method") == BY_HAND
    initial = {"total": term.plan_rule.get("total"), "method": _method(term)}
    units = [one for one in units_here(term.place) if one.kind in MAY_SEND]
    form = SeatPlanForm(request.POST or None, saved=saved, by_hand=by_hand, below=below, units=units, initial=initial)
    shown = _plan_shown(request, term, saved)
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


def council_tabs(place: Place, term: Term | None, here: str) -> list[Link]:
    """The pages of the council at the desk."""
    pages = [(_("概况"), "desk-council", reverse("desk-council", args=[place.code]))]
    if term is not None and term.state != State.PLANNING and not term.elected_elsewhere:
        pages.append((_("候选人"), "desk-candidates", reverse("desk-candidates", args=[term.pk])))
        pages.append((_("选举"), "desk-election", reverse("desk-election", args=[term.pk])))
    pages.append((_("代表名册"), "desk-roster", reverse("desk-roster", args=[place.code])))
    pages.append((_("履职记录"), "desk-duty-records", reverse("desk-duty-records", args=[place.code])))
    pages.append((_("走访记录"), "desk-outreach", reverse("desk-outreach", args=[place.code])))
    return [Link(label, url, name == here) for label, name, url in pages]


def _facts(council: Council, seated: Term | None) -> list[Fact]:
    facts = [Fact(_("成立日期"), cn_date(council.founded_on, "plain") or _("没有登记"))]
    if council.organisers:
        facts.append(Fact(_("组织力量"), _("、").join(f"{name}（{duty}）" for name, duty in council.organisers)))
    if seated is not None:
        today = timezone.localdate()
        serving = list(serving_here(council.place, today).prefetch_related("identities"))
        elsewhere = _("（非本系统选举产生）") if seated.elected_elsewhere else ""
        facts.append(Fact(_("在任一届"), f"{seated}{elsewhere}"))
        facts.append(Fact(_("任期"), f"{cn_date(seated.begins, 'plain')}—{cn_date(seated.ends, 'plain')}"))
        facts.append(
            Fact(_("在任代表"), _("%(n)s人") % {"n": len(serving)}, reverse("desk-roster", args=[council.place.code]))
        )
        if serving and (lacking := advice(council.place, composition(serving, today))):
            facts.append(Fact(_("组成"), str(lacking)))
    return facts


def council_crumbs(place: Place, *more: Words) -> list[Link]:
    """From the desk by the council of a place to the page."""
    name, label = AT_DESK["desk"]
    first = Link(label, reverse(name, args=[place.code]))
    return [Link(_("工作台"), reverse("desk-home")), first, *(Link(one, "") for one in more)]


def _vacant(request: Request, term: Term, today: date) -> list[tuple[Constituency, int, Button]]:
    return [
        (one, seats, button(request, "by_election.call", one, room="desk")) for one, seats in vacancies(term, today)
    ]


def _part(request: Request, term: Term) -> dict[str, Any]:
    return {
        "term": term,
        "steps": steps_of(term),
        "verbs": [*buttons(request, term, room="desk"), *renumbering(request, term)],
        "constituencies": _constituencies(request, term),
        "total": sum(one.seats for one in term.constituencies.all()),
    }


def _constituencies(request: Request, term: Term) -> list[dict[str, Any]]:
    """Each constituency with its seats, who sends its people, and the way to name them where this reader may."""
    rows = term.constituencies.select_related("sends", "unit", "term__council", "place")
    sending = term.state in (State.NOMINATING, State.SEATED)
    return [
        {
            "one": one,
            "verbs": buttons(request, one, "constituency.send", asleep=False, room="desk")
            if sending and one.is_sent
            else [],
        }
        for one in rows
    ]


def renumbering(request: Request, term: Term) -> list[Button]:
    """The way to put right the number of a first term, in whatever state it is."""
    return buttons(request, term, "term.renumber", asleep=False, room="desk")


def _by_elections(place: Place) -> list[Link]:
    rows = ByElection.objects.filter(place=place).exclude(state__in=(ByElectionState.SEATED, ByElectionState.GIVEN_UP))
    return [
        Link(f"{row}（{row.get_state_display()}）", reverse("desk-by-election", args=[row.pk]))
        for row in rows.select_related("constituency")
    ]


def _verbs(request: Request, council: Council, coming: Term | None) -> list[Button]:
    enter = [] if council.terms.exists() else buttons(request, council, "term.enter", asleep=False, room="desk")
    begin = [] if coming else buttons(request, council, "term.begin", room="desk")
    amend_team = buttons(request, council, "council.name_organisers", asleep=False, room="desk")
    amend = buttons(request, council, "council.amend", asleep=False, room="desk")
    return [
        *begin,
        *enter,
        *amend,
        *amend_team,
        Button(_("看公开页"), reverse("council", args=[council.place.code]), "quiet", "get"),
    ]


def _method(term: Term) -> str:
    method = str(term.plan_rule.get("method", ""))
    return method if method and method != BY_HAND else rules_for(term.place).text("council.seats_method")


def _plan_shown(request: Request, term: Term, saved: list[Constituency]) -> dict[str, Any]:
    book = rules_for(term.place)
    demanded, advised = sectors_missing(term.place, ())
    return {
        "term": term,
        "fewest": book.number("council.seats_min"),
        "most": book.number("council.seats_max"),
        "each": book.number("council.seats_per_constituency_min"),
        "required": in_words(demanded),
        "advised": in_words(advised),
        "advised_rule": book.sentence("council.sectors"),
        "over_from_below": book.sentence("council.communities_over") if book.share("council.communities_over") else "",
        "below": term.place.children.exists(),
        "saved": saved,
        "saved_total": sum(one.seats for one in saved),
        "saved_weight": sum(one.weight for one in saved),
        "revision": term.token,
        "crumbs": trail(request, term, "desk", _("席位方案")),
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
    path("terms/<uuid:pk>/seats/", seat_plan, name="seat-plan"),
]
