"""What waits of scoring and of budget votes: with each representative, and of their results at the desk."""

from datetime import date

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.verbs import labelled, usual_verb, why_not_now
from yishiting.ground.places.models import Place
from yishiting.overview.cycle.shapes import Wait
from yishiting.year.budgeting.models import BudgetVote, Way
from yishiting.year.budgeting.queries import open_for as votes_open_for
from yishiting.year.budgeting.queries import results_to_publish as results_of_votes
from yishiting.year.scoring.models import ScoreRound
from yishiting.year.scoring.queries import results_to_publish as results_of_rounds
from yishiting.year.scoring.queries import unfinished_for


def choices_of(person: Person, today: date) -> list[Wait]:
    """Rounds this representative has not finished scoring, votes they have not cast."""
    found = [
        Wait(
            "score_sheet.enter",
            one.round.title,
            one.place,
            one.round.opened_on,
            one.round.closes,
            1,
            "judge",
            str(one.pk),
        )
        for one in unfinished_for(person, today)
    ]
    return found + [
        Wait(
            "budget_ballot.cast",
            one.vote.title,
            one.place,
            one.vote.opened_on,
            one.vote.closes,
            1,
            "voter",
            str(one.pk),
        )
        for one in votes_open_for(person, today)
        if one.way == Way.NOT_YET
    ]


def results_waiting(place: Place) -> list[Wait]:
    """Results to be decided by lot, once its numbers are out, or to be made public."""
    closed: list[ScoreRound | BudgetVote] = [*results_of_rounds(place), *results_of_votes(place)]
    return [
        Wait(verb, one.title, place, one.closes, kind=labelled(one), pk=str(one.pk))
        for one in closed
        if (verb := usual_verb(one)) is not None and why_not_now(verb, one) is None
    ]
