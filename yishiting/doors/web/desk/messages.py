"""消息发送: what was sent out of the house for a place, above all what did not arrive."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from yishiting.doors.web.desk.administration import administrator, crumbs
from yishiting.doors.web.shared import forms as ours
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.posting import act
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Button, Link
from yishiting.ground.accounts.models import Administration
from yishiting.ground.common.masking import mask_name, mask_phone
from yishiting.ground.common.verbs import why_not
from yishiting.ground.notices.actions import resend
from yishiting.ground.notices.models import Delivery, Message, Way
from yishiting.ground.notices.queries import outward_messages, standstill, troubled
from yishiting.ground.notices.rules import policy_of
from yishiting.ground.organisations.models import Office
from yishiting.ground.organisations.permissions import holds_above
from yishiting.ground.places.models import Place

PAGE = 30
STUCK = {Delivery.FAILED, Delivery.GIVEN_UP}
TONES = {
    Delivery.SENT: "done",
    Delivery.DELIVERED: "done",
    Delivery.GATHERED: "done",
    Delivery.FAILED: "late",
    Delivery.GIVEN_UP: "refused",
}
keeps_the_desk = holds_above(*Office)


class MessageFilters(ours.Form):
    """Filters keep their place in the address."""

    delivery = forms.ChoiceField(
        label=gettext_lazy("状态"),
        required=False,
        choices=[("", gettext_lazy("没有送达的")), ("all", gettext_lazy("全部")), *Delivery.choices],
    )
    way = forms.ChoiceField(
        label=gettext_lazy("方式"),
        required=False,
        choices=[("", gettext_lazy("全部")), (Way.SMS, Way.SMS.label), (Way.EMAIL, Way.EMAIL.label)],
    )


@door(Place, needs=keeps_the_desk)
def messages(request: Request, place: Place) -> HttpResponse:
    """The messages of a place and everything below it."""
    links = [Link(_("工作台"), reverse("desk-home")), Link(_("消息发送"), "")]
    return _listed(request, outward_messages(place.code), links)


@administrator(Administration.SYSTEM)
def all_messages(request: Request) -> HttpResponse:
    """The messages of all places, and those of none, as sign-in codes."""
    return _listed(request, outward_messages(), crumbs(Link(_("消息发送"), "")))


def _listed(request: Request, rows: QuerySet[Message], links: list[Link]) -> HttpResponse:
    filters = MessageFilters(request.GET)
    given = filters.cleaned_data if filters.is_valid() else {}
    page = Paginator(_wanted(rows, given), PAGE).get_page(request.GET.get("page"))
    shown = {
        "filters": filters,
        "page": page,
        "rows": [_row(request, one) for one in page],
        "troubled": not given.get("delivery"),
        "standstill": standstill(timezone.now()),
        "crumbs": links,
    }
    return render(request, "desk/messages.html", shown)


def _wanted(rows: QuerySet[Message], given: dict[str, Any]) -> QuerySet[Message]:
    rows = rows.filter(way=given["way"]) if given.get("way") else rows
    state = given.get("delivery", "")
    if not state:
        return troubled(rows)
    return rows if state == "all" else rows.filter(delivery=state)


def _row(request: Request, message: Message) -> dict[str, Any]:
    """Never the words: a sign-in code is for its owner alone."""
    state = Delivery(message.delivery)
    return {
        "message": message,
        "about": policy_of(message.template).says,
        "to": _masked(message) or _("已清除"),
        "tone": TONES.get(state, "waiting"),
        "verb": _resend(request, message) if state in STUCK and message.address else None,
    }


def _masked(message: Message) -> str:
    if message.way == Way.SMS:
        return mask_phone(message.address)
    name, _at, host = message.address.partition("@")
    return f"{mask_name(name)}@{host}" if host else ""


def _resend(request: Request, message: Message) -> Button:
    fields = {"revision": message.token, "back": request.path}
    url = reverse("message-resend", args=[message.pk])
    return Button(_("重新发送"), url, why_not=why_not(request.actor, "message.resend", message), fields=fields)


@require_POST
@door(Message, needs="message.resend")
def message_resend(request: Request, message: Message) -> HttpResponse:
    """Put one back into the queue, and return to the list it stood in."""
    here = reverse("administration-messages")
    if request.POST.get("back") != here and message.place_code:
        here = reverse("desk-messages", args=[message.place_code])
    return act(request, lambda: resend(message, by=request.actor), to=here, done=_("已放回队列，马上重发。"))


urlpatterns = [
    path("p/<str:code>/messages/", messages, name="desk-messages"),
    path("administration/messages/", all_messages, name="administration-messages"),
    path("messages/<uuid:pk>/resend/", message_resend, name="message-resend"),
]
