"""What every part of the API stands on: who acts, how a refusal looks, how a list is paged."""

from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError
from ninja.utils import check_csrf

from yishiting.ground.accounts.actors import Actor, Visitor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.refused import NotAllowed, Refused, Stale, WrongState
from yishiting.ground.entrance.queries import person_with_token

SAFE = {"GET", "HEAD", "OPTIONS"}
PAGE = 50
PAGE_MOST = 200


class Refusal(Schema):
    """Why something was not done, in a sentence fit to show, and the field at fault."""

    sentence: str
    field: str = ""


def who_acts(request: HttpRequest) -> Actor | None:
    """The bearer of a token, the person signed in (with CSRF on writes), or a visitor; None for a bad token."""
    header = request.headers.get("Authorization", "")
    if header:
        return person_with_token(header.removeprefix("Bearer ").strip())
    if isinstance(request.user, Person):
        refused = None if request.method in SAFE else check_csrf(request)
        if refused:
            raise HttpError(403, "CSRF token missing or wrong")
        return request.user
    return Visitor()


def actor_of(request: HttpRequest) -> Actor:
    """Who acts in this request."""
    actor: Actor = request.auth  # type: ignore[attr-defined]  # ninja sets it from who_acts
    return actor


def speak_of_refusals(api: NinjaAPI) -> None:
    """Every refusal is the same small object: 403 not allowed, 409 changed meanwhile or wrong state, 422 otherwise."""

    def answer(request: HttpRequest, refusal: Any) -> HttpResponse:
        body = {"sentence": str(refusal), "field": refusal.field}
        return api.create_response(request, body, status=_status(refusal))

    api.add_exception_handler(Refused, answer)


def _status(refusal: Refused) -> int:
    if isinstance(refusal, NotAllowed):
        return 403
    return 409 if isinstance(refusal, Stale | WrongState) else 422


def page_of(rows: "QuerySet[Any]", page: int, size: int = PAGE) -> dict[str, Any]:
    """One page of a list: items, total, page and size (at most 200 a page)."""
    size = max(1, min(size, PAGE_MOST))
    start = (max(page, 1) - 1) * size
    return {"items": list(rows[start : start + size]), "total": rows.count(), "page": max(page, 1), "size": size}


def found(thing: Model | None) -> Any:
    """The thing, or 404."""
    if thing is None:
        raise HttpError(404, "没有找到")
    return thing
