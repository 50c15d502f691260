"""Reading messages."""

from django.db.models import QuerySet

from yishiting.ground.accounts.models import Person
from yishiting.ground.notices.models import Message, Way


def inbox(person: Person) -> QuerySet[Message]:
    """What a person was told on site, newest first."""
    return Message.objects.filter(to=person, way=Way.ON_SITE)


def last_text_message(phone: str) -> str:
    """The newest message to a phone; the addresses are sealed, so the latest hundred are opened and compared."""
    for message in Message.objects.filter(way=Way.SMS).order_by("-created_at")[:100]:
        if message.address == phone:
            return message.body
    return ""
