"""Numbers that find a person, planted into everything people typed in a whole year: no stranger reads one anywhere."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import models, transaction
from django.db.models import F, Value
from django.db.models.functions import Concat
from django.db.utils import Error
from django.test import Client

from tests.conftest import Clock
from tests.journeys.walking import Walk
from tests.lived_year import LATE
from yishiting.doors.api import v1
from yishiting.doors.common.stage import COMMUNITY
from yishiting.doors.lists.catalogue import LISTS
from yishiting.ground.accounts.models import Person
from yishiting.ground.places.models import Place

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.usefixtures("lived_year")]
PLANTED = "，电话136 7777-0001，身份证11010519490101002X，微信wx_planted01"
FOUND = re.compile(r"136\W{0,3}7777\W{0,3}0001|11010519490101002X|wx_planted01")
#: Rows of the record cannot be changed, and what is sent to one person is read by that one.
NOT_THEIRS = {"ledger", "notices", "accounts", "entrance", "places", "seasons", "documents", "api", "shared"}


def typed() -> Iterator[tuple[type[models.Model], str]]:
    """The columns that hold what people typed: text without choices."""
    for model in apps.get_models():
        if model.__module__.startswith("yishiting.") and model._meta.app_label not in NOT_THEIRS:
            for field in model._meta.concrete_fields:
                if type(field) is models.TextField and not field.choices:
                    yield model, field.name


def plant() -> set[str]:
    """Where it was planted."""
    planted = set()
    for model, name in typed():
        rows = model._base_manager.exclude(**{name: ""})
        try:
            with transaction.atomic():
                changed = rows.update(**{name: Concat(F(name), Value(PLANTED))})
        except Error:
            continue  # a constraint keeps what is no free text
        if changed:
            planted.add(f"{model._meta.model_name}.{name}")
    return planted


@pytest.fixture
def planted(clock: Clock) -> set[str]:
    clock.to(LATE)
    return plant()


def test_no_page_a_stranger_may_read_holds_one(planted: set[str]) -> None:
    assert len(planted) > 15, planted
    walk, leaks, masked = Walk.of(None), [], 0
    look = walk.browser.get

    def watched(url: str, *given: Any, **more: Any) -> Any:
        nonlocal masked
        answer = look(url, *given, **more)
        if not answer.streaming:
            words = answer.content.decode("utf8", "replace")
            masked += "136********" in words
            leaks.extend(f"{url}: {one}" for one in FOUND.findall(words))
        return answer

    walk.browser.get = watched  # type: ignore[method-assign]
    walk.all()
    assert leaks == []
    assert masked > 10, "where nothing was planted nothing is tried"


def test_no_answer_of_the_api_to_a_stranger_holds_one(planted: set[str]) -> None:
    stranger, leaks, answers = Client(), [], 0
    keys = {
        model._meta.model_name: [str(pk) for pk in model._base_manager.values_list("pk", flat=True)[:5]]
        for model in apps.get_models()
    }
    for path, methods in v1.api.get_openapi_schema()["paths"].items():
        if "get" not in methods:
            continue
        model = path.split("/")[3].replace("-", "").removesuffix("s")
        for key in keys.get(model, [""]):
            answer = stranger.get(re.sub(r"\{[^}]+\}", key or "110105", path))
            answers += answer.status_code == 200
            words = b"".join(answer.streaming_content) if answer.streaming else answer.content
            leaks += [f"{path}: {one}" for one in FOUND.findall(words.decode("utf8", "replace"))]
    assert leaks == []
    assert answers > 20


def test_no_plain_sheet_holds_one(planted: set[str]) -> None:
    """Sheets of lists leave the house by a clerk's hand; only the full export, with a reason, is unmasked."""
    clerk, leaks, sheets = Client(), [], 0
    clerk.force_login(Person.objects.get(login="liu"))
    for name, one in LISTS.items():
        subject = _subject(one)
        answer = clerk.get(f"/desk/lists/{name}.xlsx", {"of": subject})
        if answer.status_code == 200:
            sheets += 1
            words = _words(b"".join(answer.streaming_content) if answer.streaming else answer.content)
            leaks += [f"{name}: {found}" for found in FOUND.findall(words)]
    assert leaks == []
    assert sheets > 10


def _subject(one: Any) -> str:
    if one.of is None:
        return ""
    if one.of is Place:
        return COMMUNITY
    first = one.of._base_manager.first()
    return str(first.pk) if first else ""


def _words(sheet: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(sheet)) as file:
        return "".join(file.read(name).decode("utf8", "replace") for name in file.namelist() if name.endswith(".xml"))
