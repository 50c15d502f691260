"""公示 at the desk: the list, posting an announcement, objections to answer, closing and withdrawing."""

from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.doors.lists.notices import NOTICES, OBJECTIONS
from yishiting.doors.web.shared.declared import button, buttons
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.lists import Around, list_page
from yishiting.doors.web.shared.nouns import Noun, address_of, know
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Button, Fact, Link, Waiting
from yishiting.doors.web.shared.templatetags.yishiting_ui import cn_date
from yishiting.ground.organisations.permissions import at_desk
from yishiting.ground.places.models import Place
from yishiting.ground.seasons.labels import rules_called
from yishiting.ground.seasons.queries import holidays
from yishiting.instruments.documents.rules import spoken
from yishiting.instruments.publicity.models import Objection, PublicNotice
from yishiting.instruments.publicity.queries import objections_to_answer
from yishiting.instruments.publicity.states import LIFECYCLE, ObjectionState
from yishiting.methods.workdays import workdays_between

know(
    Noun(
        PublicNotice,
        pages={"desk": "desk-notice", "public": "notice"},
        lists={"desk": ("desk-notices", gettext_lazy("公示公告"))},
        related=("place",),
        by_hand={"objection.raise": "notice"},
        called=lambda notice: notice.number,
    ),
    Noun(
        Objection,
        part_of="notice",
        related=("place", "notice__place", "person"),
        called=lambda one: spoken(one.receipt),
    ),
)


def _around(request: Request, place: Place) -> Around:
    """All notices of the place, and above them the objections that wait."""
    return Around(
        _("公示公告"),
        _crumbs(place),
        verbs=[button(request, "notice.post", place, primary=True, room="desk")],
        links=[Link(_("全部异议"), reverse("desk-objections", args=[place.code]))],
        more={"waiting": _waiting(place)},
    )


def _around_objections(request: Request, place: Place) -> Around:
    """Every objection of the place."""
    return Around(_("异议"), _crumbs(place, Link(_("异议"), "")))


@door(PublicNotice, needs=at_desk, related=("place",))
def desk_notice(request: Request, notice: PublicNotice) -> HttpResponse:
    """One notice with its objections in full and what can be done."""
    objections = list(notice.objections.select_related("place"))
    shown = {
        "notice": notice,
        "facts": _facts(notice),
        "objections": [(one, _answer_verb(request, one)) for one in objections],
        "verbs": _verbs(request, notice),
        "crumbs": _crumbs(notice.place, Link(notice.number, "")),
    }
    return render(request, "desk/notice.html", shown)


def objection_waiting(objection: Objection, left: int) -> Waiting:
    """One objection as a line of the list that waits."""
    answer = Button(_("答复"), address_of("objection.answer", objection), "plain", "get")
    facts = _("登记号%(receipt)s，%(day)s收到") % {
        "receipt": spoken(objection.receipt),
        "day": cn_date(objection.received_on, "short"),
    }
    title = _("异议：%(title)s") % {"title": objection.notice.title}
    return Waiting(title, reverse("desk-notice", args=[objection.notice_id]), answer, facts, objection.answer_due, left)


def _waiting(place: Place) -> list[Waiting]:
    today, table = timezone.localdate(), holidays()
    rows = objections_to_answer(place)
    return [objection_waiting(one, workdays_between(today, one.answer_due, table)) for one in rows]


def _answer_verb(request: Request, objection: Objection) -> Button | None:
    if objection.state != ObjectionState.RECEIVED:
        return None
    return replace(button(request, "objection.answer", objection, primary=True, room="desk"), label=_("答复"))


def _verbs(request: Request, notice: PublicNotice) -> list[Button]:
    show = Button(_("看公开页"), reverse("notice", args=[notice.pk]), "quiet", "get")
    codes = [code for code in LIFECYCLE.verbs_from(notice.state) if code != "objection.raise"]
    return [*(buttons(request, notice, *codes, room="desk") if codes else []), show]


def _facts(notice: PublicNotice) -> list[Fact]:
    return [
        Fact(_("编号"), notice.number),
        Fact(_("类别"), notice.get_kind_display()),
        Fact(_("公示开始"), cn_date(notice.posted_on)),
        Fact(_("公示截止"), cn_date(notice.last_day)),
        Fact(_("规则版本"), rules_called(notice.rules_label)),
    ]


def _crumbs(place: Place, *more: Link) -> list[Link]:
    first = [Link(_("工作台"), reverse("desk-home")), Link(_("公示公告"), reverse("desk-notices", args=[place.code]))]
    return [*first, *more]


urlpatterns = [
    path("p/<str:code>/objections/", list_page(OBJECTIONS, _around_objections), name="desk-objections"),
    path("p/<str:code>/notices/", list_page(NOTICES, _around, "desk/notices.html"), name="desk-notices"),
    path("notices/<uuid:pk>/", desk_notice, name="desk-notice"),
]
