"""同项合并: what may be one matter, side by side; one key to merge, one to keep apart; undo, split, undo."""

from itertools import combinations
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from yishiting.doors.web.desk.merging_forms import APART, MergeForm, SplitForm
from yishiting.doors.web.desk.suggestions_tabs import crumbs, tabs
from yishiting.doors.web.shared.declared import said_after
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.nouns import trail
from yishiting.doors.web.shared.posting import perform
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Link
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.numbers import whole_number
from yishiting.ground.common.verbs import VERBS
from yishiting.ground.places.models import Place
from yishiting.ground.places.queries import common_place
from yishiting.instruments.documents.rules import read_receipt
from yishiting.year.suggestions.actions import merge_suggestions
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.suggestions.queries.joining import desk_of, joinable_at
from yishiting.year.suggestions.queries.likeness import alike, similar_now
from yishiting.year.suggestions.queries.merging import Bench, bench_of
from yishiting.year.suggestions.queries.place_index import waits_for_the_job
from yishiting.year.suggestions.tasks import ask_to_compare

RELATED = ("place", "place__parent", "merged_into")


@door(Place, needs="suggestion.merge", related=("parent",))
def merging(request: Request, place: Place) -> HttpResponse:
    """One proposed group; `n` counts the groups passed over, `group` names the members shown before."""
    groups = alike(place)
    if waits := waits_for_the_job(place):
        ask_to_compare(place)
    at = _number(request.GET.get("n", "")) % max(len(groups), 1)
    members = _keys(request.POST.getlist("group")) or (groups[at] if groups else [])
    bench = bench_of(place, members)
    shown = {
        "place": place,
        "crumbs": crumbs(place, Link(_("同项合并"), "")),
        "tabs": tabs(request.actor, place, "desk-merging"),
        "at": at + 1,
        "count": len(groups),
        "waits": waits,
        "skip": f"?n={at + 1}" if len(groups) > 1 else "",
        "here": reverse("desk-merging", args=[place.code]),
    }
    if bench is None:
        return render(request, "desk/merging.html", shown)
    return _bench(request, place, bench, shown, to=f"{reverse('desk-merging', args=[place.code])}?n={at}")


@door(Suggestion, needs="suggestion.merge", related=RELATED)
def merge(request: Request, suggestion: Suggestion) -> HttpResponse:
    """One suggestion beside others of the reader's choice: `with` names them, by key or by receipt number."""
    place, here = _desk(request, suggestion), reverse("desk-suggestion", args=[suggestion.pk])
    members = _keys(request.POST.getlist("group")) or _named(place, request.GET.getlist("with"))
    if not members:
        members = [
            like.suggestion.pk for like in similar_now(place, suggestion.text, where=suggestion.where, but=suggestion)
        ]
    bench = bench_of(place, [suggestion.pk, *members])
    shown = {
        "crumbs": trail(request, suggestion, "desk", _("合并")),
        "tabs": tabs(request.actor, place, "desk-merging"),
        "back": here,
        "by_hand": suggestion,
        "place": place,
    }
    if bench is None:
        return render(request, "desk/merging.html", shown)
    return _bench(request, place, bench, shown, to=here)


@door(Suggestion, needs="suggestion.split", related=RELATED)
def split(request: Request, suggestion: Suggestion) -> HttpResponse:
    """Split a mixed suggestion into its matters."""
    form, verb = SplitForm(request.POST or None), VERBS["suggestion.split"]
    return perform(
        request,
        form,
        lambda **_words: verb.run(suggestion, by=request.actor, parts=form.parts()),
        page="desk/split.html",
        to=reverse("desk-suggestion", args=[suggestion.pk]),
        done=lambda parts: said_after(verb, parts),
        context={
            "suggestion": suggestion,
            "revision": suggestion.token,
            "back": reverse("desk-suggestion", args=[suggestion.pk]),
            "crumbs": trail(request, suggestion, "desk", verb.label),
        },
    )


def _bench(request: Request, place: Place, bench: Bench, shown: dict[str, Any], *, to: str) -> HttpResponse:
    form = MergeForm(bench.suggestions, request.POST or None)
    return perform(
        request,
        form,
        lambda **_given: _decide(request, place, form),
        page="desk/merging.html",
        to=to,
        done=lambda said: said,
        context={**shown, "bench": bench, "picked": _picked(request, bench)},
    )


def _decide(request: Request, place: Place, form: MergeForm) -> str:
    """Merge what is ticked and remember the rest as different; or remember every pair as different."""
    apart = VERBS["suggestion.keep_apart"]
    if form.cleaned_data["decide"] == APART:
        for one, other in combinations(form.known.values(), 2):
            _keep_apart(request, place, one, other)
        return said_after(apart, None)
    merged = merge_suggestions(form.stays, by=request.actor, others=form.joins)
    for other in form.different:
        _keep_apart(request, place, form.stays, other)
    return said_after(VERBS["suggestion.merge"], merged)


def _keep_apart(request: Request, place: Place, one: Suggestion, other: Suggestion) -> None:
    """Whether two of one place below are the same is for the desk there to say."""
    if common_place([one.place, other.place]) == place:
        VERBS["suggestion.keep_apart"].run(one, by=request.actor, other=other)


def _desk(request: Request, suggestion: Suggestion) -> Place:
    return desk_of(request.actor, suggestion) if isinstance(request.actor, Person) else suggestion.place


def _picked(request: Request, bench: Bench) -> dict[str, Any]:
    """What is chosen on the page: as sent before, else the oldest as the main one and all without conflict."""
    if request.method == "POST":
        return {"main": request.POST.get("main", ""), "same": set(request.POST.getlist("same"))}
    same = {str(side.suggestion.pk) for side in bench.others if side.fits}
    return {"main": str(bench.main.suggestion.pk), "same": same}


def _named(place: Place, typed: list[str]) -> list[UUID]:
    """Suggestions of the place as they are named in an address: by key, or by the number on the receipt."""
    receipts = [number for one in typed if (number := read_receipt(one))]
    by_number = Suggestion.objects.filter(joinable_at(place), receipt__in=receipts).values_list("pk", flat=True)
    return [*_keys(typed), *(by_number if receipts else [])]


def _number(typed: str) -> int:
    return whole_number(typed) or 0


def _keys(typed: list[str]) -> list[UUID]:
    found = []
    for key in typed:
        try:
            found.append(UUID(key))
        except ValueError:
            continue
    return found


urlpatterns = [
    path("p/<str:code>/merging/", merging, name="desk-merging"),
    path("suggestions/<uuid:pk>/merge/", merge, name="suggestion-merge"),
    path("suggestions/<uuid:pk>/split/", split, name="suggestion-split"),
]
