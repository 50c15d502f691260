"""Sending what is queued. No verbs: sending takes time and the outside world, so it happens between transactions.

A row is claimed by one conditional update, sent, and marked by another. A process that dies in between leaves the
row claimed; after the lease it is taken up again under the same key, by which the gateway knows it.
"""

import logging
from collections import Counter
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string

from yishiting.ground.accounts.actors import Clock
from yishiting.ground.notices.actions.calling import ring_instead
from yishiting.ground.notices.gateways import Gateway, Outcome, send_email, text_gateway
from yishiting.ground.notices.models import Delivery, Message, Way
from yishiting.ground.notices.queries import due_messages, is_to_be_rung
from yishiting.ground.notices.rules import LEASE, URGENT, WAITS, is_too_old, next_try

logger = logging.getLogger(__name__)
MOST_AT_ONCE = 500
#: How many messages are on their way at the same time, and how many of these places are kept for sign-in codes.
PLACES, KEPT_FOR_CODES = 8, 3


def deliver(*, most: int = MOST_AT_ONCE, gateway: Gateway | None = None) -> Counter[str]:
    """Send what is due, each message at most once at a time; gives back how many came to which state."""
    done: Counter[str] = Counter()
    with Sender(gateway) as sender:
        while sender.on_the_way or sender.take(most - done.total()):
            done += sender.note(within=None)
            sender.take(most - done.total() - len(sender.on_the_way))
    return done


class Sender:
    """Hands messages over, several at a time, codes first. The database is read and written by the caller's thread alone.

    A message nobody answers for holds one place, never the others; some places are kept for sign-in codes.
    """

    def __init__(self, gateway: Gateway | None = None) -> None:
        self.gateway = gateway
        self.hands = ThreadPoolExecutor(PLACES, thread_name_prefix="sender")
        self.on_the_way: dict[Future[Outcome], Message] = {}

    def __enter__(self) -> "Sender":
        return self

    def __exit__(self, *_: object) -> None:
        """Wait for what is on its way; it has its limits of time."""
        self.hands.shutdown(wait=True)

    def finish(self) -> None:
        """Take nothing more; write down what is still on its way."""
        while self.on_the_way:
            self.note(within=None)

    def take(self, most: int = PLACES) -> int:
        """Claim what is due, as far as there is room, and start sending it; gives back how many were claimed."""
        rows = due_messages(timezone.now())
        codes = self._start(rows.filter(template__in=URGENT), min(most, PLACES - len(self.on_the_way)))
        others = sum(message.template not in URGENT for message in self.on_the_way.values())
        room = min(most - codes, PLACES - KEPT_FOR_CODES - others, PLACES - len(self.on_the_way))
        return codes + self._start(rows.exclude(template__in=URGENT), room)

    def note(self, within: float | None) -> Counter[str]:
        """Write down what has come back, waiting for the first so many seconds; gives back how many came to which state."""
        done: Counter[str] = Counter()
        for future in wait(self.on_the_way, within, FIRST_COMPLETED).done:
            done[_mark(self.on_the_way[future], future.result())] += 1
            del self.on_the_way[future]  # only once it is written down
        return done

    def _start(self, rows: QuerySet[Message], room: int) -> int:
        claimed = [message for key in rows[: max(room, 0)].values_list("pk", flat=True) if (message := _claim(key))]
        for message in claimed:
            hopeless = _hopeless(message) or _unreadable(message)
            future: Future[Outcome] = self.hands.submit(_try, message, self.gateway, hopeless)
            self.on_the_way[future] = message
        return len(claimed)


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


def _hopeless(message: Message) -> Outcome | None:
    """Why it need not be tried at all."""
    if is_too_old(message.template, message.created_at, timezone.now()):
        return Outcome(taken=False, failure="已过有效时间", hopeless=True)
    if message.attempts > len(WAITS) + 1:
        return Outcome(taken=False, failure="多次发送没有结果", hopeless=True)
    return None


def _unreadable(message: Message) -> Outcome | None:
    """The address is sealed and read only now, so that one that no key opens stands in nobody's way."""
    try:
        return None if message.address else Outcome(taken=False, failure="没有地址", hopeless=True)
    except ValueError:
        return Outcome(taken=False, failure="地址解不开，请核对 YISHITING_SEAL_KEYS")


def _try(message: Message, gateway: Gateway | None, known: Outcome | None) -> Outcome:
    """Hand it over, far from the database; whatever a gateway does, it is a failure of this one message."""
    if known is not None:
        return known
    try:
        if message.way == Way.EMAIL:
            return send_email(message.address, message.subject, _mail_body(message), key=message.key)
        return (gateway or text_gateway()).send(message.address, message.body, key=message.key)
    except Exception as trouble:
        logger.error(
            "message %s could not be sent: %s", message.pk, type(trouble).__name__
        )  # no word of it, no address
        return Outcome(taken=False, failure=f"发送时出错（{type(trouble).__name__}）")


def _mail_body(message: Message) -> str:
    page = import_string(settings.MESSAGE_PAGES)(message)
    link = f"\n\n{settings.SITE['address'].rstrip('/')}{page}" if page else ""
    return f"{message.body}{link}\n\n{settings.SITE['name']}"


def _mark(message: Message, outcome: Outcome) -> str:
    """Write down what came of the try, unless the gateway's own report has come in meanwhile."""
    now = timezone.now()
    again = None if outcome.taken or outcome.hopeless else next_try(message.attempts, now)
    state = Delivery.SENT if outcome.taken else Delivery.FAILED if again else Delivery.GIVEN_UP
    ours = Message.objects.filter(pk=message.pk, delivery=Delivery.SENDING, attempts=message.attempts).update(
        delivery=state,
        next_attempt_at=again,
        sent_at=now if outcome.taken else None,
        outside_id=outcome.outside_id,
        failure=outcome.failure,
    )
    if ours and state == Delivery.GIVEN_UP:
        _ring_instead(message.pk)
    return str(state)


def _ring_instead(key: UUID) -> None:
    """What was given up is told by telephone; that it cannot be put on the list holds up no other message."""
    try:
        message = Message.objects.get(pk=key)
        if is_to_be_rung(message):
            ring_instead(message, by=Clock())
    except ValueError:
        logger.error("message %s was given up and cannot be opened", key)


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
        if open_rows.update(delivery=Delivery.GIVEN_UP, next_attempt_at=None, failure=reason):
            _ring_instead(message.pk)
    return True


def _known_as(key: str) -> Q:
    try:
        return Q(pk=UUID(key[:36]))
    except ValueError:
        return Q(pk__in=[])
