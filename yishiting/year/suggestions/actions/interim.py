"""While it is being dealt with: who, what next, by when; and what ends because nobody added what was asked for."""

from datetime import date, timedelta
from typing import Annotated

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.days import chinese
from yishiting.ground.common.language import in_chinese
from yishiting.ground.common.parameters import Day, Text
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.organisations.actions.naming import WhoHere
from yishiting.ground.seasons.queries import rules_for
from yishiting.year.suggestions.actions.answering import Promise, give_answer, keep_answers, tell_answer
from yishiting.year.suggestions.models import Answer, AnswerKind, Suggestion
from yishiting.year.suggestions.permissions import MAY
from yishiting.year.suggestions.states import LIFECYCLE, State
from yishiting.year.suggestions.words import clean

SO_FAR = Text(
    _("办到哪一步"),
    hint=_("例如：已请供电公司看过，线路要整段更换。"),
    missing=_("请写明办到哪一步了，提出人会看到。"),
)
HANDLER = WhoHere(_("谁在办"), hint=_("写单位或岗位。例如：街道城管科"), missing=_("请写明由谁办理。"))
NEXT = Text(
    _("下一步做什么"),
    rows=2,
    hint=_("例如：报价后提请议事协商会审议。"),
    missing=_("请写明下一步做什么。"),
)
UNTIL = Day(_("最晚哪一天再答复"), ahead=True, hint=_("到这一天还没有答复，会再提醒您。"))


def _not_ended(suggestion: Suggestion) -> Sentence | None:
    return None if suggestion.answered_on is None else _("这一条已经答复过了，不用阶段答复。有新的情况请用“答复”。")


@verb(
    "suggestion.answer_interim",
    _("阶段答复"),
    MAY,
    done=_("已作阶段答复，答复期限改到您写的这一天。"),
    conditions=(_not_ended,),
)
def answer_interim(
    suggestion: Suggestion,
    *,
    by: Person,
    text: Annotated[str, SO_FAR],
    handler: Annotated[str, HANDLER],
    next_step: Annotated[str, NEXT],
    next_on: Annotated[date, UNTIL],
) -> Answer:
    """Tell the proposer how far it has come, who deals with it, what is next, and by when they hear again."""
    today, most = timezone.localdate(), rules_for(suggestion.place).number("suggestion.interim_days_most")
    if next_on > (last := today + timedelta(days=most)):
        raise Refused(_("最晚写到%(day)s：一次最多延长%(n)s日。") % {"day": chinese(last), "n": most}, field="next_on")
    promise = Promise(handler, clean(next_step), next_on)
    (answer,) = keep_answers([suggestion], by, AnswerKind.INTERIM, clean(text), promise)
    _tell(answer)
    private = {"answer": answer.text, "handler": handler, "next_step": answer.next_step}
    write_entry(suggestion, private=private, answer=str(answer.pk), kind=str(answer.kind), due=next_on.isoformat())
    return answer


@in_chinese
def _tell(answer: Answer) -> None:
    tell_answer([answer.suggestion], str(answer.pk), f"{answer.text}\n{answer.goes_on}")


@verb("suggestion.lapse", _("期满没有补充，办结"), MAY, internal="每日定时任务自动办理")
def lapse(suggestion: Suggestion, *, by: Actor) -> Answer:
    """End what was sent back for more and stayed without it beyond its days; the proposer is told and may appeal."""
    due = suggestion.answer_due
    if due is None or due >= timezone.localdate():
        raise Refused(_("补充的期限还没有到。"))
    LIFECYCLE.advance(suggestion, "suggestion.lapse", to=State.NOT_ADMISSIBLE)
    suggestion.save(update_fields=["state"])
    text = (
        f"请您补充的材料，到{chinese(due, 'plain')}没有收到，这一条先办结。"
        "补充好了可以随时重新提一条；不同意这样办结的，可以申请复核。"
    )
    answer = give_answer(suggestion, by, AnswerKind.REFUSED, text)
    write_entry(suggestion, private={"answer": text}, answer=str(answer.pk), due=due.isoformat())
    return answer
