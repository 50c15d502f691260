"""What has been announced of a vote stays as it was counted."""

from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.verbs import guards
from yishiting.instruments.ballots.models import Poll
from yishiting.year.meetings.models import AgendaItem
from yishiting.year.meetings.states import ItemState


@guards("poll.redo_tally")
def is_decided(poll: Poll) -> Sentence | None:
    """The sentence that names the item; None where its result is not announced yet."""
    item = AgendaItem.objects.filter(poll=poll).exclude(state=ItemState.VOTING).select_related("meeting").first()
    if item is None:
        return None
    return _("“%(title)s”的表决结果已经宣布（%(meeting)s），计票不能再改。") % {
        "title": item.title,
        "meeting": item.meeting,
    }
