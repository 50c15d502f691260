"""What came in: paper typed in, counts, the sheet, and free words taken over as suggestions."""

from typing import Any

from django.db.models import Max
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from yishiting.doors.lists.consultations import TEXTS
from yishiting.doors.web.desk.questionnaires_forms import PaperForm, TakeOverForm
from yishiting.doors.web.shared.declared import said_after
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.lists import Around, list_page
from yishiting.doors.web.shared.nouns import address_of, trail
from yishiting.doors.web.shared.posting import perform
from yishiting.doors.web.shared.questionnaires import charts_of
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Button
from yishiting.doors.web.shared.sheets import as_sheet, sheet_answer
from yishiting.doors.web.shared.templatetags.yishiting_ui import cn_date
from yishiting.ground.common.verbs import VERBS, why_not
from yishiting.ground.organisations.permissions import at_desk
from yishiting.ground.seasons.queries import rules_for
from yishiting.instruments.documents.rules import spoken
from yishiting.year.consultations.actions import answer_questionnaire, note_taken_over
from yishiting.year.consultations.models import Origin, Questionnaire, Response
from yishiting.year.consultations.queries import counts_of, responses_of
from yishiting.year.consultations.questions import read
from yishiting.year.suggestions.actions import take_down_suggestion
from yishiting.year.suggestions.models import Channel, SolicitationSession, Suggestion

RELATED = ("place", "place__parent")


@door(Questionnaire, needs=at_desk, related=RELATED)
def paper(request: Request, questionnaire: Questionnaire) -> HttpResponse:
    """Type in one that was filled in on paper, then the next."""
    here = reverse("questionnaire-paper", args=[questionnaire.pk])
    offered = {"initial": _next_sheet(questionnaire, request.GET.get("session", ""))}
    asked = {"questions": read(questionnaire.questions), "place": questionnaire.place}
    form = PaperForm(request.POST or None, **offered, **asked)
    return perform(
        request,
        form,
        lambda session_id, sheet, **_fields: answer_questionnaire(
            questionnaire,
            by=request.actor,
            answers=form.answers(),
            origin=Origin.PAPER,
            session_id=session_id,
            sheet=sheet,
        ),
        page="desk/form.html",
        to=lambda made: f"{here}?session={made.session_id}" if made.session_id else here,
        done=lambda response: said_after(VERBS["questionnaire.answer"], response),
        context={
            "title": _("录入纸质问卷"),
            "submit": _("录入这一份"),
            "back": reverse("desk-questionnaire", args=[questionnaire.pk]),
            "crumbs": trail(request, questionnaire, "desk", _("录入纸质问卷")),
        },
    )


def _next_sheet(questionnaire: Questionnaire, session: str) -> dict[str, Any]:
    """The session whose sheets are being typed in, and the number that follows the last."""
    if not session:
        return {}
    last = questionnaire.responses.filter(session_id=session).aggregate(last=Max("sheet"))["last"] or 0
    return {"session_id": session, "sheet": last + 1}


@door(Questionnaire, needs=at_desk, related=RELATED)
def counts(request: Request, questionnaire: Questionnaire) -> HttpResponse:
    """Every question with its bars and its table, to look at, to print, to take away."""
    least = rules_for(questionnaire.place).number("questionnaire.answers_min")
    shown = {
        "questionnaire": questionnaire,
        "filled": questionnaire.responses.count(),
        "charts": charts_of(counts_of(questionnaire), least),
        "with_texts": True,
        "back": reverse("desk-questionnaire", args=[questionnaire.pk]),
    }
    return render(request, "desk/questionnaire_counts.html", shown)


@door(Questionnaire, needs=at_desk, related=RELATED)
def export(request: Request, questionnaire: Questionnaire) -> HttpResponse:
    """One row for each filled-in questionnaire."""
    questions = read(questionnaire.questions)
    headings = [_("份号"), _("来源"), _("收到"), *(one.text for one in questions)]
    rows = (
        [one.number, one.get_origin_display(), f"{timezone.localtime(one.created_at):%Y-%m-%d}"]
        + [_written(one.answers.get(question.key, "")) for question in questions]
        for one in responses_of(questionnaire).iterator()
    )
    day = cn_date(timezone.localdate(), "plain")
    about = _("%(place)s，%(day)s导出") % {"place": questionnaire.place.name, "day": day}
    widths = [8, 12, 14, *(max(12, min(40, 2 * len(one.text))) for one in questions)]
    return sheet_answer(as_sheet(questionnaire.title, about, headings, widths, rows), questionnaire.title)


def _around(request: Request, questionnaire: Questionnaire) -> Around:
    """Everything written freely, one by one, each of which can become a suggestion."""
    refusal = why_not(request.actor, "suggestion.take_down", questionnaire.place)
    return Around(
        _("文字回答"),
        trail(request, questionnaire, "desk", _("文字回答")),
        words=questionnaire.title,
        buttons=lambda row: [] if row["receipt"] else [_verb(row["response"], row["key"], refusal)],
    )


@door(Response, needs="response.take_over", related=("place", "place__parent", "questionnaire__place__parent"))
def take_over(request: Request, response: Response) -> HttpResponse:
    """Take the words of one question (`?key=`) down as a suggestion, and note its number here."""
    key = request.GET.get("key", "")
    if key not in response.answers or not isinstance(response.answers[key], str):
        raise Http404
    back = reverse("questionnaire-texts", args=[response.questionnaire_id])
    return perform(
        request,
        TakeOverForm(request.POST or None, initial={"text": response.answers[key]}),
        lambda text, where: _as_suggestion(request, response, key, text, where),
        page="desk/form.html",
        to=back,
        done=lambda made: _("已转为建议，受理号 %(number)s。") % {"number": spoken(made.receipt)},
        context={
            "title": _("转为建议"),
            "words": _("问卷没有留姓名和电话，这条建议的结果只在公开页面上能看到。"),
            "submit": _("转为建议"),
            "back": back,
            "revision": response.token,
            "crumbs": trail(request, response.questionnaire, "desk", _("转为建议")),
        },
    )


def _as_suggestion(request: Request, response: Response, key: str, text: str, where: str) -> Suggestion:
    session = SolicitationSession.objects.filter(pk=response.session_id).first() if response.session_id else None
    made = take_down_suggestion(
        response.place,
        by=request.actor,
        channel=Channel.QUESTIONNAIRE,
        text=text,
        where=where,
        received_on=timezone.localdate(response.created_at),
        session=session,
    )
    note_taken_over(response, by=request.actor, key=key, receipt=made.receipt)
    return made


def _verb(response: Response, key: str, refusal: Any) -> Button:
    address = f"{address_of('response.take_over', response)}?key={key}"
    return Button(VERBS["response.take_over"].label, address, "plain", "get", refusal)


def _written(answer: Any) -> str:
    return "；".join(answer) if isinstance(answer, list) else str(answer)


urlpatterns = [
    path("questionnaires/<uuid:pk>/paper/", paper, name="questionnaire-paper"),
    path("questionnaires/<uuid:pk>/counts/", counts, name="questionnaire-counts"),
    path("questionnaires/<uuid:pk>/answers.xlsx", export, name="questionnaire-export"),
    path("questionnaires/<uuid:pk>/texts/", list_page(TEXTS, _around), name="questionnaire-texts"),
    path("responses/<uuid:pk>/take-over/", take_over, name="response-take-over"),
]
