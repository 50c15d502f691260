"""Who opens a score round, who scores, who keys in paper sheets, who publishes."""

from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.predicates import Permissions, Predicate, Question
from yishiting.ground.files.permissions import read_by
from yishiting.ground.organisations.permissions import at_desk, leads_here, reads_here
from yishiting.instruments.ballots.permissions import counts_here
from yishiting.year.councils.permissions import represents_here
from yishiting.year.scoring.models import ScoreRound


def _is_the_judge(ask: Question) -> bool:
    return isinstance(ask.actor, Person) and getattr(ask.thing, "person_id", None) == ask.actor.pk


the_judge = Predicate(
    _is_the_judge, _("评委本人"), _("这是别人的评分表。请从“代表”里自己的打分进入。")
) & represents_here  # fmt: skip

MAY: Permissions = {
    "score_round.open": at_desk,
    "score_sheet.enter": the_judge | counts_here,
    "score_sheet.recuse": the_judge | counts_here,
    "score_round.close": at_desk,
    "score_round.draw_lot": at_desk,
    "score_round.publish": leads_here,
    "score_round.void": leads_here,
}

read_by(reads_here, ScoreRound)
