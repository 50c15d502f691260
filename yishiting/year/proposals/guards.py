"""What a proposal rests on stays as it is: the verbs of suggestions that would change it beneath a living proposal."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.verbs import guards
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.states import State
from yishiting.year.suggestions.models import Suggestion


@guards(
    "suggestion.split",
    "suggestion.merge_away",
    "suggestion.unmerge",
    "suggestion.unsplit",
    "suggestion.strike",
    "suggestion.classify",
)
def rests_in_a_living_proposal(suggestion: Suggestion) -> Sentence | None:
    """The sentence that names the proposal and the way out; None where none rests on the suggestion."""
    heads = [suggestion.pk, *([suggestion.merged_into_id] if suggestion.merged_into_id else [])]
    rows = Proposal.objects.filter(sources__suggestion__in=heads).exclude(state=State.DECLINED)
    proposal = rows.only("number", "title").first()
    if proposal is None:
        return None
    return format_lazy(
        _("这条建议已写入建议案{number}“{title}”，不能再改变。建议案未通过以后才可以。"),
        number=proposal.number,
        title=proposal.title,
    )
