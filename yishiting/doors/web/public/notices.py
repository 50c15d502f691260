"""公示: the notice board of a place, one notice, and objecting to it."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from yishiting.doors.web.public.notices_forms import ObjectionForm
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.drawings import qr
from yishiting.doors.web.shared.posting import perform
from yishiting.doors.web.shared.public_words import own_line
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Fact, Link, Receipt
from yishiting.doors.web.shared.templatetags.yishiting_ui import cn_date
from yishiting.ground.places.models import Place
from yishiting.ground.seasons.queries import holidays
from yishiting.instruments.documents.rules import spoken
from yishiting.instruments.publicity.actions import raise_objection
from yishiting.instruments.publicity.models import Objection, PublicNotice
from yishiting.instruments.publicity.queries import board, last_day_now
from yishiting.instruments.publicity.rules import why_no_objection
from yishiting.instruments.publicity.states import State
from yishiting.methods.workdays import workdays_between, years_not_known

PAGE = 20
SHEETS = {"a4": "", "a3": "a3", "large": "large-print"}


@door(Place)
def notice_board(request: Request, place: Place) -> HttpResponse:
    """Everything a place has made public, newest first."""
    rows = Paginator(board(place, timezone.localdate()), PAGE).get_page(request.GET.get("page"))
    crumbs = [Link(place.name, reverse("place", args=[place.code])), Link(_("公示公告"), "")]
    return render(request, "public/notice_board.html", {"page": rows, "crumbs": crumbs})


@door(PublicNotice, related=("place",))
def notice(request: Request, notice: PublicNotice) -> HttpResponse:
    """One notice with its period, its objections and their answers, and the form to object while it is posted."""
    _must_be_up(notice)
    closed = _why_no_objection(notice)
    return perform(
        request,
        ObjectionForm(request.POST or None),
        lambda **words: raise_objection(notice, by=request.actor, **words),
        page="public/notice.html",
        to=lambda objection: reverse("objection", args=[objection.receipt]),
        context={"closed": closed, "crumbs": _crumbs(notice), **_shown(notice)},
    )


@door(PublicNotice, related=("place",))
def notice_print(request: Request, notice: PublicNotice) -> HttpResponse:
    """The sheet for the notice board: A4, A3 or large print, with the code of this page."""
    _must_be_up(notice)
    address = f"{settings.SITE['address']}{reverse('notice', args=[notice.pk])}"
    sheet = SHEETS.get(request.GET.get("sheet", ""), "")
    shown = {"sheet": sheet, "qr": qr(address), "back": reverse("notice", args=[notice.pk]), **_shown(notice)}
    return render(request, "public/notice_print.html", shown)


def objection(request: Request, receipt: str) -> HttpResponse:
    """The receipt of an objection: its number, and the answer once there is one. Says nothing of who objected."""
    found = Objection.objects.select_related("notice", "place").filter(receipt=receipt).first()
    if found is None:
        raise Http404
    url = reverse("notice", args=[found.notice_id])
    slip = Receipt(
        spoken(found.receipt), found.notice.title, found.created_at, url, _("经办人答复您"), found.answer_due
    )
    crumbs = [*_crumbs(found.notice)[:-1], Link(found.notice.title, url), Link(_("异议回执"), "")]
    shown = {"receipt": slip, "objection": found, "place": found.place, "crumbs": crumbs}
    return render(request, "public/objection.html", shown)


def facts_of(notice: PublicNotice) -> list[Fact]:
    """The lines above the body of a notice."""
    period = _("%(first)s至%(last)s（%(n)s个工作日）") % {
        "first": cn_date(notice.posted_on, "plain"),
        "last": cn_date(notice.last_day, "plain"),
        "n": notice.workdays,
    }
    unknown = years_not_known(notice.posted_on, notice.last_day, holidays()) if notice.state == State.POSTED else []
    if unknown:
        period += _("。%(year)s年的放假安排公布以后，截止日期可能顺延") % {"year": unknown[0]}
    facts = [Fact(_("编号"), notice.number), Fact(_("公示期"), period), Fact(_("发布单位"), notice.issuer)]
    facts += [Fact(_("依据"), notice.basis)] if notice.basis else []
    facts += [Fact(_("联系方式"), own_line(notice.contact))] if notice.contact else []
    return facts


def _shown(notice: PublicNotice) -> dict[str, Any]:
    today = timezone.localdate()
    left = workdays_between(today, notice.last_day, holidays()) if notice.state == State.POSTED else None
    return {
        "notice": notice,
        "facts": facts_of(notice),
        "days_left": left,
        "objections": list(notice.objections.all()) if notice.takes_objections else [],
    }


def _why_no_objection(notice: PublicNotice) -> str | None:
    if notice.state != State.POSTED:
        return _("这份公示已经结束，不再受理异议。")
    return why_no_objection(notice.takes_objections, notice.posted_on, last_day_now(notice), timezone.localdate())


def _must_be_up(notice: PublicNotice) -> None:
    if notice.posted_on > timezone.localdate():
        raise Http404


def _crumbs(notice: PublicNotice) -> list[Link]:
    place = notice.place
    return [
        Link(place.name, reverse("place", args=[place.code])),
        Link(_("公示公告"), reverse("notice-board", args=[place.code])),
        Link(notice.title, ""),
    ]


urlpatterns = [
    path("p/<str:code>/notices/", notice_board, name="notice-board"),
    path("notices/<uuid:pk>/", notice, name="notice"),
    path("notices/<uuid:pk>/print/", notice_print, name="notice-print"),
    path("objections/<str:receipt>/", objection, name="objection"),
]
