"""What a project rests on stays as it is: an adopted proposal whose work has been opened."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.verbs import guards
from yishiting.year.projects.queries import going_on
from yishiting.year.proposals.models import Proposal


@guards("agreement.make", "proposal.report_up", "proposal.put_off", "proposal.bring_back")
def carried_out_by_a_project(proposal: Proposal) -> Sentence | None:
    """The sentence that names the project; None where none was opened."""
    project = going_on(proposal).only("number").first()
    if project is None:
        return None
    return format_lazy(
        _("这件建议案已经立项（{number}）。请在实事项目里接着办，或者“终止项目”。"), number=project.number
    )
