"""Finding a matter by any number it ever had: of a receipt, a file, a proposal, a resolution, a project."""

import re
import unicodedata

from django.db.models import Q

from yishiting.instruments.documents.rules import read_receipt
from yishiting.year.dossiers.models import Dossier
from yishiting.year.dossiers.queries import all_of, living
from yishiting.year.projects.models import Project
from yishiting.year.proposals.models import Proposal
from yishiting.year.suggestions.models import Suggestion

Thing = Suggestion | Proposal | Project
#: The number of a file: the year, and ten digits that were drawn.
OF_A_FILE = re.compile(r"\d{4}-\d{10}")
#: A paper's: the word, the year in brackets however they were typed, the serial; 号 may be left out.
OF_A_PAPER = re.compile(r"(?P<word>.+?)[\[(〔【](?P<year>\d{4})[\])〕】]第?(?P<serial>\d{1,6})号?")
#: So many at most; a number without the name of its place may stand for one in each place.
MOST = 30


def things_with(typed: str) -> list[Thing]:
    """What bears this number, however it was typed; several where the name of the place is left out."""
    words = "".join(unicodedata.normalize("NFKC", typed).split())
    if (match := OF_A_PAPER.fullmatch(words)) is not None:
        return _with_paper(f"{match['word']}〔{match['year']}〕{int(match['serial'])}号")
    if OF_A_FILE.fullmatch(words):
        file = Dossier.objects.filter(number=words).first()
        return [found] if file is not None and (found := furthest(file)) is not None else []
    receipt = read_receipt(words)
    return list(Suggestion.objects.filter(receipt=receipt).select_related("place")) if receipt else []


def file_of(thing: Thing) -> Dossier:
    """The file in which a matter goes on."""
    return living(thing.dossier)


def furthest(file: Dossier) -> Thing | None:
    """What a matter has come to: its project, its latest proposal, or the words it began with."""
    here = all_of(living(file))
    project = Project.objects.filter(dossier__in=here).select_related("place").order_by("-created_at").first()
    if project is not None:
        return project
    proposal = Proposal.objects.filter(dossier__in=here).select_related("place").order_by("-created_at").first()
    return proposal or Suggestion.objects.filter(dossier=here[0]).select_related("place").first()


def pieces_of(file: Dossier) -> list[Thing]:
    """Everything a matter consists of, in the order of the year."""
    here = all_of(living(file))
    suggestions = Suggestion.objects.filter(dossier__in=here).select_related("place").order_by("received_on", "receipt")
    proposals = Proposal.objects.filter(dossier__in=here).select_related("place").order_by("created_at")
    projects = Project.objects.filter(dossier__in=here).select_related("place").order_by("created_at")
    return [*suggestions, *proposals, *projects]


def _with_paper(number: str) -> list[Thing]:
    """Proposals by their own number or their resolution's, and projects; without the place's name, of every place."""
    proposals = Proposal.objects.filter(Q(number__endswith=number) | Q(resolution_number__endswith=number))
    projects = Project.objects.filter(number__endswith=number)
    return [
        *proposals.select_related("place").order_by("place__code")[:MOST],
        *projects.select_related("place").order_by("place__code")[:MOST],
    ]
