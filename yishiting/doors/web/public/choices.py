"""打分 and 预算表决 for everyone: what is asked, what came out, and everything needed to count again."""

from urllib.parse import quote

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yishiting.doors.web.public.queries import crumbs_of
from yishiting.doors.web.shared.choices import budget_facts, score_facts, score_lines
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Fact, Link, Paper
from yishiting.doors.web.shared.taking_part import in_budget_vote
from yishiting.doors.web.shared.templatetags.yishiting_ui import money
from yishiting.doors.web.shared.timelines import seal_of
from yishiting.ground.ledger.queries import history_of
from yishiting.ground.places.models import Place
from yishiting.year.budgeting.models import BudgetOption, BudgetVote
from yishiting.year.budgeting.published import beside, left, losers, overridden, proof, spent, ties, winners
from yishiting.year.budgeting.queries import ballot_file, command_for, invalid_sheets, options_of, public_votes, turnout
from yishiting.year.budgeting.states import State as VoteState
from yishiting.year.proposals.queries import PUBLIC
from yishiting.year.scoring.models import ScoreRound
from yishiting.year.scoring.queries import published_rounds, scored_in
from yishiting.year.scoring.states import State as RoundState

PAGE = 20
RELATED = ("place__parent__parent", "notice")
FILE, PROOF = "ballots.pb", "proof.json"


@door(Place, related=("parent", "parent__parent"))
def place_choices(request: Request, place: Place) -> HttpResponse:
    """What is voted on and what came of it, at one place."""
    page = Paginator(public_votes(place), PAGE).get_page(request.GET.get("page"))
    shown = {
        "page": page,
        "rounds": published_rounds(place)[:PAGE],
        "crumbs": crumbs_of(place, Link(_("打分和预算表决"), "")),
    }
    return render(request, "public/place_choices.html", shown)


@door(ScoreRound, related=("meeting", *RELATED))
def score_round(request: Request, score_round: ScoreRound) -> HttpResponse:
    """A published result: the order with counts and spread; no judge is named."""
    if score_round.state != RoundState.PUBLISHED:
        raise Http404
    entries = list(history_of([score_round]))
    shown = {
        "round": score_round,
        "facts": score_facts(score_round, score_round.judges.count()),
        "lines": score_lines(score_round),
        "proposals": [one for one in scored_in(score_round) if one.proposal.state in PUBLIC],
        "seal": seal_of(entries[-1]) if entries else None,
        "crumbs": crumbs_of(score_round.place, Link(score_round.title, "")),
    }
    return render(request, "public/score_round.html", shown)


@door(BudgetVote, related=RELATED)
def budget_vote(request: Request, vote: BudgetVote) -> HttpResponse:
    """What is asked; once published, the winners in order, why not the others, and the ballots to count again."""
    if vote.state == VoteState.VOID:
        raise Http404
    options, entries, came = options_of(vote), list(history_of([vote])), turnout(vote)
    shown = {
        "vote": vote,
        "options": [(one, one.proposal.state in PUBLIC) for one in options],
        "facts": budget_facts(vote, came),
        "taking_part": in_budget_vote(vote, came["all"], request.person),
        "published": vote.state == VoteState.PUBLISHED,
        "seal": seal_of(entries[-1]) if entries else None,
        "crumbs": crumbs_of(vote.place, Link(vote.title, "")),
    }
    return render(request, "public/budget_vote.html", {**shown, **outcome(vote, options)})


def outcome(vote: BudgetVote, options: list[BudgetOption]) -> dict[str, object]:
    """The published result; nothing before."""
    if vote.state != VoteState.PUBLISHED:
        return {}
    url = reverse("budget-vote-file", args=[vote.pk])
    size = len(ballot_file(vote).encode())
    return {
        "winners": winners(vote, options),
        "losers": losers(vote, options),
        "ties": ties(vote, options),
        "instead": overridden(vote, options),
        "sums": [
            Fact(_("入选合计"), money(spent(vote))),
            Fact(_("还剩"), money(left(vote))),
            Fact(_("选票"), ballots_words(vote)),
        ],
        "files": [
            Paper(_("全部选票（不含姓名）"), url, size, "pb", _("SHA-256：%(h)s") % {"h": vote.file_hash}),
            Paper(
                _("比例性证明"), reverse("budget-vote-proof", args=[vote.pk]), 0, "json", _("可用下面第二条命令核对")
            ),
        ],
        "command": command_for(vote, FILE),
        "check": f"yishiting methods budget-check {FILE} {PROOF}",
        "beside": beside(vote, options),
    }


def ballots_words(vote: BudgetVote) -> str:
    """How many ballots counted, how many were blank or spoilt."""
    counts = {"n": vote.result["voters"], "blank": vote.result["blank"], "spoilt": invalid_sheets(vote)}
    return _("有效%(n)s张，空白%(blank)s张，废票%(spoilt)s张") % counts


@require_safe
@door(BudgetVote, related=RELATED)
def budget_vote_file(request: Request, vote: BudgetVote) -> HttpResponse:
    """The ballots without names or times, as a file anyone counts again."""
    if vote.state != VoteState.PUBLISHED:
        raise Http404
    answer = HttpResponse(ballot_file(vote), content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f"attachment; filename*=utf-8''{quote(FILE)}"
    return answer


@require_safe
@door(BudgetVote, related=RELATED)
def budget_vote_proof(request: Request, vote: BudgetVote) -> HttpResponse:
    """The proof of proportionality for that file, which anyone checks."""
    if vote.state != VoteState.PUBLISHED:
        raise Http404
    answer = HttpResponse(proof(vote, ballot_file(vote)), content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f"attachment; filename*=utf-8''{quote(PROOF)}"
    return answer


urlpatterns = [
    path("p/<str:code>/choices/", place_choices, name="place-choices"),
    path("score-rounds/<uuid:pk>/", score_round, name="public-score-round"),
    path("budget-votes/<uuid:pk>/", budget_vote, name="public-budget-vote"),
    path("budget-votes/<uuid:pk>/ballots.pb", budget_vote_file, name="budget-vote-file"),
    path("budget-votes/<uuid:pk>/proof.json", budget_vote_proof, name="budget-vote-proof"),
]
