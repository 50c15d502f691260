"""What is being voted on keeps its words until the vote is over."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.verbs import guards
from yishiting.year.budgeting.models import BudgetOption
from yishiting.year.proposals.models import Proposal


@guards("proposal.amend")
def is_being_voted_on(proposal: Proposal) -> Sentence | None:
    """The sentence that names the vote and the way out; None where no open vote holds the proposal."""
    option = BudgetOption.objects.filter(proposal=proposal, live=True).select_related("vote").first()
    if option is None:
        return None
    return format_lazy(
        _("名册上的人正在按现在的文本投票（{title}）。请等“截止预算表决”以后再改，或先“预算表决作废”。"),
        title=option.vote.title,
    )
