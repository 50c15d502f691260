"""合并账号: residents whose number was lost or passed on get their old account back."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy

from yishiting.doors.lists.administration import JOINS
from yishiting.doors.web.shared.declared import button, buttons
from yishiting.doors.web.shared.lists import Around, list_page
from yishiting.doors.web.shared.nouns import Noun, know
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Link
from yishiting.ground.entrance.models import AccountJoin
from yishiting.ground.places.models import Place

WORDS = gettext_lazy("合并账号")

know(
    Noun(
        AccountJoin,
        lists={"desk": ("desk-account-joins", WORDS)},
        of_place=True,
        related=("place", "person", "former"),
    )
)


def _around(request: Request, place: Place) -> Around:
    """What was joined here, each with its way back."""
    home = Link(gettext_lazy("工作台"), reverse("desk-home"))
    return Around(
        WORDS,
        [home, Link(WORDS, "")],
        verbs=[button(request, "account.join", place, primary=True, room="desk")],
        buttons=lambda join: buttons(request, join, "account_join.undo", asleep=False, room="desk"),
    )


urlpatterns = [path("p/<str:code>/account-joins/", list_page(JOINS, _around), name="desk-account-joins")]
