"""What waits of scoring and of budget votes with each representative."""

from datetime import date

from yishiting.ground.accounts.models import Person
from yishiting.overview.cycle.shapes import Wait
from yishiting.year.budgeting.models import Way
from yishiting.year.budgeting.queries import open_for as votes_open_for
from yishiting.year.scoring.queries import open_for as rounds_open_for


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
