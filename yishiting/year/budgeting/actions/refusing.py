"""What the verbs share: the lot, a refusal at its field, a method's own sentence as a refusal."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from yishiting.ground.common.refused import Refused
from yishiting.methods.errors import Unusable
from yishiting.methods.lot import Lot
from yishiting.year.budgeting import rules
from yishiting.year.budgeting.models import (
    BudgetOption,
    BudgetVote,
)

T = TypeVar("T")


def lot_of(vote: BudgetVote, options: Sequence[BudgetOption], numbers: Sequence[int] = ()) -> Lot:
    """The announced lot of a vote, with the numbers once they are known."""
    names = [(one.number, one.title) for one in options]
    return rules.the_lot(vote.title, names, vote.lot_source, vote.lot_day.isoformat(), numbers)


def refuse(wrong: str, field: str = "") -> None:
    """Refuse with the sentence of a rule, if it has one."""
    if wrong:
        raise Refused(wrong, field=field)


def usable(work: Callable[[], T]) -> T:
    """What a method answers; where it cannot, its own sentence refuses."""
    try:
        return work()
    except Unusable as wrong:
        raise Refused(wrong.chinese) from None
