"""规则 for everyone: what holds at a place, where it comes from, and what the office has answered about it."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from yishiting.doors.lists.ground import rule_row
from yishiting.doors.web.public.queries import crumbs_of
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Link
from yishiting.ground.places.models import Place
from yishiting.ground.seasons.by_level import entries_of
from yishiting.ground.seasons.queries import version_called, written_for
from yishiting.ground.seasons.rules import KINDS
from yishiting.year.inquiries.queries import answers_about

RELATED = ("parent", "parent__parent")


def _entry(place: Place, key: str) -> str:
    """The entry of a rule that holds at the level of a place."""
    return next(iter(entries_of(key, place.level)), "") or next(iter(entries_of(key)))


@door(Place, related=RELATED)
def rules(request: Request, place: Place) -> HttpResponse:
    """Every rule in force at a place, or in the version that a decision names in `?version=`, each with its page."""
    label, values = version_called(place, request.GET.get("version", ""))
    pages = {key: reverse("public-rule", args=[place.code, key]) for key in KINDS}
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
    row, now = (
        rule_row(values, _entry(place, key)),
        rule_row(written_for(place, timezone.localdate()), _entry(place, key)),
    )
    listed = Link(_("规则"), reverse("public-rules", args=[place.code]))
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
