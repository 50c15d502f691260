"""Who has voted and how, what holds up the closing, the ballots put together, the published file."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from yishiting.ground.accounts.models import Person
from yishiting.ground.places.models import Place
from yishiting.ground.places.queries import acted_for
from yishiting.methods.budgeting import Election, written
from yishiting.year.budgeting.models import BatchKeying, BudgetOption, BudgetVote, PaperBatch, Voter, Way
from yishiting.year.budgeting.rules import Bundle, Record, bundle_differences, counted, election_of, rule_of
from yishiting.year.budgeting.states import State
from yishiting.year.councils.queries import seats_of
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.states import State as ProposalState


@dataclass(frozen=True, slots=True)
class BatchStanding:
    """One bundle of paper: who keyed it, what differs, and what it came to once two keyings agree."""

    batch: PaperBatch
    keyed_by: tuple[str, ...]
    differences: tuple[str, ...]


def can_be_voted_on(place: Place, year: int) -> "QuerySet[Proposal]":
    """The proposals of a place to be carried out in a year that are not turned down."""
    gone = (ProposalState.DECLINED, ProposalState.REPORTED_UP)
    return (
        Proposal.objects.filter(place__in=acted_for(place), for_year=year)
        .exclude(state__in=gone)
        .order_by("created_at")
    )


def votes_of(place: Place) -> "QuerySet[BudgetVote]":
    """Every budget vote of a place with the number of its options, newest first."""
    rows = BudgetVote.objects.filter(place=place).select_related("place")
    return rows.annotate(option_count=Count("options")).order_by("-opened_on", "-created_at")


def public_votes(place: Place) -> "QuerySet[BudgetVote]":
    """What anyone may read: what is asked while the vote is open, and the published results."""
    return votes_of(place).filter(state__in=(State.OPEN, State.CLOSED, State.PUBLISHED))


def options_of(vote: BudgetVote) -> list[BudgetOption]:
    """The options in order of their numbers."""
    return list(vote.options.select_related("proposal"))


def register_of(vote: BudgetVote) -> list[Voter]:
    """The register in order."""
    return list(vote.voters.select_related("representative", "place", "vote"))


def turnout(vote: BudgetVote) -> dict[str, int]:
    """How many are on the register, how many took part on the phone and on paper."""
    return vote.voters.aggregate(
        all=Count("pk"), phone=Count("pk", filter=Q(way=Way.PHONE)), paper=Count("pk", filter=Q(way=Way.PAPER))
    )


def open_for(person: Person, today: date) -> list[Voter]:
    """The votes a person is on the register of and that are open today."""
    seats = [seat.pk for seat in seats_of(person, today)]
    rows = Voter.objects.filter(representative__in=seats, vote__state=State.OPEN, vote__closes__gte=today)
    return list(rows.select_related("vote", "place", "representative").order_by("vote__closes"))


def votes_to_close(place: Place, today: date) -> "QuerySet[BudgetVote]":
    """Votes whose last day is over and that nobody has closed."""
    return BudgetVote.objects.filter(place=place, state=State.OPEN, closes__lt=today).order_by("closes")


def results_to_publish(place: Place) -> "QuerySet[BudgetVote]":
    """Votes with a result that is not public yet."""
    return BudgetVote.objects.filter(place=place, state=State.CLOSED).order_by("closes")


def lot_is_known(vote: BudgetVote) -> bool:
    """Whether the day has come on which the numbers of the lot appear: no ballot comes in any more."""
    return timezone.localdate() >= vote.lot_day


def keying_bundle(keying: BatchKeying) -> Bundle:
    """A keying as the rules want it."""
    return Bundle.of(((choices, count) for choices, count in keying.ballots), keying.invalid)


def latest_keyings(keyings: Sequence[BatchKeying]) -> list[BatchKeying]:
    """The last keying of each person, the last two people; an earlier one was corrected by it."""
    last = {one.entered_by_id: one for one in sorted(keyings, key=lambda one: one.nth)}
    return sorted(last.values(), key=lambda one: one.nth)[-2:]


def batches_of(vote: BudgetVote) -> list[BatchStanding]:
    """Every bundle with its keyings side by side, in two queries."""
    keyings = defaultdict(list)
    for keying in BatchKeying.objects.filter(batch__vote=vote, set_aside=False).select_related("entered_by"):
        keyings[keying.batch_id].append(keying)
    keyed = [batch for batch in vote.batches.all() if keyings[batch.pk]]
    return [_standing(batch, latest_keyings(keyings[batch.pk])) for batch in keyed]


def _standing(batch: PaperBatch, last: list[BatchKeying]) -> BatchStanding:
    by = tuple(str(one.entered_by) for one in last)
    found = bundle_differences(*map(keying_bundle, last)) if len(last) > 1 and not batch.agreed else ()
    return BatchStanding(batch, by, found)


def sheets_beside(vote: BudgetVote, number: int) -> int:
    """How many sheets the other bundles have, by the last keying of each."""
    keyings = BatchKeying.objects.filter(batch__vote=vote, set_aside=False).exclude(batch__number=number)
    last = {one.batch_id: one for one in keyings.order_by("nth")}
    return sum(keying_bundle(one).sheets for one in last.values())


def paper_sheets(vote: BudgetVote) -> int:
    """How many paper ballots came back in the bundles that agree, spoilt ones too."""
    return sum(
        Bundle.of(((c, n) for c, n in one.ballots), one.invalid).sheets for one in vote.batches.filter(agreed=True)
    )


def invalid_sheets(vote: BudgetVote) -> int:
    """How many paper ballots were spoilt."""
    return sum(one.invalid for one in vote.batches.filter(agreed=True))


def _ballots(vote: BudgetVote) -> Iterator[tuple[list[int], int]]:
    for choices in Voter.objects.filter(vote=vote, ballot__isnull=False).values_list("ballot__choices", flat=True):
        yield choices, 1
    for batch in vote.batches.filter(agreed=True):
        yield from ((choices, count) for choices, count in batch.ballots)


def election(vote: BudgetVote) -> Election:
    """The ballots of a vote put together, without names and in an order that says nothing of who came when."""
    options = [(one.number, one.title, one.cost) for one in options_of(vote)]
    return election_of(vote.title, vote.budget, options, _ballots(vote), _meta(vote))


def _meta(vote: BudgetVote) -> dict[str, str]:
    name, minimum = vote.rule["name"], vote.rule["minimum"]
    with_completion = {"add1": "equalshares/add1", "add1-exhaustive": "equalshares/add1-exhaustive"}
    said = {
        "greedy": "greedy-threshold" if minimum else "greedy",
        "mes": with_completion.get(vote.rule["completion"], "mes"),
    }
    return {
        "country": "China",
        "unit": vote.place.name,
        "instance": str(vote.year),
        "rule": said.get(name, name),
        "min_project_score_threshold": str(minimum),
        "max_length": str(vote.rule["choices_most"]),
        "currency": "CNY",
    }


def count(vote: BudgetVote, lot: Sequence[str] = ()) -> Record:
    """The whole result by the rule of the vote; `Unusable` where the rule cannot be used."""
    return counted(election(vote), rule_of(vote.rule, vote.conflicts, lot))


def ballot_file(vote: BudgetVote) -> str:
    """The `.pb` file of a counted vote: the options with votes and who won, the ballots without anything of the voters."""
    found, result = election(vote), vote.result
    marked = (
        replace(one, extras={"votes": str(result["votes"][one.id]), "selected": str(int(one.id in result["winners"]))})
        for one in found.projects
    )
    return written(replace(found, projects=tuple(marked)))


def file_hash(text: str) -> str:
    """SHA-256 of the file as it is downloaded."""
    return hashlib.sha256(text.encode()).hexdigest()


def command_for(vote: BudgetVote, name: str) -> str:
    """The command with which anyone counts the file again, every option spelt out."""
    rule = vote.rule
    parts = ["yishiting methods budget", name, "--rule", rule["name"], "--minimum", str(rule["minimum"])]
    if rule["name"] == "mes":
        parts += ["--completion", rule["completion"], "--satisfaction", rule["satisfaction"]]
    for group in vote.conflicts:
        parts += ["--conflict", ",".join(map(str, group))]
    if order := vote.result.get("rule", {}).get("lot"):
        parts += ["--lot", ",".join(order)]
    return " ".join([*parts, "--explain"])
