"""What is done in the background, so that nobody waits for it in front of a page."""

from yishiting.ground.common.background import background
from yishiting.ground.places.models import Place
from yishiting.year.suggestions.queries.place_index import refresh


@background()
def compare_afresh(place: int) -> None:
    """Find the groups of what sounds alike at a place, for all processes."""
    refresh(Place.objects.get(pk=place))
