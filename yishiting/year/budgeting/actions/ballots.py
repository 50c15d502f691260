"""Ballots: one person one vote, on the phone or on paper keyed by two people."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.refused import Refused, WrongState
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.year.budgeting import rules
from yishiting.year.budgeting.actions.refusing import refuse
from yishiting.year.budgeting.models import (
    BatchKeying,
    BudgetBallot,
    BudgetVote,
    PaperBatch,
    Voter,
    Way,
)
from yishiting.year.budgeting.permissions import MAY
from yishiting.year.budgeting.queries import (
    keying_bundle,
    latest_keyings,
)
from yishiting.year.budgeting.rules import Bundle
from yishiting.year.budgeting.states import LIFECYCLE


@verb("budget_ballot.issue", "登记领取纸质选票", MAY)
def issue_ballot(voter: Voter, *, by: Actor) -> Voter:
    """Tick somebody on the register who takes a paper ballot; from then on they cannot vote on the phone."""
    vote = voter.vote
    LIFECYCLE.advance(vote, "budget_ballot.issue")
    _before_the_lot(vote)
    if voter.way != Way.NOT_YET:
        raise WrongState(_("%(name)s已经%(way)s，不能再领。") % {"name": voter.name, "way": voter.get_way_display()})
    voter.way = Way.PAPER
    voter.save(update_fields=["way"])
    write_entry(voter, vote=str(vote.pk))
    return voter


@verb("budget_ballot.cast", "手机投票", MAY)
def cast_ballot(voter: Voter, *, by: Actor, choices: Sequence[int]) -> BudgetBallot:
    """A representative marks the projects on their own phone, once; an open roll call, published without names."""
    vote = voter.vote
    LIFECYCLE.advance(vote, "budget_ballot.cast")
    if timezone.localdate() > vote.closes:
        raise WrongState(_("已经截止，不能再投票。"))
    if voter.way == Way.PHONE:
        raise WrongState(_("您已经投过票，一人一票。"))
    if voter.way == Way.PAPER:
        raise WrongState(_("您已经领取纸质选票，请投纸质票，一人一票。"))
    known = list(vote.options.values_list("number", flat=True))
    if not choices:
        raise Refused(_("请至少选一项。"), field="choices")
    refuse(rules.why_not_choices(choices, known, vote.rule["choices_most"]), "choices")
    ballot = BudgetBallot.objects.create(voter=voter, choices=sorted(choices))
    voter.way = Way.PHONE
    voter.save(update_fields=["way"])
    write_entry(voter, private={"choices": rules.said(ballot.choices)}, vote=str(vote.pk))
    return ballot


@verb("budget_ballot.enter_paper", "录入纸质选票", MAY)
def enter_paper(vote: BudgetVote, *, by: Person, number: int, bundle: Bundle) -> PaperBatch:
    """Key in one bundle of paper ballots; it counts once two people have keyed the same."""
    LIFECYCLE.advance(vote, "budget_ballot.enter_paper")
    _before_the_lot(vote)
    known = list(vote.options.values_list("number", flat=True))
    refuse(rules.why_not_bundle(bundle, known, vote.rule["choices_most"]), "ballots")
    batch, _made = PaperBatch.objects.get_or_create(vote=vote, number=number)
    if batch.agreed:
        raise WrongState(_("第%(n)s沓两遍已经一致，不用再录。") % {"n": number})
    nth = batch.keyings.count() + 1
    BatchKeying.objects.create(batch=batch, entered_by=by, nth=nth, ballots=bundle.as_list(), invalid=bundle.invalid)
    _compare(batch)
    write_entry(vote, batch=number, nth=nth, sheets=bundle.sheets, agreed=batch.agreed)
    return batch


def _before_the_lot(vote: BudgetVote) -> None:
    if timezone.localdate() >= vote.lot_day:
        raise WrongState(_("抽签号码已经公布，选票不能再进来了。"))


def _compare(batch: PaperBatch) -> None:
    last = latest_keyings(list(batch.keyings.all()))
    if len(last) < 2 or rules.bundle_differences(*map(keying_bundle, last)):  # noqa: PLR2004 - a pair
        return
    batch.agreed, batch.ballots, batch.invalid = True, last[1].ballots, last[1].invalid
    batch.save(update_fields=["agreed", "ballots", "invalid"])
