"""What everybody sees at once, or what stays closed, is asked about once more."""

from typing import Any

import pytest
from django.urls import reverse

from tests.cast import Cast
from tests.factories import budgeting, consultations, scoring
from yishiting.year.consultations.states import State


def at(verb: str, thing: Any) -> str:
    """The page of a declared verb, or one made by hand."""
    return reverse("do", args=[verb, thing.pk]) if "." in verb else reverse(verb, args=[thing.pk])


@pytest.mark.parametrize(
    ("make", "verb", "says"),
    [
        (consultations.drafted, "consultation.open", "居民马上可以表态"),
        (consultations.opened, "consultation.close", "截止以后不能再开"),
        (consultations.a_questionnaire, "questionnaire.open", "居民马上可以填写"),
        (consultations.open_one, "questionnaire.close", "纸质问卷也不能再录"),
        (scoring.opened, "score_round.close", "截止以后不能再开"),
        (budgeting.opened, "budget_vote.close", "截止以后不能再开"),
    ],
)
def test_a_visit_says_what_follows_and_does_nothing(cast: Cast, sign_in: Any, make: Any, verb: str, says: str) -> None:
    thing = make(cast)
    before, page = thing.state, sign_in(cast.wang).get(at(verb, thing))
    assert says in page.content.decode()
    thing.refresh_from_db()
    assert thing.state == before


def test_only_the_button_of_that_page_does_it(cast: Cast, sign_in: Any) -> None:
    made = consultations.drafted(cast)
    wang, here = sign_in(cast.wang), reverse("do", args=["consultation.open", made.pk])
    shown = wang.get(reverse("desk-consultation", args=[made.pk])).content.decode()
    assert f'href="{here}?room=desk"' in shown
    assert f'action="{here}"' not in shown
    asked = wang.get(here).context
    wang.post(here, {"once": asked["once"], "revision": asked["revision"]})
    made.refresh_from_db()
    assert made.state == State.OPEN


def test_what_has_changed_meanwhile_is_not_published(cast: Cast, sign_in: Any) -> None:
    made = consultations.drafted(cast)
    answer = sign_in(cast.wang).post(
        reverse("do", args=["consultation.open", made.pk]), {"revision": made.revision + 1}
    )
    assert answer.status_code == 422
    made.refresh_from_db()
    assert made.state == State.DRAFT
