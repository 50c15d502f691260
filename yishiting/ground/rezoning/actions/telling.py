"""Who is told of a change of places: everybody in office at the places it touches and at the desk above, once a step."""

from django.utils import timezone

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.language import in_chinese
from yishiting.ground.notices.actions import tell
from yishiting.ground.notices.models import Audience
from yishiting.ground.organisations.models import Appointment
from yishiting.ground.places.models import PlaceChange
from yishiting.ground.rezoning.queries import change_said


@in_chinese
def tell_of(change: PlaceChange) -> None:
    """Tell them what changes, from which day, and on which paper it rests."""
    touched = [one for one in (change.place_id, change.successor_id, change.place.parent_id) if one is not None]
    held = Appointment.objects.in_force(timezone.localdate()).filter(place__in=touched)
    for person in Person.objects.filter(pk__in=held.values("person")).order_by("pk"):
        tell(
            person,
            once=f"place.change:{change.pk}:{change.state}",
            template="place.change",
            subject="区划变动",
            body=change_said(change),
            audience=Audience.DESK,
            about=change,
            place_code=change.place.code,
        )
