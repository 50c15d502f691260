"""政策程序问题 at the desk: what was asked here, what was asked from here, one question with its answers; a rule's page."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.doors.lists.ground import reads_rules, rule_row
from yishiting.doors.lists.inquiries import ASKED, RECEIVED
from yishiting.doors.web.desk.seasons import crumbs
from yishiting.doors.web.shared.declared import button
from yishiting.doors.web.shared.doors import door, open_links
from yishiting.doors.web.shared.inquiries import inquiry_shown
from yishiting.doors.web.shared.lists import Around, list_page
from yishiting.doors.web.shared.nouns import Noun, address_of, know
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Button, Link
from yishiting.ground.common.verbs import VERBS, why_not
from yishiting.ground.places.models import Level, Place
from yishiting.ground.seasons.by_level import ENTRIES, entries_for
from yishiting.ground.seasons.queries import written_for
from yishiting.year.inquiries.models import Inquiry
from yishiting.year.inquiries.permissions import reads_inquiry
from yishiting.year.inquiries.queries import RELATED, answers_about

BOTH = {
    "desk-inquiries": gettext_lazy("收到的政策程序问题"),
    "desk-own-inquiries": gettext_lazy("提出的政策程序问题"),
}

know(
    Noun(
        Inquiry,
        pages={"desk": "desk-inquiry"},
        lists={"desk": ("desk-own-inquiries", BOTH["desk-own-inquiries"])},
        related=RELATED,
    )
)


def _around(request: Request, place: Place, name: str) -> Around:
    label = BOTH[name]
    tabs = open_links(request.actor, place, BOTH, name) if place.level != Level.COMMUNITY else []
    ask = [button(request, "inquiry.ask", place, primary=True, room="desk")] if name == "desk-own-inquiries" else []
    return Around(label, [Link(_("工作台"), reverse("desk-home")), Link(label, "")], tabs=tabs, verbs=ask)


@door(Inquiry, needs=reads_inquiry, related=RELATED)
def inquiry(request: Request, inquiry: Inquiry) -> HttpResponse:
    """One question: what was asked and answered, in order."""
    return render(request, "desk/inquiry.html", inquiry_shown(request, inquiry, "desk"))


@door(Place, needs=reads_rules)
def rule(request: Request, place: Place, key: str) -> HttpResponse:
    """One rule: its value, where it comes from, and how the office has answered about it."""
    if key not in entries_for(place.level):
        raise Http404
    row, name = rule_row(written_for(place, timezone.localdate()), key), ENTRIES[key][0].key
    shown = {
        "rule": row,
        "answers": answers_about(name, place, public=False),
        "verbs": _verbs(request, place, key, name),
        "crumbs": crumbs(place, row["rule"]),
    }
    return render(request, "desk/rule.html", shown)


def _verbs(request: Request, place: Place, key: str, name: str) -> list[Button]:
    """To ask about the rule, and to change it, for who may."""
    ask = f"{address_of('inquiry.ask', place)}?{urlencode({'room': 'desk', 'rule': name})}"
    change = reverse("season-rule", args=[place.code, key])
    offered = {
        "inquiry.ask": Button(VERBS["inquiry.ask"].label, ask, "plain", "get"),
        "rulebook.adopt": Button(_("修改这条规则"), change, "plain", "get"),
    }
    return [one for code, one in offered.items() if why_not(request.actor, code, place) is None]


urlpatterns = [
    path(
        "p/<str:code>/inquiries/",
        list_page(RECEIVED, lambda request, place: _around(request, place, "desk-inquiries")),
        name="desk-inquiries",
    ),
    path(
        "p/<str:code>/inquiries/asked/",
        list_page(ASKED, lambda request, place: _around(request, place, "desk-own-inquiries")),
        name="desk-own-inquiries",
    ),
    path("inquiries/<uuid:pk>/", inquiry, name="desk-inquiry"),
    path("p/<str:code>/rules/<str:key>/", rule, name="desk-rule"),
]
