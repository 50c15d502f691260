"""Who holds which office, read once for each person and request."""

from datetime import date

from django.utils import timezone

from yishiting.ground.accounts.models import Person
from yishiting.ground.organisations.models import Appointment


def offices_of(person: Person, today: date | None = None) -> list[Appointment]:
    """The offices a person holds on a day, today if none is said, with their places; kept on the person in hand."""
    day = today or timezone.localdate()
    kept: dict[date, list[Appointment]] = person.__dict__.setdefault("_offices", {})
    if day not in kept:
        held = Appointment.objects.filter(person=person).in_force(day)
        kept[day] = list(held.select_related("place", "organisation"))
    return kept[day]
