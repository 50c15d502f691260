"""What is said in other communities, so that the district is not empty."""

from datetime import date, timedelta

from yishiting.doors.commands.demo.clock import Telling, moment
from yishiting.doors.commands.demo.words import ELSEWHERE
from yishiting.doors.common.stage import COMMUNITY, NEXT_DOOR, THIRD
from yishiting.ground.accounts.actors import Visitor
from yishiting.ground.places.models import Place
from yishiting.year.suggestions.actions import submit_suggestion

#: There somebody screens what is said.
LIVED_IN = (COMMUNITY, NEXT_DOOR, THIRD)


def elsewhere(year: int) -> Telling:
    """A suggestion in one community of each subdistrict, day after day."""
    for n, street in enumerate(Place.objects.filter(level="subdistrict").order_by("code")):
        home = street.children.order_by("code").exclude(code__in=LIVED_IN).first()
        if home is not None:
            yield moment(date(year, 2, 3) + timedelta(days=n * 4 // 5), 11, n)
            submit_suggestion(home, by=Visitor(), text=ELSEWHERE[n % len(ELSEWHERE)])
