"""What has been announced of an election stays as it was counted."""

from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.verbs import guards
from yishiting.instruments.ballots.models import Poll
from yishiting.year.councils.models import ElectionRound


@guards("poll.redo_tally")
def is_declared(poll: Poll) -> Sentence | None:
    """The sentence that names the round; None where its result is not declared yet."""
    declared = ElectionRound.objects.filter(poll=poll, declared_on__isnull=False).select_related("constituency").first()
    if declared is None:
        return None
    return _("%(name)s的选举结果已经宣布，计票不能再改。") % {"name": declared.constituency}
