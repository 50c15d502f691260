"""What is done in the background, so that nobody waits for it in front of a page."""

from django.core.cache import cache

from yishiting.ground.common.background import background
from yishiting.ground.places.models import Place
from yishiting.year.suggestions.queries.place_index import refresh


@background()
def compare_afresh(place: int) -> None:
    """Find the groups of what sounds alike at a place, for all processes."""
    refresh(Place.objects.get(pk=place))


#: So long one asking lasts, in seconds: whoever opens the page meanwhile asks for nothing more.
ASKED_FOR = 120


def ask_to_compare(place: Place) -> None:
    """Ask for the job once, however many open the page before it has run."""
    if cache.add(f"likeness:asked:{place.pk}", 1, ASKED_FOR):
        compare_afresh.enqueue(place.pk)
