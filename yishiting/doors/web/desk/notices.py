"""公示 at the desk: the list, posting an announcement, objections to answer, closing and withdrawing."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from yishiting.doors.web.desk.confirming import confirm
from yishiting.doors.web.desk.notices_forms import AnswerForm, NoticeFilters, NoticeForm, ReasonForm
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.posting import perform
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Button, Fact, Link, Waiting
from yishiting.doors.web.shared.templatetags.yishiting_ui import cn_date
from yishiting.ground.common.verbs import why_not
from yishiting.ground.places.models import Place
from yishiting.ground.seasons.labels import rules_called
from yishiting.ground.seasons.queries import holidays
from yishiting.instruments.documents.rules import spoken
from yishiting.instruments.publicity.actions import answer_objection, close_notice, post_notice, withdraw_notice
from yishiting.instruments.publicity.models import Objection, PublicNotice
from yishiting.instruments.publicity.permissions import at_the_desk
from yishiting.instruments.publicity.queries import desk_notices, objections_to_answer, unanswered
from yishiting.instruments.publicity.rules import why_not_close
from yishiting.instruments.publicity.states import ObjectionState, State
from yishiting.methods.workdays import workdays_between

PAGE = 30


@door(Place, needs=at_the_desk)
def desk_notice_list(request: Request, place: Place) -> HttpResponse:
    """All notices of the place, and above them the objections that wait."""
    filters = NoticeFilters(request.GET)
    rows = desk_notices(place)
    if filters.is_valid():
        rows = rows.filter(**{name: value for name, value in filters.cleaned_data.items() if value})
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    post = Button(_("发布公告"), reverse("notice-post", args=[place.code]), "primary", "get")
    shown = {"page": page, "filters": filters, "waiting": _waiting(place), "post": post, "crumbs": _crumbs(place)}
    return render(request, "desk/notices.html", shown)


@door(Place, needs="notice.post")
def notice_post(request: Request, place: Place) -> HttpResponse:
    """Post an announcement or a call for suggestions."""
    return perform(
        request,
        NoticeForm(request.POST or None),
        lambda **words: post_notice(place, by=request.actor, **words),
        page="desk/form.html",
        to=lambda notice: reverse("desk-notice", args=[notice.pk]),
        done=lambda notice: (
            _("已发布，编号%(number)s，张贴到%(day)s。") % {"number": notice.number, "day": cn_date(notice.last_day)}
        ),
        context={
            "title": _("发布公告"),
            "submit": _("发布"),
            "back": reverse("desk-notices", args=[place.code]),
            "crumbs": _crumbs(place, Link(_("发布公告"), "")),
        },
    )


@door(PublicNotice, needs=at_the_desk, related=("place",))
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


@door(PublicNotice, needs="notice.close", related=("place",))
def notice_close(request: Request, notice: PublicNotice) -> HttpResponse:
    """Close a notice whose days are over."""
    back = reverse("desk-notice", args=[notice.pk])
    return confirm(
        request, lambda: close_notice(notice, by=request.actor),
        title=_("结束公示"), back=back, crumbs=_crumbs(notice.place, Link(notice.number, back)), about=notice,
        words=_("公示结果马上公开，以后不再受理异议。"), done=_("公示已经结束，结果已公开。"),
    )  # fmt: skip


@door(PublicNotice, needs="notice.withdraw", related=("place",))
def notice_withdraw(request: Request, notice: PublicNotice) -> HttpResponse:
    """Take a notice back with a reason."""
    back = reverse("desk-notice", args=[notice.pk])
    return perform(
        request,
        ReasonForm(request.POST or None),
        lambda reason: withdraw_notice(notice, by=request.actor, reason=reason),
        page="desk/form.html",
        to=back,
        done=_("公示已经撤回，原因已公开。"),
        context={
            "title": _("撤回公示：%(title)s") % {"title": notice.title},
            "submit": _("撤回"),
            "kind": "danger",
            "back": back,
            "revision": notice.token,
            "crumbs": _crumbs(notice.place, Link(notice.number, back), Link(_("撤回"), "")),
        },
    )


@door(Objection, needs="objection.answer", related=("place", "notice__place"))
def objection_answer(request: Request, objection: Objection) -> HttpResponse:
    """Answer one objection."""
    notice = objection.notice
    back = reverse("desk-notice", args=[notice.pk])
    return perform(
        request,
        AnswerForm(request.POST or None),
        lambda **words: answer_objection(objection, by=request.actor, **words),
        page="desk/objection_answer.html",
        to=back,
        done=_("已经答复，处理结果已公开。"),
        context={
            "objection": objection,
            "back": back,
            "revision": objection.token,
            "crumbs": _crumbs(notice.place, Link(notice.number, back), Link(_("答复异议"), "")),
        },
    )


def objection_waiting(objection: Objection, left: int) -> Waiting:
    """One objection as a line of the list that waits."""
    answer = Button(_("答复"), reverse("objection-answer", args=[objection.pk]), "plain", "get")
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
    refusal = why_not(request.actor, "objection.answer", objection)
    return Button(_("答复"), reverse("objection-answer", args=[objection.pk]), "primary", "get", refusal)


def _verbs(request: Request, notice: PublicNotice) -> list[Button]:
    show = Button(_("看公开页"), reverse("notice", args=[notice.pk]), "quiet", "get")
    if notice.state != State.POSTED:
        return [show]
    early = why_not_close(notice.last_day, unanswered(notice), timezone.localdate())
    close = Button(
        _("结束公示"),
        reverse("notice-close", args=[notice.pk]),
        "primary",
        "get",
        why_not(request.actor, "notice.close", notice) or early,
    )
    return [close, Button(_("撤回公示"), reverse("notice-withdraw", args=[notice.pk]), "danger", "get"), show]


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
    path("p/<str:code>/notices/", desk_notice_list, name="desk-notices"),
    path("p/<str:code>/notices/post/", notice_post, name="notice-post"),
    path("notices/<uuid:pk>/", desk_notice, name="desk-notice"),
    path("notices/<uuid:pk>/close/", notice_close, name="notice-close"),
    path("notices/<uuid:pk>/withdraw/", notice_withdraw, name="notice-withdraw"),
    path("objections/<uuid:pk>/answer/", objection_answer, name="objection-answer"),
]
