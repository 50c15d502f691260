"""问卷 at the desk: making one, opening, closing, publishing it, and what came in."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from yishiting.doors.lists.consultations import QUESTIONNAIRES
from yishiting.doors.web.desk.confirming import confirm
from yishiting.doors.web.desk.consultations import crumbs, qr_of, tabs
from yishiting.doors.web.desk.questionnaires_forms import QuestionForm, QuestionnaireForm
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.lists import Around, list_page
from yishiting.doors.web.shared.posting import act, perform
from yishiting.doors.web.shared.questionnaires import KIND_LABELS, AnswerForm
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Button, Fact, Link, Words
from yishiting.doors.web.shared.templatetags.yishiting_ui import cn_date
from yishiting.ground.common.closing import BEFORE_PUBLISHING, before_closing
from yishiting.ground.common.verbs import why_not
from yishiting.ground.places.models import Place
from yishiting.year.consultations.actions import (
    amend_questionnaire,
    close_questionnaire,
    draft_questionnaire,
    open_questionnaire,
    publish_questionnaire,
)
from yishiting.year.consultations.models import Questionnaire
from yishiting.year.consultations.permissions import runs_here
from yishiting.year.consultations.queries import origins_of
from yishiting.year.consultations.questions import Question, moved, next_key, read
from yishiting.year.consultations.states import QUESTIONNAIRE_LIFECYCLE, State

RELATED = ("place", "place__parent")


def _around(request: Request, place: Place) -> Around:
    """All questionnaires of a place, newest first."""
    return Around(
        _("%(place)s：问卷") % {"place": place.name},
        crumbs(place, Link(_("问卷"), "")),
        tabs=tabs(place, "desk-questionnaires"),
        verbs=[Button(_("做一份问卷"), reverse("questionnaire-draft", args=[place.code]), "primary", "get")],
    )


@door(Place, needs="questionnaire.draft", related=("parent",))
def draft(request: Request, place: Place) -> HttpResponse:
    """Begin a questionnaire."""
    back = reverse("desk-questionnaires", args=[place.code])
    return perform(
        request,
        QuestionnaireForm(request.POST or None),
        lambda **words: draft_questionnaire(place, by=request.actor, **words),
        page="desk/form.html",
        to=at,
        done=_("已保存草稿，请加题目。"),
        context={
            "title": _("做一份问卷"),
            "submit": _("保存草稿"),
            "back": back,
            "crumbs": crumbs(place, Link(_("问卷"), back), Link(_("做一份"), "")),
        },
    )


@door(Questionnaire, needs=runs_here, related=RELATED)
def questionnaire(request: Request, questionnaire: Questionnaire) -> HttpResponse:
    """The questions with what can be done to each, and the next step of the whole."""
    questions, changing = read(questionnaire.questions), may_change(request, questionnaire)
    shown = {
        "questionnaire": questionnaire,
        "facts": facts_of(questionnaire),
        "verbs": verbs_of(request, questionnaire),
        "lines": [
            (one, KIND_LABELS[one.kind], question_verbs(questionnaire, one) if changing else []) for one in questions
        ],
        "add": Button(_("加一道题"), reverse("question-add", args=[questionnaire.pk]), "plain", "get")
        if changing
        else None,
        "qr": qr_of("questionnaire", questionnaire) if questionnaire.state == State.OPEN else "",
        "crumbs": path_to(questionnaire),
    }
    return render(request, "desk/questionnaire.html", shown)


@door(Questionnaire, needs="questionnaire.amend", related=RELATED)
def amend(request: Request, questionnaire: Questionnaire) -> HttpResponse:
    """Change the words and the days."""
    before = {name: getattr(questionnaire, name) for name in ("title", "intro", "opens", "closes")}
    return perform(
        request,
        QuestionnaireForm(request.POST or None, initial=before),
        lambda **words: amend_questionnaire(questionnaire, by=request.actor, **words),
        page="desk/form.html",
        to=at(questionnaire),
        done=_("已修改。"),
        context=about(questionnaire, _("修改问卷")),
    )


@door(Questionnaire, needs="questionnaire.amend", related=RELATED)
def question_add(request: Request, questionnaire: Questionnaire) -> HttpResponse:
    """Add a question at the end."""
    questions = read(questionnaire.questions)
    return perform(
        request,
        QuestionForm(request.POST or None, key=next_key(questions)),
        lambda question: keep(request, questionnaire, [*questions, question]),
        page="desk/form.html",
        to=at(questionnaire),
        done=_("已加上。"),
        context=about(questionnaire, _("加一道题")),
    )


@door(Questionnaire, needs="questionnaire.amend", related=RELATED)
def question_amend(request: Request, questionnaire: Questionnaire, key: str) -> HttpResponse:
    """Change one question where it stands."""
    questions = read(questionnaire.questions)
    before = [one.as_dict() | {"options": "\n".join(one.options)} for one in questions if one.key == key]
    return perform(
        request,
        QuestionForm(request.POST or None, key=key, initial=before[0] if before else None),
        lambda question: keep(request, questionnaire, [question if one.key == key else one for one in questions]),
        page="desk/form.html",
        to=at(questionnaire),
        done=_("已修改。"),
        context=about(questionnaire, _("修改这道题")),
    )


@require_POST
@door(Questionnaire, needs="questionnaire.amend", related=RELATED)
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


@door(Questionnaire, needs=runs_here, related=RELATED)
def step(request: Request, questionnaire: Questionnaire, verb: str) -> HttpResponse:
    """Open, close or publish: what is public, or closed, stays so."""
    does, title, done = STEPS[verb]
    words = {
        "open": _("居民马上可以填写。开始以后题目不能再改。"),
        "close": before_closing(questionnaire.closes, _("纸质问卷也不能再录。")),
        "publish": BEFORE_PUBLISHING,
    }
    return confirm(
        request, lambda: does(questionnaire, by=request.actor),
        title=str(title), words=str(words[verb]), back=at(questionnaire), about=questionnaire, done=str(done),
        crumbs=path_to(questionnaire, str(title))[:-1],
    )  # fmt: skip


@door(Questionnaire, needs=runs_here, related=RELATED)
def preview(request: Request, questionnaire: Questionnaire) -> HttpResponse:
    """The questionnaire as people will see it; nothing is sent from here."""
    form = AnswerForm(questions=read(questionnaire.questions))
    shown = {"questionnaire": questionnaire, "form": form, "crumbs": path_to(questionnaire, _("预览"))}
    return render(request, "desk/questionnaire_preview.html", shown)


def keep(request: Request, questionnaire: Questionnaire, questions: list[Question]) -> Questionnaire:
    """Keep these questions in this order."""
    return amend_questionnaire(questionnaire, by=request.actor, questions=[one.as_dict() for one in questions])


def may_change(request: Request, questionnaire: Questionnaire) -> bool:
    """Whether the questions may still be changed by this person."""
    return why_not(request.actor, "questionnaire.amend", questionnaire) is None


def facts_of(questionnaire: Questionnaire) -> list[Fact]:
    """The lines at the head."""
    came = origins_of(questionnaire)
    found = [
        Fact(_("起止"), f"{cn_date(questionnaire.opens, 'short')}—{cn_date(questionnaire.closes, 'short')}"),
        Fact(
            _("收到"), _("网上%(web)s份，纸质%(paper)s份") % {"web": came.get("web", 0), "paper": came.get("paper", 0)}
        ),
    ]
    if questionnaire.state != State.DRAFT:
        address = reverse("questionnaire", args=[questionnaire.pk])
        found.append(Fact(_("公开页面"), _("看公开页"), address))
    return found


def verbs_of(request: Request, questionnaire: Questionnaire) -> list[Button]:
    """Every step the state allows, and the ways to what came in."""
    pk = [questionnaire.pk]
    allowed = QUESTIONNAIRE_LIFECYCLE.verbs_from(questionnaire.state)
    found = [
        Button(STEPS[name][1], reverse(f"questionnaire-{name}", args=pk), "primary", "get",
             why_not(request.actor, f"questionnaire.{name}", questionnaire))
        for name in ("open", "publish")
        if f"questionnaire.{name}" in allowed
    ]  # fmt: skip
    ways = {"questionnaire-preview": _("预览")}
    if "questionnaire.amend" in allowed:
        ways["questionnaire-amend"] = _("修改名称和日期")
    if questionnaire.state == State.OPEN:
        ways |= {"questionnaire-paper": _("录入纸质问卷"), "questionnaire-close": _("截止")}
    if questionnaire.state != State.DRAFT:
        ways |= {"questionnaire-counts": _("看结果"), "questionnaire-texts": _("文字回答")}
    return found + [Button(label, reverse(name, args=pk), "plain", "get") for name, label in ways.items()]


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


def about(questionnaire: Questionnaire, title: str) -> dict[str, Any]:
    """What the form pages of a questionnaire share."""
    return {
        "title": title,
        "submit": _("保存"),
        "back": at(questionnaire),
        "revision": questionnaire.token,
        "crumbs": path_to(questionnaire, title),
    }


def path_to(questionnaire: Questionnaire, last: str = "") -> list[Link]:
    """From the desk to the questionnaire, and on."""
    lists = Link(_("问卷"), reverse("desk-questionnaires", args=[questionnaire.place.code]))
    here = Link(questionnaire.title, at(questionnaire) if last else "")
    return crumbs(questionnaire.place, lists, here, *([Link(last, "")] if last else []))


STEPS: dict[str, tuple[Any, Words, Words]] = {
    "open": (open_questionnaire, gettext_lazy("开始填写"), gettext_lazy("已开始填写，题目不再改动。")),
    "close": (close_questionnaire, gettext_lazy("截止问卷"), gettext_lazy("已截止。")),
    "publish": (publish_questionnaire, gettext_lazy("公布结果"), gettext_lazy("结果已公布。")),
}

urlpatterns = [
    path("p/<str:code>/questionnaires/", list_page(QUESTIONNAIRES, _around), name="desk-questionnaires"),
    path("p/<str:code>/questionnaires/new/", draft, name="questionnaire-draft"),
    path("questionnaires/<uuid:pk>/", questionnaire, name="desk-questionnaire"),
    path("questionnaires/<uuid:pk>/amend/", amend, name="questionnaire-amend"),
    path("questionnaires/<uuid:pk>/preview/", preview, name="questionnaire-preview"),
    path("questionnaires/<uuid:pk>/questions/new/", question_add, name="question-add"),
    path("questionnaires/<uuid:pk>/questions/<slug:key>/", question_amend, name="question-amend"),
    path("questionnaires/<uuid:pk>/questions/<slug:key>/move/", question_move, name="question-move"),
    *(path(f"questionnaires/<uuid:pk>/{name}/", step, {"verb": name}, name=f"questionnaire-{name}") for name in STEPS),
]
