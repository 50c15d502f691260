"""Closing a round, the lot, publishing, declaring void."""

from collections.abc import Sequence
from typing import Annotated, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.closing import BEFORE_PUBLISHING, before_closing
from yishiting.ground.common.language import in_chinese
from yishiting.ground.common.parameters import Text, Wholes
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.places.organs import council_of
from yishiting.instruments.publicity.actions import post_notice
from yishiting.instruments.publicity.models import NoticeKind, PublicNotice
from yishiting.methods.lot import order
from yishiting.year.scoring import rules
from yishiting.year.scoring.actions.refusing import usable
from yishiting.year.scoring.models import ScoreRound
from yishiting.year.scoring.permissions import MAY
from yishiting.year.scoring.published import result_table
from yishiting.year.scoring.queries import count, lot_is_known, unsettled
from yishiting.year.scoring.states import LIFECYCLE


def _all_keyed(score_round: ScoreRound) -> Sentence | None:
    waiting = unsettled(score_round)
    if not waiting:
        return None
    if lot_is_known(score_round):
        words = _("%(names)s的纸质评分表没有录成两遍一致，抽签号码已经公布，不能再录。请作废，重新发起打分。")
    else:
        words = _("%(names)s的纸质评分表还没有录成两遍一致。请先录完再截止。")
    return words % {"names": "、".join(one.judge.representative.name for one in waiting)}


@verb(
    "score_round.close",
    _("截止打分"),
    MAY,
    before=lambda score_round: before_closing(score_round.closes, _("随即按规则得出结果。")),
    done=_("已截止，结果在下面。请核对后公布。"),
    conditions=(_all_keyed,),
)
def close_round(score_round: ScoreRound, *, by: Actor) -> ScoreRound:
    """End the scoring and count: the order, the spread, the line and the warnings by the rule of the round."""
    LIFECYCLE.advance(score_round, "score_round.close")
    result = usable(lambda: count(score_round))
    if not any(row.sheets for row in result.rows):
        raise Refused(_("还没有一份有效的评分表，不能得出结果。请先录入评分表，或作废这次打分。"))
    score_round.result, score_round.closed_on = result.as_dict(), timezone.localdate()
    score_round.save(update_fields=["state", "result", "closed_on"])
    score_round.scored.update(live=False)
    _record_result(score_round)
    return score_round


def _is_tied(score_round: ScoreRound) -> bool:
    return bool(score_round.result.get("tied")) and not score_round.result["lot"]


def _waits_for_the_lot(score_round: ScoreRound) -> Sentence | None:
    if not _is_tied(score_round):
        return _("入围线上没有并列，或已经抽过签，不用抽签。")
    if score_round.lot_day is None:
        return _("发起时没有公布抽签办法，不能抽签。请作废后重新发起。")
    return None if lot_is_known(score_round) else _("号码要到事先公布的日期才有，还不能抽签。")


def _before_the_lot(score_round: ScoreRound) -> Sentence:
    told = {"names": "、".join(score_round.result.get("tied", [])), "source": score_round.lot_source}
    return _("并列：%(names)s。号码来源：%(source)s。") % told


NUMBERS = Wholes(_("公布的号码"), several=50, hint=_("照公布的写，用空格隔开，例如：7 0 3"))


@verb(
    "score_round.draw_lot",
    _("抽签定先后"),
    MAY,
    before=_before_the_lot,
    done=_("已按公布的号码定出先后。"),
    conditions=(_waits_for_the_lot,),
)
def draw_lot(score_round: ScoreRound, *, by: Actor, numbers: Annotated[Sequence[int], NUMBERS]) -> ScoreRound:
    """Settle equals at the funding line by the numbers announced when the round was opened."""
    labels = [one.label for one in score_round.scored.all()]
    day = score_round.lot_day.isoformat() if score_round.lot_day is not None else ""
    lot = rules.the_lot(score_round.title, labels, score_round.lot_source, day, numbers)
    score_round.lot = usable(lambda: rules.drawn(lot))
    drawn = order(lot.title, lot.names, lot.sources)
    score_round.result = usable(lambda: count(score_round, drawn)).as_dict()
    score_round.save(update_fields=["lot", "result"])
    _record_result(score_round, numbers=sorted(numbers))
    return score_round


def _is_decided(score_round: ScoreRound) -> Sentence | None:
    return _("入围线上有并列，请先按公布的号码抽签，再公布结果。") if _is_tied(score_round) else None


@verb(
    "score_round.publish",
    _("公布打分结果"),
    MAY,
    before=BEFORE_PUBLISHING,
    done=_("结果已公布，并贴上公告栏。"),
    conditions=(_is_decided,),
)
def publish_round(score_round: ScoreRound, *, by: Actor) -> ScoreRound:
    """Make the result public with counts and spread beside every figure and no judge's name."""
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
        issuer=council_of(score_round.place, None),
        subject=score_round,
    )


WHY = Text(_("为什么作废"), rows=3, missing=_("请写明为什么作废。"))


@verb("score_round.void", _("打分作废"), MAY, done=_("这次打分已作废，原因已记录。"), kind="danger")
def void_round(score_round: ScoreRound, *, by: Actor, reason: Annotated[str, WHY]) -> ScoreRound:
    """Declare a round void with the reason; it stays on file and counts for nothing."""
    LIFECYCLE.advance(score_round, "score_round.void")
    score_round.void_reason = reason
    score_round.save(update_fields=["state", "void_reason"])
    score_round.scored.update(live=False)
    write_entry(score_round, private={"reason": reason})
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
