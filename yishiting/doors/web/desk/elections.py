"""选举 at the desk: publicity of the candidates, the assembly, each round, the result, taking office."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _

from yishiting.doors.lists.councils import BY_ELECTION_CANDIDATES, BY_ELECTION_ROUNDS, ROUNDS
from yishiting.doors.web.desk.candidates import candidate_groups
from yishiting.doors.web.desk.council import AT_DESK, TERM, council_tabs, renumbering
from yishiting.doors.web.desk.council_steps import steps_of
from yishiting.doors.web.desk.election_rounds import round_verbs
from yishiting.doors.web.shared.declared import buttons
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.lists import listing
from yishiting.doors.web.shared.nouns import Noun, know, trail
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Button
from yishiting.ground.organisations.permissions import reads_here
from yishiting.year.councils.models import Assembly, ByElection, Term
from yishiting.year.councils.queries import Whole
from yishiting.year.councils.states import State

BY_ELECTION = ("place", "term__place", "constituency__place", "notice__place")

know(Noun(ByElection, pages={"desk": "desk-by-election"}, lists=AT_DESK, related=BY_ELECTION))


@door(Term, needs=reads_here, related=TERM)
def desk_election(request: Request, term: Term) -> HttpResponse:
    """The election of a term: the notice, the assembly, every round."""
    shown = {**_election(request, term), "tabs": council_tabs(term.place, term, "desk-election")}
    return render(request, "desk/election.html", shown)


@door(ByElection, needs=reads_here, related=BY_ELECTION)
def desk_by_election(request: Request, by_election: ByElection) -> HttpResponse:
    """A by-election from its call to its result, on one page."""
    shown = {
        **_election(request, by_election),
        "groups": candidate_groups(request, by_election),
        "list": listing(request, BY_ELECTION_CANDIDATES, by_election),
        "by_election": by_election,
    }
    return render(request, "desk/election.html", shown)


def _election(request: Request, whole: Whole) -> dict[str, Any]:
    """What the page of any election shows."""
    rows = Assembly.objects.standing().filter(**_own(whole))
    meetings = list(rows.select_related("place", "term", "by_election"))
    votes = whole.state in (State.PUBLICISING, State.ELECTING)
    return {
        "whole": whole,
        "title": str(whole),
        "steps": steps_of(whole),
        "notice": whole.notice,
        "result_notice": whole.result_notice,
        "verbs": [
            *buttons(request, whole, room="desk"),
            *(renumbering(request, whole) if isinstance(whole, Term) and not votes else []),
        ],
        "assemblies": [(one, _assembly_buttons(request, one) if votes else []) for one in meetings],
        "rounds": listing(
            request,
            BY_ELECTION_ROUNDS if isinstance(whole, ByElection) else ROUNDS,
            whole,
            buttons=lambda one: round_verbs(request, one, whole),
            prefix="round_",
        ),
        "crumbs": trail(request, whole, "desk", _("选举")),
    }


def _assembly_buttons(request: Request, assembly: Assembly) -> list[Button]:
    codes = (
        "assembly.sign_in",
        "assembly.note_proxies",
        "assembly.appoint_tellers",
        "assembly.amend",
        "assembly.withdraw",
    )
    return buttons(request, assembly, *codes, asleep=False, room="desk")


def _own(whole: Whole) -> dict[str, Any]:
    return {"by_election": whole} if isinstance(whole, ByElection) else {"term": whole, "by_election": None}


urlpatterns = [
    path("terms/<uuid:pk>/election/", desk_election, name="desk-election"),
    path("by-elections/<uuid:pk>/", desk_by_election, name="desk-by-election"),
]
