"""What waits, as the board tells it."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Model
from django.utils.functional import Promise

from yishiting.ground.common.verbs import labelled
from yishiting.ground.places.models import Place
from yishiting.year.councils.models import ByElection, Constituency, Council, Term
from yishiting.year.directors.models import NeedsReport, Sitting, WorksPlan
from yishiting.year.inquiries.models import Inquiry
from yishiting.year.meetings.models import Meeting
from yishiting.year.projects.models import Project
from yishiting.year.proposals.models import Proposal
from yishiting.year.spending.models import Payment
from yishiting.year.suggestions.models import Suggestion

Thing = (
    Inquiry
    | Sitting
    | NeedsReport
    | WorksPlan
    | Suggestion
    | Meeting
    | Proposal
    | Project
    | Payment
    | Council
    | Term
    | ByElection
    | Constituency
)


@dataclass(frozen=True, slots=True)
class Wait:
    """Something that waits for somebody: one thing, or several of a kind with the oldest and the first due.

    `whom` says for whom it waits, where that is not the reader. `thing` is the one thing itself where it was read
    anyway, with its place.
    """

    verb: str
    says: str | Promise
    place: Place
    since: date
    due: date | None = None
    count: int = 1
    kind: str = ""
    pk: str = ""
    closed: str | Promise = ""
    whom: str | Promise = ""
    thing: Model | None = field(default=None, compare=False, repr=False)

    def late(self, today: date) -> bool:
        """Whether its day has passed, while there is something that can be done about it today."""
        return self.due is not None and self.due < today and not self.closed


def about(
    verb: str, thing: Thing, says: str | Promise, since: date, due: date | None = None, place: Place | None = None
) -> Wait:
    """A line about one thing that is at hand, with its place."""
    return Wait(verb, says, place or thing.place, since, due, kind=labelled(thing), pk=str(thing.pk), thing=thing)


def in_order(waits: list[Wait]) -> list[Wait]:
    """Late first, then by what is due, then by what has waited longest."""
    return sorted(waits, key=lambda wait: (wait.due or date.max, wait.since))
