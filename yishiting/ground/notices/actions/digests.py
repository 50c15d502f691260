"""Once a day what can wait is put into one e-mail for each person."""

from collections import defaultdict
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from yishiting.ground.accounts.models import Person
from yishiting.ground.notices.models import Audience, Delivery, Message, Way
from yishiting.ground.notices.queries import waiting_for_digest


def gather_digests(day: date) -> int:
    """Queue one e-mail for each person with messages that wait for the digest; a second run the same day adds nothing.

    Gives back the number of e-mails queued.
    """
    by_person: dict[Person, list[Message]] = defaultdict(list)
    for message in waiting_for_digest():
        if message.to is not None:
            by_person[message.to].append(message)
    return sum(_gather(person, parts, day) for person, parts in by_person.items())


@transaction.atomic
def _gather(person: Person, parts: list[Message], day: date) -> bool:
    """What comes in after the day's digest waits for tomorrow's."""
    count = len(parts)
    words = {
        "to": person,
        "address": person.email or parts[0].address,
        "way": Way.EMAIL,
        "template": "digest",
        "subject": _("今天有%(n)s件事请您看") % {"n": count},
        "body": "\n\n".join(f"{n}. {part.subject}\n{part.body}" for n, part in enumerate(parts, start=1)),
        "audience": Audience.PUBLIC,
    }
    digest, made = Message.objects.get_or_create(once=f"digest:{day}:{person.pk}", defaults=words)
    if made:
        Message.objects.filter(pk__in=[part.pk for part in parts], delivery=Delivery.QUEUED).update(
            delivery=Delivery.GATHERED, outside_id=str(digest.pk)
        )
    return made
