"""The description of the API in OpenAPI's words, with what every operation has in common said once."""

import re
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.translation import get_language
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.renderers import JSONRenderer

from yishiting.doors.api.v1.base import Refusal, reads_as_everyone
from yishiting.ground.common.masking import public_words

BEARER = {
    "type": "http",
    "scheme": "bearer",
    "description": "接口令牌：工作人员在“我的→接口令牌”签发，或 POST /api/v1/me/tokens。以本人的身份和权限办事。",
}
SESSION = {
    "type": "apiKey",
    "in": "cookie",
    "name": "sessionid",
    "description": "浏览器里已经登录的人；写请求还要带 X-CSRFToken。",
}
KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": False,
    "schema": {"type": "string", "minLength": 16, "maxLength": 200},
    "description": "请求自己的编号，例如一个 UUID。同一编号的请求再发，只办一次。",
}
SEEN = {
    "in": "header",
    "name": "If-Match",
    "required": False,
    "schema": {"type": "string", "pattern": "^\\d+$"},
    "description": "您看到的版次（revision）。此后被别人办理过的，答 409，什么也不改。",
}
ANSWERS = {
    "401": "令牌无效、过期或已撤销",
    "403": "不由您办理；sentence 说由谁办",
    "404": "没有找到",
    "409": "状态不允许，或您看到之后已经被别人办理过",
    "422": "填写有误；field 是出错的一项",
}
READING = ("401", "403", "404", "422")
#: For how long nobody need ask again whether the description has changed: it does with a new version only.
SECONDS = 3600


#: What no person wrote: identifiers, fingerprints, days, moments.
NO_WORDS = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32,}|\d{4}-\d\d-\d\d(?:[T ][0-9:.+Z-]*)?")
#: Where an office says itself how it is reached.
OWN_LINES = {"contact", "telephone"}


class Readable(JSONRenderer):
    """Chinese as Chinese, also to whoever reads the answer with their own eyes; the public reads public words."""

    json_dumps_params: Mapping[str, Any] = {"ensure_ascii": False}

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> Any:
        """The answer; words in it as everyone may read them, unless this caller has a right to more."""
        told = _public(data) if reads_as_everyone(request) else data
        return super().render(request, told, response_status=response_status)


def _public(data: Any, name: str = "") -> Any:
    if isinstance(data, dict):
        return {key: _public(value, str(key)) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_public(value, name) for value in data]
    if type(data) is not str or NO_WORDS.fullmatch(data):
        return data
    return public_words(data, own_line=name in OWN_LINES)


def built_once(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The description is built by the first who asks in a language; it takes most of a second. Then it is only sent."""
    built: dict[str | None, tuple[bytes, str]] = {}

    def answer(request: HttpRequest, **given: Any) -> HttpResponse:
        language = get_language()
        if language not in built:
            content = view(request, **given).content
            built[language] = content, f'"{sha256(content).hexdigest()[:32]}"'
        content, etag = built[language]
        response = HttpResponse(content, content_type="application/json; charset=utf-8", headers={"ETag": etag})
        patch_cache_control(response, public=True, max_age=SECONDS)
        patch_vary_headers(response, ["Accept-Language"])
        has_it = get_conditional_response(request, etag, response=response)
        return has_it if isinstance(has_it, HttpResponse) else response

    return answer


class DescribedAPI(NinjaAPI):
    """The API whose description names its ways of signing in, its headers and its refusals."""

    def get_openapi_schema(self, **asked: Any) -> OpenAPISchema:
        """The description: deterministic, so that its snapshot can be compared."""
        schema = super().get_openapi_schema(**asked)
        parts = schema["components"]
        parts["securitySchemes"] = {"token": BEARER, "session": SESSION}
        parts["schemas"]["Refusal"] = Refusal.json_schema()
        parts["parameters"] = {"IdempotencyKey": KEY, "IfMatch": SEEN}
        parts["responses"] = {name: _refusal(says) for name, says in ANSWERS.items()}
        schema["security"] = [{}, {"token": []}, {"session": []}]
        for operations in schema["paths"].values():
            for method, operation in operations.items():
                _complete(operation, writes=method != "get")
        return schema


def _complete(operation: dict[str, Any], *, writes: bool) -> None:
    names = ANSWERS if writes else READING
    operation["responses"] |= {int(name): {"$ref": f"#/components/responses/{name}"} for name in names}
    if writes:
        headers = [{"$ref": f"#/components/parameters/{name}"} for name in ("IdempotencyKey", "IfMatch")]
        operation["parameters"] = [*operation["parameters"], *headers]


def _refusal(says: str) -> dict[str, Any]:
    shape = {"$ref": "#/components/schemas/Refusal"}
    return {"description": says, "content": {"application/json": {"schema": shape}}}
