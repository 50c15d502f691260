"""What the bodies of a place are called on paper: a notice is issued by a body, never by a place or a person.

These are names, so they stay Chinese in whatever language a page is read. Each asks for the day of the paper, and calls
the place as it was called then; None is for what is written now.
"""

from datetime import date

from django.conf import settings

from yishiting.ground.places.models import Kind, Place
from yishiting.ground.places.queries import on_day
from yishiting.ground.places.speech import village_words


def office_of(place: Place, day: date | None) -> str:
    """The body that runs a place and signs its papers: 枣营北里社区居民委员会, 高碑店村村民委员会, 麦子店街道办事处."""
    place = on_day(place, day)
    match place.kind:
        case Kind.VILLAGE:
            return f"{place.name}村民委员会"
        case Kind.COMMUNITY:
            return f"{place.name}居民委员会"
        case Kind.TOWNSHIP:
            return f"{place.name}{'办事处' if place.name.endswith('地区') else '人民政府'}"
        case Kind.SUBDISTRICT:
            return f"{place.name}办事处"
    return f"{place.name}{settings.SITE['owner']}"


def council_of(place: Place, day: date | None) -> str:
    """The council of a place: 枣营北里社区议事协商会."""
    return f"{on_day(place, day).name}议事协商会"


def assembly_of(place: Place, day: date | None) -> str:
    """Who elects: in a village the law knows another body than in a community."""
    return "村民代表会议" if on_day(place, day).kind == Kind.VILLAGE else "居民代表会议"


def local_words(words: object, place: Place | None) -> str:
    """A sentence that speaks of a community's bodies, as it is said at this place: a village has others."""
    return village_words(str(words)) if place is not None and place.kind == Kind.VILLAGE else str(words)
