"""初审: one suggestion after the other, four keys and a result; or many at once where all four plainly pass."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.doors.lists.suggestions import TO_SCREEN
from yishiting.doors.web.desk.screening_forms import AssignForm, ClassForm, ScreenForm
from yishiting.doors.web.desk.suggestions_tabs import crumbs, tabs
from yishiting.doors.web.shared.bulk import WAYS, Way
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.lists import Around, list_page
from yishiting.doors.web.shared.posting import perform
from yishiting.doors.web.shared.requests import Request, person_of
from yishiting.doors.web.shared.shapes import Link
from yishiting.ground.accounts.models import Person
from yishiting.ground.places.models import Place
from yishiting.ground.seasons.queries import holidays, rules_for
from yishiting.instruments.documents.rules import spoken
from yishiting.methods.workdays import workdays_between
from yishiting.year.suggestions.actions import assign_suggestion, classify_suggestion, screen_suggestion
from yishiting.year.suggestions.models import Mark, Suggestion
from yishiting.year.suggestions.queries.guesses import proposals
from yishiting.year.suggestions.queries.likeness import similar_now
from yishiting.year.suggestions.queries.screening import classes, next_to_screen, past_of, to_screen
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
    screen_suggestion(suggestion, by=by, marks=dict.fromkeys(criteria, str(Mark.PASS)), result=VALID)


WAYS["suggestion.screen"] = Way(
    "suggestion.screen",
    gettext_lazy("四项都符合，作为有效建议"),
    _let_in,
    words=gettext_lazy("类别和责任层级请接着确定。"),
)


@door(Suggestion, needs="suggestion.classify", related=RELATED)
def classify(request: Request, suggestion: Suggestion) -> HttpResponse:
    """Correct the class or the responsible level."""
    here = reverse("desk-suggestion", args=[suggestion.pk])
    return perform(
        request,
        ClassForm(request.POST or None, **_proposed(suggestion)),
        lambda category, level: classify_suggestion(
            suggestion, by=request.actor, category=category, responsible_level=level
        ),
        page="desk/form.html",
        to=here,
        done=_("类别和责任层级已保存。"),
        context={
            "title": _("分类分级：%(title)s") % {"title": suggestion.title},
            "words": suggestion.text,
            "submit": _("保存"),
            "back": here,
            "revision": suggestion.token,
            "crumbs": crumbs(suggestion.place, Link(spoken(suggestion.receipt), here), Link(_("分类分级"), "")),
        },
    )


@door(Suggestion, needs="suggestion.assign", related=(*RELATED, "responsible"))
def assign(request: Request, suggestion: Suggestion) -> HttpResponse:
    """Name the person who answers for a suggestion."""
    here = reverse("desk-suggestion", args=[suggestion.pk])
    return perform(
        request,
        AssignForm(request.POST or None, place=suggestion.place, initial={"responsible": suggestion.responsible}),
        lambda responsible: assign_suggestion(suggestion, by=request.actor, responsible=responsible),
        page="desk/form.html",
        to=here,
        done=lambda one: _("责任人是%(who)s。") % {"who": one.responsible},
        context={
            "title": _("确定责任人：%(title)s") % {"title": suggestion.title},
            "submit": _("保存"),
            "back": here,
            "revision": suggestion.token,
            "crumbs": crumbs(suggestion.place, Link(spoken(suggestion.receipt), here), Link(_("责任人"), "")),
        },
    )


def _screen(request: Request, suggestion: Suggestion) -> HttpResponse:
    place = suggestion.place
    criteria = rules_for(place).listed("suggestion.criteria")
    form = ScreenForm(request.POST or None, criteria=criteria, **_proposed(suggestion))
    return perform(
        request,
        form,
        lambda **_given: _decide(request, suggestion, form),
        page="desk/screening.html",
        to=_next(suggestion),
        done=lambda one: f"{spoken(one.receipt)}：{one.get_state_display()}",
        context={
            "suggestion": suggestion,
            "revision": suggestion.token,
            "action": reverse("suggestion-screen", args=[suggestion.pk]),
            "skip": _next(suggestion),
            "crumbs": crumbs(place, _queue(place), Link(spoken(suggestion.receipt), "")),
            "tabs": tabs(request.actor, place, "desk-screening"),
            **_beside(suggestion),
        },
    )


def _decide(request: Request, suggestion: Suggestion, form: ScreenForm) -> Suggestion:
    given = form.cleaned_data
    screened = screen_suggestion(
        suggestion,
        by=person_of(request),
        marks=form.given_marks(),
        result=given["result"],
        reason=given["reason"],
        reason_code=given["reason_code"],
    )
    if given["category"] is not None and given["level"]:
        classify_suggestion(screened, by=request.actor, category=given["category"], responsible_level=given["level"])
    return screened


def _beside(suggestion: Suggestion) -> dict[str, Any]:
    """What a person wants to see before deciding: how many wait, earlier decisions and additions, what sounds alike."""
    screenings, supplements, appeals = past_of(suggestion)
    return {
        "waiting": to_screen(suggestion.place).count(),
        "left": workdays_between(timezone.localdate(), suggestion.screen_due, holidays()),
        "screenings": screenings,
        "supplements": supplements,
        "appeals": appeals,
        "similar": similar_now(suggestion.place, suggestion.text, where=suggestion.where, but=suggestion),
        "open": suggestion.state in (State.RECEIVED, State.MORE_WORK),
    }


def _proposed(suggestion: Suggestion) -> dict[str, Any]:
    groups = classes()
    likely, levels = proposals(suggestion, [one for _group, ones in groups for one in ones])
    kept = {"category": str(suggestion.category_id or ""), "level": suggestion.responsible_level}
    return {"groups": groups, "classes": likely, "levels": levels, "initial": kept}


def _next(suggestion: Suggestion) -> str:
    address = reverse("desk-screening", args=[suggestion.place.code])
    return f"{address}?{urlencode({'after': suggestion.receipt})}"


def _queue(place: Place) -> Link:
    return Link(_("初审"), reverse("desk-screening", args=[place.code]))


urlpatterns = [
    path("p/<str:code>/screening/", screening, name="desk-screening"),
    path("p/<str:code>/screening/list/", list_page(TO_SCREEN, _around), name="screening-at-once"),
    path("suggestions/<uuid:pk>/screen/", screen, name="suggestion-screen"),
    path("suggestions/<uuid:pk>/classify/", classify, name="suggestion-classify"),
    path("suggestions/<uuid:pk>/assign/", assign, name="suggestion-assign"),
]
