"""Four criteria, a result with its reason; what the proposer may add; the second look on appeal."""

from typing import Annotated

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.days import chinese
from yishiting.ground.common.parameters import OneOf, Text, YesNo, line
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import NotAllowed, Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.organisations.actions.naming import UnitHere
from yishiting.ground.organisations.models import Office
from yishiting.ground.organisations.queries import offices_of
from yishiting.ground.organisations.rules import DESKS
from yishiting.ground.places.models import Place
from yishiting.ground.places.organs import local_words
from yishiting.ground.seasons.due_days import due_after
from yishiting.ground.seasons.queries import holidays, rules_for
from yishiting.instruments.documents.rules import spoken
from yishiting.methods.workdays import workdays_between
from yishiting.year.suggestions.actions.answering import give_answer
from yishiting.year.suggestions.actions.referring import call_back, send_across
from yishiting.year.suggestions.actions.telling import tell_proposers
from yishiting.year.suggestions.hashes import code_hash
from yishiting.year.suggestions.models import AnswerKind, Appeal, Criterion, Mark, Screening, Suggestion, Supplement
from yishiting.year.suggestions.permissions import MAY
from yishiting.year.suggestions.queries.clusters import cluster_of
from yishiting.year.suggestions.queries.limits import answer_by, deliberated_on, last_result_on, more_by
from yishiting.year.suggestions.queries.receipts import must_not_rest, note_try
from yishiting.year.suggestions.queries.screening import past_in_words
from yishiting.year.suggestions.screening import ASK_MORE, REASONS, REFUSE, TRANSFER, VALID, why_not_result
from yishiting.year.suggestions.states import LIFECYCLE, State
from yishiting.year.suggestions.words import clean

ANSWERS_AT_ONCE = {TRANSFER: AnswerKind.TRANSFERRED, REFUSE: AnswerKind.REFUSED}

FACTUAL = OneOf(Criterion.FACTUAL.label, Mark, hint=_("说的情况是不是真的？需要时到现场看。"))
PUBLIC = OneOf(Criterion.PUBLIC_INTEREST.label, Mark, hint=_("是大家的事，还是部分居民的共同需求？"))
LEGAL = OneOf(Criterion.LEGALITY.label, Mark, hint=_("合不合法律法规和政策？"))
FEASIBLE = OneOf(Criterion.FEASIBILITY.label, Mark, hint=_("钱、场地、技术、时间上办不办得到？"))
RESULT = OneOf(
    _("初审结果"),
    (State.VALID, State.MORE_WORK, State.TRANSFERRED, State.NOT_ADMISSIBLE),
    notes={
        State.VALID: _("提请议事协商会审议"),
        State.MORE_WORK: _("退回本人补充，写明补什么"),
        State.TRANSFERRED: _("转有关单位办理，同时答复本人"),
        State.NOT_ADMISSIBLE: _("写明理由答复本人，本人可以申请复核"),
    },
    missing=_("请选择初审结果。"),
)
REASON = Text(_("理由"), hint=_("提出人会看到。初审有效可以不写。"), rows=2)
RECEIVER = UnitHere(
    _("转给哪个单位"),
    most=120,
    hint=_("结果是转办的必填，提出人会看到。例如：街道城管科；安居物业公司，电话64170000"),
)
ADDED = Text(
    _("补充什么"),
    hint=_("例如：是3号楼2单元2层和3层之间的灯，3月1日起不亮。"),
    missing=_("请写下要补充的内容。"),
)
DISAGREES = Text(
    _("为什么不同意"),
    hint=_("针对答复里的理由，写明您为什么不同意，有什么新情况。由做初审以外的人复核。"),
    missing=_("请写明您为什么不同意这个结果。"),
)
TAIL = line(
    _("手机号后四位"),
    most=20,
    hint=_("确认是您本人。没有留手机号的，填回执上的四位查询码。"),
    private=True,
)
LET_IN = YesNo(_("复核结果"), yes=_("改为有效建议"), no=_("维持原来的结果"))
DECISION = Text(
    _("理由"),
    hint=_("提出人会看到。请针对本人说的理由来写。"),
    missing=_("请写明复核的结果和理由，提出人会看到。"),
)


def _too_late(suggestion: Suggestion) -> Sentence | None:
    days, today = rules_for(suggestion.place).number("suggestion.appeal_workdays"), timezone.localdate()
    last = last_result_on(suggestion)
    if last is None or workdays_between(last, today, holidays()) <= days:
        return None
    return _("收到答复后%(n)s个工作日内可以申请复核，现在已经过期。有新情况可以重新提一条。") % {"n": days}


@verb("suggestion.screen", _("初审"), MAY)
def screen_suggestion(
    suggestion: Suggestion,
    *,
    by: Person,
    factual: Annotated[str, FACTUAL] = "",
    public_interest: Annotated[str, PUBLIC] = "",
    legality: Annotated[str, LEGAL] = "",
    feasibility: Annotated[str, FEASIBLE] = "",
    result: Annotated[str, RESULT],
    reason: Annotated[str, REASON] = "",
    reason_code: Annotated[str, line(_("常用理由"), most=20)] = "",
    transferred_to: Annotated[str, RECEIVER] = "",
) -> Suggestion:
    """Mark a suggestion against the four criteria, and let it in, ask for more, pass it on, or turn it away."""
    book, today = rules_for(suggestion.place), timezone.localdate()
    given = zip(Criterion, (factual, public_interest, legality, feasibility), strict=True)
    marks = {str(criterion): str(mark) for criterion, mark in given if mark}
    said = clean(reason) or local_words(REASONS.get(reason_code, ""), suggestion.place)
    if wrong := why_not_result(marks, book.listed("suggestion.criteria"), result, said):
        raise Refused(wrong[1], field=wrong[0])
    receiver = _receiver(result, transferred_to)
    LIFECYCLE.advance(suggestion, "suggestion.screen", to=result)
    Screening.objects.create(
        suggestion=suggestion,
        marks=marks,
        result=result,
        reason=said,
        reason_code=reason_code,
        screened_by=by,
        screened_on=today,
        transferred_to=receiver,
        rules_label=book.label,
    )
    suggestion.screened_on = today
    suggestion.answer_due = (
        more_by(suggestion.place, today) if result == ASK_MORE else answer_by(suggestion.place, today)
    )
    suggestion.save(update_fields=["state", "screened_on", "answer_due"])
    if receiver:
        send_across(suggestion, said, receiver=receiver)
    _say_result(suggestion, by, result, said, receiver)
    write_entry(
        suggestion,
        rules=book.label,
        private={"reason": said, "transferred_to": receiver} if said else None,
        marks=marks,
        result=str(result),
        reason_code=reason_code,
    )
    return suggestion


def _nothing_followed(suggestion: Suggestion) -> Sentence | None:
    """What came after the screening: an answer of its own, an appeal."""
    if suggestion.appeals.exists():
        return _("提出人已经申请过复核，不能撤回初审结果。请按“复核”办理。")
    said_with_it = int(suggestion.state in ANSWERS_AT_ONCE)
    if suggestion.answers.count() > said_with_it + 2 * suggestion.screened_again:
        return _("已经答复过提出人，不能撤回初审结果。有变化的，请再“答复”一次说明情况。")
    return None


WHY_AGAIN = Text(
    _("为什么重新初审"),
    rows=2,
    hint=_("会告诉提出人。例如：点错了结果"),
    missing=_("请写明为什么重新初审，会告诉提出人。"),
    initial=lambda _one: "",
)


@verb(
    "suggestion.screen_again",
    _("重新初审"),
    MAY,
    before=past_in_words,
    done=_("初审结果已撤回，请重新初审。"),
    kind="danger",
    conditions=(_nothing_followed,),
)
def screen_again(suggestion: Suggestion, *, by: Person, reason: Annotated[str, WHY_AGAIN]) -> Suggestion:
    """Take back a result that was entered by mistake, before anything follows from it; it is screened anew."""
    was, book, today = suggestion.state, rules_for(suggestion.place), timezone.localdate()
    LIFECYCLE.advance(suggestion, "suggestion.screen_again")
    call_back(suggestion, reason)
    body = f"初审结果录错了，已撤回，正在重新初审。原因：{reason}"
    if was in ANSWERS_AT_ONCE:
        give_answer(suggestion, by, AnswerKind.EXPLAINED, body)
        Suggestion.objects.filter(pk__in=[one.pk for one in cluster_of(suggestion)]).update(answered_on=None)
        suggestion.screened_again += 1
    else:
        told = f"您的建议（受理号 {spoken(suggestion.receipt)}）{body}"
        tell_proposers(suggestion, "suggestion.screened.again", "建议重新初审", told)
    suggestion.screened_on = suggestion.answer_due = suggestion.answered_on = None
    suggestion.screen_due = due_after(today, book.number("suggestion.screen_workdays"))
    changed = ["state", "screened_on", "answer_due", "answered_on", "screen_due", "screened_again"]
    suggestion.save(update_fields=changed)
    write_entry(suggestion, rules=book.label, private={"reason": reason})
    return suggestion


@verb("suggestion.supplement", _("补充材料"), MAY, done=_("补充已收到，会重新初审。您原来的话没有改动。"))
def supplement_suggestion(
    suggestion: Suggestion, *, by: Actor, text: Annotated[str, ADDED], tail: Annotated[str, TAIL] = ""
) -> Supplement:
    """Add what was asked for; the first words stay as they were, and the suggestion is screened again."""
    prove_own(suggestion, by, tail)
    said = clean(text)
    LIFECYCLE.advance(suggestion, "suggestion.supplement")
    book, today = rules_for(suggestion.place), timezone.localdate()
    suggestion.screen_due = due_after(today, book.number("suggestion.screen_workdays"))
    suggestion.save(update_fields=["state", "screen_due"])
    added = Supplement.objects.create(suggestion=suggestion, text=said, added_on=today)
    write_entry(suggestion, private={"text": said}, supplement=str(added.pk))
    return added


@verb(
    "suggestion.appeal",
    _("申请复核"),
    MAY,
    done=_("复核申请已收到，会由另一位负责人复核，结果在这里告诉您。"),
    conditions=(_too_late,),
)
def appeal(
    suggestion: Suggestion, *, by: Actor, text: Annotated[str, DISAGREES], tail: Annotated[str, TAIL] = ""
) -> Appeal:
    """Question for a second look at a suggestion that was passed on or turned away."""
    prove_own(suggestion, by, tail)
    said, today, book = clean(text), timezone.localdate(), rules_for(suggestion.place)
    LIFECYCLE.advance(suggestion, "suggestion.appeal")
    suggestion.answer_due = due_after(today, book.number("suggestion.answer_workdays"))
    suggestion.save(update_fields=["state", "answer_due"])
    asked = Appeal.objects.create(suggestion=suggestion, text=said, received_on=today)
    write_entry(suggestion, rules=book.label, private={"text": said}, appeal=str(asked.pk))
    return asked


def _leaders(suggestion: Suggestion) -> str:
    """The offices that review at the level of a place: above the community those of that level."""
    desk = DESKS[suggestion.place.acting.level]
    return _("、").join(str(Office(one).label) for one in desk.leading)


@verb(
    "suggestion.decide_appeal",
    _("复核"),
    MAY,
    done=lambda one: _("复核完成，结果是“%(state)s”。") % {"state": one.get_state_display()},
    before=past_in_words,
)
def decide_appeal(
    suggestion: Suggestion, *, by: Person, valid: Annotated[bool, LET_IN], decision: Annotated[str, DECISION]
) -> Suggestion:
    """Decide an appeal: let the suggestion in after all, or stand by the result, with the reason."""
    said, today = clean(decision), timezone.localdate()
    last = suggestion.screenings.order_by("-created_at").first()
    if last is not None and last.screened_by_id == by.pk:
        raise NotAllowed(
            _("您做了初审，复核要由另一个人办理。请本级的其他负责人复核：%(who)s。") % {"who": _leaders(suggestion)}
        )
    LIFECYCLE.advance(suggestion, "suggestion.decide_appeal", to=State.VALID if valid else State.NOT_ADMISSIBLE)
    suggestion.save(update_fields=["state"])
    if valid:
        call_back(suggestion, said)
    suggestion.appeals.filter(decided_on=None).update(decision=said, decided_by=by, decided_on=today)
    if not valid:
        give_answer(suggestion, by, AnswerKind.REFUSED, said)
    write_entry(suggestion, private={"decision": said}, valid=valid)
    return suggestion


def prove_own(suggestion: Suggestion, by: Actor, tail: str) -> None:
    """The proposer is signed in, or knows the four digits of the receipt, or the desk writes for them."""
    if isinstance(by, Person):
        here = {office.place_id for office in offices_of(by)}
        if by.pk == suggestion.proposer_id or suggestion.place_id in here:
            return
    must_not_rest(suggestion.receipt)
    right = suggestion.phone_tail_hash == code_hash(suggestion.receipt, tail.strip())
    note_try(suggestion.receipt, right=right)
    if not right:
        raise NotAllowed(_("请输入受理时留的手机号后四位（或受理单上的四位数字），以便确认是您本人。"), field="tail")


def _receiver(result: str, transferred_to: str) -> str:
    """Who received it; asked for where it is passed on, and nowhere else."""
    if result != TRANSFER:
        return ""
    if not transferred_to:
        raise Refused(_("请写明转给了哪个单位，提出人会看到。"), field="transferred_to")
    return transferred_to


def _say_result(suggestion: Suggestion, by: Person, result: str, reason: str, receiver: str) -> None:
    if result in ANSWERS_AT_ONCE:
        told = f"{reason.rstrip('。')}。已转给：{receiver}。" if receiver else reason
        give_answer(suggestion, by, ANSWERS_AT_ONCE[result], told)
        return
    number, day = spoken(suggestion.receipt), chinese(suggestion.answer_due or timezone.localdate(), "plain")
    if result == VALID:
        body = f"您的建议（受理号 {number}）初审有效。{_on_its_way(suggestion.place)}最晚{day}答复您。"
    else:
        body = f"您的建议（受理号 {number}）需要补充：{reason}请在{day}以前补充，过了这一天没有补充的，这一条就办结。"
    tell_proposers(suggestion, f"suggestion.screened.{result}", "建议初审结果", body)


def _on_its_way(place: Place) -> str:
    day = deliberated_on(place, timezone.localdate())
    return f"{chinese(day, 'plain')}以前提请{place.name}议事协商会审议，" if day else f"由{place.name}的经办人办理，"
