"""关怀版: three doors, and behind each one thing a screen: say something, follow it, ring; and what one can take part in."""

import uuid
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.doors.web.public.suggest_forms import CommunityForm, SuggestForm
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.posting import perform
from yishiting.doors.web.shared.requests import LAST_PLACE, Request
from yishiting.doors.web.shared.shapes import Link
from yishiting.doors.web.shared.templatetags.yishiting_ui import cn_date
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.numbers import whole_number
from yishiting.ground.organisations.queries import nearest_office
from yishiting.ground.places.models import Level, Place
from yishiting.year.budgeting.models import Way
from yishiting.year.budgeting.queries import open_for
from yishiting.year.consultations.queries import public_consultations, public_questionnaires
from yishiting.year.consultations.states import State as AskedState

#: What a resident is asked, one on each screen; the last one also sends.
STEPS = (("text",), ("where",), ("phone",), ("photos",))
TITLES = (gettext_lazy("您想说什么"), gettext_lazy("在哪里"), gettext_lazy("怎么联系您"), gettext_lazy("拍张照片"))
PAGE = "public/care_suggest.html"


def last_place(request: Request) -> Place | None:
    """Where this person said something last, or looked last."""
    code = request.session.get(LAST_PLACE, "")
    return Place.objects.filter(code=code).select_related("parent__parent").first() if code else None


def care_home(request: Request, place: Place | None = None) -> HttpResponse:
    """Three big doors, and a fourth where something is open that one may take part in."""
    here = place if place is not None and place.level == Level.COMMUNITY else last_place(request)
    shown = {
        "here": here,
        "suggest": reverse("suggest-here", args=[here.code]) if here else reverse("suggest"),
        "ring": reverse("ring-here", args=[here.code]) if here else reverse("ring"),
        "open": len(open_to(request.person, here)),
        "take_part": reverse("take-part", args=[here.code]) if here else "",
    }
    return render(request, "public/care_home.html", shown)


def ring(request: Request) -> HttpResponse:
    """Whom to ring: the community first."""
    here = last_place(request)
    form = CommunityForm(request.GET if "place" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect("ring-here", code=form.cleaned_data["place"].code)
    if here is not None and not form.is_bound and "other" not in request.GET:
        return redirect("ring-here", code=here.code)
    return render(request, "public/ring_where.html", {"form": form, "crumbs": [Link(_("打电话"), "")]})


@door(Place, related=("parent__parent",))
def ring_here(request: Request, place: Place) -> HttpResponse:
    """One number, to be rung at a touch; the hotline below it."""
    shown = {"one": nearest_office(place), "crumbs": [Link(_("打电话"), "")]}
    return render(request, "public/ring.html", shown)


@door(Place, related=("parent__parent",))
def take_part(request: Request, place: Place) -> HttpResponse:
    """What is open at a place that this person may take part in, each a door."""
    shown = {"open": open_to(request.person, place), "crumbs": [Link(_("现在可以参加"), "")]}
    return render(request, "public/take_part.html", shown)


def open_to(person: Person | None, place: Place | None) -> list[tuple[str, str, str]]:
    """Votes in which this person has not voted, what everybody is asked: what it is, until when, where."""
    today, found = timezone.localdate(), list[tuple[str, str, str]]()
    if person is not None:
        found += [
            (
                _("投票：%(title)s") % {"title": one.vote.title},
                _until(one.vote.closes),
                reverse("my-budget-vote", args=[one.pk]),
            )
            for one in open_for(person, today)
            if one.way == Way.NOT_YET
        ]
    if place is None:
        return found
    now = {"state": AskedState.OPEN, "opens__lte": today, "closes__gte": today}
    for rows, page in ((public_consultations(place), "consultation"), (public_questionnaires(place), "questionnaire")):
        found += [(one.title, _until(one.closes), reverse(page, args=[one.pk])) for one in rows.filter(**now)]
    return found


def _until(day: Any) -> str:
    return _("%(day)s截止") % {"day": cn_date(day, "short")}


def care_suggest(
    request: Request, form: SuggestForm, act: Callable[..., Any], to: Callable[[Any], str], shown: dict[str, Any]
) -> HttpResponse:
    """The same form one question at a time; what was said before travels along, and nothing is sent before the last."""
    last = len(STEPS) - 1
    step = min(whole_number(request.POST.get("step", "")) or 0, last)
    if request.method == "POST" and "send" in request.POST:
        shown = {**shown, "screen": lambda: _screen(form, _first_wrong(form, last))}
        return perform(request, form, act, page=PAGE, to=to, context=shown)
    wrong = request.method == "POST" and "back" not in request.POST and _is_wrong(form, step)
    if request.method == "POST":
        step = max(step - 1, 0) if "back" in request.POST else step + (not wrong and step < last)
    shown = {**shown, "form": form, "once": uuid.uuid4(), "screen": _screen(form, step)}
    return render(request, PAGE, shown, status=422 if wrong else 200)


def _is_wrong(form: SuggestForm, step: int) -> bool:
    form.is_valid()
    return any(name in form.errors for name in STEPS[step])


def _first_wrong(form: SuggestForm, otherwise: int) -> int:
    return next((n for n in range(len(STEPS)) if _is_wrong(form, n)), otherwise)


def _screen(form: SuggestForm, step: int) -> dict[str, Any]:
    """One question, the others hidden with what they hold."""
    asked = STEPS[step]
    carried = [form[name] for names in STEPS for name in names if name not in asked and name != "photos"]
    return {
        "step": step,
        "steps": len(STEPS),
        "question": TITLES[step],
        "asked": [form[name] for name in asked],
        "carried": [(one.html_name, one.value() or "") for one in carried],
        "is_last": step == len(STEPS) - 1,
    }


urlpatterns = [
    path("ring/", ring, name="ring"),
    path("p/<str:code>/ring/", ring_here, name="ring-here"),
    path("p/<str:code>/take-part/", take_part, name="take-part"),
]
