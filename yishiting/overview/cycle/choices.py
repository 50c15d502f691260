"""What waits of scoring and of budget votes: at the desk, and with each representative."""

from datetime import date

from yishiting.ground.accounts.models import Person
from yishiting.ground.places.models import Place
from yishiting.overview.cycle.shapes import Wait
from yishiting.year.budgeting.models import Way
from yishiting.year.budgeting.queries import open_for as votes_open_for
from yishiting.year.budgeting.queries import votes_to_close
from yishiting.year.budgeting.states import State as VoteState
from yishiting.year.scoring.queries import open_for as rounds_open_for
from yishiting.year.scoring.queries import rounds_to_close
from yishiting.year.scoring.states import State as RoundState


def choices_waiting(place: Place, today: date) -> list[Wait]:
    """Rounds and votes whose last day is over: to be closed; results: to be published."""
    found = []
    for one in rounds_to_close(place, today):
        code = "score_round.close" if one.state == RoundState.OPEN else "score_round.publish"
        found.append(Wait(code, one.title, place, one.closes, kind="score_round", pk=str(one.pk)))
    for vote in votes_to_close(place, today):
        code = "budget_vote.close" if vote.state == VoteState.OPEN else "budget_vote.publish"
        found.append(Wait(code, vote.title, place, vote.closes, kind="budget_vote", pk=str(vote.pk)))
    return found


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
        for one in rounds_open_for(person, today)
        if one.done < one.due  # type: ignore[attr-defined]  # counted by the query
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
