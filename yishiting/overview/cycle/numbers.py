"""Finding a matter by any number it ever had: of a receipt, a file, a proposal, a resolution, a project."""

import re
import unicodedata
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils import timezone

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.verbs import labelled
from yishiting.ground.organisations.queries import offices_of
from yishiting.instruments.documents.rules import read_receipt
from yishiting.instruments.publicity.models import PublicNotice
from yishiting.year.dossiers.models import Dossier
from yishiting.year.dossiers.queries import all_of, living
from yishiting.year.meetings.models import AgendaItem
from yishiting.year.projects.models import Project
from yishiting.year.proposals.models import Proposal
from yishiting.year.suggestions.models import Suggestion

Thing = Suggestion | Proposal | Project
#: Papers that are in no file of a matter: a notice, and an item of a meeting with its resolution.
Paper = PublicNotice | AgendaItem
#: The number of a file: the year, and ten digits that were drawn.
OF_A_FILE = re.compile(r"\d{4}-\d{10}")
#: A paper's: the word, the year in brackets however they were typed, the serial; 号 may be left out.
OF_A_PAPER = re.compile(r"(?P<word>.+?)[\[(〔【](?P<year>\d{4})[\])〕】]第?(?P<serial>\d{1,6})号?")
#: So many at most; a number without the name of its place may stand for one in each place.
MOST = 30
#: The longest number there is, with the name of its place, and room for how people type it.
LONGEST = 60
ANY = Q()


@dataclass(frozen=True, slots=True)
class Seen:
    """Which papers whoever looks for a number may find: conditions on proposals and on projects."""

    proposals: Q = ANY
    projects: Q = ANY


def seen_at(actor: Actor) -> Seen:
    """The papers of files that began, or lie, at a place whose desk this person reads, or were joined to one there."""
    places = [one.place.division_path for one in offices_of(actor)] if isinstance(actor, Person) else []
    fields = ("origin", "lies_at", "merged_here__origin")
    ways = [Q(**{f"dossier__{field}__division_path__startswith": path}) for field in fields for path in places]
    here = reduce(or_, ways, Q(pk__in=[]))
    return Seen(here, here)


def things_with(typed: str, seen: Seen) -> list[Thing]:
    """What bears this number, however it was typed; several where the name of the place is left out."""
    words = "".join(unicodedata.normalize("NFKC", typed[:LONGEST]).split())
    if (match := OF_A_PAPER.fullmatch(words)) is not None:
        return _with_paper(f"{match['word']}〔{match['year']}〕{int(match['serial'])}号", seen)
    if OF_A_FILE.fullmatch(words):
        file = Dossier.objects.filter(number=words).first()
        return [found] if file is not None and (found := furthest(file, seen)) is not None else []
    receipt = read_receipt(words)
    return list(Suggestion.objects.filter(receipt=receipt).select_related("place")) if receipt else []


def papers_with(typed: str) -> list[Paper]:
    """The notices that everybody may read and the resolutions on no proposal that bear this number."""
    words = "".join(unicodedata.normalize("NFKC", typed[:LONGEST]).split())
    if (match := OF_A_PAPER.fullmatch(words)) is None:
        return []
    number = f"{match['word']}〔{match['year']}〕{int(match['serial'])}号"
    return _papers(number, "") or _papers(number, "__endswith")


def _papers(number: str, how: str) -> list[Paper]:
    posted = PublicNotice.objects.on_the_board(timezone.localdate()).filter(**{f"number{how}": number})
    decided = AgendaItem.objects.filter(**{f"resolution_number{how}": number}).exclude(subject_kind="proposal")
    found: list[Paper] = [*posted.select_related("place").order_by("place__code")[:MOST]]
    return found + list(decided.select_related("place", "meeting").order_by("place__code")[: MOST - len(found)])


def thing_of(paper: Paper) -> Thing | None:
    """The suggestion, proposal or project that a paper is about, where it is about one."""
    kinds: dict[str, type[Thing]] = {labelled(kind): kind for kind in (Suggestion, Proposal, Project)}
    kind = kinds.get(paper.subject_kind)
    return (
        kind._default_manager.filter(pk=paper.subject_id).select_related("place", "dossier").first() if kind else None
    )


def file_of(thing: Thing) -> Dossier:
    """The file in which a matter goes on."""
    return living(thing.dossier)


def furthest(file: Dossier, seen: Seen = Seen()) -> Thing | None:
    """What a matter has come to: its project, its latest proposal, or the words it began with."""
    here = all_of(living(file))
    projects = Project.objects.filter(seen.projects, dossier__in=here).select_related("place")
    if (project := projects.order_by("-created_at").first()) is not None:
        return project
    proposals = Proposal.objects.filter(seen.proposals, dossier__in=here).select_related("place")
    return (
        proposals.order_by("-created_at").first()
        or Suggestion.objects.filter(dossier=here[0]).select_related("place").first()
    )


def pieces_of(file: Dossier) -> list[Thing]:
    """Everything a matter consists of, in the order of the year."""
    here = all_of(living(file))
    suggestions = Suggestion.objects.filter(dossier__in=here).select_related("place").order_by("received_on", "receipt")
    proposals = Proposal.objects.filter(dossier__in=here).select_related("place").order_by("created_at")
    rests_here = Q(dossier__in=here) | Q(proposals__dossier__in=here)
    projects = Project.objects.filter(rests_here).select_related("place").order_by("created_at").distinct()
    return [*suggestions, *proposals, *projects]


def _with_paper(number: str, seen: Seen) -> list[Thing]:
    """Proposals by their own number or their resolution's, and projects; without the place's name, of every place."""
    return _numbered(number, "", seen) or _numbered(number, "__endswith", seen)


def _numbered(number: str, how: str, seen: Seen) -> list[Thing]:
    """Whole numbers are found by their index; the end of one only by looking through all of them."""
    own, of_resolution = (Q(**{f"{name}{how}": number}) for name in ("number", "resolution_number"))
    proposals = Proposal.objects.filter(seen.proposals, own | of_resolution)
    projects = Project.objects.filter(seen.projects, own)
    found: list[Thing] = []
    for rows in (proposals, projects):
        shown = rows.select_related("place", "dossier__merged_into").order_by("place__code").distinct()
        found += shown[: MOST - len(found)]
    return found
