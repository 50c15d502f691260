"""The page of a place, and the lists its figures open."""

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from yishiting.doors.web.public.care import care_home
from yishiting.doors.web.public.figures import unit_tiles, year_bars
from yishiting.doors.web.public.open_now import open_box
from yishiting.doors.web.public.queries import below, board_of, crumbs_of, last_votes, works_of
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.requests import Request, care_on
from yishiting.doors.web.shared.seasons import strip
from yishiting.doors.web.shared.shapes import Link
from yishiting.doors.web.shared.work_cards import work_cards
from yishiting.ground.common.numbers import whole_number
from yishiting.ground.organisations.queries import contacts_of
from yishiting.ground.places.models import Level, Place
from yishiting.ground.places.queries import history_of, run_from
from yishiting.ground.rezoning.queries import change_said
from yishiting.ground.seasons.queries import special_matters_shown
from yishiting.overview.insights import the_year
from yishiting.year.councils.queries import council_of, serving_here
from yishiting.year.projects.models import Path, Project
from yishiting.year.projects.states import State as ProjectState
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.suggestions.published import WORDS_ARE_PUBLIC, public_title
from yishiting.year.suggestions.queries.search import search
from yishiting.year.suggestions.states import State as SuggestionState

PAGE = 20
NEWEST = 6
RELATED = ("parent", "parent__parent", "run_by")
#: What the numbers of a year open: `is=` on the lists of suggestions and of projects.
SUGGESTIONS_THAT = {
    "valid": Q(state__in=the_year.VALID),
    "merged": Q(state=SuggestionState.MERGED),
    "waiting": Q(state__in=the_year.WAITING),
    "elsewhere": Q(state__in=the_year.ELSEWHERE),
    "refused": Q(state__in=the_year.REFUSED),
}


@door(Place, related=RELATED)
def place(request: Request, place: Place) -> HttpResponse:
    """What a place is doing this year: its seasons, its notices, its meetings, its works."""
    if care_on(request) and place.level == Level.COMMUNITY and "all" not in request.GET:
        return care_home(request, place)
    today = timezone.localdate()
    address = reverse("place", args=[place.code])
    community = place.level == Level.COMMUNITY and place.acting.level == Level.COMMUNITY
    suggest = reverse("suggest-here", args=[place.acting.code]) if community else reverse("suggest")
    lower = below(place, today)
    people = list(serving_here(place, today)) if community else []
    shown = {
        "today": today,
        "crumbs": crumbs_of(place),
        "seasons": strip(place, address, today),
        "open_now": open_box(place, today, suggest) if not place.run_by else [],
        "bars": year_bars(place, today),
        "tiles": unit_tiles(place, lower, today.year),
        "below": [Link(one.name, reverse("place", args=[one.code])) for one in lower],
        "community": community,
        "takes_part": bool(people) or not community or council_of(place) is not None,
        "suggest": suggest,
        "contacts": contacts_of(place.acting),
        "history": [change_said(one) for one in history_of(place)],
        "former": run_from(place),
        "specials": special_matters_shown(place, today),
        "works": works_of(place, today, NEWEST),
        "voted": last_votes(place),
        "people": people,
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
    rows = rows.filter(SUGGESTIONS_THAT.get(request.GET.get("is", ""), Q()), _of_year(request))
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
    rows = rows.filter(_projects_that(request.GET.get("is", "")), _of_year(request))
    if request.GET.get("path") in Path.values:
        rows = rows.filter(path=request.GET["path"])
    page = Paginator(rows.order_by("-year", "-created_at"), PAGE).get_page(request.GET.get("page"))
    cards = work_cards(list(page), timezone.localdate())
    crumbs = crumbs_of(place, Link(_("实事项目"), ""))
    return render(request, "public/place_projects.html", {"page": page, "cards": cards, "crumbs": crumbs})


def _of_year(request: Request) -> Q:
    """The year that was asked for; every year where none was."""
    year = whole_number(request.GET.get("year", ""))
    return Q() if year is None else Q(year=year)


def _projects_that(standing: str) -> Q:
    if standing == "late":
        return the_year.late_on(timezone.localdate())
    return {"done": Q(state__in=the_year.FINISHED), "reviewed": Q(state=ProjectState.REVIEWED)}.get(standing, Q())


urlpatterns = [
    path("p/<str:code>/", place, name="place"),
    path("p/<str:code>/suggestions/", place_suggestions, name="place-suggestions"),
    path("p/<str:code>/projects/", place_projects, name="place-projects"),
]
