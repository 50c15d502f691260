"""One matter, one file: from the first words to the result, whichever of its things one starts from."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField, Model, QuerySet, Value

from yishiting.ground.common.verbs import labelled
from yishiting.ground.ledger.models import Entry
from yishiting.ground.ledger.queries import history_of_keys
from yishiting.instruments.publicity.models import Objection
from yishiting.year.agreements.models import Agreement
from yishiting.year.directors.models import SittingItem
from yishiting.year.directors.queries import decided_about
from yishiting.year.evaluation.models import Review
from yishiting.year.meetings.models import AgendaItem
from yishiting.year.projects.models import AcceptanceSignature, Finding, Progress, Project
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.queries import mains_of
from yishiting.year.proposals.states import ABOVE, State
from yishiting.year.suggestions.models import Answer, Screening, Suggestion
from yishiting.year.suggestions.queries.clusters import cluster_of, clusters_of, head_of
from yishiting.year.visits.models import Reply, SentDraft, SiteVisit


@dataclass(slots=True)
class Matter:
    """Everything that belongs together, and every entry of the ledger about it."""

    suggestions: list[Suggestion] = field(default_factory=list)
    proposal: Proposal | None = None
    proposals: list[Proposal] = field(default_factory=list)
    items: list[AgendaItem] = field(default_factory=list)
    agreements: list[Agreement] = field(default_factory=list)
    project: Project | None = None
    reviews: list[Review] = field(default_factory=list)
    screening: Screening | None = None
    answers: list[Answer] = field(default_factory=list)
    sittings: list[SittingItem] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)

    @property
    def head(self) -> Suggestion | None:
        """The main suggestion."""
        return self.suggestions[0] if self.suggestions else None

    @property
    def title(self) -> str:
        """What the matter is called now: by its project, its proposal, or its first words."""
        return str(self.project or self.proposal or self.head or "")

    @property
    def goes_on(self) -> Proposal | None:
        """The proposal with which it goes on: the one above that joined it, while that stands."""
        if self.proposal is None or self.proposal.state not in ABOVE:
            return self.proposal
        behind = self.proposals[self.proposals.index(self.proposal) + 1 :] if self.proposal in self.proposals else []
        above = [one for one in behind if one.place_id != self.proposal.place_id and one.state != State.DECLINED]
        return above[-1] if above and above[-1].place.contains(self.proposal.place) else self.proposal

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
    _complete(matter)
    matter.entries = list(history_of_keys(_keys(matter)).prefetch_related("sealed"))
    return matter


def _proposals_of(suggestions: list[Suggestion]) -> list[Proposal]:
    """Every proposal that ever rested on these, those that were declined too, oldest first."""
    rows = Proposal.objects.filter(suggestions__in=suggestions).select_related("place", "agenda_item__meeting")
    found = list(rows.distinct().order_by("created_at"))
    return found + _joined_in(found)


def _joined_in(below: list[Proposal]) -> list[Proposal]:
    """The proposals above that joined these, and those above them."""
    if not below:
        return []
    rows = Proposal.objects.filter(sources__below__in=below).select_related("place", "agenda_item__meeting")
    above = list(rows.distinct().order_by("created_at"))
    return above + _joined_in(above)


def _complete(matter: Matter) -> None:
    if matter.proposal is not None and not matter.suggestions:
        matter.suggestions = _sources(matter.proposal)
    _deliberated(matter)
    if matter.proposal is not None:
        matter.project = (
            matter.project or Project.objects.filter(proposal=matter.goes_on).select_related("notice", "place").first()
        )
    if matter.project is not None:
        matter.reviews = list(Review.objects.filter(project=matter.project).select_related("meeting__place", "poll"))
    matter.sittings = decided_about(matter.suggestions, matter.proposals)
    if matter.head is not None:
        matter.screening = matter.head.screenings.order_by("-created_at").first()
        matter.answers = list(Answer.objects.filter(suggestion__in=matter.suggestions).order_by("created_at"))


def _sources(proposal: Proposal) -> list[Suggestion]:
    """What it rests on first, then what was merged into that, and into that."""
    mains = list(mains_of(proposal).select_related("place").order_by("received_on", "receipt"))
    return mains + [one for cluster in clusters_of(mains).values() for one in cluster[1:]]


def _deliberated(matter: Matter) -> None:
    """The proposals, the last of them as the one that counts, and every item they were on an agenda as."""
    found = _proposals_of(matter.suggestions)
    matter.proposal = matter.proposal or (found[-1] if found else None)
    matter.proposals = [matter.proposal if one == matter.proposal else one for one in found]
    if matter.proposal is not None and matter.proposal not in found:
        matter.proposals.append(matter.proposal)
    keys = [str(one.pk) for one in matter.proposals]
    if keys:
        rows = AgendaItem.objects.filter(subject_kind="proposal", subject_id__in=keys).select_related(
            "poll", "meeting__place"
        )
        matter.items = list(rows.order_by("created_at"))
        matter.agreements = list(Agreement.objects.filter(proposal__in=matter.proposals).select_related("place"))


def _keys(matter: Matter) -> list[tuple[str, str]]:
    """Kind and key of everything the matter consists of."""
    project = matter.project
    found: list[Any] = [
        *matter.suggestions,
        *matter.proposals,
        *matter.items,
        *matter.sittings,
        project,
        *matter.reviews,
    ]
    notice = project.notice if project is not None else None
    things = [(labelled(one), str(one.pk)) for one in [*found, *matter.agreements, notice] if one is not None]
    taken_back = _taken_back(project) if project is not None else []
    return things + (_parts(matter) if matter.proposal is not None else []) + taken_back


def _parts(matter: Matter) -> list[tuple[str, str]]:
    """What happened on the spot and in the work, in one query: visits, replies, progress, findings, signatures, objections."""
    project = matter.project
    heard = (SiteVisit, SentDraft, Reply)
    rows: list[QuerySet[Any]] = [model.objects.filter(proposal__in=matter.proposals) for model in heard]
    if project is not None:
        work = (Progress, Finding, AcceptanceSignature)
        rows += [model.objects.filter(project=project) for model in work]
        rows.append(Objection.objects.filter(notice=project.notice_id))
    first, *others = (
        one.order_by().annotate(of_kind=Value(labelled(one.model), CharField())).values_list("of_kind", "pk")
        for one in rows
    )
    return [(kind, str(key)) for kind, key in first.union(*others, all=True)]


def _taken_back(project: Project) -> list[tuple[str, str]]:
    """Signatures from paper that were entered wrongly and are gone; that they were there stays in the path."""
    if project.completed_on is None:
        return []
    rows = Entry.objects.filter(place_code=project.place.code, verb="signature.withdraw")
    keys = rows.filter(facts__project=str(project.pk)).values_list("subject_id", flat=True)
    return [(labelled(AcceptanceSignature), key) for key in keys]
