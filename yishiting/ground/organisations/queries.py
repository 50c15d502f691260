"""Who holds which office, read once for each person and request."""

from datetime import date

from django.utils import timezone

from yishiting.ground.accounts.models import Person
from yishiting.ground.organisations.models import Appointment


def offices_of(person: Person, today: date | None = None) -> list[Appointment]:
    """The offices a person holds today, with their places; kept on the person for the length of a request."""
    day = today or timezone.localdate()
    kept: dict[date, list[Appointment]] = person.__dict__.setdefault("_offices", {})
    if day not in kept:
        kept[day] = list(
            Appointment.objects.in_force(day).filter(person=person).select_related("place", "organisation")
        )
    return kept[day]
