"""Who serves on a council, today and over the terms."""

from datetime import date

from django.utils import timezone

from yishiting.ground.accounts.models import Person
from yishiting.year.councils.models import Representative


def seats_of(person: Person, today: date | None = None) -> list[Representative]:
    """The seats a person holds today, with their places; kept on the person for the length of a request."""
    day = today or timezone.localdate()
    kept: dict[date, list[Representative]] = person.__dict__.setdefault("_seats", {})
    if day not in kept:
        kept[day] = list(
            Representative.objects.serving(day).filter(person=person).select_related("place", "term", "constituency")
        )
    return kept[day]
