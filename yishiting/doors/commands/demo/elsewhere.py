"""What is said in other communities, so that the district is not empty."""

from datetime import date, timedelta

from yishiting.doors.commands.demo.clock import Telling, moment
from yishiting.doors.commands.demo.words import ELSEWHERE
from yishiting.ground.accounts.actors import Visitor
from yishiting.ground.places.models import Place
from yishiting.year.suggestions.actions import submit_suggestion


def elsewhere(year: int, but: Place) -> Telling:
    """A suggestion in one community of each subdistrict, day after day."""
    for n, street in enumerate(Place.objects.filter(level="subdistrict").order_by("code")):
        home = street.children.order_by("code").exclude(pk=but.pk).first()
        if home is not None:
            yield moment(date(year, 2, 3) + timedelta(days=n * 4 // 5), 11, n)
            submit_suggestion(home, by=Visitor(), text=ELSEWHERE[n % len(ELSEWHERE)])
