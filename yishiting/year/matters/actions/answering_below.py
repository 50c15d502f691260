"""What the district decides or answers goes down to those who reported it, and to everybody who proposed it."""

from yishiting.ground.accounts.actors import Actor
from yishiting.year.dossiers.models import Outcome
from yishiting.year.matters.models import Matter
from yishiting.year.proposals.actions import hear_above
from yishiting.year.proposals.models import Proposal


def answer_below(matter: Matter, by: Actor, outcome: Outcome, words: str) -> None:
    """Answer each proposal the matter rests on; each answers in turn what it joins from below and all its proposers."""
    rows = Proposal.objects.filter(matters__matter=matter, matters__live=True).select_related(
        "place__parent", "dossier"
    )
    for proposal in rows.order_by("pk"):
        hear_above(proposal, by=by, answer=words, outcome=outcome)
