"""预算表决 at the desk: opening, the register, paper ballots keyed twice, the result, departing from it, publishing."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.doors.lists.choices import BUDGET_VOTES, REGISTER
from yishiting.doors.web.desk.budgeting_forms import BatchForm, VoteForm
from yishiting.doors.web.shared.choices import budget_facts
from yishiting.doors.web.shared.declared import button, buttons, said_after
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.lists import Around, list_page
from yishiting.doors.web.shared.nouns import Noun, know, trail
from yishiting.doors.web.shared.posting import perform
from yishiting.doors.web.shared.requests import Request, person_of
from yishiting.doors.web.shared.shapes import Button, Fact, Link
from yishiting.doors.web.shared.sheets import as_sheet, sheet_answer
from yishiting.doors.web.shared.templatetags.yishiting_ui import money
from yishiting.ground.common.verbs import VERBS
from yishiting.ground.organisations.permissions import reads_here
from yishiting.ground.places.models import Place
from yishiting.year.budgeting.actions import enter_paper, open_vote
from yishiting.year.budgeting.models import BudgetOption, BudgetVote, Voter
from yishiting.year.budgeting.published import left, losers, overridden, result_table, rule_words, spent, ties, winners
from yishiting.year.budgeting.queries import batches_of, can_be_voted_on, options_of, turnout
from yishiting.year.budgeting.states import State

RELATED = ("place", "notice")


know(
    Noun(
        BudgetVote,
        pages={"desk": "desk-budget-vote"},
        lists={"desk": ("desk-budget-votes", gettext_lazy("预算表决"))},
        related=RELATED,
        by_hand={"budget_ballot.enter_paper": "budget-batch"},
    ),
    Noun(
        Voter,
        pages={"desk": "budget-register"},
        key="vote",
        related=("place", "vote__place", "representative"),
        by_hand={"budget_ballot.cast": "my-budget-vote"},
    ),
    Noun(Place, by_hand={"budget_vote.open": "budget-vote-open"}),
)


def _around(request: Request, place: Place) -> Around:
    return Around(
        _("预算表决"),
        trail(request, place, "desk", _("预算表决")),
        words=_("在经费总额以内，由代表选出先办的事项。结果供协商参考。"),
        verbs=[button(request, "budget_vote.open", place, primary=True, room="desk")],
    )


@door(Place, needs="budget_vote.open")
def vote_open(request: Request, place: Place) -> HttpResponse:
    """Open a vote on the proposals of a year, next year unless `?year=` says another."""
    this, verb = timezone.localdate().year, VERBS["budget_vote.open"]
    asked = request.GET.get("year", "")
    year = int(asked) if asked in (str(this), str(this + 1)) else this + 1
    back = reverse("desk-budget-votes", args=[place.code])
    return perform(
        request,
        VoteForm(place, list(can_be_voted_on(place, year)), request.POST or None),
        lambda **given: open_vote(place, by=request.actor, year=year, **given),
        page="desk/budget_open.html",
        to=lambda vote: reverse("desk-budget-vote", args=[vote.pk]),
        done=lambda result: said_after(verb, result),
        context={
            "year": year,
            "years": [Link(_("%(y)s年拟办的") % {"y": y}, f"?year={y}", current=y == year) for y in (this, this + 1)],
            "back": back,
            "crumbs": [*trail(request, place, "desk"), Link(_("预算表决"), back), Link(verb.label, "")],
        },
    )


@door(BudgetVote, needs=reads_here, related=RELATED)
def vote(request: Request, vote: BudgetVote) -> HttpResponse:
    """How far a vote has come; once it is closed, its result with every reason."""
    options = options_of(vote)
    shown = {
        "vote": vote,
        "facts": budget_facts(vote, turnout(vote)),
        "verbs": verbs(request, vote),
        "options": options,
        "batches": batches_of(vote),
        "crumbs": trail(request, vote, "desk"),
    }
    return render(request, "desk/budget_vote.html", {**shown, **outcome(vote, options)})


def outcome(vote: BudgetVote, options: list[BudgetOption]) -> dict[str, Any]:
    """The result, once there is one."""
    if not vote.result:
        return {}
    return {
        "winners": winners(vote, options),
        "losers": losers(vote, options),
        "ties": ties(vote, options),
        "instead": overridden(vote, options),
        "sums": [Fact(_("入选合计"), money(spent(vote))), Fact(_("还剩"), money(left(vote)))],
    }


def verbs(request: Request, vote: BudgetVote) -> list[Button]:
    """The next steps of a vote, its register, and what is printed."""
    found, key = buttons(request, vote, room="desk"), [vote.pk]
    if vote.state == State.OPEN:
        found.append(Button(_("打印选票"), reverse("budget-ballot-paper", args=key), "plain", "get"))
    found.append(Button(_("名册"), reverse("budget-register", args=key), "plain", "get"))
    if vote.result:
        found.append(Button(_("导出表格"), reverse("budget-vote-sheet", args=key), "quiet", "get"))
    return found


def _around_register(request: Request, vote: BudgetVote) -> Around:
    """The register: who has taken part and how; a paper ballot is issued here."""
    return Around(
        _("名册"),
        trail(request, vote, "desk", _("名册")),
        words=_(
            "%(title)s。名册%(all)s人，手机投票%(phone)s人，领取纸质选票%(paper)s人。"
            "一人一票：领了纸质选票的不能再用手机投，手机投了的不能再领。"
        )
        % {"title": vote.title, **turnout(vote)},
        buttons=lambda voter: buttons(
            request,
            voter,
            "budget_ballot.issue",
            "budget_ballot.take_back",
            "budget_voter.correct",
            asleep=False,
            room="desk",
        ),
    )


@door(BudgetVote, needs="budget_ballot.enter_paper", related=RELATED)
def batch(request: Request, vote: BudgetVote) -> HttpResponse:
    """Key in a bundle of paper ballots."""
    verb, back = VERBS["budget_ballot.enter_paper"], reverse("desk-budget-vote", args=[vote.pk])
    names = "　".join(f"{one.number} {one.title}" for one in options_of(vote))
    return perform(
        request,
        BatchForm(vote, request.POST or None, offered=request.GET.dict()),
        lambda number, ballots: enter_paper(vote, by=person_of(request), number=number, bundle=ballots),
        page="desk/form.html",
        to=back,
        done=lambda made: said_after(verb, made),
        context={
            "title": verb.label,
            "words": _("备选项目：%(names)s") % {"names": names},
            "submit": verb.label,
            "back": back,
            "crumbs": trail(request, vote, "desk", verb.label),
        },
    )


@door(BudgetVote, needs=reads_here, related=RELATED)
def ballot_paper(request: Request, vote: BudgetVote) -> HttpResponse:
    """The ballot paper to print."""
    shown = {"vote": vote, "options": options_of(vote), "back": reverse("desk-budget-vote", args=[vote.pk])}
    return render(request, "desk/budget_ballot.html", {**shown, "large": bool(request.GET.get("large"))})


@door(BudgetVote, needs=reads_here, related=RELATED)
def vote_sheet(request: Request, vote: BudgetVote) -> HttpResponse:
    """The result as a spreadsheet."""
    table = result_table(vote) if vote.result else {"columns": [], "rows": []}
    about = _("经费总额%(sum)s；%(rule)s；规则版本：%(label)s") % {
        "sum": money(vote.budget), "rule": rule_words(vote), "label": vote.rules_label,
    }  # fmt: skip
    widths = [8, 44, 16, 8, 10, 60][: len(table["columns"])]
    return sheet_answer(as_sheet(vote.title, about, table["columns"], widths, table["rows"]), vote.title)


urlpatterns = [
    path("p/<str:code>/budget-votes/", list_page(BUDGET_VOTES, _around), name="desk-budget-votes"),
    path("p/<str:code>/budget-votes/open/", vote_open, name="budget-vote-open"),
    path("budget-votes/<uuid:pk>/", vote, name="desk-budget-vote"),
    path("budget-votes/<uuid:pk>/register/", list_page(REGISTER, _around_register), name="budget-register"),
    path("budget-votes/<uuid:pk>/batch/", batch, name="budget-batch"),
    path("budget-votes/<uuid:pk>/ballot/", ballot_paper, name="budget-ballot-paper"),
    path("budget-votes/<uuid:pk>/sheet/", vote_sheet, name="budget-vote-sheet"),
]
