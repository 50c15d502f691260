"""Queuing messages. Not verbs: a verb queues what it has to tell, in its own transaction."""

from django.db import models
from django.utils import timezone

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.verbs import labelled
from yishiting.ground.notices.models import Audience, Delivery, Message, Way
from yishiting.ground.notices.rules import policy_of


def tell(
    person: Person,
    *,
    once: str,
    template: str,
    subject: str,
    body: str,
    audience: Audience | None = None,
    about: models.Model | None = None,
    place_code: str = "",
) -> None:
    """Tell a person something on site, exactly once for each `once` (for example "suggestion.answer:ID").

    It leads to the page of what it is about in the rooms of the audience, or to their home when it is about nothing.
    Where the template goes by e-mail too and the person has an address, an e-mail is queued beside it.
    """
    words = {"template": template, "subject": subject, "body": body, "place_code": place_code}
    words |= _leads_to(audience, about)
    here = {"delivery": Delivery.DELIVERED, "sent_at": timezone.now()}
    _queue(f"{once}:{person.pk}:on_site", to=person, way=Way.ON_SITE, **words, **here)
    policy = policy_of(template)
    if policy.email and person.email:
        mail = {"address": person.email, "digest": policy.digest}
        _queue(f"{once}:{person.pk}:email", to=person, way=Way.EMAIL, **words, **mail)


def _leads_to(audience: Audience | None, about: models.Model | None) -> dict[str, str]:
    kind, key = (labelled(about), str(about.pk)) if about is not None else ("", "")
    return {"audience": audience or "", "about_kind": kind, "about_id": key}


def text_message(phone: str, *, once: str, template: str, body: str, place_code: str = "") -> None:
    """Send a short message to a phone, exactly once for each `once`; for people without an account."""
    if phone:
        words = {"template": template, "subject": "", "body": body, "place_code": place_code}
        _queue(f"{once}:sms", address=phone, way=Way.SMS, **words)


def _queue(once: str, **row: object) -> None:
    Message.objects.get_or_create(once=once, defaults=row)
