"""What has become a matter of the district is answered with that."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.verbs import guards
from yishiting.year.directors.models import ListedMatter
from yishiting.year.matters.queries import resting_on
from yishiting.year.proposals.models import Proposal


@guards(
    "proposal.bring_back",
    "proposal.take_on",
    "proposal.defer",
    "proposal.explain",
    "proposal.forward",
    "project.take_up",
)
def is_answered_with_its_matter(proposal: Proposal) -> Sentence | None:
    """The sentence that names the matter; None where none rests on the proposal."""
    matter = resting_on(proposal)
    if matter is None:
        return None
    return format_lazy(
        _("已列为区级事项{number}“{title}”，在那里办理，会一并答复。"), number=matter.number, title=matter.title
    )


@guards("listed_matter.give_back")
def is_given_back_as_a_matter(listed: ListedMatter) -> Sentence | None:
    """What was sent in a list and has become a matter is sent back as that."""
    return is_answered_with_its_matter(listed.proposal)
