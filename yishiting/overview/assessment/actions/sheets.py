"""What is done on one unit's sheet: what it says itself, what the district checks, appeals and exemptions."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.days import said
from yishiting.ground.common.language import in_chinese
from yishiting.ground.common.parameters import Text, Whole, YesNo, line
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.row_parameters import Rows
from yishiting.ground.common.verbs import labelled, verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.notices.queries import told_of
from yishiting.overview.assessment.actions.telling import tell_unit
from yishiting.overview.assessment.models import Mark, UnitSheet
from yishiting.overview.assessment.permissions import MAY
from yishiting.overview.assessment.queries import evidence_called, is_checked, live_marks, rules_of
from yishiting.overview.assessment.states import State

#: On a page the name stands behind the code; programs give the code alone.
GAP = "　"
SCORE = Whole(_("得分"), least=0, most=1000)
EVIDENCE = line(_("证明材料的编号"), most=60, hint=_("系统里已有的：受理号、建议案、项目、决议或公示的编号。"))


def _marks(sheet: UnitSheet, *, checked: bool) -> list[Mark]:
    rules = rules_of(sheet.assessment)
    return live_marks(sheet, [rule for rule in rules if is_checked(rule) or not checked])


SELF = Rows(
    _("自评"),
    columns={
        "item": line(_("指标"), most=160),
        "score": SCORE,
        "words": Text(_("说明"), most=500, rows=2),
        "evidence": EVIDENCE,
    },
    fixed=("item",),
    optional=("score", "words", "evidence"),
    hint=_("按记录计数的指标不用填分，数字不对的写在说明里。人工核定的指标请写得分和证明材料的编号。"),
    initial=lambda sheet: [
        {
            "item": f"{one.code}{GAP}{one.label}",
            "score": one.own_score,
            "words": one.self_words,
            "evidence": one.evidence,
        }
        for one in _marks(sheet, checked=False)
    ],
)


def _takes_self_scores(sheet: UnitSheet) -> Sentence | None:
    until = sheet.assessment.self_until
    if sheet.assessment.state != State.SCORING:
        return _("自评在考核开始以后、告知结果以前办理。结果已经告知的，可以“申诉”。")
    if until is not None and timezone.localdate() > until:
        return _("自评到%(day)s为止，已经过了。有不同意见，告知结果以后可以“申诉”。") % {"day": said(until, "plain")}
    return None


@verb(
    "unit_sheet.self_score", _("自评"), MAY, done=_("自评已保存，截止以前可以再改。"), conditions=(_takes_self_scores,)
)
def self_score(
    sheet: UnitSheet,
    *,
    by: Actor,
    rows: Annotated[Sequence[Mapping[str, Any]], SELF],
    words: Annotated[str, Text(_("总的说明"), rows=5)] = "",
) -> UnitSheet:
    """Say for a unit what it makes of its year, row by row, with the numbers of what proves it."""
    marks = {one.code: one for one in _marks(sheet, checked=False)}
    for row in rows:
        mark = _named(marks, row)
        mark.own_score, mark.self_words = row.get("score"), str(row.get("words") or "")
        _within(mark, mark.own_score)
        _prove(mark, str(row.get("evidence") or ""))
        mark.save()
    sheet.words, sheet.self_scored_on = words, timezone.localdate()
    sheet.save(update_fields=["words", "self_scored_on"])
    write_entry(sheet, rows=len(rows), private={"words": words})
    return sheet


CHECK = Rows(
    _("核定"),
    columns={
        "item": line(_("指标"), most=160),
        "score": SCORE,
        "words": Text(_("说明"), most=500, rows=2),
        "evidence": EVIDENCE,
    },
    fixed=("item",),
    optional=("score", "words", "evidence"),
    hint=_("没有证明材料的不能核定得分。"),
    initial=lambda sheet: [
        {
            "item": f"{one.code}{GAP}{one.label}",
            "score": one.score if one.score is not None else one.own_score,
            "words": one.checked_words,
            "evidence": one.evidence,
        }
        for one in _marks(sheet, checked=True)
    ],
)


def _may_be_checked(sheet: UnitSheet) -> Sentence | None:
    if sheet.assessment.state not in (State.SCORING, State.ANNOUNCED):
        return _("核定在考核开始以后、公布以前办理。已经公布的，请先“重新拟定”。")
    return None if _marks(sheet, checked=True) else _("规则表里没有人工核定的指标，不用核定。")


@verb("unit_sheet.check", _("核定得分"), MAY, done=_("得分已核定。"), conditions=(_may_be_checked,))
def check(sheet: UnitSheet, *, by: Actor, rows: Annotated[Sequence[Mapping[str, Any]], CHECK]) -> UnitSheet:
    """Check the items that are not counted; each rests on something that is already in the system."""
    marks = {one.code: one for one in _marks(sheet, checked=True)}
    told = {}
    for row in rows:
        mark = _named(marks, row)
        _within(mark, row.get("score"))
        _prove(mark, str(row.get("evidence") or ""))
        if row.get("score") is not None and not mark.evidence_id:
            raise Refused(
                _("“%(item)s”没有证明材料，不能核定得分。请写明材料的编号。") % {"item": mark.label}, field="rows"
            )
        mark.score, mark.checked_words = row.get("score"), str(row.get("words") or "")
        mark.save()
        told[mark.code] = mark.score
    write_entry(sheet, scores=told)
    return sheet


def _named(marks: Mapping[str, Mark], row: Mapping[str, Any]) -> Mark:
    code = str(row["item"]).partition(GAP)[0].strip()
    if code not in marks:
        raise Refused(_("没有这个指标：%(which)s。") % {"which": code}, field="rows")
    return marks[code]


def _within(mark: Mark, points: int | None) -> None:
    rule = next(rule for rule in rules_of(mark.sheet.assessment) if rule["code"] == mark.code)
    if points is not None and points > rule["full"]:
        words = {"item": mark.label, "full": rule["full"]}
        raise Refused(_("“%(item)s”的得分不能超过满分%(full)s。") % words, field="rows")


def _prove(mark: Mark, typed: str) -> None:
    if not typed:
        if mark.score is None:
            mark.evidence = mark.evidence_kind = mark.evidence_id = ""
        return
    try:
        thing = evidence_called(typed, mark.sheet)
    except Refused as refusal:
        raise Refused(refusal.sentence, field="rows") from None
    mark.evidence, mark.evidence_kind, mark.evidence_id = typed, labelled(thing), str(thing.pk)


def _not_public(mark: Mark) -> Sentence | None:
    if mark.sheet.assessment.state in (State.SCORING, State.ANNOUNCED):
        return None
    return _("这一步在考核开始以后、公布以前办理。已经公布的，请先“重新拟定”。")


def _is_exempt(mark: Mark) -> Sentence | None:
    return None if mark.exempted_on is not None else _("这一项没有认定容错免考。需要的请“认定容错免考”。")


@verb(
    "mark.exempt",
    _("认定容错免考"),
    MAY,
    done=lambda mark: str(_("已认定，这一项的权重分给其他指标。")) + told_of(_step("exempt", mark)).words,
    conditions=(_not_public,),
)
def exempt(
    mark: Mark,
    *,
    by: Actor,
    because: Annotated[str, Text(_("容错理由"), rows=3, missing=_("请写明为什么免予考核。"))],
    document: Annotated[str, line(_("认定文号"), most=80, missing=_("请写明认定文件的文号。"))],
) -> Mark:
    """Exempt a unit from a row (容错), with the reason and the document that everybody reads; its weight is shared out."""
    mark.exempt_because, mark.exempt_document, mark.exempted_on = because, document, timezone.localdate()
    mark.save(update_fields=["exempt_because", "exempt_document", "exempted_on"])
    write_entry(mark, item=mark.code, private={"because": because, "document": document})
    _tell(mark, "exempt", f"“{mark.label}”认定容错免考（{document}），这一项的权重分给其他指标。")
    return mark


@verb(
    "mark.withdraw_exemption",
    _("撤销容错免考"),
    MAY,
    done=_("这一项照常计分。"),
    kind="danger",
    conditions=(_not_public, _is_exempt),
)
def withdraw_exemption(
    mark: Mark, *, by: Actor, reason: Annotated[str, Text(_("原因"), rows=3, missing=_("请写明为什么撤销。"))]
) -> Mark:
    """Take an exemption back, with the reason; the row counts again."""
    mark.exempt_because, mark.exempt_document, mark.exempted_on = "", "", None
    mark.save(update_fields=["exempt_because", "exempt_document", "exempted_on"])
    write_entry(mark, item=mark.code, private={"reason": reason})
    _tell(mark, "withdraw_exemption", f"“{mark.label}”的容错免考已撤销，照常计分：{reason}")
    return mark


def _may_appeal(mark: Mark) -> Sentence | None:
    assessment = mark.sheet.assessment
    if mark.appealed_on is not None:
        return _("这一项已经申诉过。答复见考核表，每一项申诉一次。")
    if assessment.state != State.ANNOUNCED:
        return _("告知结果以后、公布以前可以申诉。现在有意见的，请写在“自评”的说明里。")
    if assessment.appeal_until is not None and timezone.localdate() > assessment.appeal_until:
        return _("申诉期到%(day)s为止，已经过了。") % {"day": said(assessment.appeal_until, "plain")}
    return None


@verb("mark.appeal", _("申诉"), MAY, done=_("申诉已提交，由区领导小组办公室答复。"), conditions=(_may_appeal,))
def appeal(
    mark: Mark,
    *,
    by: Actor,
    text: Annotated[str, Text(_("申诉的事实和理由"), rows=5, missing=_("请写明哪里不对、有什么依据。"))],
) -> Mark:
    """Appeal against one row of a unit's sheet, within the days of the rulebook."""
    mark.appeal, mark.appealed_on = text, timezone.localdate()
    mark.save(update_fields=["appeal", "appealed_on"])
    write_entry(mark, item=mark.code, private={"text": text})
    return mark


def _waits_for_an_answer(mark: Mark) -> Sentence | None:
    if mark.appealed_on is None:
        return _("这一项没有申诉，不用答复。")
    return _("申诉已经答复。") if mark.answered_on is not None else None


@verb(
    "mark.answer_appeal",
    _("答复申诉"),
    MAY,
    before=lambda mark: mark.appeal,
    done=lambda mark: str(_("申诉已答复。")) + told_of(_step("answer_appeal", mark)).words,
    conditions=(_waits_for_an_answer, _not_public),
)
def answer_appeal(
    mark: Mark,
    *,
    by: Actor,
    upheld: Annotated[
        bool,
        YesNo(
            _("申诉成立吗"),
            yes=_("成立"),
            no=_("不成立"),
            hint=_("成立的：记录有错，先改记录再“重新计数”；不该由它负责，“认定容错免考”；核定有错，再“核定得分”。"),
        ),
    ],
    answer: Annotated[str, Text(_("答复"), rows=5, missing=_("请写明理由和怎么办。"))],
) -> Mark:
    """Answer an appeal with the reason; what it changes is counted, checked or exempted anew."""
    mark.upheld, mark.answer, mark.answered_on = upheld, answer, timezone.localdate()
    mark.save(update_fields=["upheld", "answer", "answered_on"])
    write_entry(mark, item=mark.code, upheld=upheld, private={"answer": answer})
    _tell(mark, "answer_appeal", f"对“{mark.label}”的申诉{'成立' if upheld else '不成立'}：{answer}")
    return mark


def _step(step: str, mark: Mark) -> str:
    return f"assessment.{step}:{mark.pk}:{mark.revision}"


@in_chinese
def _tell(mark: Mark, step: str, body: str) -> None:
    tell_unit(mark.sheet, _step(step, mark), f"{mark.sheet.assessment}，{body}")
