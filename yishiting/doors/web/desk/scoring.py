"""打分 at the desk: the rounds of a place, opening one, paper sheets keyed twice, the result, making it public."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.doors.lists.choices import JUDGES, SCORE_ROUNDS
from yishiting.doors.web.desk.scoring_forms import KeyingForm
from yishiting.doors.web.shared.choices import score_facts, score_lines
from yishiting.doors.web.shared.declared import button, buttons
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.lists import Around, list_page, listing
from yishiting.doors.web.shared.nouns import Noun, know, trail
from yishiting.doors.web.shared.posting import perform
from yishiting.doors.web.shared.requests import Request, person_of
from yishiting.doors.web.shared.shapes import Button
from yishiting.doors.web.shared.sheets import as_sheet, sheet_answer
from yishiting.ground.common.verbs import VERBS, why_not
from yishiting.ground.organisations.permissions import reads_here
from yishiting.ground.places.models import Place
from yishiting.instruments.ballots.permissions import counts_here
from yishiting.year.scoring.actions import enter_sheet
from yishiting.year.scoring.models import Judge, Origin, ScoreRound
from yishiting.year.scoring.published import result_table
from yishiting.year.scoring.queries import Progress, Standing, judges_in, scored_in
from yishiting.year.scoring.states import State

RELATED = ("place", "meeting", "notice")


know(
    Noun(
        ScoreRound,
        pages={"desk": "desk-score-round"},
        lists={"desk": ("desk-score-rounds", gettext_lazy("打分"))},
        related=RELATED,
    ),
    Noun(
        Judge,
        pages={"council": "my-scoring"},
        part_of="round",
        related=("place", "round__place", "representative"),
        by_hand={"score_sheet.enter": "my-scoring"},
        called=lambda judge: f"{judge.round.title}（{judge.representative.name}）",
    ),
)


def _around(request: Request, place: Place) -> Around:
    return Around(
        _("打分"),
        trail(request, place, "desk", _("打分")),
        words=_("请在任代表按同样的标准给建议案打分，结果供审议时参考。"),
        verbs=[button(request, "score_round.open", place, primary=True, room="desk")],
    )


@door(ScoreRound, needs=reads_here, related=RELATED)
def score_round(request: Request, score_round: ScoreRound) -> HttpResponse:
    """How far a round has come, judge by judge; once it is closed, its result."""
    judges = listing(request, JUDGES, score_round, buttons=lambda one: judge_verbs(request, one))
    scored = scored_in(score_round)
    shown = {
        "round": score_round,
        "facts": score_facts(score_round, judges.page.paginator.count),
        "verbs": verbs(request, score_round),
        "scored": scored,
        "list": judges,
        "due": len(scored),
        "lines": score_lines(score_round),
        "crumbs": trail(request, score_round, "desk"),
    }
    return render(request, "desk/score_round.html", shown)


def verbs(request: Request, score_round: ScoreRound) -> list[Button]:
    """The next steps of a round, and what is printed."""
    found, key = buttons(request, score_round, room="desk"), [score_round.pk]
    if score_round.state == State.OPEN:
        found.append(Button(_("打印评分表"), reverse("score-round-blank", args=key), "plain", "get"))
    if score_round.result:
        found.append(Button(_("打印结果"), reverse("score-round-result", args=key), "plain", "get"))
        found.append(Button(_("导出表格"), reverse("score-round-sheet", args=key), "quiet", "get"))
    return found


def judge_verbs(request: Request, one: Standing) -> list[Button]:
    """Keying the paper sheet, and standing aside."""
    if why_not(request.actor, "score_sheet.recuse", one.judge) is not None:
        return []
    aside = button(request, "score_sheet.recuse", one.judge, room="desk")
    if one.progress not in (Progress.NOTHING, Progress.KEYED_ONCE, Progress.DIFFERENT):
        return [aside]
    return [
        Button(VERBS["score_sheet.enter"].label, reverse("score-sheet-key", args=[one.judge.pk]), "plain", "get"),
        aside,
    ]


@door(Judge, needs=counts_here, related=("place", "round__place", "representative"))
def sheet_key(request: Request, judge: Judge) -> HttpResponse:
    """Key in a judge's paper sheet, first or second time, apart from the other keying."""
    back = reverse("desk-score-round", args=[judge.round_id])
    person = person_of(request)
    others = judge.keyings.exclude(entered_by=person)
    shown = {
        "judge": judge,
        "round": judge.round,
        "second": others.exists(),
        "mine": judge.keyings.filter(entered_by=person).exists() and not others.exists(),
        "back": back,
        "crumbs": trail(request, judge, "desk", VERBS["score_sheet.enter"].label),
    }
    return perform(
        request,
        KeyingForm(judge.round, scored_in(judge.round), request.POST or None),
        lambda **given: enter_sheet(judge, by=person, origin=Origin.PAPER, **given),
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


@door(ScoreRound, needs=reads_here, related=RELATED)
def round_blank(request: Request, score_round: ScoreRound) -> HttpResponse:
    """Blank sheets to print: one page for each judge."""
    shown = {"round": score_round, "scored": scored_in(score_round), "judges": judges_in(score_round)}
    return render(
        request, "desk/score_blank.html", {**shown, "back": reverse("desk-score-round", args=[score_round.pk])}
    )


@door(ScoreRound, needs=reads_here, related=RELATED)
def round_result(request: Request, score_round: ScoreRound) -> HttpResponse:
    """The result to print and sign."""
    facts = score_facts(score_round, score_round.judges.count())
    shown = {
        "round": score_round,
        "facts": facts,
        "lines": score_lines(score_round),
        "back": reverse("desk-score-round", args=[score_round.pk]),
    }
    return render(request, "desk/score_result.html", shown)


@door(ScoreRound, needs=reads_here, related=RELATED)
def round_sheet(request: Request, score_round: ScoreRound) -> HttpResponse:
    """The result as a spreadsheet."""
    table = result_table(score_round) if score_round.result else {"columns": [], "rows": []}
    about = _("得分的算法：%(method)s；规则版本：%(rules)s") % {
        "method": score_round.method_name, "rules": score_round.rules_label,
    }  # fmt: skip
    widths = [8, 44, 10, 12, 8, 8, 8, 8, 12][: len(table["columns"])]
    content = as_sheet(score_round.title, about, table["columns"], widths, table["rows"])
    return sheet_answer(content, score_round.title)


urlpatterns = [
    path("p/<str:code>/score-rounds/", list_page(SCORE_ROUNDS, _around), name="desk-score-rounds"),
    path("score-rounds/<uuid:pk>/", score_round, name="desk-score-round"),
    path("score-rounds/<uuid:pk>/blank/", round_blank, name="score-round-blank"),
    path("score-rounds/<uuid:pk>/result/", round_result, name="score-round-result"),
    path("score-rounds/<uuid:pk>/sheet/", round_sheet, name="score-round-sheet"),
    path("judges/<uuid:pk>/key/", sheet_key, name="score-sheet-key"),
]
