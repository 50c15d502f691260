"""答复和复核: everyone whose words are in a matter is answered; an appeal is decided by somebody else."""

from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from yishiting.doors.lists.suggestions import APPEALS
from yishiting.doors.web.desk.answering_forms import AnswerForm, AppealForm, told
from yishiting.doors.web.desk.suggestions_tabs import crumbs, tabs
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.lists import Around, list_page
from yishiting.doors.web.shared.posting import perform
from yishiting.doors.web.shared.requests import Request, person_of
from yishiting.doors.web.shared.shapes import Link
from yishiting.ground.common.predicates import Question
from yishiting.ground.common.verbs import VERBS
from yishiting.ground.places.models import Place
from yishiting.instruments.documents.rules import spoken
from yishiting.year.suggestions.actions import answer_suggestion, decide_appeal
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.suggestions.queries.clusters import cluster_of, households
from yishiting.year.suggestions.queries.screening import past_of
from yishiting.year.suggestions.states import State

RELATED = ("place", "proposer")


@door(Suggestion, needs="suggestion.answer", related=RELATED)
def answer(request: Request, suggestion: Suggestion) -> HttpResponse:
    """Answer the proposers of a matter."""
    here = reverse("desk-suggestion", args=[suggestion.pk])
    cluster = cluster_of(suggestion)
    return perform(
        request,
        AnswerForm(request.POST or None, valid=suggestion.state == State.VALID),
        lambda kind, text: answer_suggestion(suggestion, by=person_of(request), kind=kind, text=text),
        page="desk/answer.html",
        to=here,
        done=lambda given: told(given.kind),
        context={
            "suggestion": suggestion,
            "heard": {"suggestions": len(cluster), "households": households(cluster)},
            "answers": suggestion.answers.all(),
            "revision": suggestion.token,
            "back": here,
            "crumbs": crumbs(suggestion.place, Link(spoken(suggestion.receipt), here), Link(_("答复"), "")),
        },
    )


def _around(request: Request, place: Place) -> Around:
    """Who asked for a second look, the first due first."""
    decides = VERBS["suggestion.decide_appeal"].may.why_not(Question(request.actor, place)) is None
    page = "suggestion-decide-appeal" if decides else "desk-suggestion"
    return Around(
        _("%(place)s：申请复核") % {"place": place.name},
        crumbs(place, Link(_("申请复核"), "")),
        words=_("复核由书记或居（村）委会主任办理，不能是做初审的那个人。"),
        tabs=tabs(request.actor, place, "desk-appeals"),
        opens=lambda one: reverse(page, args=[one.pk]),
    )


@door(Suggestion, needs="suggestion.decide_appeal", related=RELATED)
def decide(request: Request, suggestion: Suggestion) -> HttpResponse:
    """Decide an appeal, with the words, the first result and the proposer's reasons in view."""
    screenings, supplements, appeals_made = past_of(suggestion)
    back = reverse("desk-appeals", args=[suggestion.place.code])
    return perform(
        request,
        AppealForm(request.POST or None),
        lambda valid, decision: decide_appeal(suggestion, by=person_of(request), valid=valid, decision=decision),
        page="desk/appeal.html",
        to=back,
        done=lambda one: _("复核完成，结果是“%(state)s”，本人会收到答复。") % {"state": one.get_state_display()},
        context={
            "suggestion": suggestion,
            "screenings": screenings,
            "supplements": supplements,
            "appeals": appeals_made,
            "revision": suggestion.token,
            "back": back,
            "crumbs": crumbs(suggestion.place, Link(_("申请复核"), back), Link(spoken(suggestion.receipt), "")),
        },
    )


urlpatterns = [
    path("p/<str:code>/appeals/", list_page(APPEALS, _around), name="desk-appeals"),
    path("suggestions/<uuid:pk>/answer/", answer, name="suggestion-answer"),
    path("suggestions/<uuid:pk>/appeal/", decide, name="suggestion-decide-appeal"),
]
