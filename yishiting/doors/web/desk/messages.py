"""消息发送: what was sent out of the house for a place, above all what did not arrive."""

from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.doors.lists.administration import ALL_MESSAGES, MESSAGES
from yishiting.doors.web.desk.administration import crumbs
from yishiting.doors.web.shared.declared import button
from yishiting.doors.web.shared.lists import Around, list_page
from yishiting.doors.web.shared.nouns import Noun, Room, know
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Button, Link
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.verbs import why_not_now
from yishiting.ground.notices.models import Message
from yishiting.ground.notices.queries import standstill
from yishiting.ground.notices.rules import policy_of
from yishiting.ground.places.models import Place

WORDS = gettext_lazy("消息发送")

know(
    Noun(
        Message,
        lists={"desk": ("desk-messages", WORDS), "administration": ("administration-messages", WORDS)},
        called=lambda message: message.subject or policy_of(message.template).says,
    )
)


def _around(request: Request, _place: Place) -> Around:
    """The messages of a place and everything below it."""
    links = [Link(_("工作台"), reverse("desk-home")), Link(WORDS, "")]
    more = {"standstill": standstill(timezone.now())}
    return Around(WORDS, links, buttons=lambda message: _resend(request, message, "desk"), more=more)


def _around_all(request: Request, _person: Person) -> Around:
    """The messages of all places, and those of none, as sign-in codes."""
    more, links = {"standstill": standstill(timezone.now())}, crumbs(Link(WORDS, ""))
    return Around(WORDS, links, buttons=lambda message: _resend(request, message, "administration"), more=more)


def _resend(request: Request, message: Message, room: Room) -> list[Button]:
    return (
        [button(request, "message.resend", message, room=room)]
        if why_not_now("message.resend", message) is None
        else []
    )


urlpatterns = [
    path("p/<str:code>/messages/", list_page(MESSAGES, _around, "desk/messages.html"), name="desk-messages"),
    path(
        "administration/messages/",
        list_page(ALL_MESSAGES, _around_all, "desk/messages.html"),
        name="administration-messages",
    ),
]
