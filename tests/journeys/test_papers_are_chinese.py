"""The whole year, done by people whose pages are in English: every paper, notice and message is Chinese all the same."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import models, transaction
from django.utils.translation import override

from tests.lived_year import lived

pytestmark = pytest.mark.slow

#: Two English words on end: no code, key or state of ours looks like that.
ENGLISH = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,}")
KEPT = (models.CharField, models.TextField, models.JSONField)
#: Written by a method, with its rule in the words of the method's source; the drawing's words are in `result`.
OF_METHODS = {"consultations.Consultation.result", "consultations.Consultation.picture"}


@pytest.fixture(scope="module")
def year_of_english_speakers(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The demo's year with the English pages switched on for everybody in it; taken back in the end."""
    with django_db_blocker.unblock(), transaction.atomic(), override("en"), lived():
        yield
        transaction.set_rollback(True)


def sentences() -> Iterator[tuple[str, str]]:
    """Where and what: every kept text of the house."""
    for model in apps.get_models():
        if not model.__module__.startswith("yishiting."):
            continue
        for field in model._meta.get_fields():
            where = f"{model._meta.label}.{field.name}"
            if isinstance(field, KEPT) and where not in OF_METHODS:
                for value in model._default_manager.values_list(field.name, flat=True):
                    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
                    yield where, text


@pytest.mark.django_db
@pytest.mark.usefixtures("year_of_english_speakers")
def test_every_kept_text_is_chinese_whatever_the_language_of_whoever_wrote_it() -> None:
    found = dict.fromkeys(f"{where}: {text[:80]}" for where, text in sentences() if ENGLISH.search(text))
    assert not found, "\n".join(found)
