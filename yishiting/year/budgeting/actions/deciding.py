"""Closing a vote, the lot, departing from the result with a reason, publishing, declaring void."""

from collections.abc import Sequence
from typing import Annotated, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.closing import BEFORE_PUBLISHING, before_closing
from yishiting.ground.common.language import in_chinese
from yishiting.ground.common.parameters import Refs, Text, Wholes
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.places.organs import council_of
from yishiting.instruments.publicity.actions import post_notice
from yishiting.instruments.publicity.models import NoticeKind, PublicNotice
from yishiting.year.budgeting import rules
from yishiting.year.budgeting.actions.refusing import lot_of, refuse, usable
from yishiting.year.budgeting.models import BudgetOption, BudgetVote
from yishiting.year.budgeting.permissions import MAY
from yishiting.year.budgeting.published import result_table, rule_words
from yishiting.year.budgeting.queries import (
    ballot_file,
    count,
    file_hash,
    lot_is_known,
    options_of,
    paper_sheets,
    turnout,
)
from yishiting.year.budgeting.states import LIFECYCLE
from yishiting.year.proposals.queries import words_of
from yishiting.year.proposals.rules import whole_text


def _all_keyed(vote: BudgetVote) -> Sentence | None:
    begun = vote.batches.filter(agreed=False, keyings__set_aside=False).distinct()
    waiting = [str(number) for number in begun.values_list("number", flat=True)]
    if not waiting:
        return None
    if lot_is_known(vote):
        words = _("第%(n)s沓纸质选票没有录成两遍一致，抽签号码已经公布，不能再录。请作废，重新发起表决。")
    else:
        words = _("第%(n)s沓纸质选票还没有录成两遍一致。请先录完再截止。")
    return words % {"n": "、".join(waiting)}


def _no_more_than_issued(vote: BudgetVote) -> Sentence | None:
    issued, returned = turnout(vote)["paper"], paper_sheets(vote)
    if returned <= issued:
        return None
    words = _(
        "录入的纸质选票有%(r)s张，多于名册上登记领取的%(i)s张。请核对名册，补登领取的人；核对不上的，请作废，重新发起表决。"
    )
    return words % {"r": returned, "i": issued}


def _as_put_up(vote: BudgetVote) -> Sentence | None:
    """Every option says what it said when it was put on the ballot: its title and all its words."""
    changed = [str(one.number) for one in options_of(vote) if _reads_otherwise(one)]
    if not changed:
        return None
    return _("第%(n)s项的案由或文本和发起表决时的不一样，不能得出结果。请作废，重新发起表决。") % {
        "n": "、".join(changed)
    }


def _reads_otherwise(option: BudgetOption) -> bool:
    now = option.proposal
    return option.title != now.title or bool(option.text and option.text != whole_text(words_of(now)))


@verb(
    "budget_vote.close",
    _("截止预算表决"),
    MAY,
    before=lambda vote: before_closing(vote.closes, _("随即按规则得出结果。")),
    done=_("已截止，结果在下面。请核对后公布。"),
    conditions=(_all_keyed, _no_more_than_issued, _as_put_up),
)
def close_vote(vote: BudgetVote, *, by: Actor) -> BudgetVote:
    """End the vote and count by its rule; for every option that lost, the reason and what would have changed it."""
    LIFECYCLE.advance(vote, "budget_vote.close")
    result = usable(lambda: count(vote))
    if not result["voters"]:
        raise Refused(_("还没有一张选了项目的选票，不能得出结果。请先请人投票，或作废这次表决。"))
    vote.closed_on = timezone.localdate()
    vote.options.update(live=False)
    _keep_result(vote, result)
    return vote


def _waits_for_the_lot(vote: BudgetVote) -> Sentence | None:
    if not rules.undecided(vote.result):
        return _("没有需要抽签的并列。")
    return None if lot_is_known(vote) else _("号码要到事先公布的日期才有，还不能抽签。")


NUMBERS = Wholes(_("公布的号码"), several=50, hint=_("照公布的写，用空格隔开，例如：7 0 3"))


@verb(
    "budget_vote.draw_lot",
    _("抽签定先后"),
    MAY,
    before=lambda vote: _("号码来源：%(source)s。") % {"source": vote.lot_source},
    done=_("已按公布的号码定出先后。"),
    conditions=(_waits_for_the_lot,),
)
def draw_lot(vote: BudgetVote, *, by: Actor, numbers: Annotated[Sequence[int], NUMBERS]) -> BudgetVote:
    """Settle the ties by the numbers announced when the vote was opened."""
    vote.lot, order = usable(lambda: rules.drawn(lot_of(vote, options_of(vote), numbers)))
    _keep_result(vote, usable(lambda: count(vote, order)), numbers=sorted(numbers))
    return vote


def _won(vote: BudgetVote) -> list[Any]:
    return list(vote.options.filter(number__in=vote.result.get("winners", [])).values_list("pk", flat=True))


INSTEAD = Refs(
    _("决定办理的项目"),
    lambda vote: BudgetOption.objects.filter(vote=vote),
    called=lambda one: f"{one.number}. {one.title}",
    initial=_won,
)
WHY_OTHERWISE = Text(
    _("为什么不按表决结果办"),
    hint=_("会和两个结果一起公开。"),
    missing=_("不按表决结果办，要写明理由；理由会公开。"),
)


@verb(
    "budget_vote.override",
    _("调整表决结果"),
    MAY,
    done=_("已记录，两个结果和理由会一起公布。"),
    kind="danger",
)
def override_vote(
    vote: BudgetVote,
    *,
    by: Actor,
    winners: Annotated[Sequence[BudgetOption], INSTEAD],
    reason: Annotated[str, WHY_OTHERWISE],
) -> BudgetVote:
    """Decide otherwise than the vote came out, within the money and with a public reason; both results stay."""
    chosen, costs = sorted(one.number for one in winners), [one.cost for one in winners]
    refuse(rules.why_not_afford(costs, vote.budget), "winners")
    if sorted(map(str, chosen)) == sorted(vote.result.get("winners", [])):
        raise Refused(_("这与表决结果一样，不用调整。"), field="winners")
    vote.override, vote.override_reason = {"winners": chosen, "cost": sum(costs)}, reason
    vote.save(update_fields=["override", "override_reason"])
    write_entry(
        vote, rules=vote.rules_label, private={"reason": reason}, by_vote=vote.result["winners"], instead=chosen
    )
    return vote


def _is_decided(vote: BudgetVote) -> Sentence | None:
    tied = vote.result and rules.undecided(vote.result)
    return _("有并列还没有定先后，请先按公布的号码抽签，再公布结果。") if tied else None


@verb(
    "budget_vote.publish",
    _("公布预算表决结果"),
    MAY,
    before=BEFORE_PUBLISHING,
    done=_("结果已公布，并贴上公告栏。"),
    conditions=(_is_decided,),
)
def publish_vote(vote: BudgetVote, *, by: Actor) -> BudgetVote:
    """Make the result public: the winners in order, the reason for every other option, the ballots without names."""
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
        issuer=council_of(vote.place, None),
        subject=vote,
    )


WHY = Text(_("为什么作废"), rows=3, missing=_("请写明为什么作废。"))


@verb("budget_vote.void", _("预算表决作废"), MAY, done=_("这次表决已作废，原因已记录。"), kind="danger")
def void_vote(vote: BudgetVote, *, by: Actor, reason: Annotated[str, WHY]) -> BudgetVote:
    """Declare a vote void with the reason; it stays on file and counts for nothing."""
    LIFECYCLE.advance(vote, "budget_vote.void")
    vote.void_reason = reason
    vote.save(update_fields=["state", "void_reason"])
    vote.options.update(live=False)
    write_entry(vote, private={"reason": reason})
    return vote


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
