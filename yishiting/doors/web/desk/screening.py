"""初审: one suggestion after the other, four keys and a result; or many at once where all four plainly pass."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.doors.lists.suggestions import APPEALS, TO_SCREEN
from yishiting.doors.web.desk.screening_forms import ScreenForm
from yishiting.doors.web.desk.suggestions_tabs import crumbs, tabs
from yishiting.doors.web.shared.bulk import WAYS, Way
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.lists import Around, list_page
from yishiting.doors.web.shared.nouns import address_of
from yishiting.doors.web.shared.photos import hung
from yishiting.doors.web.shared.posting import perform
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Link
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.predicates import Question
from yishiting.ground.common.verbs import VERBS, why_not
from yishiting.ground.files.queries import attachments_of
from yishiting.ground.places.models import Place
from yishiting.ground.seasons.queries import holidays, rules_for
from yishiting.instruments.documents.rules import spoken
from yishiting.methods.workdays import workdays_between
from yishiting.year.suggestions.actions import classify_suggestion, screen_suggestion
from yishiting.year.suggestions.models import Mark, Suggestion
from yishiting.year.suggestions.published import seen_by_all
from yishiting.year.suggestions.queries.likeness import similar_now
from yishiting.year.suggestions.queries.screening import next_to_screen, past_of, to_screen
from yishiting.year.suggestions.screening import VALID
from yishiting.year.suggestions.states import State

RELATED = ("place", "session", "batch", "recorded_by", "category", "proposer")


@door(Place, needs="suggestion.screen", related=("parent",))
def screening(request: Request, place: Place) -> HttpResponse:
    """The next suggestion of the queue, opened for screening."""
    one = next_to_screen(place, request.GET.get("after", ""))
    if one is None:
        shown = {"crumbs": crumbs(place, Link(_("初审"), "")), "tabs": tabs(request.actor, place, "desk-screening")}
        return render(request, "desk/screening_empty.html", shown)
    return _screen(request, one)


@door(Suggestion, needs="suggestion.screen", related=RELATED)
def screen(request: Request, suggestion: Suggestion) -> HttpResponse:
    """Screen one suggestion; the next one of the queue opens afterwards."""
    return _screen(request, suggestion)


def _around(request: Request, place: Place) -> Around:
    """The queue as a list, to let in at once what plainly passes all four criteria."""
    return Around(
        _("%(place)s：逐批初审") % {"place": place.name},
        crumbs(place, _queue(place), Link(_("逐批初审"), "")),
        words=_("只勾四项标准明显都符合的。每一条都会记下是谁、什么时候定的；拿不准的，点标题单独初审。"),
        tabs=tabs(request.actor, place, "desk-screening"),
    )


def _let_in(suggestion: Suggestion, *, by: Person) -> None:
    criteria = rules_for(suggestion.place).listed("suggestion.criteria")
    screen_suggestion(suggestion, by=by, result=VALID, **dict.fromkeys(criteria, str(Mark.PASS)))


WAYS["suggestion.screen"] = Way(
    "suggestion.screen",
    gettext_lazy("四项都符合，作为有效建议"),
    _let_in,
    words=gettext_lazy("类别和责任层级请接着确定。"),
)


def _around_appeals(request: Request, place: Place) -> Around:
    """Who asked for a second look, the first due first."""
    decides = VERBS["suggestion.decide_appeal"].may.why_not(Question(request.actor, place)) is None
    return Around(
        _("%(place)s：申请复核") % {"place": place.name},
        crumbs(place, Link(_("申请复核"), "")),
        words=_("复核由书记或居（村）委会主任办理，不能是做初审的那个人。"),
        tabs=tabs(request.actor, place, "desk-appeals"),
        opens=lambda one: (
            address_of("suggestion.decide_appeal", one) if decides else reverse("desk-suggestion", args=[one.pk])
        ),
    )


def _screen(request: Request, suggestion: Suggestion) -> HttpResponse:
    place = suggestion.place
    criteria = rules_for(place).listed("suggestion.criteria")
    form = ScreenForm(suggestion, request.POST or None, criteria=criteria)
    return perform(
        request,
        form,
        lambda **_given: _decide(request, suggestion, form),
        page="desk/screening.html",
        to=_next(suggestion),
        done=lambda one: f"{spoken(one.receipt)}：{one.get_state_display()}",
        context={
            "suggestion": suggestion,
            "seen_by_all": seen_by_all(suggestion),
            "may_black_out": why_not(request.actor, "suggestion.black_out", suggestion) is None,
            "revision": suggestion.token,
            "action": reverse("suggestion-screen", args=[suggestion.pk]),
            "skip": _next(suggestion),
            "crumbs": crumbs(place, _queue(place), Link(spoken(suggestion.receipt), "")),
            "tabs": tabs(request.actor, place, "desk-screening"),
            **_beside(request, suggestion),
        },
    )


def _decide(request: Request, suggestion: Suggestion, form: ScreenForm) -> Suggestion:
    """Screened, and classed where a class was chosen."""
    screened: Suggestion = VERBS["suggestion.screen"].run(suggestion, by=request.actor, **form.told())
    if classed := form.classed():
        classify_suggestion(screened, by=request.actor, **classed)
    return screened


def _beside(request: Request, suggestion: Suggestion) -> dict[str, Any]:
    """What a person wants to see before deciding: how many wait, earlier decisions and additions, what sounds alike."""
    screenings, supplements, appeals = past_of(suggestion)
    return {
        "waiting": to_screen(suggestion.place).count(),
        "left": workdays_between(timezone.localdate(), suggestion.screen_due, holidays()),
        "hung": hung(attachments_of(suggestion), suggestion.title, request=request),
        "screenings": screenings,
        "supplements": supplements,
        "appeals": appeals,
        "similar": similar_now(suggestion.place, suggestion.text, where=suggestion.where, but=suggestion),
        "open": suggestion.state in (State.RECEIVED, State.MORE_WORK),
    }


def _next(suggestion: Suggestion) -> str:
    address = reverse("desk-screening", args=[suggestion.place.code])
    return f"{address}?{urlencode({'after': suggestion.receipt})}"


def _queue(place: Place) -> Link:
    return Link(_("初审"), reverse("desk-screening", args=[place.code]))


urlpatterns = [
    path("p/<str:code>/screening/", screening, name="desk-screening"),
    path("p/<str:code>/screening/list/", list_page(TO_SCREEN, _around), name="screening-at-once"),
    path("suggestions/<uuid:pk>/screen/", screen, name="suggestion-screen"),
    path("p/<str:code>/appeals/", list_page(APPEALS, _around_appeals), name="desk-appeals"),
]
