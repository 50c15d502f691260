"""How far a round has come, what a judge has still to score, and the result counted from the sheets."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Count, F, QuerySet
from django.utils import timezone

from yishiting.ground.accounts.models import Person
from yishiting.ground.places.models import Place
from yishiting.ground.places.queries import acted_for
from yishiting.methods.scoring import ScoreResult, score
from yishiting.methods.strokes import by_strokes
from yishiting.year.councils.queries import seats_of
from yishiting.year.meetings.models import Meeting
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.states import State as ProposalState
from yishiting.year.scoring.models import Judge, Keying, Origin, ScoredProposal, ScoreRound, ScoreSheet
from yishiting.year.scoring.rules import Line, Lines, differences, rule_of, sheet_of
from yishiting.year.scoring.states import State


class Progress(StrEnum):
    """Where one judge's sheet stands."""

    NOTHING = "nothing"
    PHONE = "phone"
    KEYED_ONCE = "keyed_once"
    DIFFERENT = "different"
    PAPER = "paper"


@dataclass(frozen=True, slots=True)
class Standing:
    """One judge of a round: how far the sheet has come, how many lines stand, and the differences of two keyings."""

    judge: Judge
    progress: Progress
    done: int
    keyed_by: tuple[str, ...] = ()
    differences: tuple[str, ...] = ()


def can_be_scored(place: Place) -> "QuerySet[Proposal]":
    """The proposals of a place that may stand in a round: everything not turned down, newest year first."""
    gone = (ProposalState.DECLINED, ProposalState.REPORTED_UP)
    return (
        Proposal.objects.filter(place__in=acted_for(place)).exclude(state__in=gone).order_by("-for_year", "created_at")
    )


def meetings_ahead(place: Place, today: date) -> "QuerySet[Meeting]":
    """Meetings a round may belong to: those of this year."""
    return Meeting.objects.filter(place=place, starts_at__year=today.year).order_by("starts_at")


def rounds_of(place: Place) -> "QuerySet[ScoreRound]":
    """Every round of a place with the number of its proposals, newest first."""
    rows = ScoreRound.objects.filter(place=place).select_related("place", "meeting")
    return rows.annotate(scored_count=Count("scored")).order_by("-opened_on", "-created_at")


def published_rounds(place: Place) -> "QuerySet[ScoreRound]":
    """What anyone may read."""
    return rounds_of(place).filter(state=State.PUBLISHED)


def scored_in(score_round: ScoreRound) -> list[ScoredProposal]:
    """The proposals of a round in order."""
    return list(score_round.scored.select_related("proposal"))


def judges_in(score_round: ScoreRound) -> list[Judge]:
    """The judges of a round in the order of the seat plan and the strokes of their names."""
    rows = score_round.judges.select_related("representative__constituency", "place", "round")
    return sorted(rows, key=lambda one: (one.representative.constituency.position, by_strokes(one.representative.name)))


def open_for(person: Person, today: date) -> list[Judge]:
    """The rounds a person still may score in, each as the judge they are there, with how many lines stand."""
    return list(_open_for(person, today))


def unfinished_for(person: Person, today: date) -> list[Judge]:
    """Those of them that still want lines."""
    return list(_open_for(person, today).filter(done__lt=F("due")))


def _open_for(person: Person, today: date) -> "QuerySet[Any]":
    seats = [seat.pk for seat in seats_of(person, today)]
    rows = Judge.objects.filter(representative__in=seats, round__state=State.OPEN, round__closes__gte=today)
    return (
        rows.select_related("round", "place", "representative")
        .annotate(done=Count("sheets", distinct=True), due=Count("round__scored", distinct=True))
        .order_by("round__closes")
    )


def sheets_of(judge: Judge) -> dict[UUID, ScoreSheet]:
    """What a judge has given, by the scored proposal."""
    return {sheet.scored_id: sheet for sheet in judge.sheets.all()}


def next_to_score(judge: Judge, scored: Sequence[ScoredProposal]) -> ScoredProposal | None:
    """The first proposal without a sheet of this judge."""
    done = set(judge.sheets.values_list("scored_id", flat=True))
    return next((one for one in scored if one.pk not in done), None)


def latest_keyings(keyings: Sequence[Keying]) -> list[Keying]:
    """The last keying of each person, the last two people; an earlier one was corrected by it."""
    last = {one.entered_by_id: one for one in sorted(keyings, key=lambda one: one.nth)}
    return sorted(last.values(), key=lambda one: one.nth)[-2:]


def lines_of(keying: Keying) -> Lines:
    """The lines of a keying."""
    return {key: Line.read(kept) for key, kept in keying.lines.items()}


def standings(score_round: ScoreRound) -> list[Standing]:
    """Every judge with where the sheet stands, in four queries for any number of judges."""
    names = {str(one.pk): one.label for one in scored_in(score_round)}
    sheets, keyings = defaultdict(list), defaultdict(list)
    for sheet in ScoreSheet.objects.filter(judge__round=score_round).only("judge_id", "origin", "recused"):
        sheets[sheet.judge_id].append(sheet)
    for keying in Keying.objects.filter(judge__round=score_round).select_related("entered_by"):
        keyings[keying.judge_id].append(keying)
    judges = judges_in(score_round)
    return [_standing(score_round, one, names, sheets[one.pk], keyings[one.pk]) for one in judges]


def _standing(
    score_round: ScoreRound, judge: Judge, names: dict[str, str], sheets: list[ScoreSheet], keyings: list[Keying]
) -> Standing:
    done = len(sheets)
    scored = [sheet for sheet in sheets if not sheet.recused]
    if any(sheet.origin == Origin.PAPER for sheet in scored):
        return Standing(judge, Progress.PAPER, done)
    last = latest_keyings(keyings)
    by = tuple(str(one.entered_by) for one in last)
    if len(last) > 1:
        first, second = map(lines_of, last)
        found = differences(judge.representative.name, names, first, second, rule_of(score_round.rule))
        return Standing(judge, Progress.DIFFERENT if found else Progress.PAPER, done, by, found)
    if last:
        return Standing(judge, Progress.KEYED_ONCE, done, by)
    return Standing(judge, Progress.PHONE if sheets else Progress.NOTHING, done)


def unsettled(score_round: ScoreRound) -> list[Standing]:
    """Paper sheets keyed once only, or keyed twice with differences: they hold up the closing."""
    waiting = (Progress.KEYED_ONCE, Progress.DIFFERENT)
    return [one for one in standings(score_round) if one.progress in waiting]


def lot_is_known(score_round: ScoreRound) -> bool:
    """Whether the day has come on which the numbers of the lot appear: no sheet comes in any more."""
    return score_round.lot_day is not None and timezone.localdate() >= score_round.lot_day


def count(score_round: ScoreRound, lot: Sequence[str] = ()) -> ScoreResult:
    """The result from the sheets, judges under their numbers; `Unusable` where nothing can be counted."""
    rows = ScoreSheet.objects.filter(judge__round=score_round).select_related("judge", "scored")
    rows = rows.order_by("scored__position", "judge__number")
    sheets = [sheet_of(row.judge.code, row.scored.label, Line(tuple(row.marks), row.recused)) for row in rows]
    return score(sheets, rule_of(score_round.rule), lot)


def rounds_to_close(place: Place, today: date) -> "QuerySet[ScoreRound]":
    """Rounds whose last day is over and whose result nobody has drawn."""
    return ScoreRound.objects.filter(place=place, state=State.OPEN, closes__lt=today).order_by("closes")


def results_to_publish(place: Place) -> "QuerySet[ScoreRound]":
    """Rounds with a result that is not public yet."""
    return ScoreRound.objects.filter(place=place, state=State.CLOSED).order_by("closes")
