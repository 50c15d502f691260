"""给我的消息: what I was told on site, and noting that I have read it."""

from dataclasses import replace

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from yishiting.doors.common.message_pages import message_page
from yishiting.doors.web.shared.declared import button, said_after
from yishiting.doors.web.shared.doors import signed_in
from yishiting.doors.web.shared.nouns import Noun, know
from yishiting.doors.web.shared.posting import act
from yishiting.doors.web.shared.requests import Request, person_of
from yishiting.doors.web.shared.shapes import Button, Link
from yishiting.ground.common.verbs import VERBS
from yishiting.ground.notices.actions import read_all
from yishiting.ground.notices.models import Message
from yishiting.ground.notices.queries import inbox, unread_count

PAGE = 20
WORDS = gettext_lazy("给我的消息")

know(Noun(Message, lists={"me": ("my-messages", WORDS)}))


@signed_in
def messages(request: Request) -> HttpResponse:
    """My messages, the newest first; a new one has a button that notes it as read."""
    person = person_of(request)
    page = Paginator(inbox(person), PAGE).get_page(request.GET.get("page"))
    unread = unread_count(person)
    shown = {
        "page": page,
        "rows": [(one, message_page(one), _read_verb(request, one)) for one in page],
        "unread": unread,
        "verbs": [Button(VERBS["message.read_all"].label, reverse("my-messages-read"))] if unread else [],
        "crumbs": [Link(_("我的"), reverse("my-home")), Link(WORDS, "")],
    }
    return render(request, "resident/messages.html", shown)


def _read_verb(request: Request, message: Message) -> Button | None:
    if message.read_at:
        return None
    return replace(button(request, "message.read", message, room="me"), label=_("知道了"), kind="quiet")


@require_POST
@signed_in
def messages_read(request: Request) -> HttpResponse:
    """Note all as read."""
    person = person_of(request)
    done = said_after(VERBS["message.read_all"], None)
    return act(request, lambda: read_all(person, by=person), to=reverse("my-messages"), done=done)


urlpatterns = [
    path("messages/", messages, name="my-messages"),
    path("messages/read/", messages_read, name="my-messages-read"),
]
