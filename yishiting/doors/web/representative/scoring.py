"""打分 for representatives, on the phone: what waits, one proposal at a time, standing aside."""

import uuid
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from yishiting.doors.web.shared import forms as ours
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.nouns import address_of, trail
from yishiting.doors.web.shared.posting import perform
from yishiting.doors.web.shared.requests import Request, person_of
from yishiting.doors.web.shared.shapes import Button, Waiting
from yishiting.ground.accounts.models import Person
from yishiting.year.scoring.actions import enter_sheet
from yishiting.year.scoring.models import Judge, Origin, ScoredProposal, ScoreSheet
from yishiting.year.scoring.permissions import the_judge
from yishiting.year.scoring.queries import next_to_score, scored_in, sheets_of, unfinished_for
from yishiting.year.scoring.rules import Line
from yishiting.year.scoring.states import State

RELATED = ("place", "round__place", "representative")


class ScoreForm(ours.Form):
    """A mark for each criterion of one proposal; the cleaned value is the line."""

    def __init__(self, criteria: list[dict[str, str]], *args: Any, marks: list[str] | None = None) -> None:
        super().__init__(*args)
        for n, one in enumerate(criteria):
            self.fields[f"m{n}"] = self._mark(one, marks[n] if marks else None)

    def _mark(self, one: dict[str, str], before: str | None) -> forms.Field:
        label = _("%(name)s（0—%(full)s分）") % one
        widget = forms.TextInput(attrs={"class": "short number", "inputmode": "decimal", "autocomplete": "off"})
        field = forms.DecimalField(
            label=label, min_value=0, max_value=int(one["full"]), decimal_places=1, initial=before,
            help_text=one.get("hint", ""), widget=widget,
        )  # fmt: skip
        field.error_messages |= {
            "required": _("请打分。"),
            "max_value": _("最多%(limit_value)s分。"),
            "min_value": _("最少0分。"),
            "invalid": _("请写数字，例如 8 或 8.5。"),
        }
        return field

    def clean(self) -> dict[str, Any]:
        """The line as it is kept."""
        given = super().clean() or self.cleaned_data
        marks = tuple(f"{given[name].normalize():f}" if given.get(name) is not None else None for name in self.fields)
        return {"line": Line(marks)}


def waiting(person: Person) -> list[Waiting]:
    """The rounds that wait for this person."""
    return [
        Waiting(
            one.round.title,
            reverse("my-scoring", args=[one.pk]),
            Button(_("去打分"), reverse("my-scoring", args=[one.pk]), "primary", "get"),
            _("已打%(done)s件，共%(due)s件") % {"done": one.done, "due": one.due},  # type: ignore[attr-defined]  # annotated
            one.round.closes,
        )
        for one in unfinished_for(person, timezone.localdate())
    ]


@door(Judge, needs=the_judge, related=RELATED)
def my_scoring(request: Request, judge: Judge) -> HttpResponse:
    """The proposals of a round and what I have given."""
    scored, sheets = scored_in(judge.round), sheets_of(judge)
    rows = [(one, given_words(sheets.get(one.pk))) for one in scored]
    following = next_to_score(judge, scored)
    shown = {
        "judge": judge,
        "round": judge.round,
        "rows": rows,
        "open": may_still(judge),
        "paper": judge.keyings.exists(),
        "next": reverse("my-score", args=[judge.pk, following.pk]) if following else "",
        "crumbs": trail(request, judge, "council"),
    }
    return render(request, "representative/scoring.html", shown)


@door(Judge, needs=the_judge, related=RELATED)
def my_score(request: Request, judge: Judge, scored: uuid.UUID) -> HttpResponse:
    """One proposal: its words, and a mark for each criterion; then on to the next."""
    one = asked_for(judge, scored)
    if not may_still(judge):
        return redirect("my-scoring", pk=judge.pk)
    sheet = sheets_of(judge).get(one.pk)
    before = sheet.marks if sheet is not None and not sheet.recused else None
    rows = scored_in(judge.round)
    return perform(
        request,
        ScoreForm(judge.round.rule["criteria"], request.POST or None, marks=before),
        lambda line: enter_sheet(judge, by=person_of(request), lines={str(one.pk): line}, origin=Origin.PHONE),
        page="representative/score.html",
        to=lambda _judge: onwards(judge, rows),
        done=_("“%(label)s”已打分。") % {"label": one.label},
        context={
            "one": one,
            "nth": one.position,
            "all": len(rows),
            "aside": f"{address_of('score_sheet.recuse', judge)}?room=council&scored={one.pk}",
            "back": reverse("my-scoring", args=[judge.pk]),
            "crumbs": trail(request, judge, "council", one.label),
        },
    )


def onwards(judge: Judge, rows: list[ScoredProposal]) -> str:
    """The next proposal without marks, or the list."""
    following = next_to_score(judge, rows)
    if following is None:
        return reverse("my-scoring", args=[judge.pk])
    return reverse("my-score", args=[judge.pk, following.pk])


def asked_for(judge: Judge, scored: uuid.UUID) -> ScoredProposal:
    """A proposal of this round, or the page that says it is not there."""
    found = judge.round.scored.select_related("proposal").filter(pk=scored).first()
    if found is None:
        raise Http404
    return found


def may_still(judge: Judge) -> bool:
    """Whether marks are still taken."""
    return judge.round.state == State.OPEN and timezone.localdate() <= judge.round.closes


def given_words(sheet: ScoreSheet | None) -> str:
    """What I have given, in a word."""
    if sheet is None:
        return ""
    return _("已回避") if sheet.recused else _("已打分：%(marks)s") % {"marks": "、".join(map(str, sheet.marks))}


urlpatterns = [
    path("scoring/<uuid:pk>/", my_scoring, name="my-scoring"),
    path("scoring/<uuid:pk>/<uuid:scored>/", my_score, name="my-score"),
]
