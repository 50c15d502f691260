"""Reading messages."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.phones import phone_digits
from yishiting.ground.notices.models import Delivery, Message, Way
from yishiting.ground.notices.rules import ADDRESSES_KEPT, STANDS_STILL, STANDS_STILL_URGENT, URGENT

OUTWARD = (Way.EMAIL, Way.SMS)


def inbox(person: Person) -> QuerySet[Message]:
    """What a person was told on site, newest first."""
    return Message.objects.filter(to=person, way=Way.ON_SITE)


def unread_count(person: Person) -> int:
    """How many messages a person has not read yet."""
    return inbox(person).filter(read_at__isnull=True).count()


def outward_messages(place_code: str | None = None) -> QuerySet[Message]:
    """What was sent out of the house for a place and everything below it, newest first; for all places without one."""
    rows = Message.objects.filter(way__in=OUTWARD).select_related("to")
    return rows if place_code is None else rows.filter(place_code__startswith=place_code)


def troubled(rows: QuerySet[Message]) -> QuerySet[Message]:
    """Those that failed and will be tried again, and those given up."""
    return rows.filter(delivery__in=(Delivery.FAILED, Delivery.GIVEN_UP))


def due_messages(now: datetime) -> QuerySet[Message]:
    """What is to be sent now, oldest first: queued, to be tried again, or claimed so long ago that the claim is void.

    The addresses are opened only when each is sent.
    """
    rows = Message.objects.filter(
        Q(delivery__in=(Delivery.QUEUED, Delivery.FAILED, Delivery.SENDING)),
        Q(next_attempt_at__isnull=True) | Q(next_attempt_at__lte=now),
        way__in=OUTWARD,
        digest=False,
    )
    return rows.defer("address").order_by("created_at")


@dataclass(frozen=True, slots=True)
class Standstill:
    """How many messages should have gone long ago, and since when the first of them has waited."""

    waiting: int
    since: datetime


def standstill(now: datetime) -> Standstill | None:
    """What stands still in the queue because nobody sends; None while messages flow."""
    long_ago = _due_before(now - STANDS_STILL) | (Q(template__in=URGENT) & _due_before(now - STANDS_STILL_URGENT))
    told = due_messages(now).filter(long_ago).aggregate(waiting=Count("pk"), since=Min("created_at"))
    return Standstill(told["waiting"], told["since"]) if told["waiting"] else None


def _due_before(moment: datetime) -> Q:
    return Q(next_attempt_at__lt=moment) | Q(next_attempt_at__isnull=True, created_at__lt=moment)


def texts_to(phone: str) -> list[UUID]:
    """The text messages to a phone, whoever it belongs to; the addresses are sealed, so each is opened and compared."""
    rows = Message.objects.filter(way=Way.SMS).exclude(address="").values_list("pk", "address")
    number = phone_digits(phone)
    return [pk for pk, address in rows.iterator() if address == number] if number else []


def long_done_with(now: datetime) -> QuerySet[Message]:
    """What went out of the house, or was given up, so long ago that nobody looks into it any more."""
    waiting = (Delivery.QUEUED, Delivery.SENDING, Delivery.FAILED)
    rows = Message.objects.filter(way__in=OUTWARD, created_at__lt=now - ADDRESSES_KEPT)
    return rows.exclude(delivery__in=waiting).exclude(address="")


def waiting_for_digest() -> QuerySet[Message]:
    """What waits to be put into the e-mail of the day, oldest first."""
    rows = Message.objects.filter(digest=True, way=Way.EMAIL, delivery=Delivery.QUEUED)
    return rows.select_related("to").order_by("created_at")


def last_text_message(phone: str) -> str:
    """The newest message to a phone; the addresses are sealed, so the latest hundred are opened and compared."""
    for message in Message.objects.filter(way=Way.SMS).order_by("-created_at")[:100]:
        if message.address == phone:
            return str(message.body)
    return ""
