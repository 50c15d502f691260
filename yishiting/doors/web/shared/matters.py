"""One matter, one file: from the first words to the result, whichever of its things one starts from."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, Prefetch

from yishiting.ground.common.verbs import labelled
from yishiting.ground.ledger.models import Entry
from yishiting.ground.ledger.queries import history_of
from yishiting.year.evaluation.models import Review
from yishiting.year.projects.models import Project
from yishiting.year.proposals.models import Proposal
from yishiting.year.suggestions.models import Answer, Screening, Suggestion
from yishiting.year.suggestions.queries.clusters import cluster_of, head_of


@dataclass(slots=True)
class Matter:
    """Everything that belongs together, and every entry of the ledger about it."""

    suggestions: list[Suggestion] = field(default_factory=list)
    proposal: Proposal | None = None
    project: Project | None = None
    reviews: list[Review] = field(default_factory=list)
    screening: Screening | None = None
    answers: list[Answer] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)

    @property
    def head(self) -> Suggestion | None:
        """The main suggestion."""
        return self.suggestions[0] if self.suggestions else None

    @property
    def title(self) -> str:
        """What the matter is called now: by its project, its proposal, or its first words."""
        return str(self.project or self.proposal or self.head or "")

    def entry(self, verb: str, thing: Model | None) -> Entry | None:
        """The latest entry of a verb about a thing."""
        if thing is None:
            return None
        about = (labelled(thing), str(thing.pk))
        found = [e for e in self.entries if e.verb == verb and (e.subject_kind, e.subject_id) == about]
        return found[-1] if found else None


def matter_of(thing: Suggestion | Proposal | Project) -> Matter:
    """The whole matter, in a number of queries that does not grow with it."""
    matter = Matter()
    if isinstance(thing, Project):
        matter.project, matter.proposal = thing, thing.proposal
    elif isinstance(thing, Proposal):
        matter.proposal = thing
    else:
        matter.suggestions = cluster_of(head_of(thing))
        matter.proposal = _proposal_of(matter.suggestions)
    _complete(matter)
    matter.entries = list(history_of(_things(matter)))
    return matter


def _proposal_of(suggestions: list[Suggestion]) -> Proposal | None:
    rows = Proposal.objects.filter(suggestions__in=suggestions).select_related(
        "place", "agenda_item__meeting", "reported_to"
    )
    return rows.order_by("-created_at").first()


def _complete(matter: Matter) -> None:
    if matter.proposal is not None:
        if not matter.suggestions:
            matter.suggestions = _sources(matter.proposal)
        matter.project = (
            matter.project or Project.objects.filter(proposal=matter.proposal).select_related("notice").first()
        )
    if matter.project is not None:
        matter.reviews = list(Review.objects.filter(project=matter.project).select_related("meeting", "poll"))
    if matter.head is not None:
        matter.screening = matter.head.screenings.order_by("-created_at").first()
        matter.answers = list(Answer.objects.filter(suggestion__in=matter.suggestions).order_by("created_at"))


def _sources(proposal: Proposal) -> list[Suggestion]:
    mains = Suggestion.objects.filter(proposals=proposal).select_related("place").order_by("received_on", "receipt")
    first = list(mains.prefetch_related(Prefetch("merged_here", Suggestion.objects.select_related("place"))))
    return first + [one for main in first for one in main.merged_here.all()]


def _things(matter: Matter) -> list[Model]:
    found: list[Any] = [*matter.suggestions, matter.proposal, matter.project, *matter.reviews]
    if matter.project is not None:
        found += [matter.project.notice, *matter.project.findings.all()]
    return [one for one in found if one is not None]
