"""What every page may rely on."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from yishiting.doors.web.shared.requests import Request, care_on
from yishiting.ground.organisations.models import Organisation
from yishiting.ground.organisations.queries import nearest_office, offices_of
from yishiting.ground.places.models import Place
from yishiting.ground.places.queries import top_place
from yishiting.year.councils.queries import seats_of


def page(request: Request) -> dict[str, Any]:
    """`me`, `rooms`, `place`, `office`, `care`, `site`, `languages`."""
    person, place = getattr(request, "person", None), getattr(request, "place", None)
    return {
        "me": person,
        "rooms": rooms(request),
        "place": place,
        "office": lambda: office(place),
        "care": care_on(request),
        "site": settings.SITE,
        "demo": settings.DEMO,
        "languages": settings.LANGUAGES,
    }


def office(place: Place | None) -> Organisation | None:
    """Where the people of this place, or of the district, ring or go."""
    here = place or top_place()
    return nearest_office(here) if here is not None else None


def rooms(request: Request) -> list[tuple[str, str, bool]]:
    """The rooms this person may walk into: name, address, whether they are in it."""
    person = getattr(request, "person", None)
    doors = [(_("首页"), "/"), (_("提建议"), reverse("suggest")), (_("查进展"), reverse("follow"))]
    doors.append((_("查找"), reverse("search-all")))
    if person is not None:
        doors.append((_("我的"), reverse("my-home")))
        if seats_of(person):
            doors.append((_("代表"), reverse("representative-home")))
        if offices_of(person):
            doors.append((_("工作台"), reverse("desk-home")))
        if person.administration:
            doors.append((_("管理"), reverse("administration")))
    here = request.path
    return [(label, url, here == url or (url != "/" and here.startswith(url))) for label, url in doors]
