"""Once a day what can wait is put into one e-mail for each person."""

from collections import defaultdict
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from yishiting.ground.notices.models import Audience, Delivery, Message, Way
from yishiting.ground.notices.queries import waiting_for_digest


@transaction.atomic
def gather_digests(day: date) -> int:
    """Queue one e-mail for each person with messages that wait for the digest; a second run the same day adds nothing.

    Gives back the number of e-mails queued. What comes in after the day's digest waits for tomorrow's.
    """
    waiting: dict[str, list[Message]] = defaultdict(list)
    for message in waiting_for_digest():
        if message.to is not None:
            waiting[f"digest:{day}:{message.to.pk}"].append(message)
    there = set(Message.objects.filter(once__in=list(waiting)).values_list("once", flat=True))
    new = [_digest(once, parts) for once, parts in waiting.items() if once not in there]
    for digest in Message.objects.bulk_create(new):
        parts = [part.pk for part in waiting[digest.once]]
        Message.objects.filter(pk__in=parts, delivery=Delivery.QUEUED).update(
            delivery=Delivery.GATHERED, outside_id=str(digest.pk)
        )
    return len(new)


def _digest(once: str, parts: list[Message]) -> Message:
    person, count = parts[0].to, len(parts)
    return Message(
        once=once,
        to=person,
        address=(person.email if person else "") or parts[0].address,
        way=Way.EMAIL,
        template="digest",
        subject=_("今天有%(n)s件事请您看") % {"n": count},
        body="\n\n".join(f"{n}. {part.subject}\n{part.body}" for n, part in enumerate(parts, start=1)),
        audience=Audience.PUBLIC,
    )
