"""Queuing messages. Not verbs: a verb queues what it has to tell, in its own transaction."""

from yishiting.ground.accounts.models import Person
from yishiting.ground.notices.models import Message, Way


def tell(
    person: Person, *, once: str, template: str, subject: str, body: str, link: str = "", place_code: str = ""
) -> None:
    """Tell a person something on site, exactly once for each `once` (for example "suggestion.answer:ID")."""
    Message.objects.get_or_create(
        once=f"{once}:{person.pk}:on_site",
        defaults={
            "to": person,
            "way": Way.ON_SITE,
            "template": template,
            "subject": subject,
            "body": body,
            "link": link,
            "place_code": place_code,
        },
    )


def text_message(phone: str, *, once: str, template: str, body: str, place_code: str = "") -> None:
    """Send a short message to a phone, exactly once for each `once`; for people without an account."""
    if phone:
        Message.objects.get_or_create(
            once=f"{once}:sms",
            defaults={
                "address": phone,
                "way": Way.SMS,
                "template": template,
                "subject": "",
                "body": body,
                "place_code": place_code,
            },
        )
