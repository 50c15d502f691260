"""Opening a round, entering and recusing, closing, the lot, publishing, declaring void."""

import json
import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.refused import NotAllowed, Refused, WrongState
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import record
from yishiting.ground.notices.actions import tell
from yishiting.ground.places.models import Place
from yishiting.ground.seasons.queries import rules_for
from yishiting.instruments.publicity.actions import post_notice
from yishiting.instruments.publicity.models import NoticeKind
from yishiting.methods.errors import Unusable
from yishiting.methods.lot import order
from yishiting.year.councils.queries import serving_here
from yishiting.year.meetings.models import Meeting
from yishiting.year.proposals.models import Proposal
from yishiting.year.scoring import rules
from yishiting.year.scoring.models import Judge, Keying, Origin, ScoredProposal, ScoreRound, ScoreSheet
from yishiting.year.scoring.permissions import MAY
from yishiting.year.scoring.published import result_table
from yishiting.year.scoring.queries import count, latest_keyings, lines_of, unsettled
from yishiting.year.scoring.rules import Line, Lines, rule_of
from yishiting.year.scoring.states import LIFECYCLE

T = TypeVar("T")
FEWEST_PROPOSALS = 2  # an order needs two


@verb("score_round.open", "发起打分", MAY)
def open_round(
    place: Place,
    *,
    by: Actor,
    title: str,
    proposals: Sequence[Proposal],
    closes: date,
    meeting: Meeting | None = None,
    purpose: str = "",
    funded: int | None = None,
    lot_source: str = "",
    lot_day: date | None = None,
) -> ScoreRound:
    """Put several proposals before the serving representatives to be scored under the rulebook's criteria."""
    today, book = timezone.localdate(), rules_for(place)
    _fit_to_open(place, proposals, meeting, funded, lot_source, lot_day)
    wrong, field = rules.why_not_days(closes, today, lot_day)
    if wrong:
        raise Refused(wrong, field=field)
    made = ScoreRound.objects.create(
        place=place,
        meeting=meeting,
        title=title,
        purpose=purpose,
        opened_on=today,
        closes=closes,
        rule=_usable(lambda: rules.rule_record(book, funded)),
        lot_source=lot_source,
        lot_day=lot_day,
        rules_label=book.label,
    )
    scored, judges = _fill(made, proposals, today)
    _announce_lot(made, scored)
    _tell_judges(made, judges)
    record(
        made,
        rules=book.label,
        proposals=[one.number for one in proposals],
        judges=len(judges),
        method=made.rule["method"],
        funded=funded,
        closes=closes.isoformat(),
        lot=made.lot.get("fingerprint", ""),
    )
    return made


@verb("score_sheet.enter", "录入评分表", MAY)
def enter_sheet(judge: Judge, *, by: Person, lines: Mapping[str, Line], origin: Origin, reason: str = "") -> Judge:
    """Take in a judge's marks: the judge's own on a phone, or a paper sheet keyed by one person and then another."""
    score_round = _held(judge)
    LIFECYCLE.advance(score_round, "score_sheet.enter")
    known = {str(one.pk): one for one in score_round.scored.all()}
    given = {key: line for key, line in lines.items() if not line.blank}
    _check_lines(score_round, known, given, whole=origin == Origin.PHONE)
    if origin == Origin.PHONE:
        _from_phone(judge, by, known, given)
    else:
        _from_paper(judge, by, known, given, reason.strip())
    kept = json.dumps({known[key].label: line.as_dict() for key, line in given.items()}, ensure_ascii=False)
    record(judge, private={"marks": kept}, round=str(score_round.pk), origin=str(origin), lines=len(given))
    return judge


@verb("score_sheet.recuse", "回避打分", MAY)
def recuse(judge: Judge, *, by: Actor, scored: ScoredProposal, reason: str) -> ScoreSheet:
    """Note that a judge stands aside on one proposal, with the reason; marks given to it before do not count."""
    score_round = _held(judge)
    LIFECYCLE.advance(score_round, "score_sheet.recuse")
    if scored.round_id != score_round.pk:
        raise Refused(_("这份建议案不在这次打分里。"), field="scored")
    if not reason.strip():
        raise Refused(_("请写明与这件事有什么利害关系，例如：本人就是申请人。"), field="reason")
    own = getattr(by, "pk", None) == judge.person_id
    sheet = _keep(judge, scored, Line((), recused=True), Origin.PHONE if own else Origin.PAPER, reason.strip())
    record(judge, private={"reason": reason.strip()}, round=str(score_round.pk), proposal=str(scored.proposal_id))
    return sheet


@verb("score_round.close", "截止打分", MAY)
def close_round(score_round: ScoreRound, *, by: Actor) -> ScoreRound:
    """End the scoring and count: the order, the spread, the line and the warnings by the rule of the round."""
    if waiting := unsettled(score_round):
        names = "、".join(one.judge.representative.name for one in waiting)
        raise Refused(_("%(names)s的纸质评分表还没有录成两遍一致。请先录完再截止。") % {"names": names})
    LIFECYCLE.advance(score_round, "score_round.close")
    result = _usable(lambda: count(score_round))
    if not any(row.sheets for row in result.rows):
        raise Refused(_("还没有一份有效的评分表，不能得出结果。"))
    score_round.result, score_round.closed_on = result.as_dict(), timezone.localdate()
    score_round.save(update_fields=["state", "result", "closed_on"])
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
    score_round.lot = _usable(lambda: rules.drawn(lot))
    drawn = order(lot.title, lot.names, lot.sources)
    score_round.result = _usable(lambda: count(score_round, drawn)).as_dict()
    score_round.save(update_fields=["state", "lot", "result"])
    _record_result(score_round, numbers=sorted(numbers))
    return score_round


@verb("score_round.publish", "公布打分结果", MAY)
def publish_round(score_round: ScoreRound, *, by: Actor) -> ScoreRound:
    """Make the result public with counts and spread beside every figure and no judge's name."""
    if score_round.result.get("tied") and not score_round.result["lot"]:
        raise Refused(_("入围线上有并列，请先按公布的号码抽签，再公布结果。"))
    LIFECYCLE.advance(score_round, "score_round.publish")
    notice = post_notice(
        score_round.place,
        by=by,
        kind=NoticeKind.ANNOUNCEMENT,
        title=_("%(title)s结果") % {"title": score_round.title},
        body=_("在任议事代表对下列建议案打分，得分的算法：%(method)s。打分结果供协商时参考。")
        % {"method": score_round.method_name},
        table=result_table(score_round),
        subject=score_round,
    )
    score_round.notice, score_round.published_on = notice, timezone.localdate()
    score_round.save(update_fields=["state", "notice", "published_on"])
    record(score_round, rules=score_round.rules_label, notice=str(notice.pk))
    return score_round


@verb("score_round.void", "打分作废", MAY)
def void_round(score_round: ScoreRound, *, by: Actor, reason: str) -> ScoreRound:
    """Declare a round void with the reason; it stays on file and counts for nothing."""
    if not reason.strip():
        raise Refused(_("请写明为什么作废。"), field="reason")
    LIFECYCLE.advance(score_round, "score_round.void")
    score_round.void_reason = reason.strip()
    score_round.save(update_fields=["state", "void_reason"])
    record(score_round, private={"reason": reason.strip()})
    return score_round


# ── Opening ───────────────────────────────────────────────────────────────
def _fit_to_open(
    place: Place,
    proposals: Sequence[Proposal],
    meeting: Meeting | None,
    funded: int | None,
    lot_source: str,
    lot_day: date | None,
) -> None:
    if len(proposals) < FEWEST_PROPOSALS:
        raise Refused(_("请至少选两份建议案，才比得出先后。"), field="proposals")
    if any(one.place_id != place.pk for one in proposals):
        raise Refused(_("只能给本地的建议案打分。"), field="proposals")
    if meeting is not None and meeting.place_id != place.pk:
        raise Refused(_("只能放在本地的会议上。"), field="meeting")
    if funded is None:
        return
    if not 0 < funded < len(proposals):
        raise Refused(_("入围数要比参评的建议案少，至少为1；不设入围线请留空。"), field="funded")
    if not lot_source.strip() or lot_day is None:
        raise Refused(
            _("设了入围线，就要事先写明并列时用什么号码抽签、哪天公布，例如：福利彩票3D当期号码。"), field="lot_source"
        )


def _fill(made: ScoreRound, proposals: Sequence[Proposal], today: date) -> tuple[list[ScoredProposal], list[Judge]]:
    titles = [one.title for one in proposals]
    scored = [
        ScoredProposal(
            round=made,
            proposal=one,
            position=n,
            label=one.title if titles.count(one.title) == 1 else f"{one.title}（{one.number}）",
        )
        for n, one in enumerate(proposals, start=1)
    ]
    serving = list(serving_here(made.place, today))
    if not serving:
        raise Refused(_("本地现在没有在任的议事代表，不能发起打分。"))
    numbers = list(range(1, len(serving) + 1))
    secrets.SystemRandom().shuffle(numbers)
    judges = [
        Judge(round=made, place=made.place, representative=one, number=number)
        for one, number in zip(serving, numbers, strict=True)
    ]
    return ScoredProposal.objects.bulk_create(scored), Judge.objects.bulk_create(judges)


def _announce_lot(made: ScoreRound, scored: Sequence[ScoredProposal]) -> None:
    if made.lot_day is None:
        return
    lot = rules.the_lot(made.title, [one.label for one in scored], made.lot_source, made.lot_day.isoformat())
    made.lot = {"announcement": lot.announcement(), "fingerprint": lot.fingerprint()}
    made.save(update_fields=["lot"])


def _tell_judges(made: ScoreRound, judges: Sequence[Judge]) -> None:
    for one in judges:
        person = one.representative.person
        if person is not None:
            tell(
                person,
                once=f"score_round.open:{made.pk}",
                template="score_round.open",
                subject=str(_("请您打分：%(title)s") % {"title": made.title}),
                body=str(_("请在%(m)s月%(d)s日前打完分。") % {"m": made.closes.month, "d": made.closes.day}),
                link=f"/council/scoring/{one.pk}/",
                place_code=made.place.code,
            )


# ── Sheets ────────────────────────────────────────────────────────────────
def _held(judge: Judge) -> ScoreRound:
    """The round, held so that it cannot close while a sheet comes in, and its last day not over."""
    score_round = ScoreRound.objects.select_for_update(of=("self",)).get(pk=judge.round_id)
    last = score_round.lot_day
    if last is not None and timezone.localdate() >= last:
        raise WrongState(_("抽签号码已经公布，评分表不能再进来了。"))
    return score_round


def _check_lines(
    score_round: ScoreRound, known: Mapping[str, ScoredProposal], given: Mapping[str, Line], *, whole: bool
) -> None:
    if not given:
        raise Refused(_("还没有写分数。"))
    if set(given) - set(known):
        raise Refused(_("有的建议案不在这次打分里。"))
    rule = rule_of(score_round.rule)
    for key, line in given.items():
        if wrong := rules.why_not_line(line, rule, known[key].label, whole=whole):
            raise Refused(wrong)


def _from_phone(judge: Judge, by: Person, known: Mapping[str, ScoredProposal], given: Mapping[str, Line]) -> None:
    if by.pk != judge.person_id:
        raise NotAllowed(_("这是别人的评分表。纸质评分表请在工作台录入。"))
    if timezone.localdate() > judge.round.closes:
        raise WrongState(_("已经截止，不能再打分。"))
    if judge.keyings.exists():
        raise WrongState(_("您的纸质评分表已经交来录入，不用再在手机上打分。"))
    if any(line.recused for line in given.values()):
        raise Refused(_("回避请写明原因，用“回避”办理。"))
    if aside := judge.sheets.filter(recused=True, scored__in=[known[key] for key in given]).first():
        raise WrongState(_("您已对“%(label)s”回避，不能再打分。") % {"label": aside.scored.label})
    for key, line in given.items():
        _keep(judge, known[key], line, Origin.PHONE)


def _from_paper(judge: Judge, by: Person, known: Mapping[str, ScoredProposal], given: Lines, reason: str) -> None:
    _fit_to_key(judge, by, given, reason)
    nth = judge.keyings.count() + 1
    kept = {key: line.as_dict() for key, line in given.items()}
    Keying.objects.create(judge=judge, entered_by=by, nth=nth, lines=kept, reason=reason)
    last = latest_keyings(list(judge.keyings.all()))
    if len(last) < 2:  # noqa: PLR2004 - a pair
        return
    names = {key: one.label for key, one in known.items()}
    first, second = map(lines_of, last)
    if rules.differences(str(judge), names, first, second, rule_of(judge.round.rule)):
        return
    for key, line in second.items():
        _keep(judge, known[key], line, Origin.PAPER, (last[1].reason or last[0].reason) if line.recused else "")


def _fit_to_key(judge: Judge, by: Person, given: Mapping[str, Line], reason: str) -> None:
    if by.pk == judge.person_id:
        raise Refused(_("您自己的评分表，请由别的同事录入。"))
    scored = judge.sheets.filter(recused=False)
    if scored.filter(origin=Origin.PHONE).exists():
        raise WrongState(_("这位评委已经在手机上打分，纸质评分表不再录入，以免重复。"))
    if scored.filter(origin=Origin.PAPER).exists():
        raise WrongState(_("这份评分表两遍已经一致，不用再录。"))
    if any(line.recused for line in given.values()) and not reason:
        raise Refused(_("评分表上勾了回避，请抄录回避的原因。"), field="reason")
    aside = {str(pk) for pk in judge.sheets.filter(recused=True).values_list("scored_id", flat=True)}
    if any(key in aside and not line.recused for key, line in given.items()):
        raise Refused(_("这位评委对其中一份建议案已经回避，那一份不能再录分数。"))


def _keep(judge: Judge, scored: ScoredProposal, line: Line, origin: Origin, reason: str = "") -> ScoreSheet:
    values: dict[str, Any] = {
        "origin": origin,
        "marks": list(line.marks),
        "recused": line.recused,
        "reason": reason,
    }
    sheet, _made = ScoreSheet.objects.update_or_create(judge=judge, scored=scored, defaults=values)
    return sheet


# ── The result ────────────────────────────────────────────────────────────
def _record_result(score_round: ScoreRound, **facts: Any) -> None:
    rows = score_round.result["rows"]
    record(
        score_round,
        rules=score_round.rules_label,
        order=[[row["place"], row["project"], row["figure"] and row["figure"]["exact"], row["sheets"]] for row in rows],
        tied=score_round.result["tied"],
        warnings=len(score_round.result["warnings"]),
        **facts,
    )


def _usable(work: Callable[[], T]) -> T:
    """What a method answers; where it cannot, its own sentence refuses."""
    try:
        return work()
    except Unusable as wrong:
        raise Refused(wrong.chinese) from None
