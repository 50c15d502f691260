"""Who runs the review: the desk of the place, in the season of review; the ballots are the residents'.

A third party sees the one project it was asked about, until its day.
"""

from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.days import said
from yishiting.ground.common.predicates import Permissions, Predicate, Question, Sentence
from yishiting.ground.files.permissions import read_by
from yishiting.ground.organisations.permissions import at_desk, reads_here
from yishiting.ground.seasons.permissions import in_its_season
from yishiting.year.evaluation.models import ThirdParty
from yishiting.year.evaluation.states import ThirdPartyState
from yishiting.year.spending.permissions import keeps_accounts_here_or_above

in_season = in_its_season("review.list")


def _is_asked(ask: Question) -> bool:
    one = ask.thing
    if not isinstance(one, ThirdParty) or not isinstance(ask.actor, Person) or ask.actor.pk != one.evaluator_id:
        return False
    return one.state != ThirdPartyState.WITHDRAWN and ask.today <= one.until


def _not_asked(ask: Question) -> Sentence:
    one = ask.thing
    mine = isinstance(one, ThirdParty) and isinstance(ask.actor, Person) and ask.actor.pk == one.evaluator_id
    if mine and one.state != ThirdPartyState.WITHDRAWN:
        return _("评价到%(day)s为止，已经过了，这个项目的材料不再开放。") % {"day": said(one.until, "plain")}
    return _("这里由受邀评价这个项目的第三方查看和办理。")


the_evaluator = Predicate(_is_asked, _("受邀的第三方（到期为止）"), _not_asked)
reads_evaluation = the_evaluator | reads_here

MAY: Permissions = {
    "review.list": at_desk & in_season,
    "review.take_vote": at_desk,
    "review.declare": at_desk,
    "review.publicise": at_desk,
    "third_party.invite": at_desk,
    "third_party.hand_in": the_evaluator,
    "third_party.withdraw": at_desk,
    "reward.make": keeps_accounts_here_or_above,
}

read_by(reads_evaluation, ThirdParty)
