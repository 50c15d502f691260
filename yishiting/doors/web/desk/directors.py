"""主任办公会 at the desk: the sittings of a subdistrict, one with its agenda and decisions, its minutes to print."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.doors.lists.directors import SITTINGS
from yishiting.doors.web.shared.declared import button, buttons
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.lists import Around, list_page
from yishiting.doors.web.shared.nouns import Noun, know, trail
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Button, Fact
from yishiting.doors.web.shared.templatetags.yishiting_ui import cn_date
from yishiting.ground.organisations.permissions import reads_here
from yishiting.ground.places.models import Place
from yishiting.ground.places.organs import office_of
from yishiting.year.directors.models import Sitting, SittingItem
from yishiting.year.directors.queries import RELATED, items_of, not_before_the_directors
from yishiting.year.directors.states import State

LISTED = gettext_lazy("主任办公会")

know(
    Noun(
        Sitting,
        pages={"desk": "desk-sitting"},
        lists={"desk": ("desk-sittings", LISTED)},
        related=RELATED,
    ),
    Noun(SittingItem, part_of="sitting", related=("place", "sitting__place")),
)


def _around(request: Request, place: Place) -> Around:
    waiting = not_before_the_directors(place).count()
    words = _("现在有%(n)s条有效建议等着确定责任领导和科室。") % {"n": waiting} if waiting else ""
    return Around(
        LISTED,
        trail(request, place, "desk", LISTED),
        words=words,
        verbs=[button(request, "sitting.call", place, primary=True, room="desk")],
    )


@door(Sitting, needs=reads_here, related=RELATED)
def sitting(request: Request, sitting: Sitting) -> HttpResponse:
    """One sitting: who was there, each item with what was decided on it."""
    verbs = buttons(request, sitting, asleep=False, room="desk")
    if sitting.state in (State.OPEN, State.ISSUED):
        verbs.append(Button(_("打印纪要"), reverse("sitting-minutes", args=[sitting.pk]), "plain", "get"))
    shown = {
        "sitting": sitting,
        "facts": _facts(sitting),
        "items": items_of(sitting),
        "verbs": verbs,
        "crumbs": trail(request, sitting, "desk"),
    }
    return render(request, "desk/sitting.html", shown)


def _facts(sitting: Sitting) -> list[Fact]:
    there = [f"{one.person.name}（{one.get_office_display()}）" for one in sitting.present.select_related("person")]
    told = [
        (_("开会日期"), cn_date(sitting.held_on, "plain")),
        (_("地点"), sitting.venue),
        (_("主持人"), sitting.chaired_by or ""),
        (_("到会人员"), _("、").join(there)),
        (_("印发日期"), cn_date(sitting.issued_on, "plain") if sitting.issued_on else ""),
        (_("取消原因"), sitting.cancelled_because),
    ]
    return [Fact(label, value) for label, value in told if value]


@door(Sitting, needs=reads_here, related=RELATED)
def minutes(request: Request, sitting: Sitting) -> HttpResponse:
    """The minutes to print and sign."""
    shown = {
        "sitting": sitting,
        "facts": _facts(sitting),
        "items": items_of(sitting),
        "issuer": office_of(sitting.place, sitting.held_on),
        "back": reverse("desk-sitting", args=[sitting.pk]),
    }
    return render(request, "desk/sitting_minutes.html", shown)


urlpatterns = [
    path("p/<str:code>/sittings/", list_page(SITTINGS, _around), name="desk-sittings"),
    path("sittings/<uuid:pk>/", sitting, name="desk-sitting"),
    path("sittings/<uuid:pk>/minutes/", minutes, name="sitting-minutes"),
]
