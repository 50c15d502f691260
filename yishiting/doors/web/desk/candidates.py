"""候选人 at the desk: the list by constituency, nominating, reviewing, consent, stepping back."""

from collections import Counter
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from yishiting.doors.common.reach import candidates_phone
from yishiting.doors.lists.councils import CANDIDATES, TONES
from yishiting.doors.web.desk.council import AT_DESK, council_tabs
from yishiting.doors.web.shared.declared import buttons
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.lists import Around, list_page
from yishiting.doors.web.shared.nouns import Noun, know, trail
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Fact, Link
from yishiting.doors.web.shared.templatetags.yishiting_ui import cn_date
from yishiting.ground.organisations.models import IdentityKind
from yishiting.ground.organisations.permissions import reads_here
from yishiting.ground.seasons.queries import rules_for
from yishiting.year.councils.choices import Publishable
from yishiting.year.councils.models import ByElection, Candidate, Constituency, Term
from yishiting.year.councils.queries import Whole, candidates_of, open_seats
from yishiting.year.councils.rules import comes_of_age_this_year
from yishiting.year.councils.states import CandidateState, State

CANDIDATE = (
    "place",
    "constituency__term__place",
    "constituency__place",
    "by_election__place",
    "by_election__constituency",
    "person",
)
know(
    Noun(Candidate, pages={"desk": "desk-candidate", "me": "my-candidacy"}, lists=AT_DESK, related=CANDIDATE),
    Noun(Constituency, part_of="term", related=("place", "term__place")),
)


def _around(request: Request, term: Term) -> Around:
    """The candidates of a term, by constituency and by the strokes of their names."""
    return Around(
        _("%(term)s候选人") % {"term": term},
        trail(request, term, "desk", _("候选人")),
        tabs=council_tabs(term.place, term, "desk-candidates"),
        links=[Link(_("打印空白登记表"), reverse("paper-nomination", args=[term.pk]))],
        more={"groups": candidate_groups(request, term)},
    )


@door(Candidate, needs=reads_here, related=CANDIDATE)
def desk_candidate(request: Request, candidate: Candidate) -> HttpResponse:
    """One candidate: the form, what they agreed to, what can be done."""
    age = rules_for(candidate.place).number("election.age_min")
    today = timezone.localdate()
    near = candidate.birth_year is not None and comes_of_age_this_year(candidate.birth_year, today, age)
    shown = {
        "candidate": candidate,
        "tone": TONES.get(candidate.state, "plain"),
        "facts": _facts(candidate, candidates_phone(request.actor, candidate)),
        "near_age": age if near else None,
        "verbs": buttons(request, candidate, room="desk"),
        "crumbs": _crumbs(request, candidate),
    }
    return render(request, "desk/candidate.html", shown)


def candidate_groups(request: Request, whole: Whole) -> list[dict[str, Any]]:
    """Each constituency with its open seats and how many may stand for them."""
    may_stand = candidates_of(whole).filter(state=CandidateState.QUALIFIED).values_list("constituency", flat=True)
    nominating = whole.state == State.NOMINATING
    qualified = Counter(may_stand)
    return [
        {
            "constituency": one,
            "seats": seats,
            "qualified": qualified[one.pk],
            "nominate": buttons(request, one, "constituency.send" if one.is_sent else "candidate.nominate", room="desk")
            if nominating
            else [],
        }
        for one, seats in open_seats(whole)
    ]


def _facts(candidate: Candidate, phone: str) -> list[Fact]:
    kinds = [str(IdentityKind(kind).label) for kind in candidate.identities]
    agreed = [str(Publishable(kind).label) for kind in candidate.publishes]
    consent = _("没有登记")
    if candidate.consents_to_publication:
        consent = "、".join([_("姓名"), *agreed]) + f"（{cn_date(candidate.consented_on, 'plain')}）"
    facts = [
        Fact(_("推选单位"), candidate.constituency.name),
        Fact(_("产生方式"), candidate.get_route_display()),
        Fact(_("提名人"), candidate.proposed_by),
        Fact(_("出生年份"), candidate.birth_year or ""),
        Fact(_("性别"), candidate.gender),
        Fact(_("单位或楼院"), candidate.unit),
        Fact(_("电话"), phone),
        Fact(_("身份"), "、".join(kinds)),
        Fact(_("简介"), candidate.introduction),
        Fact(_("同意公示"), consent),
        Fact(_("审查意见"), candidate.review_note),
    ]
    return [fact for fact in facts if fact.value]


def _crumbs(request: Request, candidate: Candidate) -> list[Link]:
    whole = candidate.whole
    by_election = isinstance(whole, ByElection)
    listed = [] if by_election else [Link(_("候选人"), reverse("desk-candidates", args=[whole.pk]))]
    return [*trail(request, whole, "desk"), *listed, Link(candidate.name, "")]


urlpatterns = [
    path("terms/<uuid:pk>/candidates/", list_page(CANDIDATES, _around, "desk/candidates.html"), name="desk-candidates"),
    path("candidates/<uuid:pk>/", desk_candidate, name="desk-candidate"),
]
