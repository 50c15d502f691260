"""What every part of the API stands on: who acts, what may be read, how a refusal looks, how a list is paged."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Router, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.utils import check_csrf

from yishiting.doors.api.v1.unsound import unsound
from yishiting.ground.accounts.actors import Actor, Visitor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.predicates import Question, Rule
from yishiting.ground.common.refused import NotAllowed, Refused, Stale, WrongState
from yishiting.ground.common.verbs import VERBS
from yishiting.ground.entrance.queries import token_in_force
from yishiting.ground.places.models import Place

M = TypeVar("M", bound=Model)
Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])

SAFE = {"GET", "HEAD", "OPTIONS"}
PAGE = 50
PAGE_MOST = 200
PAGES_MOST = 100_000
NOT_THERE = "没有找到"
NOT_KNOWN = "令牌无效、已过期或已撤销，请换一个有效的令牌；公开的内容不带令牌就能读。"


class Refusal(Schema):
    """Why something was not done, in a sentence fit to show, and the field at fault."""

    sentence: str
    field: str = ""


def who_acts(request: HttpRequest) -> Actor | None:
    """The bearer of a token, the person signed in (with CSRF on writes), or a visitor; None for a bad token."""
    header = request.headers.get("Authorization", "")
    if header:
        token = token_in_force(header.removeprefix("Bearer ").strip())
        request.token = token  # type: ignore[attr-defined]  # what is issued with it must not outlive it
        return token.person if token else None
    person: Person | None = request.person  # type: ignore[attr-defined]  # ActorMiddleware sets it; no lazy stand-in
    if person is None:
        return Visitor()
    refused = None if request.method in SAFE else check_csrf(request)
    if refused:
        raise HttpError(403, "请求没有带上正确的 CSRF 令牌。程序请用接口令牌。")
    return person


def actor_of(request: HttpRequest) -> Actor:
    """Who acts in this request."""
    actor: Actor = request.auth  # type: ignore[attr-defined]  # ninja sets it from who_acts
    return actor


def person_of(request: HttpRequest) -> Person:
    """The person who acts; a visitor is told to come in first."""
    actor = actor_of(request)
    if not isinstance(actor, Person):
        raise NotAllowed("请先登录，或带上接口令牌。")
    _reads_by_right(request)
    return actor


def _reads_by_right(request: HttpRequest) -> None:
    """Whoever asks reads what is theirs, or what their office lets them read: words are not hidden from them."""
    request.reads_by_right = True  # type: ignore[attr-defined]  # `described.Readable` looks at it


def reads_as_everyone(request: HttpRequest) -> bool:
    """Whether the answer is what anybody may read, so that words in it are public."""
    if getattr(request, "reads_by_right", False):
        return False
    acts = request.method not in SAFE and getattr(getattr(request, "auth", None), "is_staff_member", False)
    return not acts


def operation(router: Router, path: str, code: str, response: Any, **more: Any) -> Callable[[Endpoint], Endpoint]:
    """The endpoint of a verb: the operation carries the verb's code, its word and what it means in the field."""
    entry, word = VERBS[code], str(VERBS[code].label)
    return router.post(path, response=response, operation_id=code, summary=word, description=entry.sentence, **more)


def load(model: type[M], pk: UUID, *related: str) -> M:
    """The thing named in the address, with what is needed of it, or 404."""
    rows = model._default_manager.select_related(*related) if related else model._default_manager.all()
    kept: M = found(rows.filter(pk=pk).first())
    return kept


def load_all(model: type[M], pks: Iterable[UUID | int], field: str, *related: str) -> list[M]:
    """Things named in what was sent, in that order; one that is not there is pointed at."""
    wanted = list(dict.fromkeys(pks))
    rows = model._default_manager.select_related(*related) if related else model._default_manager.all()
    kept = {row.pk: row for row in rows.filter(pk__in=wanted)}
    missing = [str(pk) for pk in wanted if pk not in kept]
    if missing:
        raise Refused(f"没有找到：{'、'.join(missing)}。", field=field)
    return [kept[pk] for pk in wanted]


def place_with(code: str) -> Place:
    """The place with this division code, or 404."""
    rows = Place.objects.select_related("parent")
    place: Place = found(rows.filter(code=code).first() if code.isdecimal() else None)
    return place


def under(rows: "QuerySet[Any]", code: str) -> "QuerySet[Any]":
    """The rows of a place and of everything below it; all rows without a code."""
    return rows.filter(place__division_path__startswith=place_with(code).division_path) if code else rows


def chosen(rows: "QuerySet[Any]", **wanted: Any) -> "QuerySet[Any]":
    """The rows with these values; what was not asked for is left open."""
    return rows.filter(**{name: value for name, value in wanted.items() if value not in ("", None)})


def allows(request: HttpRequest, rule: Rule, thing: Any) -> bool:
    """Whether who acts may read what this rule guards."""
    allowed = rule.why_not(Question(actor_of(request), thing)) is None
    if allowed:
        _reads_by_right(request)
    return allowed


def needs(request: HttpRequest, rule: Rule, thing: Any) -> None:
    """Refuse with the rule's own sentence whoever may not read."""
    refusal = rule.why_not(Question(actor_of(request), thing))
    if refusal is not None:
        raise NotAllowed(refusal)
    _reads_by_right(request)


def speak_of_refusals(api: NinjaAPI) -> None:
    """Every refusal is the same small object: 403 not allowed, 409 changed meanwhile or wrong state, 422 otherwise."""

    def say(request: HttpRequest, status: int, sentence: object, field: str = "") -> HttpResponse:
        return api.create_response(request, {"sentence": str(sentence), "field": field}, status=status)

    def refused(request: HttpRequest, refusal: Any) -> HttpResponse:
        return say(request, _status(refusal), refusal, refusal.field)

    def misshapen(request: HttpRequest, problem: Any) -> HttpResponse:
        first = problem.errors[0]
        within = first["loc"][2 if first["loc"][0] == "body" else 1 :] or first["loc"]
        field = ".".join(str(part) for part in within)
        return say(request, 422, unsound(field, first), field)

    def other(request: HttpRequest, problem: Any) -> HttpResponse:
        return say(request, problem.status_code, problem)

    api.add_exception_handler(Refused, refused)
    api.add_exception_handler(ValidationError, misshapen)
    api.add_exception_handler(AuthenticationError, lambda request, _problem: say(request, 401, NOT_KNOWN))
    api.add_exception_handler(HttpError, other)
    api.add_exception_handler(Http404, lambda request, _problem: say(request, 404, NOT_THERE))


def _status(refusal: Refused) -> int:
    if isinstance(refusal, NotAllowed):
        return 403
    return 409 if isinstance(refusal, Stale | WrongState) else 422


def page_of(rows: "QuerySet[Any]", page: int, size: int = PAGE) -> dict[str, Any]:
    """One page of a list: items, total, page and size (at most 200 a page)."""
    size = max(1, min(size, PAGE_MOST))
    page = max(1, min(page, PAGES_MOST))
    start = (page - 1) * size
    return {"items": list(rows[start : start + size]), "total": rows.count(), "page": page, "size": size}


def found(thing: Model | None) -> Any:
    """The thing, or 404."""
    if thing is None:
        raise HttpError(404, NOT_THERE)
    return thing
