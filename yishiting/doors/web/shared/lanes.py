"""In whose lane of a path a place walks."""

from yishiting.doors.web.shared.shapes import Lane
from yishiting.ground.places.models import Place

LANES: dict[str, Lane] = {"community": "community", "subdistrict": "subdistrict", "district": "district"}


def lane_of(place: Place | None) -> Lane:
    """The lane of its level; what has no place of its own here walks in the uppermost."""
    return LANES[place.level] if place is not None else "district"
