"""查找: one box for places, projects, proposals, suggestions, meetings and notices; a number leads to its thing."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from yishiting.doors.web.public.follow import public_things_with
from yishiting.doors.web.public.queries import SHOWN_MEETINGS
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Link, Words
from yishiting.ground.common.names import clean_search
from yishiting.ground.places.models import Place
from yishiting.ground.places.queries import find_places
from yishiting.instruments.publicity.models import PublicNotice
from yishiting.year.meetings.models import Meeting
from yishiting.year.projects.models import Project
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.queries import PUBLIC
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.suggestions.published import WORDS_ARE_PUBLIC, public_title
from yishiting.year.suggestions.queries.search import search

#: So many of each kind are shown; more words find fewer.
MOST, LONGEST = 10, 60


@dataclass(frozen=True, slots=True)
class Found:
    """One kind of thing that was found, the newest first."""

    heading: Words
    links: list[tuple[Link, Words]]
    more: bool


def search_all(request: Request) -> HttpResponse:
    """What everybody may read and these words are in; a number of ours leads straight to its thing."""
    words = clean_search(request.GET.get("q", ""))[:LONGEST].strip()
    numbered = public_things_with(words) if words else []
    if len(numbered) == 1:
        return redirect(numbered[0].url)
    groups = [found for found in _groups(words) if found.links] if words else []
    shown = {"words": words, "groups": groups, "crumbs": [Link(_("查找"), "")]}
    return render(request, "public/search.html", shown)


def _groups(words: str) -> list[Found]:
    today = timezone.localdate()
    places = find_places(words).order_by("level", "code")
    projects = _titled(Project.objects.order_by("-year", "-created_at"), words)
    proposals = _titled(Proposal.objects.filter(state__in=PUBLIC).order_by("-year", "-created_at"), words)
    meetings = _titled(Meeting.objects.filter(state__in=SHOWN_MEETINGS).order_by("-starts_at"), words)
    notices = _titled(PublicNotice.objects.on_the_board(today).order_by("-posted_on"), words)
    return [
        _found(_("社区、村和街乡"), ((one.name, "place", one.code, _above(one)) for one in places[: MOST + 1])),
        _found(_("实事项目"), ((one.title, "public-project", one.pk, _says(one)) for one in projects)),
        _found(_("建议案"), ((one.title, "public-proposal", one.pk, _says(one)) for one in proposals)),
        _found(
            _("建议"), ((public_title(one), "public-suggestion", one.pk, _says(one)) for one in _suggestions(words))
        ),
        _found(_("会议"), ((one.title, "meeting", one.pk, _says(one)) for one in meetings)),
        _found(_("公示公告"), ((one.title, "notice", one.pk, one.place.name) for one in notices)),
    ]


def _found(heading: Words, rows: Iterable[tuple[str, str, object, Words]]) -> Found:
    links = [(Link(title, reverse(page, args=[key])), says) for title, page, key, says in rows]
    return Found(heading, links[:MOST], len(links) > MOST)


def _titled(rows: QuerySet[Any], words: str) -> QuerySet[Any]:
    """Those whose title holds every word."""
    for word in words.split():
        rows = rows.filter(title__icontains=word)
    return rows.select_related("place")[: MOST + 1]


def _suggestions(words: str) -> QuerySet[Suggestion]:
    """Those whose words are public and say these words."""
    rows = Suggestion.objects.filter(state__in=WORDS_ARE_PUBLIC, screened_on__isnull=False, split_from=None)
    return search(rows.select_related("place").order_by("-received_on", "-receipt"), words)[: MOST + 1]


def _above(place: Place) -> str:
    return place.parent.name if place.parent is not None else ""


def _says(thing: Project | Proposal | Suggestion | Meeting) -> str:
    return _("%(place)s，%(state)s") % {"place": thing.place.name, "state": thing.get_state_display()}


urlpatterns = [path("search/", search_all, name="search-all")]
