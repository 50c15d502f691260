"""What has become a matter of the district is answered with that."""

from uuid import UUID

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.request_cache import cached
from yishiting.ground.common.verbs import guards
from yishiting.ground.organisations.models import Organisation
from yishiting.ground.places.models import Place
from yishiting.year.directors.models import ListedMatter
from yishiting.year.matters.models import Dispatch
from yishiting.year.matters.queries import resting_on
from yishiting.year.matters.states import DispatchState, State
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


@guards("organisation.close")
def has_nothing_in_hand(unit: Organisation) -> Sentence | None:
    """The sentence that names a matter the unit still has in hand, so that none lies with nobody."""
    title = cached(("in hand", unit.place_id), lambda: _in_hand_at(unit.place)).get(unit.pk)
    if title is None:
        return None
    return format_lazy(_("{unit}还承办区级事项“{title}”。请先“改派”别的单位，再停用。"), unit=unit, title=title)


def _in_hand_at(place: Place) -> dict[UUID, str]:
    """The title of a matter that each unit of a place has in hand; a list asks once for all its rows."""
    rows = Dispatch.objects.filter(unit__place=place, matter__state__in=(State.DISPATCHED, State.UNDERWAY))
    return dict(rows.exclude(state=DispatchState.REPLACED).values_list("unit", "matter__title"))


@guards("listed_matter.give_back")
def is_given_back_as_a_matter(listed: ListedMatter) -> Sentence | None:
    """What was sent in a list and has become a matter is sent back as that."""
    return is_answered_with_its_matter(listed.proposal)
