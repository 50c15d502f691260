"""Ballots: one person one vote, on the phone or on paper keyed by two people."""

import json
from collections.abc import Sequence
from typing import Annotated

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.names import same_name, unit_key
from yishiting.ground.common.parameters import Given, Whole, Wholes, line
from yishiting.ground.common.people_parameters import Name
from yishiting.ground.common.predicates import Sentence
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
    lot_is_known,
    sheets_beside,
    turnout,
)
from yishiting.year.budgeting.rules import Bundle
from yishiting.year.budgeting.states import LIFECYCLE


def _takes_paper(vote: BudgetVote) -> Sentence | None:
    return _("抽签号码已经公布，选票不能再进来了。") if lot_is_known(vote) else None


def _may_have_paper(voter: Voter) -> Sentence | None:
    if refusal := LIFECYCLE.why_not(voter.vote, "budget_ballot.issue") or _takes_paper(voter.vote):
        return refusal
    if voter.way == Way.NOT_YET:
        return None
    return _("%(name)s已经%(way)s，不能再领。") % {"name": voter.name, "way": voter.get_way_display()}


@verb(
    "budget_ballot.issue",
    _("登记领取纸质选票"),
    MAY,
    done=lambda voter: _("%(name)s已登记领取纸质选票。") % {"name": voter.name},
    conditions=(_may_have_paper,),
)
def issue_ballot(voter: Voter, *, by: Actor) -> Voter:
    """Tick somebody on the register who takes a paper ballot; from then on they cannot vote on the phone."""
    voter.way = Way.PAPER
    voter.save(update_fields=["way"])
    write_entry(voter, vote=str(voter.vote_id))
    return voter


WHY = line(_("原因"), most=200, hint=_("例如：点错了一行"), missing=_("请写明原因，会留痕。"))


def _holds_paper(voter: Voter) -> Sentence | None:
    if refusal := LIFECYCLE.why_not(voter.vote, "budget_ballot.take_back") or _takes_paper(voter.vote):
        return refusal
    if voter.way == Way.PAPER:
        return None
    return _("%(name)s没有登记领取纸质选票。") % {"name": voter.name}


@verb(
    "budget_ballot.take_back",
    _("撤销领取登记"),
    MAY,
    before=_("只有选票没有发出去，或已经收回、没有投进票箱的，才能撤销。撤销以后可以在手机上投票。"),
    done=lambda voter: _("%(name)s的领取登记已撤销。") % {"name": voter.name},
    conditions=(_holds_paper,),
)
def take_back_ballot(voter: Voter, *, by: Actor, reason: Annotated[str, WHY]) -> Voter:
    """Take back that somebody holds a paper ballot, where the wrong line was ticked."""
    voter.way = Way.NOT_YET
    voter.save(update_fields=["way"])
    write_entry(voter, vote=str(voter.vote_id), private={"reason": reason})
    return voter


def _is_on_the_roll_alone(voter: Voter) -> Sentence | None:
    if refusal := LIFECYCLE.why_not(voter.vote, "budget_voter.correct"):
        return refusal
    if voter.representative_id is None:
        return None
    return _("%(name)s是议事代表，姓名写错了的，请在代表名册里“更正代表姓名”。") % {"name": voter.name}


@verb(
    "budget_voter.correct",
    _("更正名册"),
    MAY,
    before=_("只用来改正写错的字，或者把同名的两个人区别开，不能换人。"),
    done=_("名册已更正。"),
    conditions=(_is_on_the_roll_alone,),
)
def correct_voter(
    voter: Voter,
    *,
    by: Actor,
    name: Annotated[str, Name(_("姓名"), missing=_("请填写姓名。"))],
    unit: Annotated[str, line(_("楼院"), most=60)] = "",
    reason: Annotated[str, WHY],
) -> Voter:
    """Put right how somebody without an account is written on the register, or tell two of one name apart."""
    before = f"{voter.name} {voter.unit}".strip()
    others = [one for one in voter.vote.voters.exclude(pk=voter.pk) if same_name(one.name, name)]
    if any(one.representative_id or unit_key(one.unit) == unit_key(unit) for one in others):
        raise Refused(_("名册上已经有同名的人。请写明楼院，或在姓名后用括号注明。"), field="name")
    voter.name, voter.unit = name, unit
    voter.save(update_fields=["name", "unit"])
    write_entry(
        voter, vote=str(voter.vote_id), private={"before": before, "name": name, "unit": unit, "reason": reason}
    )
    return voter


def _has_a_vote(voter: Voter) -> Sentence | None:
    if refusal := LIFECYCLE.why_not(voter.vote, "budget_ballot.cast"):
        return refusal
    if timezone.localdate() > voter.vote.closes:
        return _("已经截止，不能再投票。")
    return {
        Way.NOT_YET: None,
        Way.PHONE: _("您已经投过票，一人一票。"),
        Way.PAPER: _("您已经领取纸质选票，请投纸质票，一人一票。"),
    }[Way(voter.way)]


CHOICES = Wholes(_("您选哪几项"), least=1, most=1000, missing=_("请至少选一项。"))


@verb(
    "budget_ballot.cast",
    _("手机投票"),
    MAY,
    done=_("您的票已投出，谢谢您。"),
    conditions=(_has_a_vote,),
    in_person=True,
)
def cast_ballot(voter: Voter, *, by: Actor, choices: Annotated[Sequence[int], CHOICES]) -> Voter:
    """A representative marks the projects on their own phone, once; an open roll call, published without names."""
    vote = voter.vote
    known = list(vote.options.values_list("number", flat=True))
    refuse(rules.why_not_choices(choices, known, vote.rule["choices_most"]), "choices")
    ballot = BudgetBallot.objects.create(voter=voter, choices=sorted(choices))
    voter.way = Way.PHONE
    voter.save(update_fields=["way"])
    write_entry(voter, private={"choices": rules.said(ballot.choices)}, vote=str(vote.pk))
    return voter


def _keyed(batch: PaperBatch) -> str:
    if batch.agreed:
        return _("第%(n)s沓两遍一致，已计入。") % {"n": batch.number}
    if batch.standing.values("entered_by").distinct().count() > 1:
        return _("第%(n)s沓两遍不一致，不一致的地方列在下面。请对照选票再录一遍。") % {"n": batch.number}
    return _("第%(n)s沓第一遍已录入。请换一位同事再录一遍。") % {"n": batch.number}


NUMBER = Whole(_("第几沓"), least=1, most=999, hint=_("把选票分成几沓，写上编号，两个人录同一沓。"))


@verb(
    "budget_ballot.enter_paper",
    _("录入纸质选票"),
    MAY,
    done=_keyed,
    conditions=(_takes_paper,),
    in_person=True,
)
def enter_paper(
    vote: BudgetVote,
    *,
    by: Person,
    number: Annotated[int, NUMBER],
    bundle: Annotated[Bundle, Given(_("选票"))],
) -> PaperBatch:
    """Key in one bundle of paper ballots; it counts once two people have keyed the same."""
    known = list(vote.options.values_list("number", flat=True))
    refuse(rules.why_not_bundle(bundle, known, vote.rule["choices_most"]), "ballots")
    refuse(_too_many(vote, number, bundle), "ballots")
    batch, _made = PaperBatch.objects.get_or_create(vote=vote, number=number)
    if batch.agreed:
        raise WrongState(_("第%(n)s沓两遍已经一致，不用再录。") % {"n": number})
    nth = batch.keyings.count() + 1
    BatchKeying.objects.create(batch=batch, entered_by=by, nth=nth, ballots=bundle.as_list(), invalid=bundle.invalid)
    _compare(batch)
    write_entry(vote, batch=number, nth=nth, sheets=bundle.sheets, agreed=batch.agreed)
    return batch


def _too_many(vote: BudgetVote, number: int, bundle: Bundle) -> str:
    """More sheets, this bundle among them, than people of the register who have not voted on the phone."""
    came = turnout(vote)
    left, total = came["all"] - came["phone"], sheets_beside(vote, number) + bundle.sheets
    if total <= left:
        return ""
    said = {"total": total, "left": left}
    return str(_("连这一沓共%(total)s张，多于名册上没有用手机投票的%(left)s人。请核对张数和名册，再录入。") % said)


@verb(
    "budget_ballot.redo_bundle",
    _("重新录入一沓选票"),
    MAY,
    done=lambda batch: _("第%(n)s沓的录入已作废，请两位同事重新录。") % {"n": batch.number},
    kind="danger",
    conditions=(_takes_paper,),
)
def redo_bundle(
    vote: BudgetVote, *, by: Actor, number: Annotated[int, NUMBER], reason: Annotated[str, WHY]
) -> PaperBatch:
    """Set the keyings of one bundle aside, also agreed ones, before the vote is closed; two people key it anew."""
    batch = vote.batches.filter(number=number).first()
    told = [[one.nth, one.ballots, one.invalid] for one in batch.standing] if batch is not None else []
    if batch is None or not told:
        raise Refused(_("第%(n)s沓还没有录入。") % {"n": number}, field="number")
    batch.keyings.update(set_aside=True)
    batch.agreed, batch.ballots, batch.invalid = False, [], 0
    batch.save(update_fields=["agreed", "ballots", "invalid"])
    write_entry(vote, batch=number, nth=len(told), private={"reason": reason, "ballots": json.dumps(told)})
    return batch


def _compare(batch: PaperBatch) -> None:
    last = latest_keyings(list(batch.standing))
    if len(last) < 2 or rules.bundle_differences(*map(keying_bundle, last)):  # noqa: PLR2004 - a pair
        return
    batch.agreed, batch.ballots, batch.invalid = True, last[1].ballots, last[1].invalid
    batch.save(update_fields=["agreed", "ballots", "invalid"])
