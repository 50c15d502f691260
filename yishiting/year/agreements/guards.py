"""What became an agreement is no work and lies with nobody else."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.verbs import guards
from yishiting.year.agreements.models import Agreement
from yishiting.year.proposals.models import Proposal


@guards(
    "project.open",
    "project.open_together",
    "project.open_another",
    "project.take_up",
    "proposal.report_up",
    "proposal.pass_on",
    "proposal.put_off",
)
def kept_to_as_an_agreement(proposal: Proposal) -> Sentence | None:
    """The sentence that names the agreement; None where there is none."""
    agreement = Agreement.objects.filter(proposal=proposal).only("title").first()
    if agreement is None:
        return None
    return format_lazy(
        _("这件建议案已立为公约“{title}”，不是实事项目。要改或终止，请在公约的页面“回顾公约”。"), title=agreement.title
    )
