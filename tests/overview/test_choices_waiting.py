"""What waits of scoring and budget votes: closed by the desk, published by who leads, done by each representative."""

from datetime import date

from tests.cast import Cast
from tests.factories import budgeting, scoring
from yishiting.overview.cycle.board import waiting_for
from yishiting.year.budgeting.actions import cast_ballot, close_vote
from yishiting.year.scoring.actions import close_round, draw_lot, enter_sheet
from yishiting.year.scoring.models import Origin


def verbs(person, day: date) -> list[str]:
    codes = ("score_", "budget_")
    return sorted(wait.verb for wait in waiting_for(person, day) if wait.verb.startswith(codes))


def test_a_representative_is_asked_until_they_have_answered(cast: Cast) -> None:
    made, vote = scoring.opened(cast), budgeting.opened(cast)
    day = made.opened_on
    assert verbs(cast.liming, day) == ["budget_ballot.cast", "score_sheet.enter"]
    judge = scoring.judge_of(made, "李明")
    enter_sheet(judge, by=cast.liming, lines=scoring.lines(made, 1, 2, 3), origin=Origin.PHONE)
    cast_ballot(budgeting.voter(vote, "李明"), by=cast.liming, choices=[1])
    assert verbs(cast.liming, day) == []


def test_what_has_run_its_time_waits_at_the_desk_and_its_result_for_who_leads(cast: Cast, clock) -> None:
    made = scoring.all_in(cast, scoring.opened(cast), 9, 7, 5)
    vote = budgeting.on_paper(cast, budgeting.opened(cast), ((1,), 3))
    assert verbs(cast.liu, made.opened_on) == []
    clock.to(date(2026, 3, 21))
    later = date(2026, 3, 21)
    assert verbs(cast.liu, later) == ["budget_vote.close", "score_round.close"]
    close_round(made, by=cast.liu)
    close_vote(vote, by=cast.liu)
    assert verbs(cast.liu, later) == []
    assert verbs(cast.wang, later) == ["budget_vote.publish", "score_round.publish"]


def test_equals_wait_for_the_numbers_then_for_the_lot_then_to_be_published(cast: Cast, clock) -> None:
    made = scoring.all_in(cast, scoring.opened(cast, funded=1, **scoring.LOT), 8, 8, 5)
    close_round(made, by=cast.liu)
    assert verbs(cast.liu, made.opened_on) == verbs(cast.wang, made.opened_on) == []
    clock.to(scoring.LOT_DAY)
    assert verbs(cast.liu, scoring.LOT_DAY) == ["score_round.draw_lot"]
    draw_lot(made, by=cast.liu, numbers=[7, 0, 3])
    assert verbs(cast.liu, scoring.LOT_DAY) == []
    assert verbs(cast.wang, scoring.LOT_DAY) == ["score_round.publish"]
