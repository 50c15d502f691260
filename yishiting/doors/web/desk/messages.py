"""消息发送: what was sent out of the house for a place, above all what did not arrive."""

from django.http import HttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yishiting.doors.lists.administration import ALL_MESSAGES, MESSAGES
from yishiting.doors.web.desk.administration import crumbs
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.lists import Around, list_page
from yishiting.doors.web.shared.posting import act
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Button, Link
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.verbs import why_not
from yishiting.ground.notices.actions import resend
from yishiting.ground.notices.models import Delivery, Message
from yishiting.ground.notices.queries import standstill
from yishiting.ground.places.models import Place

STUCK = {Delivery.FAILED, Delivery.GIVEN_UP}


def _around(request: Request, _place: Place) -> Around:
    """The messages of a place and everything below it."""
    links = [Link(_("工作台"), reverse("desk-home")), Link(_("消息发送"), "")]
    more = {"standstill": standstill(timezone.now())}
    return Around(_("消息发送"), links, buttons=lambda message: _resend(request, message), more=more)


def _around_all(request: Request, _person: Person) -> Around:
    """The messages of all places, and those of none, as sign-in codes."""
    more, links = {"standstill": standstill(timezone.now())}, crumbs(Link(_("消息发送"), ""))
    return Around(_("消息发送"), links, buttons=lambda message: _resend(request, message), more=more)


def _resend(request: Request, message: Message) -> list[Button]:
    if message.delivery not in STUCK or not message.address:
        return []
    fields = {"revision": message.token, "back": request.path}
    url = reverse("message-resend", args=[message.pk])
    return [Button(_("重新发送"), url, why_not=why_not(request.actor, "message.resend", message), fields=fields)]


@require_POST
@door(Message, needs="message.resend")
def message_resend(request: Request, message: Message) -> HttpResponse:
    """Put one back into the queue, and return to the list it stood in."""
    here = reverse("administration-messages")
    if request.POST.get("back") != here and message.place_code:
        here = reverse("desk-messages", args=[message.place_code])
    return act(request, lambda: resend(message, by=request.actor), to=here, done=_("已放回队列，马上重发。"))


urlpatterns = [
    path("p/<str:code>/messages/", list_page(MESSAGES, _around, "desk/messages.html"), name="desk-messages"),
    path(
        "administration/messages/",
        list_page(ALL_MESSAGES, _around_all, "desk/messages.html"),
        name="administration-messages",
    ),
    path("messages/<uuid:pk>/resend/", message_resend, name="message-resend"),
]
