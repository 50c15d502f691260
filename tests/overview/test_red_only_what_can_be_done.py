"""A line on a home is red only where its reader may do something about it today: over every kind that can be late."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.cast import Cast
from tests.conftest import Clock
from tests.factories.suggestions import a_suggestion, a_valid_one
from tests.overview.test_everything_waits import SITUATIONS
from yishiting.ground.common.request_cache import one_request
from yishiting.ground.common.verbs import VERBS, labelled, why_not
from yishiting.ground.places.models import Place
from yishiting.overview.cycle.board import waiting_for

pytestmark = pytest.mark.django_db
Make = Callable[[Cast, Clock], Any]
OF_SUGGESTIONS: list[tuple[str, Make]] = [
    ("received", lambda cast, clock: a_suggestion(cast)),
    ("valid", lambda cast, clock: a_valid_one(cast)),
]
CASES = [(f"{name} {state}", make) for (name, state), ways in SITUATIONS.items() for make in ways] + OF_SUGGESTIONS


@pytest.mark.once  # the same lines are read on both, from the same situations: test_everything_waits.py
@pytest.mark.parametrize(("called", "make"), CASES, ids=lambda one: one if isinstance(one, str) else "")
def test_every_red_line_has_a_verb_its_reader_may_do_now(cast: Cast, clock: Clock, called: str, make: Make) -> None:
    make(cast, clock)
    day = timezone.localdate() + timedelta(days=300)
    clock.to(day)
    with one_request():  # what several of them read of the place is read once
        for person in (cast.wang, cast.liu, cast.liming, cast.zhao, cast.sun, cast.zhou, cast.qian):
            for wait in waiting_for(person, day):
                subject = VERBS[wait.verb].subject
                if wait.late(day) and subject is not None and labelled(subject) == wait.kind:
                    thing = subject._base_manager.get(**{"code" if subject is Place else "pk": wait.pk})
                    assert why_not(person, wait.verb, thing) is None, (called, person, wait.verb)


def test_a_place_without_a_council_is_nowhere_red(cast: Cast, clock: Clock) -> None:
    for month in (2, 5, 8, 11):
        day = timezone.localdate().replace(month=month, day=28)
        assert [wait for wait in waiting_for(cast.wang, day) if wait.late(day)] == []
