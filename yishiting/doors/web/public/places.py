"""The page of a place, and the lists its figures open."""

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from yishiting.doors.web.public.care import care_home
from yishiting.doors.web.public.queries import below, board_of, crumbs_of, figures_of
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.requests import Request, care_on
from yishiting.doors.web.shared.seasons import open_now, strip
from yishiting.doors.web.shared.shapes import Link
from yishiting.ground.organisations.queries import contacts_of
from yishiting.ground.places.models import Level, Place
from yishiting.ground.places.queries import history_of, run_from
from yishiting.ground.rezoning.queries import change_said
from yishiting.ground.seasons.queries import special_matters_shown
from yishiting.year.councils.queries import council_of
from yishiting.year.projects.models import Path, Project
from yishiting.year.projects.states import State as ProjectState
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.suggestions.published import WORDS_ARE_PUBLIC, public_title
from yishiting.year.suggestions.queries.search import search
from yishiting.year.suggestions.states import State as SuggestionState

PAGE = 20
NEWEST = 10
RELATED = ("parent", "parent__parent", "run_by")


@door(Place, related=RELATED)
def place(request: Request, place: Place) -> HttpResponse:
    """What a place is doing this year: its seasons, its notices, its meetings, its works."""
    if care_on(request) and place.level == Level.COMMUNITY and "all" not in request.GET:
        return care_home(request, place)
    today = timezone.localdate()
    address = reverse("place", args=[place.code])
    community = place.level == Level.COMMUNITY and place.acting.level == Level.COMMUNITY
    suggest = reverse("suggest-here", args=[place.acting.code]) if community else reverse("suggest")
    shown = {
        "crumbs": crumbs_of(place),
        "seasons": strip(place, address, today),
        "open_now": open_now(place, suggest),
        "stats": figures_of(place, today.year),
        "below": below(place),
        "community": community,
        "takes_part": not community or council_of(place) is not None,
        "suggest": suggest,
        "contacts": contacts_of(place.acting),
        "history": [change_said(one) for one in history_of(place)],
        "former": run_from(place),
        "specials": special_matters_shown(place, today),
        **board_of(place, today, NEWEST),
    }
    return render(request, "public/place.html", shown)


@door(Place, related=RELATED)
def place_suggestions(request: Request, place: Place) -> HttpResponse:
    """The suggestions of a place, by their titles and where they stand; the words stay with who said them."""
    rows = Suggestion.objects.filter(place__division_path__startswith=place.division_path, split_from=None)
    rows = rows.exclude(state=SuggestionState.STRUCK).select_related("place", "category")
    rows = rows.order_by("-received_on", "-receipt")
    if request.GET.get("answered"):
        rows = rows.filter(answered_on__isnull=False)
    words = request.GET.get("q", "")
    found: QuerySet[Suggestion] = rows
    if words:
        found = search(rows.filter(state__in=WORDS_ARE_PUBLIC, screened_on__isnull=False), words)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    lines = [(one, public_title(one)) for one in page]
    crumbs = crumbs_of(place, Link(_("建议"), ""))
    return render(
        request, "public/place_suggestions.html", {"page": page, "lines": lines, "crumbs": crumbs, "words": words}
    )


@door(Place, related=RELATED)
def place_projects(request: Request, place: Place) -> HttpResponse:
    """The practical projects of a place and where they stand."""
    rows = Project.objects.filter(place__division_path__startswith=place.division_path).select_related("place")
    if request.GET.get("done"):
        rows = rows.filter(state__in=(ProjectState.ACCEPTED, ProjectState.REVIEWED))
    if request.GET.get("path") in Path.values:
        rows = rows.filter(path=request.GET["path"])
    page = Paginator(rows.order_by("-year", "-created_at"), PAGE).get_page(request.GET.get("page"))
    crumbs = crumbs_of(place, Link(_("实事项目"), ""))
    return render(request, "public/place_projects.html", {"page": page, "crumbs": crumbs})


urlpatterns = [
    path("p/<str:code>/", place, name="place"),
    path("p/<str:code>/suggestions/", place_suggestions, name="place-suggestions"),
    path("p/<str:code>/projects/", place_projects, name="place-projects"),
]
