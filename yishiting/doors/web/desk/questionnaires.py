"""问卷 at the desk: the list, one questionnaire with its questions, and how they are built."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from yishiting.doors.lists.consultations import QUESTIONNAIRES
from yishiting.doors.web.desk.consultations import qr_of, tabs
from yishiting.doors.web.desk.questionnaires_forms import QuestionForm
from yishiting.doors.web.shared.declared import button, buttons
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.lists import Around, list_page
from yishiting.doors.web.shared.nouns import Noun, know, trail
from yishiting.doors.web.shared.posting import act, perform
from yishiting.doors.web.shared.questionnaires import KIND_LABELS, AnswerForm
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Button, Fact
from yishiting.doors.web.shared.templatetags.yishiting_ui import cn_date
from yishiting.ground.organisations.permissions import at_desk
from yishiting.ground.places.models import Place
from yishiting.year.consultations.actions import set_questions
from yishiting.year.consultations.models import Questionnaire, Response
from yishiting.year.consultations.queries import origins_of
from yishiting.year.consultations.questions import Question, moved, next_key, read
from yishiting.year.consultations.states import QUESTIONNAIRE_LIFECYCLE, SEEN_BY_ALL, State

RELATED = ("place", "place__parent")
#: What has its own place: below the questions, on the public page.
ELSEWHERE = ("questionnaire.set_questions", "questionnaire.answer")

know(
    Noun(
        Questionnaire,
        pages={"desk": "desk-questionnaire", "public": "questionnaire"},
        lists={"desk": ("desk-questionnaires", gettext_lazy("问卷"))},
        related=RELATED,
        by_hand={"questionnaire.set_questions": "question-add", "questionnaire.answer": "questionnaire"},
    ),
    Noun(
        Response,
        part_of="questionnaire",
        related=("place", "questionnaire__place__parent"),
        by_hand={"response.take_over": "response-take-over"},
    ),
)


def _around(request: Request, place: Place) -> Around:
    """All questionnaires of a place, newest first."""
    return Around(
        _("%(place)s：问卷") % {"place": place.name},
        trail(request, place, "desk", _("问卷")),
        tabs=tabs(place, "desk-questionnaires"),
        verbs=[button(request, "questionnaire.draft", place, primary=True, room="desk")],
    )


@door(Questionnaire, needs=at_desk, related=RELATED)
def questionnaire(request: Request, questionnaire: Questionnaire) -> HttpResponse:
    """The questions with what can be done to each, and the next step of the whole."""
    add = button(request, "questionnaire.set_questions", questionnaire)
    changing = add.why_not is None
    shown = {
        "questionnaire": questionnaire,
        "facts": facts_of(questionnaire),
        "verbs": _verbs(request, questionnaire),
        "lines": [
            (one, KIND_LABELS[one.kind], question_verbs(questionnaire, one) if changing else [])
            for one in read(questionnaire.questions)
        ],
        "add": replace(add, label=_("加一道题")) if changing else None,
        "qr": qr_of("questionnaire", questionnaire) if questionnaire.state == State.OPEN else "",
        "crumbs": trail(request, questionnaire, "desk"),
    }
    return render(request, "desk/questionnaire.html", shown)


@door(Questionnaire, needs="questionnaire.set_questions", related=RELATED)
def question(request: Request, questionnaire: Questionnaire, key: str = "") -> HttpResponse:
    """Add a question at the end, or change the one of this key where it stands."""
    known = {one.key: one for one in read(questionnaire.questions)}
    if key and key not in known:
        raise Http404
    initial = {**known[key].as_dict(), "options": "\n".join(known[key].options)} if key else None
    return perform(
        request,
        QuestionForm(request.POST or None, key=key or next_key([*known.values()]), initial=initial),
        lambda question: keep(request, questionnaire, [*(known | {question.key: question}).values()]),
        page="desk/form.html",
        to=at(questionnaire),
        done=_("已修改。") if key else _("已加上。"),
        context=_about(request, questionnaire, _("修改这道题") if key else _("加一道题")),
    )


@require_POST
@door(Questionnaire, needs="questionnaire.set_questions", related=RELATED)
def question_move(request: Request, questionnaire: Questionnaire, key: str) -> HttpResponse:
    """Move a question up or down, or take it out."""
    questions, how = read(questionnaire.questions), request.POST.get("how", "")
    order = (
        [one for one in questions if one.key != key]
        if how == "out"
        else moved(questions, key, -1 if how == "up" else 1)
    )
    done = _("已去掉。") if how == "out" else _("已移动。")
    return act(request, lambda: keep(request, questionnaire, order), to=at(questionnaire), done=done)


@door(Questionnaire, needs=at_desk, related=RELATED)
def preview(request: Request, questionnaire: Questionnaire) -> HttpResponse:
    """The questionnaire as people will see it; nothing is sent from here."""
    form = AnswerForm(questions=read(questionnaire.questions))
    shown = {"questionnaire": questionnaire, "form": form, "crumbs": trail(request, questionnaire, "desk", _("预览"))}
    return render(request, "desk/questionnaire_preview.html", shown)


def keep(request: Request, questionnaire: Questionnaire, questions: list[Question]) -> Questionnaire:
    """Keep these questions in this order."""
    return set_questions(questionnaire, by=request.actor, questions=[one.as_dict() for one in questions])


def facts_of(questionnaire: Questionnaire) -> list[Fact]:
    """The lines at the head."""
    came = origins_of(questionnaire)
    found = [
        Fact(_("起止"), f"{cn_date(questionnaire.opens, 'short')}—{cn_date(questionnaire.closes, 'short')}"),
        Fact(
            _("收到"), _("网上%(web)s份，纸质%(paper)s份") % {"web": came.get("web", 0), "paper": came.get("paper", 0)}
        ),
    ]
    if questionnaire.state in SEEN_BY_ALL:
        address = reverse("questionnaire", args=[questionnaire.pk])
        found.append(Fact(_("公开页面"), _("看公开页"), address))
    return found


def _verbs(request: Request, questionnaire: Questionnaire) -> list[Button]:
    """What is done with the whole, and the ways to what came in."""
    codes = [code for code in QUESTIONNAIRE_LIFECYCLE.verbs_from(questionnaire.state) if code not in ELSEWHERE]
    ways = {"questionnaire-preview": _("预览")}
    if questionnaire.state == State.OPEN:
        ways["questionnaire-paper"] = _("录入纸质问卷")
    if questionnaire.state in SEEN_BY_ALL:
        ways |= {"questionnaire-counts": _("看结果"), "questionnaire-texts": _("文字回答")}
    found = buttons(request, questionnaire, *codes, room="desk") if codes else []
    return found + [
        Button(label, reverse(name, args=[questionnaire.pk]), "plain", "get") for name, label in ways.items()
    ]


def question_verbs(questionnaire: Questionnaire, question: Question) -> list[Button]:
    """Change, up, down, out."""
    address = reverse("question-move", args=[questionnaire.pk, question.key])
    seen = {"revision": questionnaire.token}
    moves = {"up": _("上移"), "down": _("下移"), "out": _("去掉")}
    change = Button(_("修改"), reverse("question-amend", args=[questionnaire.pk, question.key]), "plain", "get")
    return [change, *(Button(label, address, "quiet", fields=seen | {"how": how}) for how, label in moves.items())]


def at(questionnaire: Questionnaire) -> str:
    """The page of a questionnaire at the desk."""
    return reverse("desk-questionnaire", args=[questionnaire.pk])


def _about(request: Request, questionnaire: Questionnaire, title: str) -> dict[str, Any]:
    """What the form pages of a questionnaire share."""
    return {
        "title": title,
        "submit": _("保存"),
        "back": at(questionnaire),
        "revision": questionnaire.token,
        "crumbs": trail(request, questionnaire, "desk", title),
    }


urlpatterns = [
    path("p/<str:code>/questionnaires/", list_page(QUESTIONNAIRES, _around), name="desk-questionnaires"),
    path("questionnaires/<uuid:pk>/", questionnaire, name="desk-questionnaire"),
    path("questionnaires/<uuid:pk>/preview/", preview, name="questionnaire-preview"),
    path("questionnaires/<uuid:pk>/questions/new/", question, name="question-add"),
    path("questionnaires/<uuid:pk>/questions/<slug:key>/", question, name="question-amend"),
    path("questionnaires/<uuid:pk>/questions/<slug:key>/move/", question_move, name="question-move"),
]
