"""Sheets: a judge's own on the phone, paper keyed by two people, standing aside."""

import json
from collections.abc import Mapping, Sequence
from typing import Annotated

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.parameters import A, Given, OneOf, Ref, Text
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import NotAllowed, Refused, WrongState
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.year.scoring import rules
from yishiting.year.scoring.models import Judge, Keying, Origin, ScoredProposal, ScoreRound, ScoreSheet
from yishiting.year.scoring.permissions import MAY
from yishiting.year.scoring.queries import latest_keyings, lines_of, lot_is_known
from yishiting.year.scoring.rules import Line, Lines, rule_of
from yishiting.year.scoring.states import LIFECYCLE


def _takes_sheets(judge: Judge) -> Sentence | None:
    """The round is held with the judge, so that it cannot close while a sheet comes in."""
    refusal = LIFECYCLE.why_not(judge.round, "score_sheet.enter")
    known = _("抽签号码已经公布，评分表不能再进来了。") if lot_is_known(judge.round) else None
    return refusal or known


@verb("score_sheet.enter", _("录入评分表"), MAY, conditions=(_takes_sheets,), in_person=True)
def enter_sheet(
    judge: Judge,
    *,
    by: Person,
    lines: Annotated[Mapping[str, Line], Given(_("评分"), missing=_("还没有写分数。"))],
    origin: Annotated[Origin, OneOf(_("来源"), Origin)],
    reason: Annotated[str, Text(_("回避的原因"), most=500)] = "",
) -> Judge:
    """Take in a judge's marks: the judge's own on a phone, or a paper sheet keyed by one person and then another."""
    known = {str(one.pk): one for one in judge.round.scored.all()}
    given = {key: line for key, line in lines.items() if not line.blank}
    _check_lines(judge.round, known, given, whole=origin == Origin.PHONE)
    if origin == Origin.PHONE:
        _from_phone(judge, by, known, given)
    else:
        _from_paper(judge, by, known, given, reason)
    kept = json.dumps({known[key].label: line.as_dict() for key, line in given.items()}, ensure_ascii=False)
    write_entry(judge, private={"marks": kept}, round=str(judge.round_id), origin=str(origin), lines=len(given))
    return judge


WHICH = Ref(_("对哪份建议案回避"), lambda judge: ScoredProposal.objects.filter(round=judge.round_id))
INTEREST = Text(
    _("回避的原因"),
    most=500,
    rows=3,
    hint=_("例如：我就是申请人；施工方是我家亲戚。只有经办人能看到，不公开。"),
    missing=_("请写明与这件事有什么利害关系，例如：本人就是申请人。"),
)


@verb(
    "score_sheet.recuse",
    _("回避打分"),
    MAY,
    before=_("登记以后，这一件不能再打分。"),
    done=_("已登记回避。"),
    conditions=(_takes_sheets,),
    in_person=True,
)
def recuse(
    judge: Judge,
    *,
    by: Actor,
    scored: Annotated[A[ScoredProposal], WHICH],
    reason: Annotated[str, INTEREST],
) -> Judge:
    """Note that a judge stands aside on one proposal, with the reason; marks given to it before do not count."""
    own = getattr(by, "pk", None) == judge.person_id
    _keep([_sheet(judge, scored, Line((), recused=True), Origin.PHONE if own else Origin.PAPER, reason)])
    write_entry(judge, private={"reason": reason}, round=str(judge.round_id), proposal=str(scored.proposal_id))
    return judge


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
    _keep([_sheet(judge, known[key], line, Origin.PHONE) for key, line in given.items()])


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
    why = last[1].reason or last[0].reason
    _keep([_sheet(judge, known[key], line, Origin.PAPER, why if line.recused else "") for key, line in second.items()])


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


def _sheet(judge: Judge, scored: ScoredProposal, line: Line, origin: Origin, reason: str = "") -> ScoreSheet:
    marks = list(line.marks)
    return ScoreSheet(judge=judge, scored=scored, origin=origin, marks=marks, recused=line.recused, reason=reason)


def _keep(sheets: Sequence[ScoreSheet]) -> None:
    """Save a judge's sheets in one statement; one there already is written anew."""
    ScoreSheet.objects.bulk_create(
        sheets,
        update_conflicts=True,
        unique_fields=["judge", "scored"],
        update_fields=["origin", "marks", "recused", "reason"],
    )
