"""Who opens a budget vote, who is on the register, who keys in paper, who may depart from the result."""

from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.predicates import Permissions, Predicate, Question
from yishiting.ground.files.permissions import read_by
from yishiting.ground.organisations.permissions import at_desk, leads_here, reads_here
from yishiting.instruments.ballots.permissions import counts_here
from yishiting.year.budgeting.models import BudgetVote
from yishiting.year.councils.permissions import represents_here


def _is_the_voter(ask: Question) -> bool:
    return isinstance(ask.actor, Person) and getattr(ask.thing, "person_id", None) == ask.actor.pk


the_voter = Predicate(
    _is_the_voter, _("名册上的代表本人"), _("这是别人的选票。请从“代表”里自己的表决进入。")
) & represents_here  # fmt: skip

MAY: Permissions = {
    "budget_vote.open": at_desk,
    "budget_ballot.issue": at_desk,
    "budget_ballot.take_back": at_desk,
    "budget_ballot.redo_bundle": at_desk,
    "budget_voter.correct": at_desk,
    "budget_ballot.cast": the_voter,
    "budget_ballot.enter_paper": counts_here,
    "budget_vote.close": at_desk,
    "budget_vote.draw_lot": at_desk,
    "budget_vote.override": leads_here,
    "budget_vote.publish": leads_here,
    "budget_vote.void": leads_here,
}

read_by(reads_here, BudgetVote)
