"""Four criteria, a result with its reason; what the proposer may add; the second look on appeal."""

from collections.abc import Mapping

from django.utils import timezone
from django.utils.translation import gettext as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.refused import NotAllowed, Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.organisations.queries import offices_of
from yishiting.ground.seasons.queries import holidays, rules_for
from yishiting.instruments.documents.rules import spoken
from yishiting.methods.workdays import add_workdays, workdays_between
from yishiting.year.suggestions.actions.answering import give_answer
from yishiting.year.suggestions.actions.telling import tell_proposers
from yishiting.year.suggestions.hashes import code_hash
from yishiting.year.suggestions.models import AnswerKind, Appeal, Screening, Suggestion, Supplement
from yishiting.year.suggestions.permissions import MAY
from yishiting.year.suggestions.queries.receipts import must_not_rest, note_try
from yishiting.year.suggestions.screening import REFUSE, TRANSFER, VALID, why_not_result
from yishiting.year.suggestions.states import LIFECYCLE, State
from yishiting.year.suggestions.words import clean

ANSWERS_AT_ONCE = {TRANSFER: AnswerKind.TRANSFERRED, REFUSE: AnswerKind.REFUSED}


@verb("suggestion.screen", "初审", MAY)
def screen_suggestion(
    suggestion: Suggestion,
    *,
    by: Person,
    marks: Mapping[str, str],
    result: str,
    reason: str = "",
    reason_code: str = "",
) -> Suggestion:
    """Mark a suggestion against the four criteria, and let it in, ask for more, pass it on, or turn it away."""
    book, today = rules_for(suggestion.place), timezone.localdate()
    said = clean(reason)
    if wrong := why_not_result(marks, book.listed("suggestion.criteria"), result, said):
        raise Refused(wrong[1], field=wrong[0])
    LIFECYCLE.advance(suggestion, "suggestion.screen", to=result)
    Screening.objects.create(
        suggestion=suggestion,
        marks=dict(marks),
        result=result,
        reason=said,
        reason_code=reason_code,
        screened_by=by,
        screened_on=today,
        rules_label=book.label,
    )
    suggestion.screened_on = today
    suggestion.answer_due = add_workdays(today, book.number("suggestion.answer_workdays"), holidays())
    suggestion.save(update_fields=["state", "screened_on", "answer_due"])
    _say_result(suggestion, by, result, said)
    write_entry(
        suggestion,
        rules=book.label,
        private={"reason": said} if said else None,
        marks=dict(marks),
        result=result,
        reason_code=reason_code,
    )
    return suggestion


@verb("suggestion.supplement", "补充材料", MAY)
def supplement_suggestion(suggestion: Suggestion, *, by: Actor, text: str, tail: str = "") -> Supplement:
    """Add what was asked for; the first words stay as they were, and the suggestion is screened again."""
    prove_own(suggestion, by, tail)
    said = clean(text)
    if not said:
        raise Refused(_("请写下要补充的内容。"), field="text")
    LIFECYCLE.advance(suggestion, "suggestion.supplement")
    book, today = rules_for(suggestion.place), timezone.localdate()
    suggestion.screen_due = add_workdays(today, book.number("suggestion.screen_workdays"), holidays())
    suggestion.save(update_fields=["state", "screen_due"])
    added = Supplement.objects.create(suggestion=suggestion, text=said, added_on=today)
    write_entry(suggestion, private={"text": said}, supplement=str(added.pk))
    return added


@verb("suggestion.appeal", "申请复核", MAY)
def appeal(suggestion: Suggestion, *, by: Actor, text: str, tail: str = "") -> Appeal:
    """Question for a second look at a suggestion that was passed on or turned away."""
    prove_own(suggestion, by, tail)
    said, today, book = clean(text), timezone.localdate(), rules_for(suggestion.place)
    if not said:
        raise Refused(_("请写明您为什么不同意这个结果。"), field="text")
    days = book.number("suggestion.appeal_workdays")
    if suggestion.screened_on and workdays_between(suggestion.screened_on, today, holidays()) > days:
        raise Refused(_("收到答复后%(n)s个工作日内可以申请复核，现在已经过期。有新情况可以重新提一条。") % {"n": days})
    LIFECYCLE.advance(suggestion, "suggestion.appeal")
    suggestion.answer_due = add_workdays(today, book.number("suggestion.answer_workdays"), holidays())
    suggestion.save(update_fields=["state", "answer_due"])
    asked = Appeal.objects.create(suggestion=suggestion, text=said, received_on=today)
    write_entry(suggestion, rules=book.label, private={"text": said}, appeal=str(asked.pk))
    return asked


@verb("suggestion.decide_appeal", "复核", MAY)
def decide_appeal(suggestion: Suggestion, *, by: Person, valid: bool, decision: str) -> Suggestion:
    """Decide an appeal: let the suggestion in after all, or stand by the result, with the reason."""
    said, today = clean(decision), timezone.localdate()
    if not said:
        raise Refused(_("请写明复核的结果和理由，提出人会看到。"), field="decision")
    last = suggestion.screenings.order_by("-created_at").first()
    if last is not None and last.screened_by_id == by.pk:
        raise NotAllowed(_("您做了初审，复核要由另一个人办理。请请居委会主任或其他负责人复核。"))
    LIFECYCLE.advance(suggestion, "suggestion.decide_appeal", to=State.VALID if valid else State.NOT_ADMISSIBLE)
    suggestion.save(update_fields=["state"])
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


def _say_result(suggestion: Suggestion, by: Person, result: str, reason: str) -> None:
    if result in ANSWERS_AT_ONCE:
        give_answer(suggestion, by, ANSWERS_AT_ONCE[result], reason)
        return
    number = spoken(suggestion.receipt)
    if result == VALID:
        body = f"您的建议（受理号 {number}）初审有效，将提请议事协商会审议。"
    else:
        body = f"您的建议（受理号 {number}）需要补充：{reason}"
    tell_proposers(suggestion, f"suggestion.screened.{result}", "建议初审结果", body)
