"""The request as our pages know it."""

from collections.abc import Collection

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_htmx.middleware import HtmxDetails

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.refused import NotAllowed
from yishiting.ground.places.models import Place

#: The mark of a session that began at the district's sign-on service.
BY_SIGN_ON = "by_sign_on"
#: Where the person was going when they were asked to come in, or to agree.
NEXT = "next"
#: Where this person said something last.
LAST_PLACE = "last_place"
CARE_COOKIE = "care"


class Request(HttpRequest):
    """A request that knows who acts, and at which place what its page is about is: the header shows it.

    `blacks` are words the desk has blacked out of what its page is about.
    """

    actor: Actor
    person: Person | None
    place: Place | None
    htmx: HtmxDetails
    blacks: Collection[str]


def person_of(request: HttpRequest) -> Person:
    """The person who is signed in; whoever comes around the door of a page is told to come in first."""
    person: Person | None = getattr(request, "person", None)
    if person is None:
        raise NotAllowed(_("请先登录，再办理这一步。"))
    return person


def care_on(request: HttpRequest) -> bool:
    """Whether the simpler version is asked for: by this browser, or by what the person chose."""
    person: Person | None = getattr(request, "person", None)
    return request.COOKIES.get(CARE_COOKIE, "1" if person and person.care_mode else "0") == "1"
