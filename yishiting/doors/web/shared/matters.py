"""One matter, one file: from the first words to the result, whichever of its things one starts from."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField, Model, Q, QuerySet, Value

from yishiting.doors.web.shared.parted import Key, before_they_parted
from yishiting.ground.common.verbs import labelled
from yishiting.ground.ledger.models import Entry
from yishiting.ground.ledger.queries import history_of_keys
from yishiting.instruments.publicity.models import Objection, PublicNotice
from yishiting.year.agreements.models import Agreement
from yishiting.year.directors.models import ListedMatter, PlannedWork, SittingItem
from yishiting.year.directors.queries import decided_about, planned_about
from yishiting.year.evaluation.models import Review
from yishiting.year.meetings.models import AgendaItem
from yishiting.year.projects.models import AcceptanceSignature, Finding, Progress, Project
from yishiting.year.projects.queries import basis_of
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.queries import mains_of
from yishiting.year.proposals.states import ABOVE, State
from yishiting.year.suggestions.models import Answer, Screening, Suggestion
from yishiting.year.suggestions.queries.clusters import cluster_of, clusters_of, head_of
from yishiting.year.visits.models import CouncilQuestion, Reply, SentDraft, SiteVisit

Thing = Suggestion | Proposal | Project


@dataclass(slots=True)
class Matter:
    """Everything that belongs together, and every entry of the ledger about it.

    From a suggestion or a proposal on, all projects it led to; from a project on, that one and all it rests on.
    `told_of`: the name of every project its entries speak of, one that was parted from it too.
    `rests_on`: the proposals whose text is the matter's. `beside`: what shares a project or a proposal with it.
    """

    suggestions: list[Suggestion] = field(default_factory=list)
    proposal: Proposal | None = None
    rests_on: list[Proposal] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)
    items: list[AgendaItem] = field(default_factory=list)
    agreements: list[Agreement] = field(default_factory=list)
    projects: list[Project] = field(default_factory=list)
    beside: list[Proposal | Project] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)
    screening: Screening | None = None
    answers: list[Answer] = field(default_factory=list)
    sittings: list[SittingItem] = field(default_factory=list)
    works: list[PlannedWork] = field(default_factory=list)
    listed: list[ListedMatter] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    told_of: dict[str, str] = field(default_factory=dict)

    @property
    def head(self) -> Suggestion | None:
        """The main suggestion."""
        return self.suggestions[0] if self.suggestions else None

    @property
    def title(self) -> str:
        """What the matter is called now: by its only project, its proposal, or its first words."""
        project = self.projects[0] if len(self.projects) == 1 else None
        return str(project or self.proposal or self.head or "")

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


def matter_of(thing: Thing) -> Matter:
    """The whole matter, in a number of queries that does not grow with it."""
    matter = _of(thing)
    own = list(history_of_keys(_keys(matter)).prefetch_related("sealed"))
    matter.entries = before_they_parted(own, {(labelled(thing), str(thing.pk))}, _keys_of)
    matter.told_of = _named(matter)
    return matter


def _named(matter: Matter) -> dict[str, str]:
    known = {str(one.pk): one.title for one in matter.projects}
    parted = {one.subject_id for one in matter.entries if one.subject_kind == labelled(Project)} - known.keys()
    rows = Project.objects.filter(pk__in=parted).values_list("pk", "title") if parted else ()
    return known | {str(key): title for key, title in rows}


def _of(thing: Thing) -> Matter:
    matter = Matter()
    if isinstance(thing, Project):
        matter.projects, matter.rests_on = [thing], basis_of(thing)
        matter.proposal = matter.rests_on[0] if matter.rests_on else None
    elif isinstance(thing, Proposal):
        matter.proposal = thing
    else:
        matter.suggestions = cluster_of(head_of(thing))
    _complete(matter)
    return matter


def _keys_of(kind: type[Thing], key: str) -> list[Key]:
    """What one thing's matter consists of, for what was parted from it."""
    thing = kind._default_manager.filter(pk=key).first()
    return _keys(_of(thing)) if thing is not None else []


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
    own = matter.rests_on or ([matter.proposal] if matter.proposal is not None else [])
    if own and not matter.suggestions:
        matter.suggestions = _sources(own)
    _deliberated(matter, own)
    _carried_out(matter)
    matter.sittings = decided_about(matter.suggestions, matter.proposals)
    matter.works, matter.listed = planned_about(matter.proposals)
    if matter.head is not None:
        matter.screening = matter.head.screenings.order_by("-created_at").first()
        matter.answers = list(Answer.objects.filter(suggestion__in=matter.suggestions).order_by("created_at"))


def _sources(proposals: list[Proposal]) -> list[Suggestion]:
    """What they rest on first, then what was merged into that, and into that."""
    mains = list(mains_of(*proposals).select_related("place").order_by("received_on", "receipt"))
    return mains + [one for cluster in clusters_of(mains).values() for one in cluster[1:]]


def _deliberated(matter: Matter, own: list[Proposal]) -> None:
    """The proposals, the last of them as the one that counts, and every item they were on an agenda as."""
    found = _proposals_of(matter.suggestions)
    matter.proposal = matter.proposal or (found[-1] if found else None)
    matter.rests_on = own or ([matter.proposal] if matter.proposal is not None else [])
    known = {one.pk: one for one in matter.rests_on}
    matter.proposals = [known.pop(one.pk, one) for one in found]
    matter.proposals += known.values()
    keys = [str(one.pk) for one in matter.proposals]
    if keys:
        rows = AgendaItem.objects.filter(subject_kind="proposal", subject_id__in=keys).select_related(
            "poll", "meeting__place"
        )
        matter.items = list(rows.order_by("created_at"))
        matter.agreements = list(Agreement.objects.filter(proposal__in=matter.proposals).select_related("place"))


def _carried_out(matter: Matter) -> None:
    """The projects it led to, what shares one of them or their proposals with it, and how they were rated."""
    if not matter.proposals:
        return
    shown = Project.objects.select_related("notice", "place").order_by("created_at").distinct()
    if matter.projects:
        others = shown.filter(proposals__in=matter.rests_on).exclude(pk__in=[one.pk for one in matter.projects])
        matter.beside = list(others)
    else:
        matter.projects = list(shown.filter(proposals__in=matter.proposals))
        known = [one.pk for one in matter.proposals]
        rows = Proposal.objects.filter(projects__in=matter.projects).exclude(pk__in=known).select_related("place")
        matter.beside = list(rows.distinct().order_by("created_at")) if matter.projects else []
    if matter.projects:
        rated = Review.objects.filter(project__in=matter.projects)
        matter.reviews = list(rated.select_related("meeting__place", "poll", "project"))


def _keys(matter: Matter) -> list[Key]:
    """Kind and key of everything the matter consists of."""
    found: list[Any] = [*matter.suggestions, *matter.proposals, *matter.items, *matter.projects, *matter.reviews]
    things = [
        (labelled(one), str(one.pk))
        for one in [*found, *matter.sittings, *matter.works, *matter.listed, *matter.agreements]
    ]
    return things + (_parts(matter) if matter.proposals else []) + _taken_back(matter)


def _parts(matter: Matter) -> list[Key]:
    """What happened on the spot and in the work, in one query: visits, replies, progress, notices, objections …"""
    heard = (SiteVisit, SentDraft, Reply, CouncilQuestion)
    rows: list[QuerySet[Any]] = [model.objects.filter(proposal__in=matter.proposals) for model in heard]
    if matter.projects:
        work = (Progress, Finding, AcceptanceSignature)
        rows += [model.objects.filter(project__in=matter.projects) for model in work]
        rows += [PublicNotice.objects.filter(_posted(matter)), Objection.objects.filter(_posted(matter, "notice__"))]
    first, *others = (
        one.order_by().annotate(of_kind=Value(labelled(one.model), CharField())).values_list("of_kind", "pk")
        for one in rows
    )
    return [(kind, str(key)) for kind, key in first.union(*others, all=True)]


def _posted(matter: Matter, to: str = "") -> Q:
    """The notices of every plan there was: one that was withdrawn stays in the path."""
    kind, keys = labelled(matter.projects[0]), [str(one.pk) for one in matter.projects]
    newest = [one.notice_id for one in matter.projects if one.notice_id is not None]
    return Q(**{f"{to}subject_kind": kind, f"{to}subject_id__in": keys}) | Q(**{f"{to}pk__in": newest})


def _taken_back(matter: Matter) -> list[Key]:
    """Signatures from paper that were entered wrongly and are gone; that they were there stays in the path."""
    begun = [one for one in matter.projects if one.started_on is not None]
    if not begun:
        return []
    codes, keys = {one.place.code for one in begun}, [str(one.pk) for one in begun]
    rows = Entry.objects.filter(place_code__in=codes, verb="signature.withdraw", facts__project__in=keys)
    return [(labelled(AcceptanceSignature), key) for key in rows.values_list("subject_id", flat=True)]
