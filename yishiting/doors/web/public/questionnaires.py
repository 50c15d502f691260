"""问卷 for everyone: fill it in without a name, and see what it came to."""

from http import HTTPStatus

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from yishiting.doors.web.public.queries import crumbs_of
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.posting import perform
from yishiting.doors.web.shared.questionnaires import AnswerForm, charts_of
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Link
from yishiting.ground.accounts.actors import Visitor
from yishiting.ground.common.refused import Refused
from yishiting.ground.seasons.queries import rules_for
from yishiting.year.consultations.actions import answer_questionnaire
from yishiting.year.consultations.models import Questionnaire, Response
from yishiting.year.consultations.queries import counts_of
from yishiting.year.consultations.questions import read
from yishiting.year.consultations.rules import why_closed
from yishiting.year.consultations.states import SEEN_BY_ALL, State

RELATED = ("place", "place__parent", "place__parent__parent")
FOUND = HTTPStatus.FOUND
#: Which questionnaires this browser has answered; nothing of it is kept on our side.
COOKIE, COOKIE_DAYS, REMEMBERED = "answered", 400, 40


@door(Questionnaire, related=RELATED)
def questionnaire(request: Request, questionnaire: Questionnaire) -> HttpResponse:
    """Fill it in; whoever is signed in is not written down either."""
    _must_be_public(questionnaire)
    closed = why_closed(questionnaire.opens, questionnaire.closes, timezone.localdate())
    before = answered_before(request)
    twice = str(questionnaire.pk) in before and questionnaire.state == State.OPEN
    if twice and request.method != "POST":
        shown = {"questionnaire": questionnaire, "crumbs": _crumbs(questionnaire)}
        return render(request, "public/questionnaire_once.html", shown)
    form = AnswerForm(request.POST or None, questions=read(questionnaire.questions))
    page = perform(
        request,
        form,
        lambda **_fields: _answer(request, questionnaire, form, twice=twice),
        page="public/questionnaire.html",
        to=reverse("questionnaire-thanks", args=[questionnaire.pk]),
        context={
            "questionnaire": questionnaire,
            "closed": closed or questionnaire.state != State.OPEN,
            "why": closed or _("这份问卷已经截止，谢谢您来看。"),
            "crumbs": _crumbs(questionnaire),
        },
    )
    return _remembered(request, page, [*before, str(questionnaire.pk)]) if page.status_code == FOUND else page


def _answer(request: Request, questionnaire: Questionnaire, form: AnswerForm, *, twice: bool) -> Response:
    """Once from each browser; whoever presses twice is led on by the form's own mark before this is asked."""
    if twice:
        raise Refused(_("这台手机（浏览器）已经填过这份问卷，谢谢您。每人一份。"))
    return answer_questionnaire(questionnaire, by=Visitor(), answers=form.answers(), person=request.person)


def answered_before(request: Request) -> list[str]:
    """The questionnaires this browser has answered, newest last; none where the note was tampered with."""
    return (request.get_signed_cookie(COOKIE, default="", salt=COOKIE) or "").split()


def _remembered(request: Request, page: HttpResponse, answered: list[str]) -> HttpResponse:
    page.set_signed_cookie(
        COOKIE,
        " ".join(answered[-REMEMBERED:]),
        salt=COOKIE,
        max_age=COOKIE_DAYS * 86400,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return page


@door(Questionnaire, related=RELATED)
def thanks(request: Request, questionnaire: Questionnaire) -> HttpResponse:
    """Say thank you, and what happens next."""
    _must_be_public(questionnaire)
    shown = {"questionnaire": questionnaire, "crumbs": _crumbs(questionnaire)}
    return render(request, "public/questionnaire_thanks.html", shown)


@door(Questionnaire, related=RELATED)
def result(request: Request, questionnaire: Questionnaire) -> HttpResponse:
    """The counts, once they are published; what was written freely stays with the desk."""
    if questionnaire.state != State.PUBLISHED:
        raise Http404
    least = rules_for(questionnaire.place).number("questionnaire.answers_min")
    shown = {
        "questionnaire": questionnaire,
        "filled": questionnaire.responses.count(),
        "charts": charts_of(counts_of(questionnaire), least),
        "crumbs": _crumbs(questionnaire, _("结果")),
    }
    return render(request, "public/questionnaire_result.html", shown)


def _must_be_public(questionnaire: Questionnaire) -> None:
    if questionnaire.state not in SEEN_BY_ALL:
        raise Http404


def _crumbs(questionnaire: Questionnaire, last: str = "") -> list[Link]:
    lists = Link(_("征求意见"), reverse("place-consultations", args=[questionnaire.place.code]))
    here = Link(questionnaire.title, reverse("questionnaire", args=[questionnaire.pk]) if last else "")
    return crumbs_of(questionnaire.place, lists, here, *([Link(last, "")] if last else []))


urlpatterns = [
    path("questionnaires/<uuid:pk>/", questionnaire, name="questionnaire"),
    path("questionnaires/<uuid:pk>/thanks/", thanks, name="questionnaire-thanks"),
    path("questionnaires/<uuid:pk>/result/", result, name="questionnaire-result"),
]
