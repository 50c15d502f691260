"""预算表决 at the desk: opening, the register, paper ballots keyed twice, the result, departing from it, publishing."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yishiting.doors.lists.choices import BUDGET_VOTES, REGISTER
from yishiting.doors.web.desk import choices_parts as parts
from yishiting.doors.web.desk.budgeting_forms import BatchForm, OverrideForm, VoteForm
from yishiting.doors.web.desk.choices_parts import NumbersForm, VoidForm, on_page
from yishiting.doors.web.desk.confirming import confirm
from yishiting.doors.web.shared.choices import budget_facts
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.lists import Around, list_page
from yishiting.doors.web.shared.posting import act, perform
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Button, Fact, Link
from yishiting.doors.web.shared.sheets import as_sheet, sheet_answer
from yishiting.doors.web.shared.templatetags.yishiting_ui import money
from yishiting.ground.common.closing import BEFORE_PUBLISHING, before_closing
from yishiting.ground.common.verbs import VERBS, why_not
from yishiting.ground.places.models import Place
from yishiting.year.budgeting import actions
from yishiting.year.budgeting.models import BudgetOption, BudgetVote, PaperBatch, Voter, Way
from yishiting.year.budgeting.permissions import reads_votes
from yishiting.year.budgeting.published import left, losers, overridden, result_table, rule_words, spent, ties, winners
from yishiting.year.budgeting.queries import batches_of, can_be_voted_on, options_of, turnout
from yishiting.year.budgeting.rules import undecided
from yishiting.year.budgeting.states import State

RELATED = ("place", "notice")


def _around(request: Request, place: Place) -> Around:
    opening = Button(_("发起预算表决"), reverse("budget-vote-open", args=[place.code]), "primary", "get")
    allowed = why_not(request.actor, "budget_vote.open", place) is None
    return Around(
        _("预算表决"),
        crumbs(place),
        words=_("钱就这么多，请大家选先办哪几件。结果供协商参考。"),
        verbs=[opening] if allowed else [],
    )


@door(Place, needs="budget_vote.open")
def vote_open(request: Request, place: Place) -> HttpResponse:
    """Open a vote on the proposals of a year, next year unless `?year=` says another."""
    this = timezone.localdate().year
    asked = request.GET.get("year", "")
    year = int(asked) if asked in (str(this), str(this + 1)) else this + 1
    title = _("%(place)s%(year)s年实事项目预算表决") % {"place": place.name, "year": year}
    proposals = list(can_be_voted_on(place, year))
    return perform(
        request,
        VoteForm(proposals, request.POST or None, initial={"title": title}),
        lambda **given: actions.open_vote(place, by=request.actor, year=year, **given),
        page="desk/budget_open.html",
        to=lambda vote: reverse("desk-budget-vote", args=[vote.pk]),
        done=_("已发起，名册、项目、规则和抽签办法从现在起不能改。"),
        context={
            "year": year,
            "years": [Link(_("%(y)s年拟办的") % {"y": y}, f"?year={y}", current=y == year) for y in (this, this + 1)],
            "back": reverse("desk-budget-votes", args=[place.code]),
            "crumbs": crumbs(place, Link(_("发起预算表决"), "")),
        },
    )


@door(BudgetVote, needs=reads_votes, related=RELATED)
def vote(request: Request, vote: BudgetVote) -> HttpResponse:
    """How far a vote has come; once it is closed, its result with every reason."""
    options = options_of(vote)
    shown = {
        "vote": vote,
        "facts": budget_facts(vote, turnout(vote)),
        "verbs": verbs(request, vote),
        "options": options,
        "batches": batches_of(vote),
        "crumbs": crumbs(vote.place, Link(vote.title, "")),
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
    """The next steps of a vote."""
    found = parts.button(request, vote, "budget_vote.close", "budget-vote-close", "primary", asks=True)
    found += parts.button(request, vote, "budget_ballot.enter_paper", "budget-batch", asks=True)
    if vote.state == State.OPEN:
        found.append(Button(_("打印选票"), reverse("budget-ballot-paper", args=[vote.pk]), "plain", "get"))
    found.append(Button(_("名册"), reverse("budget-register", args=[vote.pk]), "plain", "get"))
    if vote.result and undecided(vote.result):
        found += parts.button(request, vote, "budget_vote.draw_lot", "budget-vote-lot", "primary", asks=True)
    else:
        found += parts.button(request, vote, "budget_vote.publish", "budget-vote-publish", "primary", asks=True)
        found += parts.button(request, vote, "budget_vote.override", "budget-vote-override", asks=True)
    if vote.result:
        found.append(Button(_("导出表格"), reverse("budget-vote-sheet", args=[vote.pk]), "quiet", "get"))
    return found + parts.button(request, vote, "budget_vote.void", "budget-vote-void", "danger", asks=True)


def _around_register(request: Request, vote: BudgetVote) -> Around:
    """The register: who has taken part and how; a paper ballot is issued here."""
    may = vote.state == State.OPEN and why_not(request.actor, "budget_ballot.issue", vote) is None
    counts = turnout(vote)
    return Around(
        _("名册"),
        crumbs(vote.place, Link(vote.title, here(vote)), Link(_("名册"), "")),
        words=_(
            "%(title)s。名册%(all)s人，手机投票%(phone)s人，领取纸质选票%(paper)s人。"
            "一人一票：领了纸质选票的不能再用手机投，手机投了的不能再领。"
        )
        % {"title": vote.title, **counts},
        buttons=lambda voter: [issue_verb(voter)] if may and voter.way == Way.NOT_YET else [],
    )


def issue_verb(voter: Voter) -> Button:
    """The button beside a name."""
    url = reverse("budget-ballot-issue", args=[voter.pk])
    return Button(_("领取纸质选票"), url, fields={"revision": voter.token})


@require_POST
@door(Voter, needs="budget_ballot.issue", related=("place", "vote", "representative"))
def ballot_issue(request: Request, voter: Voter) -> HttpResponse:
    """Tick somebody who takes a paper ballot."""
    done = _("%(name)s已登记领取纸质选票。") % {"name": voter.name}
    to = reverse("budget-register", args=[voter.vote_id])
    return act(request, lambda: actions.issue_ballot(voter, by=request.actor), to=to, done=done)


@door(BudgetVote, needs="budget_ballot.enter_paper", related=RELATED)
def batch(request: Request, vote: BudgetVote) -> HttpResponse:
    """Key in a bundle of paper ballots."""
    person: Any = request.person
    return on_page(
        request, BatchForm(request.POST or None, initial={"number": request.GET.get("number", "")}),
        lambda number, ballots: actions.enter_paper(vote, by=person, number=number, bundle=ballots),
        title=_("录入纸质选票"), back=here(vote), done=batch_words,
        words=_("备选项目：%(names)s")
        % {"names": "　".join(f"{one.number} {one.title}" for one in options_of(vote))},
        crumbs=crumbs(vote.place, Link(vote.title, here(vote))),
    )  # fmt: skip


def batch_words(made: PaperBatch) -> str:
    """What the keying came to."""
    if made.agreed:
        return _("第%(n)s沓两遍一致，已计入。") % {"n": made.number}
    if made.keyings.values("entered_by").distinct().count() > 1:
        return _("第%(n)s沓两遍不一致，不一致的地方列在下面。请对照选票再录一遍。") % {"n": made.number}
    return _("第%(n)s沓第一遍已录入。请换一位同事再录一遍。") % {"n": made.number}


@door(BudgetVote, needs="budget_vote.close", related=RELATED)
def vote_close(request: Request, vote: BudgetVote) -> HttpResponse:
    """End the vote."""
    return confirm(
        request, lambda: actions.close_vote(vote, by=request.actor),
        title=str(VERBS["budget_vote.close"].label), back=here(vote), about=vote,
        words=before_closing(vote.closes, _("随即按规则得出结果。")), done=_("已截止，结果在下面。请核对后公布。"),
        crumbs=crumbs(vote.place, Link(vote.title, here(vote))),
    )  # fmt: skip


@door(BudgetVote, needs="budget_vote.publish", related=RELATED)
def vote_publish(request: Request, vote: BudgetVote) -> HttpResponse:
    """Make the result public."""
    return confirm(
        request, lambda: actions.publish_vote(vote, by=request.actor),
        title=str(VERBS["budget_vote.publish"].label), back=here(vote), about=vote,
        words=str(BEFORE_PUBLISHING), done=_("结果已公布，并贴上公告栏。"),
        crumbs=crumbs(vote.place, Link(vote.title, here(vote))),
    )  # fmt: skip


@door(BudgetVote, needs="budget_vote.draw_lot", related=RELATED)
def vote_lot(request: Request, vote: BudgetVote) -> HttpResponse:
    """Enter the numbers of the lot."""
    return on_page(
        request, NumbersForm(request.POST or None),
        lambda numbers: actions.draw_lot(vote, by=request.actor, numbers=numbers),
        title=_("抽签定先后"), back=here(vote), done=_("已按公布的号码定出先后。"), about=vote,
        words=_("号码来源：%(source)s。") % {"source": vote.lot_source},
        crumbs=crumbs(vote.place, Link(vote.title, here(vote))),
    )  # fmt: skip


@door(BudgetVote, needs="budget_vote.override", related=RELATED)
def vote_override(request: Request, vote: BudgetVote) -> HttpResponse:
    """Depart from the result, with a reason."""
    before = [int(number) for number in vote.result.get("winners", [])]
    form = OverrideForm(options_of(vote), request.POST or None, initial={"winners": before})
    return on_page(
        request, form, lambda **given: actions.override_vote(vote, by=request.actor, **given),
        title=_("调整表决结果"), back=here(vote), done=_("已记录，两个结果和理由会一起公布。"), about=vote,
        kind="danger", crumbs=crumbs(vote.place, Link(vote.title, here(vote))),
    )  # fmt: skip


@door(BudgetVote, needs="budget_vote.void", related=RELATED)
def vote_void(request: Request, vote: BudgetVote) -> HttpResponse:
    """Declare a vote void."""
    return on_page(
        request, VoidForm(request.POST or None),
        lambda reason: actions.void_vote(vote, by=request.actor, reason=reason),
        title=_("预算表决作废"), back=here(vote), done=_("这次表决已作废，原因已记录。"), kind="danger",
        about=vote, crumbs=crumbs(vote.place, Link(vote.title, here(vote))),
    )  # fmt: skip


@door(BudgetVote, needs=reads_votes, related=RELATED)
def ballot_paper(request: Request, vote: BudgetVote) -> HttpResponse:
    """The ballot paper to print."""
    shown = {"vote": vote, "options": options_of(vote), "back": here(vote)}
    return render(request, "desk/budget_ballot.html", {**shown, "large": bool(request.GET.get("large"))})


@door(BudgetVote, needs=reads_votes, related=RELATED)
def vote_sheet(request: Request, vote: BudgetVote) -> HttpResponse:
    """The result as a spreadsheet."""
    table = result_table(vote) if vote.result else {"columns": [], "rows": []}
    about = _("可用的钱%(sum)s；%(rule)s；规则版本：%(label)s") % {
        "sum": money(vote.budget), "rule": rule_words(vote), "label": vote.rules_label,
    }  # fmt: skip
    widths = [8, 44, 16, 8, 10, 60][: len(table["columns"])]
    return sheet_answer(as_sheet(vote.title, about, table["columns"], widths, table["rows"]), f"{vote.title}.xlsx")


def here(vote: BudgetVote) -> str:
    """The page of a vote."""
    return reverse("desk-budget-vote", args=[vote.pk])


def crumbs(place: Place, *more: Link) -> list[Link]:
    """From the place to the page."""
    return parts.crumbs(place, _("预算表决"), "desk-budget-votes", *more)


urlpatterns = [
    path("p/<str:code>/budget-votes/", list_page(BUDGET_VOTES, _around), name="desk-budget-votes"),
    path("p/<str:code>/budget-votes/open/", vote_open, name="budget-vote-open"),
    path("budget-votes/<uuid:pk>/", vote, name="desk-budget-vote"),
    path("budget-votes/<uuid:pk>/register/", list_page(REGISTER, _around_register), name="budget-register"),
    path("budget-votes/<uuid:pk>/batch/", batch, name="budget-batch"),
    path("budget-votes/<uuid:pk>/close/", vote_close, name="budget-vote-close"),
    path("budget-votes/<uuid:pk>/publish/", vote_publish, name="budget-vote-publish"),
    path("budget-votes/<uuid:pk>/lot/", vote_lot, name="budget-vote-lot"),
    path("budget-votes/<uuid:pk>/override/", vote_override, name="budget-vote-override"),
    path("budget-votes/<uuid:pk>/void/", vote_void, name="budget-vote-void"),
    path("budget-votes/<uuid:pk>/ballot/", ballot_paper, name="budget-ballot-paper"),
    path("budget-votes/<uuid:pk>/sheet/", vote_sheet, name="budget-vote-sheet"),
    path("voters/<uuid:pk>/issue/", ballot_issue, name="budget-ballot-issue"),
]
