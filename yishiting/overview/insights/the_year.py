"""A year of a place and of everything below it, counted: from what was said to what was done and judged.

Each figure is a plain count of records, and each names the list that shows the same ones.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from yishiting.ground.places.models import Place
from yishiting.year.projects.models import Path, Project
from yishiting.year.projects.states import AT_WORK, OVER
from yishiting.year.projects.states import State as ProjectState
from yishiting.year.proposals.models import Proposal, Source
from yishiting.year.proposals.states import State as ProposalState
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.suggestions.states import State as SuggestionState

S, P, W = SuggestionState, ProposalState, ProjectState

#: What a suggestion is counted as on the public lists; together these are all that were received.
VALID = (S.VALID, S.MERGED, S.SPLIT)
WAITING = (S.RECEIVED, S.MORE_WORK, S.APPEALED)
ELSEWHERE = (S.TRANSFERRED, S.SETTLED)
REFUSED = (S.NOT_ADMISSIBLE,)
#: What a council said yes to stays a yes, whatever was answered above.
ADOPTED = (P.ADOPTED, P.REPORTED_UP, P.TAKEN_ON, P.HANDED_DOWN, P.NOT_FEASIBLE)
CONSIDERED = tuple(state for state in P if state != P.DRAFTED)
FINISHED = (W.ACCEPTED, W.REVIEWED)


@dataclass(frozen=True, slots=True)
class YearCounts:
    """The counts of one year: suggestions by what became of them, proposals, projects."""

    received: int
    answered: int
    valid: int
    merged: int
    waiting: int
    elsewhere: int
    refused: int
    considered: int
    adopted: int
    pending: int
    works: int
    self_governed: int
    department_run: int
    at_work: int
    late: int
    accepted: int
    reviewed: int


def received(place: Place, year: int) -> Q:
    """The suggestions that were received in a year: parts of what was split are counted once, as the whole."""
    return Q(place__division_path__startswith=place.division_path, year=year, split_from=None) & ~Q(state=S.STRUCK)


def made(place: Place, year: int) -> Q:
    """The proposals of a year; what came up from below and is dealt with above is counted where it began."""
    came_up = Source.objects.filter(below__isnull=False).values("proposal")
    return Q(place__division_path__startswith=place.division_path, year=year) & ~Q(pk__in=came_up)


def late_on(today: date) -> Q:
    """The projects at work whose day has passed: while something is put right, the day set for that."""
    put_right = Q(state=W.RECTIFYING, rectify_by__isnull=False)
    return (put_right & Q(rectify_by__lt=today)) | (Q(state__in=AT_WORK) & ~put_right & Q(deadline__lt=today))


def year_counts(place: Place, year: int, today: date) -> YearCounts:
    """The counts of a year at a place and below it, in three questions; `late` as it is on the day `today`."""
    said, answered = _said(place, year)
    decided = _decided(place, year)
    works = _works(place, year, today)

    def of(counts: Counter[str], states: tuple[str, ...]) -> int:
        return sum(counts[state] for state in states)

    return YearCounts(
        received=said.total(),
        answered=answered,
        valid=of(said, VALID),
        merged=said[S.MERGED],
        waiting=of(said, WAITING),
        elsewhere=of(said, ELSEWHERE),
        refused=of(said, REFUSED),
        considered=of(decided, CONSIDERED),
        adopted=of(decided, ADOPTED),
        pending=decided[P.PENDING],
        **works,
    )


def _said(place: Place, year: int) -> tuple[Counter[str], int]:
    rows = Suggestion.objects.filter(received(place, year)).values("state")
    found = rows.annotate(all=Count("place"), answered=Count("answered_on"))  # the index alone answers these
    states = {one["state"]: (one["all"], one["answered"]) for one in found.order_by()}
    return Counter({state: n for state, (n, _answered) in states.items()}), sum(n for _all, n in states.values())


def _decided(place: Place, year: int) -> Counter[str]:
    rows = Proposal.objects.filter(made(place, year)).values_list("state")
    return Counter(dict(rows.annotate(n=Count("pk")).order_by()))


def _works(place: Place, year: int, today: date) -> dict[str, int]:
    rows = Project.objects.filter(place__division_path__startswith=place.division_path, year=year)
    found: dict[str, int] = rows.aggregate(
        works=Count("pk"),
        self_governed=Count("pk", filter=Q(path=Path.SELF_GOVERNED)),
        department_run=Count("pk", filter=Q(path=Path.DEPARTMENT_RUN)),
        at_work=Count("pk", filter=~Q(state__in=OVER)),
        late=Count("pk", filter=late_on(today)),
        accepted=Count("pk", filter=Q(state__in=FINISHED)),
        reviewed=Count("pk", filter=Q(state=W.REVIEWED)),
    )
    return found


def works_by_unit(district: Place, year: int) -> dict[str, int]:
    """How many projects of a year lie in each subdistrict or township of a district, by its division path."""
    rows = Project.objects.filter(place__division_path__startswith=district.division_path, year=year)
    counts = Counter[str]()
    for path, n in rows.values_list("place__division_path").annotate(n=Count("pk")).order_by():
        below = path.removeprefix(district.division_path).partition("/")[0]
        counts[f"{district.division_path}{below}/" if below else path] += n
    return dict(counts)
