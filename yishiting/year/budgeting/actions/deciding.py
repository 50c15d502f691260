"""Closing a vote, the lot, departing from the result with a reason, publishing, declaring void."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.language import in_chinese
from yishiting.ground.common.refused import Refused, WrongState
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.instruments.publicity.actions import post_notice
from yishiting.instruments.publicity.models import NoticeKind, PublicNotice
from yishiting.year.budgeting import rules
from yishiting.year.budgeting.actions.refusing import lot_of, refuse, usable
from yishiting.year.budgeting.models import (
    BudgetVote,
)
from yishiting.year.budgeting.permissions import MAY
from yishiting.year.budgeting.published import result_table, rule_words
from yishiting.year.budgeting.queries import (
    ballot_file,
    batches_of,
    count,
    file_hash,
    options_of,
    paper_sheets,
    turnout,
)
from yishiting.year.budgeting.states import LIFECYCLE


@verb("budget_vote.close", "截止预算表决", MAY)
def close_vote(vote: BudgetVote, *, by: Actor) -> BudgetVote:
    """End the vote and count by its rule; for every option that lost, the reason and what would have changed it."""
    _fit_to_close(vote)
    LIFECYCLE.advance(vote, "budget_vote.close")
    result = usable(lambda: count(vote))
    if not result["voters"]:
        raise Refused(_("还没有一张选了项目的选票，不能得出结果。"))
    vote.closed_on = timezone.localdate()
    vote.options.update(live=False)
    _keep_result(vote, result)
    return vote


@verb("budget_vote.draw_lot", "抽签定先后", MAY)
def draw_lot(vote: BudgetVote, *, by: Actor, numbers: Sequence[int]) -> BudgetVote:
    """Settle the ties by the numbers announced when the vote was opened."""
    LIFECYCLE.advance(vote, "budget_vote.draw_lot")
    if not rules.undecided(vote.result):
        raise WrongState(_("没有需要抽签的并列。"))
    if timezone.localdate() < vote.lot_day:
        raise WrongState(_("号码要到事先公布的日期才有，还不能抽签。"))
    vote.lot, order = usable(lambda: rules.drawn(lot_of(vote, options_of(vote), numbers)))
    _keep_result(vote, usable(lambda: count(vote, order)), numbers=sorted(numbers))
    return vote


@verb("budget_vote.override", "调整表决结果", MAY)
def override_vote(vote: BudgetVote, *, by: Actor, winners: Sequence[int], reason: str) -> BudgetVote:
    """Decide otherwise than the vote came out, within the money and with a public reason; both results stay."""
    costs = dict(vote.options.values_list("number", "cost"))
    refuse(*rules.why_not_override(winners, costs, vote.budget, reason))
    if sorted(set(map(str, winners))) == sorted(vote.result.get("winners", [])):
        raise Refused(_("这与表决结果一样，不用调整。"), field="winners")
    LIFECYCLE.advance(vote, "budget_vote.override")
    chosen = sorted(set(winners))
    vote.override = {"winners": chosen, "cost": sum(costs[number] for number in chosen)}
    vote.override_reason = reason.strip()
    vote.save(update_fields=["state", "override", "override_reason"])
    write_entry(
        vote,
        rules=vote.rules_label,
        private={"reason": vote.override_reason},
        by_vote=vote.result["winners"],
        instead=chosen,
    )
    return vote


@verb("budget_vote.publish", "公布预算表决结果", MAY)
def publish_vote(vote: BudgetVote, *, by: Actor) -> BudgetVote:
    """Make the result public: the winners in order, the reason for every other option, the ballots without names."""
    if rules.undecided(vote.result):
        raise Refused(_("有并列还没有定先后，请先按公布的号码抽签，再公布结果。"))
    LIFECYCLE.advance(vote, "budget_vote.publish")
    vote.notice, vote.published_on = _result_notice(vote, by), timezone.localdate()
    vote.save(update_fields=["state", "notice", "published_on"])
    write_entry(vote, rules=vote.rules_label, notice=str(vote.notice.pk), file=vote.file_hash)
    return vote


@in_chinese
def _result_notice(vote: BudgetVote, by: Actor) -> PublicNotice:
    text = f"计票规则：{rule_words(vote)}。本次表决供协商和决策参考。"
    if vote.override:
        text += f"经研究，没有完全按表决结果办理，理由：{vote.override_reason}"
    return post_notice(
        vote.place,
        by=by,
        kind=NoticeKind.ANNOUNCEMENT,
        title=f"{vote.title}结果",
        body=text,
        table=result_table(vote),
        subject=vote,
    )


@verb("budget_vote.void", "预算表决作废", MAY)
def void_vote(vote: BudgetVote, *, by: Actor, reason: str) -> BudgetVote:
    """Declare a vote void with the reason; it stays on file and counts for nothing."""
    if not reason.strip():
        raise Refused(_("请写明为什么作废。"), field="reason")
    LIFECYCLE.advance(vote, "budget_vote.void")
    vote.void_reason = reason.strip()
    vote.save(update_fields=["state", "void_reason"])
    vote.options.update(live=False)
    write_entry(vote, private={"reason": vote.void_reason})
    return vote


def _fit_to_close(vote: BudgetVote) -> None:
    waiting = [str(one.batch.number) for one in batches_of(vote) if not one.batch.agreed]
    if waiting:
        raise Refused(_("第%(n)s沓纸质选票还没有录成两遍一致。请先录完再截止。") % {"n": "、".join(waiting)})
    issued, returned = turnout(vote)["paper"], paper_sheets(vote)
    if returned > issued:
        raise Refused(
            _("录入的纸质选票有%(r)s张，多于名册上登记领取的%(i)s张。请核对名册和选票。") % {"r": returned, "i": issued}
        )


def _keep_result(vote: BudgetVote, result: rules.Record, **facts: Any) -> None:
    vote.result = result
    vote.file_hash = file_hash(ballot_file(vote))
    vote.save(update_fields=["state", "result", "lot", "closed_on", "file_hash"])
    write_entry(
        vote,
        rules=vote.rules_label,
        winners=result["winners"],
        votes=result["votes"],
        ballots=[result["voters"], result["blank"]],
        undecided=rules.undecided(result),
        file=vote.file_hash,
        **facts,
    )
