"""What waits around consultations and questionnaires, and that each line leads to the page where it is done."""

from datetime import date

from django.urls import reverse

from tests.cast import TODAY, Cast
from tests.conftest import Clock
from tests.factories.consultations import SEEDS, drafted, open_one, opened
from tests.overview.test_meetings_waiting import waits
from yishiting.year.consultations.actions import (
    close_consultation,
    close_questionnaire,
    draft_consultation,
    moderate_statement,
    open_consultation,
    propose_statement,
    publish_consultation,
    seed_statement,
)


def test_views_wait_for_moderation_then_the_end_then_the_result(cast: Cast, clock: Clock) -> None:
    made = opened(cast)
    page = reverse("desk-consultation", args=[made.pk])
    assert "statement.moderate" not in waits(cast.liu)
    said = propose_statement(made, by=cast.lu, text="周末可以晚一点")
    assert waits(cast.liu)["statement.moderate"] == page
    moderate_statement(said, by=cast.liu, shown=True)
    assert not {"statement.moderate", "consultation.close"} & set(waits(cast.liu))
    over = date(2026, 3, 16)
    clock.to(over)
    assert waits(cast.liu, over)["consultation.close"] == page
    close_consultation(made, by=cast.liu)
    assert waits(cast.wang, over)["consultation.publish"] == page
    publish_consultation(made, by=cast.wang)
    assert "consultation.publish" not in waits(cast.wang, over)


def test_a_questionnaire_waits_when_its_time_is_over(cast: Cast, clock: Clock) -> None:
    made = open_one(cast)
    page = reverse("desk-questionnaire", args=[made.pk])
    assert "questionnaire.close" not in waits(cast.liu)
    over = date(2026, 3, 16)
    clock.to(over)
    assert waits(cast.liu, over)["questionnaire.close"] == page
    close_questionnaire(made, by=cast.liu)
    assert waits(cast.wang, over)["questionnaire.publish"] == page
    assert "questionnaire.publish" not in waits(cast.liu, over)


def test_drafts_and_neighbours_wait_for_nothing(cast: Cast) -> None:
    drafted(cast)
    assert not [verb for verb in waits(cast.liu, TODAY) if verb.startswith(("consultation", "statement"))]
    propose_statement(opened(cast, title="二"), by=cast.lu, text="周末可以晚一点")
    assert "statement.moderate" not in waits(cast.qian)


def test_a_subdistrict_that_asks_has_its_own_queue(cast: Cast) -> None:
    days = {"opens": date(2026, 3, 1), "closes": date(2026, 3, 15)}
    made = draft_consultation(cast.maizidian, by=cast.zhao, title="夜市", question="开到几点？", **days)
    for text in SEEDS[:3]:
        seed_statement(made, by=cast.zhao, text=text)
    open_consultation(made, by=cast.zhao)
    propose_statement(made, by=cast.lu, text="周末可以晚一点")
    assert waits(cast.zhao)["statement.moderate"] == reverse("desk-consultation", args=[made.pk])
    assert "statement.moderate" not in waits(cast.liu)
