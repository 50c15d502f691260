"""What the bodies of a place are called on paper: a notice is issued by a body, never by a place or a person.

These are names, so they stay Chinese in whatever language a page is read.
"""

from django.conf import settings

from yishiting.ground.places.models import Kind, Place

#: The bodies of a community and of a village, one for one.
IN_A_VILLAGE = (
    ("居民代表", "村民代表"),
    ("居民委员会", "村民委员会"),
    ("居委会", "村委会"),
    ("residents' representative", "villagers' representative"),
    ("residents' committee", "villagers' committee"),
)


def office_of(place: Place) -> str:
    """The body that runs a place and signs its papers: 枣营北里社区居民委员会, 高碑店村村民委员会, 麦子店街道办事处."""
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


def council_of(place: Place) -> str:
    """The council of a place: 枣营北里社区议事协商会."""
    return f"{place.name}议事协商会"


def assembly_of(place: Place) -> str:
    """Who elects: in a village the law knows another body than in a community."""
    return "村民代表会议" if place.kind == Kind.VILLAGE else "居民代表会议"


def local_words(words: object, place: Place | None) -> str:
    """A sentence that speaks of a community's bodies, as it is said at this place: a village has others."""
    said = str(words)
    if place is None or place.kind != Kind.VILLAGE:
        return said
    for here, there in IN_A_VILLAGE:
        said = said.replace(here, there)
    return said
