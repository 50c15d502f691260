"""What people do with messages: read them, send a failed one again, and have theirs forgotten."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.notices.models import Call, Delivery, Message, Way
from yishiting.ground.notices.permissions import MAY
from yishiting.ground.notices.queries import inbox, long_done_with, texts_to
from yishiting.ground.notices.rules import ADDRESSES_KEPT

STUCK = (Delivery.FAILED, Delivery.GIVEN_UP)


@verb("message.read", _("标为已读"), MAY, done=_("已标为已读。"))
def read_message(message: Message, *, by: Actor) -> Message:
    """Note that the addressee has read a message on site; reading it again changes nothing."""
    message.read_at = message.read_at or timezone.now()
    message.save(update_fields=["read_at"])
    write_entry(message)
    return message


@verb("message.read_all", _("全部标为已读"), MAY, done=_("已全部标为已读。"))
def read_all(person: Person, *, by: Actor) -> int:
    """Note that a person has read everything in their inbox."""
    count = inbox(person).filter(read_at__isnull=True).update(read_at=timezone.now())
    write_entry(person, read=count)
    return count


def _failed(message: Message) -> Sentence | None:
    stuck = message.way != Way.ON_SITE and message.delivery in STUCK
    return None if stuck else _("这条消息没有失败，不必重发。")


def _addressed(message: Message) -> Sentence | None:
    return None if message.address else _("这条消息的地址已经删除，不能再发。")


@verb(
    "message.resend",
    _("重新发送"),
    MAY,
    done=_("已放回队列，马上重发。"),
    conditions=(_failed, _addressed),
    by_page="给别人的话只有收件人看，程序不经手。",
)
def resend(message: Message, *, by: Actor) -> Message:
    """Put a failed message back into the queue, as a new sending of the same words."""
    message.delivery, message.attempts, message.next_attempt_at = Delivery.QUEUED, 0, None
    message.resends, message.failure = message.resends + 1, ""
    message.save(update_fields=["delivery", "attempts", "next_attempt_at", "resends", "failure"])
    write_entry(message, way=message.way, template=message.template, place=message.place_code, resends=message.resends)
    return message


def forget_messages(person: Person) -> None:
    """Empty the messages to a person who is being forgotten, and to their phone; part of the verb that forgets them."""
    rows = Message.objects.filter(Q(to=person) | Q(pk__in=texts_to(person.phone)))
    rows.filter(delivery__in=(Delivery.QUEUED, *STUCK)).update(delivery=Delivery.GIVEN_UP, next_attempt_at=None)
    rows.update(address="", subject="", body="", audience="", about_kind="", about_id="")


def forget_addresses() -> int:
    """Take the addresses away from messages and calls long done with; part of the daily command. Gives back how many."""
    called = Call.objects.filter(called_on__lt=timezone.localdate() - ADDRESSES_KEPT).exclude(phone="")
    return called.update(phone="") + long_done_with(timezone.now()).update(address="")
