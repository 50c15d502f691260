"""What is being scored keeps its words until the round is over."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.verbs import guards
from yishiting.year.proposals.models import Proposal
from yishiting.year.scoring.models import ScoredProposal


@guards("proposal.amend")
def is_being_scored(proposal: Proposal) -> Sentence | None:
    """The sentence that names the round and the way out; None where no open round holds the proposal."""
    scored = ScoredProposal.objects.filter(proposal=proposal, live=True).select_related("round").first()
    if scored is None:
        return None
    return format_lazy(
        _("评委正在按现在的文本打分（{title}）。请等截止打分以后再改，或先作废那次打分。"), title=scored.round.title
    )
