"""Who holds which office, read once for each person and request."""

from datetime import date

from django.utils import timezone

from yishiting.ground.accounts.models import Person
from yishiting.ground.accounts.queries import offices_held
from yishiting.ground.organisations.models import Appointment


def offices_of(person: Person, today: date | None = None) -> list[Appointment]:
    """The offices a person holds today, with their places; kept on the person for the length of a request."""
    return offices_held(person, today or timezone.localdate())
