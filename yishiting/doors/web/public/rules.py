"""规则 for everyone: what holds at a place, where it comes from, and what the office has answered about it."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from yishiting.doors.lists.ground import rule_row
from yishiting.doors.web.public.queries import crumbs_of
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Link
from yishiting.ground.places.models import Place
from yishiting.ground.seasons.by_level import entry_key
from yishiting.ground.seasons.queries import version_called, written_for
from yishiting.ground.seasons.rules import KINDS
from yishiting.year.inquiries.queries import answers_about

RELATED = ("parent", "parent__parent")


def _entry(place: Place, key: str) -> str:
    """The entry of a rule that holds at the level of a place."""
    return entry_key(key, place.level if KINDS[key].by_level else "")


def _page(request: Request, name: str, *key: str) -> str:
    """The address of a page of rules, of the version one reads."""
    version = request.GET.get("version", "")
    return f"{reverse(name, args=key)}?{urlencode({'version': version})}" if version else reverse(name, args=key)


@door(Place, related=RELATED)
def rules(request: Request, place: Place) -> HttpResponse:
    """Every rule in force at a place, or in the version that a decision names in `?version=`, each with its page."""
    label, values = version_called(place, request.GET.get("version", ""))
    pages = {key: _page(request, "public-rule", place.code, key) for key in KINDS}
    shown = {
        "rules": [(url, rule_row(values, _entry(place, key))) for key, url in pages.items()],
        "label": label,
        "crumbs": crumbs_of(place, Link(_("规则"), "")),
    }
    return render(request, "public/rules.html", shown)


@door(Place, related=RELATED)
def rule(request: Request, place: Place, key: str) -> HttpResponse:
    """One rule, and the answers about it that are public."""
    if key not in KINDS:
        raise Http404
    label, values = version_called(place, request.GET.get("version", ""))
    row = rule_row(values, _entry(place, key))
    now = rule_row(written_for(place, timezone.localdate()), _entry(place, key))
    listed = Link(_("规则"), _page(request, "public-rules", place.code))
    shown = {
        "rule": row,
        "label": label,
        "now": now["value"] if now["value"] != row["value"] else "",
        "answers": answers_about(key, place, public=True),
        "crumbs": crumbs_of(place, listed, Link(row["rule"], "")),
    }
    return render(request, "public/rule.html", shown)


urlpatterns = [
    path("p/<str:code>/rules/", rules, name="public-rules"),
    path("p/<str:code>/rules/<str:key>/", rule, name="public-rule"),
]
