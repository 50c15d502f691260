"""给我的消息: what I was told on site, and noting that I have read it."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yishiting.doors.common.message_pages import message_page
from yishiting.doors.web.shared.doors import door, signed_in
from yishiting.doors.web.shared.posting import act
from yishiting.doors.web.shared.requests import Request, person_of
from yishiting.doors.web.shared.shapes import Button, Link
from yishiting.ground.notices.actions import read_all, read_message
from yishiting.ground.notices.models import Message
from yishiting.ground.notices.queries import inbox, unread_count

PAGE = 20


@signed_in
def messages(request: Request) -> HttpResponse:
    """My messages, the newest first; a new one has a button that notes it as read."""
    person = person_of(request)
    page = Paginator(inbox(person), PAGE).get_page(request.GET.get("page"))
    unread = unread_count(person)
    shown = {
        "page": page,
        "rows": [(one, message_page(one), _read_verb(one)) for one in page],
        "unread": unread,
        "verbs": [Button(_("全部标为已读"), reverse("my-messages-read"))] if unread else [],
        "crumbs": [Link(_("我的"), reverse("my-home")), Link(_("给我的消息"), "")],
    }
    return render(request, "resident/messages.html", shown)


def _read_verb(message: Message) -> Button | None:
    return None if message.read_at else Button(_("知道了"), reverse("message-read", args=[message.pk]), "quiet")


@require_POST
@door(Message, needs="message.read")
def message_read(request: Request, message: Message) -> HttpResponse:
    """Note one as read, and go on to what it is about when asked to."""
    return act(
        request, lambda: read_message(message, by=request.actor), to=reverse("my-messages"), done=_("已标为已读。")
    )


@require_POST
@signed_in
def messages_read(request: Request) -> HttpResponse:
    """Note all as read."""
    person = person_of(request)
    return act(request, lambda: read_all(person, by=person), to=reverse("my-messages"), done=_("已全部标为已读。"))


urlpatterns = [
    path("messages/", messages, name="my-messages"),
    path("messages/read/", messages_read, name="my-messages-read"),
    path("messages/<uuid:pk>/read/", message_read, name="message-read"),
]
