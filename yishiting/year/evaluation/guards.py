"""What has been announced of a review stays as it was counted, and the last part of a contract waits for it."""

from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.verbs import guards
from yishiting.instruments.ballots.models import Poll
from yishiting.instruments.funds.models import Posting
from yishiting.year.evaluation.models import Review, Reward
from yishiting.year.evaluation.states import State
from yishiting.year.spending.models import Payment


@guards("poll.redo_tally")
def is_declared(poll: Poll) -> Sentence | None:
    """The sentence that names the project; None where its result is not declared yet."""
    review = Review.objects.filter(poll=poll, declared_on__isnull=False).select_related("project").first()
    if review is None:
        return None
    return _("“%(title)s”的评议结果已经宣布，计票不能再改。") % {"title": review.project.title}


@guards("posting.reverse")
def is_a_reward(posting: Posting) -> Sentence | None:
    """A reward is bound to the review that earned it; what is not needed of it is taken back."""
    if not Reward.objects.filter(posting=posting).exists():
        return None
    return _("这一笔是评议奖励，不能单独冲正。不该发的，请在项目页面“收回经费”。")


@guards("payment.approve", "payment.pay")
def last_part_after_the_review(payment: Payment) -> Sentence | None:
    """The last part of a contract is released only with a passed review of the project on file."""
    if not payment.milestone.last:
        return None
    if Review.objects.filter(project=payment.contract.project_id, state=State.PASSED).exists():
        return None
    return _("这一期是尾款，项目年终评议达标以后才能支付。评议没有达标的，先整改，再评议。")
