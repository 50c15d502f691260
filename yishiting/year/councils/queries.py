"""Who serves on a council, where its term stands, what an election still needs."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from django.db import models
from django.db.models import Count, Max, Q
from django.utils import timezone

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.request_cache import cached
from yishiting.ground.organisations.models import Organisation
from yishiting.ground.places.models import Place
from yishiting.ground.seasons.queries import rules_for
from yishiting.methods.strokes import by_strokes
from yishiting.year.councils.models import (
    ByElection,
    Candidate,
    Constituency,
    Council,
    ElectionRound,
    Representative,
    Term,
    serving_on,
)
from yishiting.year.councils.states import ByElectionState, CandidateState, State

#: Candidates on whom one may still count; by-elections that are over.
STANDING = (CandidateState.NOMINATED, CandidateState.QUALIFIED, CandidateState.ELECTED)
OVER = (ByElectionState.SEATED, ByElectionState.GIVEN_UP)
#: Either of the two things an election fills: a whole term, or the vacant seats of one constituency.
Whole = Term | ByElection


def seats_of(person: Person, today: date | None = None) -> list[Representative]:
    """The seats a person holds today, with their places; kept on the person for the length of a request."""
    day = today or timezone.localdate()
    kept: dict[date, list[Representative]] = person.__dict__.setdefault("_seats", {})
    if day not in kept:
        kept[day] = list(
            Representative.objects.serving(day).filter(person=person).select_related("place", "term", "constituency")
        )
    return kept[day]


def council_of(place: Place) -> Council | None:
    """The council of a place, if it has been founded."""
    return Council.objects.select_related("place").filter(place=place).first()


def serving_here(place: Place, today: date) -> "models.QuerySet[Representative]":
    """The representatives of a place in office on a day, in the order of the seat plan; of a closed one, those who go on."""
    rows = Representative.objects.serving(today).filter(place=place.acting)
    return rows.select_related("person", "constituency", "term", "candidate")


def terms_of(place: Place) -> list[Term]:
    """Every term of a place, read once for a page."""
    rows = Term.objects.filter(place=place).select_related("council", "place", "end_notice")
    return cached(f"terms of {place.pk}", lambda: list(rows))


def first_seated_on(place: Place) -> date | None:
    """The first day on which a council sat here; None where none has yet."""
    sat = [one.begins for one in terms_of(place) if one.state in (State.SEATED, State.ENDED) and one.begins is not None]
    return min(sat, default=None)


def sits(place: Place, today: date) -> bool:
    """Whether a term runs on a day."""
    seated = [one for one in terms_of(place) if one.state == State.SEATED]
    return any(one.begins and one.begins <= today and (one.ends is None or today <= one.ends) for one in seated)


def roster(term: Term) -> list[Representative]:
    """Everyone who held a seat in a term, in the order of the seat plan and the strokes of their names."""
    rows = term.representatives.select_related("person", "constituency", "candidate", "place", "term")
    return sorted(
        rows.prefetch_related("identities__place"), key=lambda one: (one.constituency.position, by_strokes(one.name))
    )


def term_of(whole: Whole) -> Term:
    """The term an election belongs to."""
    return whole if isinstance(whole, Term) else whole.term


def candidates_of(whole: Whole) -> "models.QuerySet[Candidate]":
    """The candidates of an election; those of by-elections stand apart."""
    rows = Candidate.objects.select_related("constituency__term", "by_election", "place", "person")
    if isinstance(whole, ByElection):
        return rows.filter(by_election=whole)
    return rows.filter(constituency__term=whole, by_election=None)


def candidacies_of(person: Person) -> "models.QuerySet[Candidate]":
    """Where somebody stands or has stood, the newest first."""
    return Candidate.objects.filter(person=person).select_related("place", "constituency").order_by("-created_at")


def rounds_of(whole: Whole) -> "models.QuerySet[ElectionRound]":
    """The rounds of an election in the order of the seat plan."""
    rows = ElectionRound.objects.select_related("constituency", "place", "poll", "assembly")
    if isinstance(whole, ByElection):
        return rows.filter(by_election=whole)
    return rows.filter(constituency__term=whole, by_election=None)


def open_seats(whole: Whole) -> list[tuple[Constituency, int]]:
    """Each constituency of an election with the seats nobody has been elected to yet."""
    if isinstance(whole, ByElection):
        elected = whole.candidates.filter(state=CandidateState.ELECTED).count()
        return [(whole.constituency, whole.seats - elected)]
    won = Count("candidates", filter=Q(candidates__state=CandidateState.ELECTED, candidates__by_election=None))
    rows = (
        whole.constituencies.annotate(won=won)
        .select_related("place", "sends", "unit")
        .order_by("position", "created_at")
    )
    return [(row, row.seats - row.won) for row in rows]


def is_voted_on(constituency: Constituency) -> bool:
    """Whether its representatives are elected by a vote: not where somebody sends them, nor where the rules hold none."""
    return not constituency.is_sent and bool(rules_for(constituency.place).values["election.held"])


def is_sent_alone(whole: Whole) -> bool:
    """Whether nobody votes in an election: all its people are sent or recommended, publicised and confirmed."""
    groups = [one for one, _seats in open_seats(whole)]
    held = bool(rules_for(whole.place).values["election.held"])
    return not any(is_voted_on(one) for one in groups) if groups else not held


def contested(whole: Whole, *, voted: bool = True) -> list[tuple[str, int, int]]:
    """Each constituency that is voted on, or else each that is not, with its open seats and its qualified candidates."""
    qualified = candidates_of(whole).filter(state=CandidateState.QUALIFIED)
    counted = Counter(qualified.values_list("constituency_id", flat=True))
    return [(one.name, seats, counted[one.pk]) for one, seats in open_seats(whole) if is_voted_on(one) == voted]


def chosen(whole: Whole) -> "models.QuerySet[Candidate]":
    """Those elected, and where nobody votes those who passed the review: they take office after the publicity."""
    unvoted = [one.pk for one, _seats in open_seats(whole) if not is_voted_on(one)]
    without_vote = Q(state=CandidateState.QUALIFIED, constituency__in=unvoted)
    return candidates_of(whole).filter(Q(state=CandidateState.ELECTED) | without_vote)


def seats_to_send(*, sends: Iterable[Place] = (), units: Iterable[Organisation] = ()) -> list[tuple[Constituency, int]]:
    """The constituencies for which these places or units have to name somebody, and how many seats wait for that."""
    mine = Q(sends__in=list(sends)) | Q(unit__in=list(units))
    rows = Constituency.objects.filter(mine, term__state__in=(State.NOMINATING, State.SEATED))
    found = []
    for one in rows.select_related("term__council", "place", "sends", "unit"):
        if (n := seats_left_to_send(one)) > 0:
            found.append((one, n))
    return found


def seats_left_to_send(constituency: Constituency) -> int:
    """How many seats of a constituency nobody holds and nobody was sent for."""
    whole = nominating(constituency)
    if whole is not None:
        named = candidates_of(whole).filter(constituency=constituency, state__in=STANDING).count()
        seats = whole.seats if isinstance(whole, ByElection) else constituency.seats
        return seats - named
    if constituency.term.state != State.SEATED or constituency.by_elections.exclude(state__in=OVER).exists():
        return 0
    held = constituency.representatives.filter(serving_on(timezone.localdate())).count()
    return constituency.seats - held


def undeclared(whole: Whole) -> "models.QuerySet[ElectionRound]":
    """Rounds whose result has not been declared."""
    return rounds_of(whole).filter(declared_on=None)


def nominating(constituency: Constituency) -> Whole | None:
    """The election a constituency takes nominations for, if any."""
    if constituency.term.state == State.NOMINATING:
        return constituency.term
    return constituency.by_elections.filter(state=ByElectionState.NOMINATING).first()


def taking_nominations(place: Place) -> list[Constituency]:
    """Where residents may stand at a place today."""
    rows = Constituency.objects.filter(
        Q(term__state=State.NOMINATING) | Q(by_elections__state=ByElectionState.NOMINATING), place=place
    )
    rows = rows.filter(sends=None, unit=None)
    return list(rows.select_related("term", "place").distinct().order_by("position", "created_at"))


def vacancies(term: Term, today: date) -> list[tuple[Constituency, int]]:
    """The constituencies of a seated term with seats nobody holds today."""
    serving = models.Count("representatives", filter=serving_on(today, "representatives__"))
    groups = term.constituencies.annotate(held=serving).filter(held__lt=models.F("seats"))
    rows = groups.select_related("term", "place").prefetch_related("by_elections")
    return [(one, one.seats - one.held) for one in rows]


def vacancies_waiting(place: Place, today: date) -> list[tuple[Constituency, int, date]]:
    """Vacant seats nobody has decided about: which, how many, and since when.

    Nobody waits for them once a by-election has been called or given up, nor when the term is nearly over.
    """
    near = today + timedelta(days=rules_for(place).number("council.term_reminder_days"))
    running = [one for one in terms_of(place) if one.state == State.SEATED and one.begins and one.begins <= today]
    term = next((one for one in running if one.ends is not None and one.ends > near), None)
    empty = vacancies(term, today) if term is not None else []
    empty = [(one, seats) for one, seats in empty if not one.is_sent]  # whoever sends them names another
    groups = [one.pk for one, _seats in empty]
    held = Representative.objects.filter(constituency__in=groups, until__lt=today)
    left = dict(held.order_by().values("constituency").annotate(last=Max("until")).values_list("constituency", "last"))
    found = []
    for one, seats in empty:
        since = left[one.pk] + timedelta(days=1) if one.pk in left else one.term.begins or today
        if not any(it.covers(since) for it in one.by_elections.all()):
            found.append((one, seats, since))
    return found


#: So many days before the rule's day the announcement of an election begins to wait.
AHEAD = 14


def announced_by(term: Term) -> tuple[date, date] | None:
    """From when the election after a term may be announced, and by when it must be; None where the term has no end."""
    if term.ends is None:
        return None
    day = term.ends - timedelta(days=rules_for(term.place).number("council.term_reminder_days"))
    return day - timedelta(days=AHEAD), day


def composition(representatives: Iterable[Representative], today: date) -> Counter[str]:
    """How many representatives belong to each sector on a day; one person may belong to several."""
    return Counter(kind for row in representatives for kind in row.sectors(today))


def sectors_elected(whole: Whole) -> set[str]:
    """The sectors of those elected: of the seats they won, and those they belong to besides."""
    return {kind for one in chosen(whole) for kind in (one.constituency.sector, *one.identities)}


def sectors_demanded(place: Place) -> list[str]:
    """The sectors that must have somebody on the council of a place."""
    return [str(kind) for kind in rules_for(place).listed("council.required_sectors")]


def sectors_missing(place: Place, present: Iterable[str]) -> tuple[list[str], list[str]]:
    """The sectors nobody comes from: those the rules demand, and those they only advise, each in their order."""
    demanded, there = sectors_demanded(place), set(present)
    advised = [str(kind) for kind in rules_for(place).listed("council.sectors") if kind not in demanded]
    return [kind for kind in demanded if kind not in there], [kind for kind in advised if kind not in there]
