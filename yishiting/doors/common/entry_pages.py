"""Where the matter of an entry can be read by everybody: the page of what it is about, or of the whole that belongs to."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models
from django.urls import reverse
from django.utils import timezone

from yishiting.ground.ledger.models import Entry
from yishiting.instruments.publicity.models import PublicNotice
from yishiting.year.agreements.models import Agreement
from yishiting.year.budgeting.models import BudgetVote
from yishiting.year.budgeting.states import State as VoteState
from yishiting.year.consultations.models import Consultation, Questionnaire
from yishiting.year.consultations.states import SEEN_BY_ALL
from yishiting.year.directors.models import NeedsReport, WorksPlan
from yishiting.year.directors.states import PlanState, ReportState
from yishiting.year.hearings.models import Hearing
from yishiting.year.matters.models import Matter
from yishiting.year.matters.states import PUBLIC as PUBLIC_MATTERS
from yishiting.year.meetings.models import Meeting
from yishiting.year.meetings.states import State as MeetingState
from yishiting.year.projects.models import Project
from yishiting.year.proposals.models import Proposal
from yishiting.year.scoring.models import ScoreRound
from yishiting.year.scoring.states import State as RoundState
from yishiting.year.suggestions.models import Suggestion


@dataclass(frozen=True, slots=True)
class Page:
    """A public page: its name, the things it shows, and which of them it shows to everybody."""

    name: str
    model: type[models.Model]
    shows: Callable[[Any], bool] = lambda _thing: True


PAGES = {
    "suggestion": Page("public-suggestion", Suggestion),
    "proposal": Page("public-proposal", Proposal),
    "project": Page("public-project", Project),
    "agreement": Page("public-agreement", Agreement),
    "needs_report": Page("public-needs-report", NeedsReport, lambda one: one.state == ReportState.PUBLISHED),
    "works_plan": Page("public-works-plan", WorksPlan, lambda one: one.state == PlanState.PUBLICISED),
    "hearing": Page("public-hearing", Hearing),
    "matter": Page("public-district-matter", Matter, lambda one: one.state in PUBLIC_MATTERS),
    "meeting": Page("meeting", Meeting, lambda one: one.state != MeetingState.PLANNED),
    "public_notice": Page("notice", PublicNotice, lambda one: one.posted_on <= timezone.localdate()),
    "consultation": Page("consultation", Consultation, lambda one: one.state in SEEN_BY_ALL),
    "questionnaire": Page("questionnaire", Questionnaire, lambda one: one.state in SEEN_BY_ALL),
    "score_round": Page("public-score-round", ScoreRound, lambda one: one.state == RoundState.PUBLISHED),
    "budget_vote": Page("public-budget-vote", BudgetVote, lambda one: one.state != VoteState.VOID),
}
#: A part of a whole names the whole in one of its facts.
WHOLES = {
    "agreement": "agreement",
    "hearing": "hearing",
    "matter": "matter",
    "project": "project",
    "report": "needs_report",
    "plan": "works_plan",
    "meeting": "meeting",
    "consultation": "consultation",
    "round": "score_round",
    "vote": "budget_vote",
}
#: Elections and councils are read on the page of their place.
OF_THE_COUNCIL = {
    "council",
    "term",
    "by_election",
    "constituency",
    "assembly",
    "candidate",
    "election_round",
    "representative",
}
Thing = tuple[str, str]


def pages_of(entries: Iterable[Entry]) -> dict[int, str]:
    """The address for each entry that has one, by its number; one query for each kind of thing."""
    listed = list(entries)
    about = {entry.seq: thing for entry in listed if (thing := _thing(entry)) is not None}
    open_to_all = _open(about.values())
    pages = {
        seq: reverse(PAGES[kind].name, args=[key]) for seq, (kind, key) in about.items() if (kind, key) in open_to_all
    }
    for entry in listed:
        if entry.subject_kind in OF_THE_COUNCIL and entry.place_code:
            pages[entry.seq] = reverse("council", args=[entry.place_code])
    return pages


def _thing(entry: Entry) -> Thing | None:
    if entry.subject_kind in PAGES:
        return entry.subject_kind, entry.subject_id
    return next(((kind, str(entry.facts[name])) for name, kind in WHOLES.items() if entry.facts.get(name)), None)


def _open(things: Iterable[Thing]) -> set[Thing]:
    keys: dict[str, set[UUID]] = defaultdict(set)
    for kind, key in things:
        keys[kind].add(UUID(key))
    found = (
        (kind, one) for kind, some in keys.items() for one in PAGES[kind].model._default_manager.filter(pk__in=some)
    )
    return {(kind, str(one.pk)) for kind, one in found if PAGES[kind].shows(one)}
