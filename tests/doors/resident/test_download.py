"""What a person takes home reads like their own language and their own clock."""

import json
import re
from datetime import datetime
from typing import Any

from tests.cast import Cast
from tests.conftest import BEIJING, Clock
from tests.factories.suggestions import a_suggestion


def keys(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {key for one in value.values() for key in keys(one)}
    return {key for one in value for key in keys(one)} if isinstance(value, list) else set()


def test_days_are_those_of_the_clock_on_the_wall_and_labels_are_words(cast: Cast, clock: Clock, sign_in) -> None:
    clock.traveller.move_to(datetime(2026, 3, 6, 0, 30, tzinfo=BEIJING))
    a_suggestion(cast, by=cast.lu, phone="")
    text = sign_in(cast.lu).get("/me/information/download/").content.decode()
    assert "2026-03-06 00:30" in text
    assert not re.search(r"\d\d:\d\d:\d\d|\+00:00", text)
    assert [key for key in keys(json.loads(text)) if key.isascii()] == []
