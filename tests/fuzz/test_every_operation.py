"""Every operation of the API is sent what nobody should send: it answers with a sentence, never with a breakdown.

`FUZZ=100 pytest tests/fuzz` tries a hundred times as much; `make test-all` does.
"""

import json
import os
from collections.abc import Iterator
from random import Random
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from tests.conftest import Clock
from tests.fuzz.keys import keys_of_real_things, places
from tests.fuzz.values import NASTY, fitting
from tests.lived_year import LATE
from yishiting.doors.api import v1
from yishiting.ground.accounts.models import Person

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.usefixtures("lived_year")]
TIMES = int(os.environ.get("FUZZ", "1"))
SIGNED_IN = ("liu", "wang", "zhao", "liming", None)
BODY = "application/json"


@pytest.fixture
def browsers() -> dict[str | None, Client]:
    """One of each kind of caller; a breakdown is an answer here, not an exception."""
    made: dict[str | None, Client] = {}
    for login in SIGNED_IN:
        made[login] = Client(raise_request_exception=False)
        if login:
            made[login].force_login(Person.objects.get(login=login))
    return made


def of_the_description() -> Iterator[tuple[str, str, dict[str, Any], dict[str, Any]]]:
    described = v1.api.get_openapi_schema()
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation, described["components"]["schemas"]


def address(path: str, operation: dict[str, Any], keys: dict[str, list[str]], chance: Random) -> str:
    """The address with something in the place of each name, and questions behind it."""
    model = path.split("/")[3].replace("-", "").removesuffix("s")
    own = keys.get(model) or keys.get({"item": "agendaitem", "file": "attachment"}.get(model, "")) or keys[""]
    asked = []
    for one in operation.get("parameters", ()):
        if one.get("in") == "path":
            value = _in_path(one["name"], own, keys, chance)
            path = path.replace("{" + one["name"] + "}", quote(str(value).encode("utf8", "replace"), safe=""))
        elif one.get("in") == "query" and chance.random() < 0.6:
            value = (
                fitting(one["schema"], {}, own, chance) if "$ref" not in str(one["schema"]) else chance.choice(NASTY)
            )
            asked.append(f"{one['name']}={quote(str(value)[:2000].encode('utf8', 'replace'))}")
    return path + ("?" + "&".join(asked) if asked else "")


def _in_path(name: str, own: list[str], keys: dict[str, list[str]], chance: Random) -> Any:
    if chance.random() < 0.1:
        return str(chance.choice(NASTY))[:500] or "x"
    if name == "code":
        return chance.choice(places())
    return chance.choice(own if chance.random() < 0.9 else keys[""])


def sent(operation: dict[str, Any], parts: dict[str, Any], own: list[str], chance: Random) -> Any:
    content = operation.get("requestBody", {}).get("content", {})
    shape = content.get(BODY, {}).get("schema")
    return {} if shape is None else fitting(shape, parts, own, chance)


@pytest.mark.parametrize("part", range(4))
def test_no_operation_breaks(part: int, browsers: dict[str | None, Client], clock: Clock) -> None:
    clock.to(LATE)
    keys, broken, answers = keys_of_real_things(), [], 0
    for number, (path, method, operation, parts) in enumerate(of_the_description()):
        if number % 4 != part:
            continue
        chance = Random(f"{path} {method}")
        for _time in range(2 * TIMES):
            url, browser = address(path, operation, keys, chance), browsers[chance.choice(SIGNED_IN)]
            headers = {"If-Match": str(chance.choice(NASTY))[:5000].strip()} if chance.random() < 0.1 else {}
            headers = {name: value for name, value in headers.items() if value.isascii() and value.isprintable()}
            body = None if method == "get" else sent(operation, parts, keys[""], chance)
            answer = browser.generic(method.upper(), url, _json(body), BODY, headers=headers)
            answers += 1
            if answer.status_code >= 500:
                broken.append(f"{method} {url[:200]} {str(body)[:300]}: {answer.status_code}")
    assert broken == []
    assert answers > 50


def _json(body: Any) -> bytes:
    return b"" if body is None else json.dumps(body, ensure_ascii=True).encode()
