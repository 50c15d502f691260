"""Queuing messages. Not verbs: a verb queues what it has to tell, in its own transaction."""

from django.utils import timezone

from yishiting.ground.accounts.models import Person
from yishiting.ground.notices.models import Delivery, Message, Way
from yishiting.ground.notices.rules import policy_of


def tell(
    person: Person, *, once: str, template: str, subject: str, body: str, link: str = "", place_code: str = ""
) -> None:
    """Tell a person something on site, exactly once for each `once` (for example "suggestion.answer:ID").

    Where the template goes by e-mail too and the person has an address, an e-mail is queued beside it.
    """
    words = {"template": template, "subject": subject, "body": body, "link": link, "place_code": place_code}
    here = {"delivery": Delivery.DELIVERED, "sent_at": timezone.now()}
    _queue(f"{once}:{person.pk}:on_site", to=person, way=Way.ON_SITE, **words, **here)
    policy = policy_of(template)
    if policy.email and person.email:
        mail = {"address": person.email, "digest": policy.digest}
        _queue(f"{once}:{person.pk}:email", to=person, way=Way.EMAIL, **words, **mail)


def text_message(phone: str, *, once: str, template: str, body: str, place_code: str = "") -> None:
    """Send a short message to a phone, exactly once for each `once`; for people without an account."""
    if phone:
        words = {"template": template, "subject": "", "body": body, "place_code": place_code}
        _queue(f"{once}:sms", address=phone, way=Way.SMS, **words)


def _queue(once: str, **row: object) -> None:
    Message.objects.get_or_create(once=once, defaults=row)
