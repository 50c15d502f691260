"""What a project rests on stays as it is: an adopted proposal whose work has been opened."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.verbs import guards
from yishiting.ground.seasons.models import SpecialIntake
from yishiting.year.projects.models import Project
from yishiting.year.projects.queries import going_on
from yishiting.year.projects.states import State
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.queries import whole_above
from yishiting.year.suggestions.models import Suggestion


@guards(
    "agreement.make",
    "proposal.report_up",
    "proposal.pass_on",
    "proposal.put_off",
    "proposal.bring_back",
    "proposal.forward",
    "proposal.defer",
    "proposal.explain",
    "proposal.take_on",
)
def carried_out_by_a_project(proposal: Proposal) -> Sentence | None:
    """The sentence that names the project; None where none was opened."""
    project = going_on(proposal).only("number").first()
    if project is None:
        return None
    return format_lazy(
        _("这件建议案已经立项（{number}）。请在实事项目里接着办，或者“终止项目”。"), number=project.number
    )


@guards("season.end_special")
def has_no_work_to_begin(intake: SpecialIntake) -> Sentence | None:
    """Nor while a work of it has been opened and not begun; what has begun goes on without it."""
    not_begun = (State.PLANNING, State.PUBLICISED)
    said = Suggestion.objects.filter(special=intake).values_list("pk", flat=True)
    rows = Project.objects.filter(proposals__in=whole_above(said), state__in=not_begun)
    project = rows.only("number", "title").first()
    if project is None:
        return None
    words = _("实事项目{number}“{title}”还没有开工。请先开工，或者“终止项目”。")
    return format_lazy(words, number=project.number, title=project.title)
