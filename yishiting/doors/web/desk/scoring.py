"""打分 at the desk: the rounds of a place, opening one, paper sheets keyed twice, the result, making it public."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.doors.lists.choices import JUDGES, SCORE_ROUNDS
from yishiting.doors.web.desk import choices_parts as parts
from yishiting.doors.web.desk.choices_parts import NumbersForm, VoidForm, on_page
from yishiting.doors.web.desk.confirming import confirm
from yishiting.doors.web.desk.scoring_forms import KeyingForm, RoundForm
from yishiting.doors.web.shared import forms as ours
from yishiting.doors.web.shared.choices import score_facts, score_lines
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.lists import Around, list_page, listing
from yishiting.doors.web.shared.posting import perform
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Button, Link
from yishiting.doors.web.shared.sheets import as_sheet, sheet_answer
from yishiting.ground.common.closing import BEFORE_PUBLISHING, before_closing
from yishiting.ground.common.predicates import Question
from yishiting.ground.common.verbs import VERBS, why_not
from yishiting.ground.places.models import Place
from yishiting.instruments.ballots.permissions import counts_here
from yishiting.year.scoring import actions
from yishiting.year.scoring.models import Judge, Origin, ScoredProposal, ScoreRound
from yishiting.year.scoring.permissions import reads_rounds
from yishiting.year.scoring.published import result_table
from yishiting.year.scoring.queries import Progress, Standing, judges_in, scored_in
from yishiting.year.scoring.states import State

RELATED = ("place", "meeting", "notice")


class AsideForm(ours.Form):
    """On which proposal a judge stands aside, and why."""

    scored = forms.ModelChoiceField(label=gettext_lazy("对哪份建议案回避"), queryset=ScoredProposal.objects.none())
    reason = forms.CharField(
        label=gettext_lazy("回避的原因"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("例如：本人就是申请人。只在工作台能看到。"),
    )


def _around(request: Request, place: Place) -> Around:
    opening = Button(_("发起打分"), reverse("score-round-open", args=[place.code]), "primary", "get")
    allowed = why_not(request.actor, "score_round.open", place) is None
    return Around(
        _("打分"),
        crumbs(place),
        words=_("请在任代表按同样的标准给建议案打分，结果供审议时参考。"),
        verbs=[opening] if allowed else [],
    )


@door(Place, needs="score_round.open")
def round_open(request: Request, place: Place) -> HttpResponse:
    """Open a round."""
    title = _("%(place)s%(year)s年审议前打分") % {"place": place.name, "year": timezone.localdate().year}
    return perform(
        request,
        RoundForm(request.POST or None, place=place, initial={"title": title}),
        lambda **given: actions.open_round(place, by=request.actor, **given),
        page="desk/form.html",
        to=lambda made: reverse("desk-score-round", args=[made.pk]),
        done=_("已发起，在任代表就是评委。可以打印评分表，也可以请代表在手机上打分。"),
        context={
            "title": _("发起打分"),
            "words": _("评分标准、权重和得分的算法按本地规则，发起后不能改。"),
            "submit": _("发起打分"),
            "back": reverse("desk-score-rounds", args=[place.code]),
            "crumbs": crumbs(place, Link(_("发起打分"), "")),
        },
    )


@door(ScoreRound, needs=reads_rounds, related=RELATED)
def score_round(request: Request, score_round: ScoreRound) -> HttpResponse:
    """How far a round has come, judge by judge; once it is closed, its result."""
    judges = listing(request, JUDGES, score_round, buttons=lambda one: judge_verbs(request, score_round, one))
    scored = scored_in(score_round)
    shown = {
        "round": score_round,
        "facts": score_facts(score_round, judges.page.paginator.count),
        "verbs": verbs(request, score_round),
        "scored": scored,
        "list": judges,
        "due": len(scored),
        "lines": score_lines(score_round),
        "crumbs": crumbs(score_round.place, Link(score_round.title, "")),
    }
    return render(request, "desk/score_round.html", shown)


def verbs(request: Request, score_round: ScoreRound) -> list[Button]:
    """The next steps of a round."""
    found = []
    if score_round.state == State.OPEN:
        found = parts.button(request, score_round, "score_round.close", "score-round-close", "primary", asks=True)
        found.append(Button(_("打印评分表"), reverse("score-round-blank", args=[score_round.pk]), "plain", "get"))
    if score_round.result.get("tied") and not score_round.result["lot"]:
        found += parts.button(request, score_round, "score_round.draw_lot", "score-round-lot", "primary", asks=True)
    else:
        found += parts.button(request, score_round, "score_round.publish", "score-round-publish", "primary", asks=True)
    if score_round.result:
        found.append(Button(_("打印结果"), reverse("score-round-result", args=[score_round.pk]), "plain", "get"))
        found.append(Button(_("导出表格"), reverse("score-round-sheet", args=[score_round.pk]), "quiet", "get"))
    return found + parts.button(request, score_round, "score_round.void", "score-round-void", "danger", asks=True)


def judge_verbs(request: Request, score_round: ScoreRound, one: Standing) -> list[Button]:
    """Keying the paper sheet, and standing aside."""
    if score_round.state != State.OPEN or counts_here.why_not(Question(request.actor, score_round)) is not None:
        return []
    found = []
    if one.progress in (Progress.NOTHING, Progress.KEYED_ONCE, Progress.DIFFERENT):
        found.append(Button(_("录入评分表"), reverse("score-sheet-key", args=[one.judge.pk]), "plain", "get"))
    return [*found, Button(_("登记回避"), reverse("score-sheet-aside", args=[one.judge.pk]), "quiet", "get")]


@door(Judge, needs=counts_here, related=("place", "round__place", "representative"))
def sheet_key(request: Request, judge: Judge) -> HttpResponse:
    """Key in a judge's paper sheet, first or second time, apart from the other keying."""
    back = reverse("desk-score-round", args=[judge.round_id])
    person: Any = request.person
    others = judge.keyings.exclude(entered_by=person)
    shown = {
        "judge": judge,
        "round": judge.round,
        "second": others.exists(),
        "mine": judge.keyings.filter(entered_by=person).exists() and not others.exists(),
        "back": back,
        "crumbs": crumbs(judge.place, Link(judge.round.title, back), Link(_("录入评分表"), "")),
    }
    return perform(
        request,
        KeyingForm(judge.round, scored_in(judge.round), request.POST or None),
        lambda **given: actions.enter_sheet(judge, by=person, origin=Origin.PAPER, **given),
        page="desk/score_keying.html",
        to=back,
        done=keyed_words,
        context=shown,
    )


def keyed_words(judge: Judge) -> str:
    """What the keying came to."""
    if judge.sheets.filter(origin=Origin.PAPER, recused=False).exists():
        return _("%(name)s的评分表两遍一致，已计入。") % {"name": judge.representative.name}
    if judge.keyings.values("entered_by").distinct().count() > 1:
        return _("两遍不一致，不一致的地方列在下面。请对照评分表再录一遍。")
    return _("第一遍已录入。请换一位同事对照评分表再录一遍。")


@door(Judge, needs=counts_here, related=("place", "round__place", "representative"))
def sheet_aside(request: Request, judge: Judge) -> HttpResponse:
    """Note that a judge stands aside."""
    form = AsideForm(request.POST or None)
    field: Any = form.fields["scored"]
    field.queryset = judge.round.scored.all()
    back = reverse("desk-score-round", args=[judge.round_id])
    return on_page(
        request, form, lambda **given: actions.recuse(judge, by=request.actor, **given),
        title=_("登记回避：%(name)s") % {"name": judge.representative.name}, back=back, done=_("已登记回避。"),
        crumbs=crumbs(judge.place, Link(judge.round.title, back)),
    )  # fmt: skip


@door(ScoreRound, needs="score_round.close", related=RELATED)
def round_close(request: Request, score_round: ScoreRound) -> HttpResponse:
    """End the scoring."""
    return confirm(
        request, lambda: actions.close_round(score_round, by=request.actor),
        title=str(VERBS["score_round.close"].label), back=here(score_round), about=score_round,
        words=before_closing(score_round.closes, _("随即按规则得出结果。")), done=_("已截止，结果在下面。请核对后公布。"),
        crumbs=crumbs(score_round.place, Link(score_round.title, here(score_round))),
    )  # fmt: skip


@door(ScoreRound, needs="score_round.publish", related=RELATED)
def round_publish(request: Request, score_round: ScoreRound) -> HttpResponse:
    """Make the result public."""
    return confirm(
        request, lambda: actions.publish_round(score_round, by=request.actor),
        title=str(VERBS["score_round.publish"].label), back=here(score_round), about=score_round,
        words=str(BEFORE_PUBLISHING), done=_("结果已公布，并贴上公告栏。"),
        crumbs=crumbs(score_round.place, Link(score_round.title, here(score_round))),
    )  # fmt: skip


@door(ScoreRound, needs="score_round.draw_lot", related=RELATED)
def round_lot(request: Request, score_round: ScoreRound) -> HttpResponse:
    """Enter the numbers of the lot."""
    return on_page(
        request, NumbersForm(request.POST or None),
        lambda numbers: actions.draw_lot(score_round, by=request.actor, numbers=numbers),
        title=_("抽签定先后"), back=here(score_round), done=_("已按公布的号码定出先后。"), about=score_round,
        words=_("并列：%(names)s。号码来源：%(source)s。")
        % {"names": "、".join(score_round.result.get("tied", [])), "source": score_round.lot_source},
        crumbs=crumbs(score_round.place, Link(score_round.title, here(score_round))),
    )  # fmt: skip


@door(ScoreRound, needs="score_round.void", related=RELATED)
def round_void(request: Request, score_round: ScoreRound) -> HttpResponse:
    """Declare a round void."""
    return on_page(
        request, VoidForm(request.POST or None),
        lambda reason: actions.void_round(score_round, by=request.actor, reason=reason),
        title=_("打分作废"), back=here(score_round), done=_("这次打分已作废，原因已记录。"), kind="danger",
        about=score_round, crumbs=crumbs(score_round.place, Link(score_round.title, here(score_round))),
    )  # fmt: skip


@door(ScoreRound, needs=reads_rounds, related=RELATED)
def round_blank(request: Request, score_round: ScoreRound) -> HttpResponse:
    """Blank sheets to print: one page for each judge."""
    shown = {"round": score_round, "scored": scored_in(score_round), "judges": judges_in(score_round)}
    return render(request, "desk/score_blank.html", {**shown, "back": here(score_round)})


@door(ScoreRound, needs=reads_rounds, related=RELATED)
def round_result(request: Request, score_round: ScoreRound) -> HttpResponse:
    """The result to print and sign."""
    facts = score_facts(score_round, score_round.judges.count())
    shown = {"round": score_round, "facts": facts, "lines": score_lines(score_round), "back": here(score_round)}
    return render(request, "desk/score_result.html", shown)


@door(ScoreRound, needs=reads_rounds, related=RELATED)
def round_sheet(request: Request, score_round: ScoreRound) -> HttpResponse:
    """The result as a spreadsheet."""
    table = result_table(score_round) if score_round.result else {"columns": [], "rows": []}
    about = _("得分的算法：%(method)s；规则版本：%(rules)s") % {
        "method": score_round.method_name, "rules": score_round.rules_label,
    }  # fmt: skip
    widths = [8, 44, 10, 12, 8, 8, 8, 8, 12][: len(table["columns"])]
    content = as_sheet(score_round.title, about, table["columns"], widths, table["rows"])
    return sheet_answer(content, f"{score_round.title}.xlsx")


def here(score_round: ScoreRound) -> str:
    """The page of a round."""
    return reverse("desk-score-round", args=[score_round.pk])


def crumbs(place: Place, *more: Link) -> list[Link]:
    """From the place to the page."""
    return parts.crumbs(place, _("打分"), "desk-score-rounds", *more)


urlpatterns = [
    path("p/<str:code>/score-rounds/", list_page(SCORE_ROUNDS, _around), name="desk-score-rounds"),
    path("p/<str:code>/score-rounds/open/", round_open, name="score-round-open"),
    path("score-rounds/<uuid:pk>/", score_round, name="desk-score-round"),
    path("score-rounds/<uuid:pk>/close/", round_close, name="score-round-close"),
    path("score-rounds/<uuid:pk>/publish/", round_publish, name="score-round-publish"),
    path("score-rounds/<uuid:pk>/lot/", round_lot, name="score-round-lot"),
    path("score-rounds/<uuid:pk>/void/", round_void, name="score-round-void"),
    path("score-rounds/<uuid:pk>/blank/", round_blank, name="score-round-blank"),
    path("score-rounds/<uuid:pk>/result/", round_result, name="score-round-result"),
    path("score-rounds/<uuid:pk>/sheet/", round_sheet, name="score-round-sheet"),
    path("judges/<uuid:pk>/key/", sheet_key, name="score-sheet-key"),
    path("judges/<uuid:pk>/aside/", sheet_aside, name="score-sheet-aside"),
]
