"""议事协商会 for everybody: what it is for, who serves, who stands, what it has decided."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from yishiting.doors.web.public.queries import board_of, crumbs_of
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Fact, Link
from yishiting.doors.web.shared.taking_part import TakingPart, in_election
from yishiting.doors.web.shared.templatetags.yishiting_ui import cn_date
from yishiting.ground.organisations.models import IdentityKind
from yishiting.ground.places.models import Place
from yishiting.instruments.publicity.models import NoticeKind
from yishiting.instruments.publicity.queries import board
from yishiting.instruments.publicity.states import State as NoticeState
from yishiting.year.councils.choices import Publishable
from yishiting.year.councils.models import Representative, Term
from yishiting.year.councils.published import NOTHING, candidates_published, representative_name, shown
from yishiting.year.councils.queries import council_of, roster, taking_nominations
from yishiting.year.councils.states import State

RELATED = ("parent", "parent__parent")
NEWEST = 5
UNDER_WAY = (State.NOMINATING, State.PUBLICISING, State.ELECTING)


@door(Place, related=RELATED)
def council(request: Request, place: Place) -> HttpResponse:
    """The council of a place: purpose, term, representatives, meetings, decisions."""
    found, today = council_of(place), timezone.localdate()
    terms = list(Term.objects.filter(place=place, state__in=(State.SEATED, State.ENDED)).select_related("end_notice"))
    term = next((one for one in terms if one.state == State.SEATED), None)
    taking_part, stand = _taking_part(place), reverse("stand", args=[place.code])
    standing = board(place, today).filter(kind=NoticeKind.CANDIDATES, state=NoticeState.POSTED)
    shown_here = {
        "council": found,
        "term": term,
        "facts": _facts(term, today),
        "lines": _lines(term, today),
        "earlier": [Link(_term_says(one), _term_url(one)) for one in terms if one != term],
        "nominating": taking_nominations(place),
        "taking_part": taking_part,
        "stand": stand,
        "stand_offered": bool(taking_part and stand in {link.url for link in taking_part.links}),
        "standing": standing.first(),
        "crumbs": crumbs_of(place, Link(_("议事协商会"), "")),
        **board_of(place, today, NEWEST),
    }
    return render(request, "public/council.html", shown_here)


@door(Place, related=RELATED)
def council_term(request: Request, place: Place, number: int) -> HttpResponse:
    """The representatives of one term, also of one long over, with only what each agreed to."""
    seated = (State.SEATED, State.ENDED)
    term = (
        Term.objects.filter(place=place, number=number, state__in=seated)
        .select_related("result_notice", "end_notice")
        .first()
    )
    if term is None:
        raise Http404
    crumbs = crumbs_of(place, Link(_("议事协商会"), reverse("council", args=[place.code])), Link(str(term), ""))
    today = timezone.localdate()
    shown_here = {"term": term, "facts": _facts(term, today), "lines": _lines(term, None), "crumbs": crumbs}
    return render(request, "public/council_term.html", shown_here)


@door(Place, related=RELATED)
def council_candidates(request: Request, place: Place) -> HttpResponse:
    """The candidates while they are published, with what each agreed to say of themselves."""
    notice = (
        board(place, timezone.localdate())
        .filter(kind=NoticeKind.CANDIDATES)
        .exclude(state=NoticeState.WITHDRAWN)
        .first()
    )
    groups = candidates_published(notice) if notice is not None else []
    crumbs = crumbs_of(place, Link(_("议事协商会"), reverse("council", args=[place.code])), Link(_("候选人"), ""))
    return render(request, "public/council_candidates.html", {"notice": notice, "groups": groups, "crumbs": crumbs})


def _taking_part(place: Place) -> TakingPart | None:
    """How the election that is under way goes, if there is one."""
    term = Term.objects.filter(place=place, state__in=UNDER_WAY).select_related("place").first()
    if term is None:
        return None
    assembly = term.assemblies.standing().filter(by_election=None).first() if term.state == State.ELECTING else None
    return in_election(term, assembly.held_on if assembly else None)


def _facts(term: Term | None, today: date) -> list[Fact]:
    if term is None:
        return []
    period = f"{cn_date(term.begins, 'plain')}—{cn_date(term.ends, 'plain')}"
    facts = [Fact(_("届次"), str(term)), Fact(_("任期"), period)]
    if term.elected_elsewhere:
        facts.append(
            Fact(_("产生方式"), _("非本系统选举产生，经上级确认登记。%(basis)s") % {"basis": term.entry_basis})
        )
    if term.end_notice is not None and term.end_is_announced and term.state == State.SEATED:
        facts.append(Fact(_("换届"), term.end_notice.title, reverse("notice", args=[term.end_notice.pk])))
    if term.ends is not None and term.ends < today:
        facts.append(Fact(_("状态"), _("任期已满")))
    return facts


def _lines(term: Term | None, today: date | None) -> list[dict[str, Any]]:
    """The roster: of those in office on a day, or of everybody in the term."""
    if term is None:
        return []
    seats = [one for one in roster(term) if today is None or one.serves(today)]
    return [
        {
            "name": representative_name(one),
            "constituency": one.constituency.name,
            "kinds": _kinds(one),
            "unit": shown(one.candidate, Publishable.UNIT) if one.candidate else NOTHING,
            "words": shown(one.candidate, Publishable.INTRODUCTION) if one.candidate else NOTHING,
            "left": one.until if one.end_kind else None,
        }
        for one in seats
    ]


def _kinds(one: Representative) -> str:
    return "、".join(str(IdentityKind(kind).label) for kind in one.sectors(timezone.localdate()))


def _term_says(term: Term) -> str:
    return f"{term}（{cn_date(term.begins, 'month')}—{cn_date(term.ends, 'month')}）"


def _term_url(term: Term) -> str:
    return reverse("council-term", args=[term.place.code, term.number])


urlpatterns = [
    path("p/<str:code>/council/", council, name="council"),
    path("p/<str:code>/council/candidates/", council_candidates, name="council-candidates"),
    path("p/<str:code>/council/<int:number>/", council_term, name="council-term"),
]
