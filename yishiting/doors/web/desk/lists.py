"""What all lists have in common besides their pages: the sheet with the same rows, and one verb done to several."""

import functools
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yishiting.doors.lists.catalogue import LISTS
from yishiting.doors.lists.declared import List, select
from yishiting.doors.lists.sheet import header_block, sheet_of, title_of, unit_of
from yishiting.doors.web.shared.bulk import carry_out
from yishiting.doors.web.shared.doors import SIGNED_IN, says_what_it_needs
from yishiting.doors.web.shared.lists import behind_its_door
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.sheets import sheet_answer
from yishiting.ground.places.models import Place


@functools.partial(says_what_it_needs, needs=SIGNED_IN)  # the list's own door asks more
@require_GET
def sheet(request: Request, name: str) -> HttpResponse:
    """The rows of a list as .xlsx, as they stand on its page: the same filters, the same order."""
    whole = _named(name)
    return behind_its_door(whole, functools.partial(_sheet, whole))(request, **_key(whole, request))


@functools.partial(says_what_it_needs, needs=SIGNED_IN)  # the list's own door asks more
@require_POST
def bulk(request: Request, name: str) -> HttpResponse:
    """One verb for the rows that were picked."""
    whole = _named(name)
    return behind_its_door(whole, functools.partial(carry_out, whole))(request, **_key(whole, request))


def _sheet(whole: List, request: Request, subject: Any) -> HttpResponse:
    selection, today = select(whole, subject, request.GET.dict(), request.actor), timezone.localdate()
    unit = unit_of(selection)
    lines = header_block(selection, unit, str(request.person), today)
    return sheet_answer(sheet_of(selection, unit, lines), f"{title_of(selection, unit)}-{today}")


def _named(name: str) -> List:
    try:
        return LISTS[name]
    except KeyError:
        raise Http404 from None


def _key(whole: List, request: Request) -> dict[str, str | UUID]:
    """What the list is about, as the door that loads it wants it."""
    key = (request.POST or request.GET).get("of", "")
    if whole.of is None:
        return {}
    if whole.of is Place:
        return {"code": key}
    try:
        return {"pk": UUID(key)}
    except ValueError:
        raise Http404 from None


urlpatterns = [
    path("lists/<str:name>.xlsx", sheet, name="desk-list-sheet"),
    path("lists/<str:name>/bulk/", bulk, name="desk-list-bulk"),
]
