"""Closing a round, the lot, publishing, declaring void."""

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
from yishiting.methods.lot import order
from yishiting.year.scoring import rules
from yishiting.year.scoring.actions.refusing import usable
from yishiting.year.scoring.models import ScoreRound
from yishiting.year.scoring.permissions import MAY
from yishiting.year.scoring.published import result_table
from yishiting.year.scoring.queries import count, unsettled
from yishiting.year.scoring.states import LIFECYCLE


@verb("score_round.close", "截止打分", MAY)
def close_round(score_round: ScoreRound, *, by: Actor) -> ScoreRound:
    """End the scoring and count: the order, the spread, the line and the warnings by the rule of the round."""
    if waiting := unsettled(score_round):
        names = "、".join(one.judge.representative.name for one in waiting)
        raise Refused(_("%(names)s的纸质评分表还没有录成两遍一致。请先录完再截止。") % {"names": names})
    LIFECYCLE.advance(score_round, "score_round.close")
    result = usable(lambda: count(score_round))
    if not any(row.sheets for row in result.rows):
        raise Refused(_("还没有一份有效的评分表，不能得出结果。"))
    score_round.result, score_round.closed_on = result.as_dict(), timezone.localdate()
    score_round.save(update_fields=["state", "result", "closed_on"])
    score_round.scored.update(live=False)
    _record_result(score_round)
    return score_round


@verb("score_round.draw_lot", "抽签定先后", MAY)
def draw_lot(score_round: ScoreRound, *, by: Actor, numbers: Sequence[int]) -> ScoreRound:
    """Settle equals at the funding line by the numbers announced when the round was opened."""
    LIFECYCLE.advance(score_round, "score_round.draw_lot")
    if not score_round.result["tied"] or score_round.result["lot"]:
        raise WrongState(_("入围线上没有并列，或已经抽过签，不用抽签。"))
    if score_round.lot_day is None:
        raise WrongState(_("发起时没有公布抽签办法，不能抽签。请作废后重新发起。"))
    if timezone.localdate() < score_round.lot_day:
        raise WrongState(_("号码要到事先公布的日期才有，还不能抽签。"))
    labels = [one.label for one in score_round.scored.all()]
    lot = rules.the_lot(
        score_round.title, labels, score_round.lot_source, score_round.lot_day.isoformat(), list(numbers)
    )
    score_round.lot = usable(lambda: rules.drawn(lot))
    drawn = order(lot.title, lot.names, lot.sources)
    score_round.result = usable(lambda: count(score_round, drawn)).as_dict()
    score_round.save(update_fields=["state", "lot", "result"])
    _record_result(score_round, numbers=sorted(numbers))
    return score_round


@verb("score_round.publish", "公布打分结果", MAY)
def publish_round(score_round: ScoreRound, *, by: Actor) -> ScoreRound:
    """Make the result public with counts and spread beside every figure and no judge's name."""
    if score_round.result.get("tied") and not score_round.result["lot"]:
        raise Refused(_("入围线上有并列，请先按公布的号码抽签，再公布结果。"))
    LIFECYCLE.advance(score_round, "score_round.publish")
    score_round.notice, score_round.published_on = _result_notice(score_round, by), timezone.localdate()
    score_round.save(update_fields=["state", "notice", "published_on"])
    write_entry(score_round, rules=score_round.rules_label, notice=str(score_round.notice.pk))
    return score_round


@in_chinese
def _result_notice(score_round: ScoreRound, by: Actor) -> PublicNotice:
    return post_notice(
        score_round.place,
        by=by,
        kind=NoticeKind.ANNOUNCEMENT,
        title=f"{score_round.title}结果",
        body=f"在任议事代表对下列建议案打分，得分的算法：{score_round.method_name}。打分结果供协商时参考。",
        table=result_table(score_round),
        subject=score_round,
    )


@verb("score_round.void", "打分作废", MAY)
def void_round(score_round: ScoreRound, *, by: Actor, reason: str) -> ScoreRound:
    """Declare a round void with the reason; it stays on file and counts for nothing."""
    if not reason.strip():
        raise Refused(_("请写明为什么作废。"), field="reason")
    LIFECYCLE.advance(score_round, "score_round.void")
    score_round.void_reason = reason.strip()
    score_round.save(update_fields=["state", "void_reason"])
    score_round.scored.update(live=False)
    write_entry(score_round, private={"reason": reason.strip()})
    return score_round


def _record_result(score_round: ScoreRound, **facts: Any) -> None:
    rows, number = score_round.result["rows"], dict(score_round.scored.values_list("label", "proposal__number"))
    write_entry(
        score_round,
        rules=score_round.rules_label,
        order=[
            [row["place"], number[row["project"]], row["figure"] and row["figure"]["exact"], row["sheets"]]
            for row in rows
        ],
        tied=[number[label] for label in score_round.result["tied"]],
        warnings=len(score_round.result["warnings"]),
        **facts,
    )
