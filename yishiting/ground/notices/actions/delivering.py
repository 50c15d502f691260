"""Sending what is queued. No verbs: sending takes time and the outside world, so it happens between transactions.

A row is claimed by one conditional update, sent, and marked by another. A process that dies in between leaves the
row claimed; after the lease it is taken up again under the same key, by which the gateway knows it.
"""

from collections import Counter
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.module_loading import import_string

from yishiting.ground.notices.gateways import Gateway, Outcome, send_email, text_gateway
from yishiting.ground.notices.models import Delivery, Message, Way
from yishiting.ground.notices.queries import due_messages
from yishiting.ground.notices.rules import LEASE, WAITS, is_too_old, next_try

MOST_AT_ONCE = 500


def deliver(*, most: int = MOST_AT_ONCE, gateway: Gateway | None = None) -> Counter[str]:
    """Send what is due, each message at most once at a time; gives back how many came to which state."""
    done: Counter[str] = Counter()
    for key in due_messages(timezone.now())[:most].values_list("pk", flat=True):
        message = _claim(key)
        if message is not None:
            done[_mark(message, _try(message, gateway))] += 1
    return done


def _claim(key: UUID) -> Message | None:
    """Take one row for this process, or nothing when another was quicker."""
    now = timezone.now()
    message = due_messages(now).filter(pk=key).first()
    if message is None:
        return None
    seen = {"delivery": message.delivery, "attempts": message.attempts, "next_attempt_at": message.next_attempt_at}
    taken = {"delivery": Delivery.SENDING, "attempts": message.attempts + 1, "next_attempt_at": now + LEASE}
    if not Message.objects.filter(pk=message.pk, **seen).update(**taken):
        return None
    message.delivery, message.attempts = Delivery.SENDING, message.attempts + 1
    return message


def _try(message: Message, gateway: Gateway | None) -> Outcome:
    if is_too_old(message.template, message.created_at, timezone.now()):
        return Outcome(taken=False, failure="已过有效时间", hopeless=True)
    if message.attempts > len(WAITS) + 1:
        return Outcome(taken=False, failure="多次发送没有结果", hopeless=True)
    if message.way == Way.EMAIL:
        return send_email(message.address, message.subject, _mail_body(message), key=message.key)
    return (gateway or text_gateway()).send(message.address, message.body, key=message.key)


def _mail_body(message: Message) -> str:
    page = import_string(settings.MESSAGE_PAGES)(message)
    link = f"\n\n{settings.SITE['address'].rstrip('/')}{page}" if page else ""
    return f"{message.body}{link}\n\n{settings.SITE['name']}"


def _mark(message: Message, outcome: Outcome) -> str:
    """Write down what came of the try, unless the gateway's own report has come in meanwhile."""
    now = timezone.now()
    again = None if outcome.taken or outcome.hopeless else next_try(message.attempts, now)
    state = Delivery.SENT if outcome.taken else Delivery.FAILED if again else Delivery.GIVEN_UP
    Message.objects.filter(pk=message.pk, delivery=Delivery.SENDING, attempts=message.attempts).update(
        delivery=state,
        next_attempt_at=again,
        sent_at=now if outcome.taken else None,
        outside_id=outcome.outside_id,
        failure=outcome.failure,
    )
    return str(state)


def note_delivery(key: str, *, delivered: bool, failure: str = "") -> bool:
    """What the gateway reports later about a message it has taken; a message that has arrived stays so.

    Gives back whether the message is known.
    """
    message = Message.objects.filter(_known_as(key), way=Way.SMS).first()
    if message is None or message.key != key:
        return False
    open_rows = Message.objects.filter(pk=message.pk, delivery__in=(Delivery.SENDING, Delivery.SENT))
    if delivered:
        open_rows.update(delivery=Delivery.DELIVERED, next_attempt_at=None, failure="")
    else:
        reason = failure[:60] or "网关报告没有送达"
        open_rows.update(delivery=Delivery.GIVEN_UP, next_attempt_at=None, failure=reason)
    return True


def _known_as(key: str) -> Q:
    try:
        return Q(pk=UUID(key[:36]))
    except ValueError:
        return Q(pk__in=[])
