"""What has been announced of a review stays as it was counted."""

from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.verbs import guards
from yishiting.instruments.ballots.models import Poll
from yishiting.year.evaluation.models import Review


@guards("poll.redo_tally")
def is_declared(poll: Poll) -> Sentence | None:
    """The sentence that names the project; None where its result is not declared yet."""
    review = Review.objects.filter(poll=poll, declared_on__isnull=False).select_related("project").first()
    if review is None:
        return None
    return _("“%(title)s”的评议结果已经宣布，计票不能再改。") % {"title": review.project.title}
