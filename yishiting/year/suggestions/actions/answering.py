"""Answering: every proposer of the matter hears the same, and nobody is left without."""

from collections.abc import Iterable
from typing import Annotated

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.locks import hold_at_once
from yishiting.ground.common.parameters import OneOf, Text
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.instruments.documents.rules import spoken
from yishiting.year.suggestions.actions.telling import by_person, tell_one
from yishiting.year.suggestions.models import Answer, AnswerKind, Suggestion
from yishiting.year.suggestions.permissions import MAY
from yishiting.year.suggestions.queries.clusters import cluster_of, households
from yishiting.year.suggestions.states import LIFECYCLE, State
from yishiting.year.suggestions.words import clean


def _kinds(suggestion: Suggestion) -> Iterable[AnswerKind]:
    """What was not let in is explained further, or turns out to be solved."""
    if suggestion.state == State.VALID:
        return AnswerKind.SETTLED, AnswerKind.PLANNED, AnswerKind.NOT_NOW, AnswerKind.EXPLAINED
    return AnswerKind.EXPLAINED, AnswerKind.SETTLED


def _who_hears(suggestion: Suggestion) -> Sentence:
    """How many hear the answer, what they said, and what they were told before."""
    cluster = cluster_of(suggestion)
    heard = _("%(n)s条建议，来自%(m)s户") % {"n": len(cluster), "m": households(cluster)}
    before = [f"{one.answered_on}　{one.get_kind_display()}\n{one.text}" for one in suggestion.answers.all()]
    return "\n\n".join([heard + str(_("，每一位都会收到这个答复。")), suggestion.text, *before])


def _told(answer: Answer) -> Sentence:
    return _("答复已告诉每一位提出人（%(kind)s）。") % {"kind": AnswerKind(answer.kind).label}


KIND = OneOf(
    _("答复类别"),
    _kinds,
    notes={
        AnswerKind.SETTLED: _("写明怎么解决、怎么采纳的"),
        AnswerKind.PLANNED: _("写明列入什么计划、什么时候办"),
        AnswerKind.NOT_NOW: _("实事求是写明为什么，什么条件下可以办"),
        AnswerKind.EXPLAINED: _("写明办到哪一步、谁在办"),
    },
)
ANSWER = Text(
    _("答复内容"),
    hint=_("先说结果，再说办了什么、还要做什么、什么时候。例如：路灯已于3月10日修好，试过能亮。"),
    missing=_("请写明答复内容：办了什么、还要做什么、什么时候。"),
    rows=5,
)
HOW_SOLVED = Text(
    _("怎么解决的"),
    hint=_("例如：灯泡已当场换好，试过能亮。本人会看到这段话。"),
    missing=_("请写明怎么解决的，本人会看到这段答复。"),
)


@verb("suggestion.answer", _("答复"), MAY, done=_told, before=_who_hears)
def answer_suggestion(
    suggestion: Suggestion, *, by: Person, kind: Annotated[str, KIND], text: Annotated[str, ANSWER]
) -> Answer:
    """Answer the proposer of a suggestion and of everything merged into it."""
    said = clean(text)
    answer = give_answer(suggestion, by, AnswerKind(kind), said)
    write_entry(suggestion, private={"answer": said}, answer=str(answer.pk), kind=str(kind))
    return answer


def give_answer(suggestion: Suggestion, by: Person, kind: AnswerKind, text: str) -> Answer:
    """Keep the answer with the main suggestion, mark the whole cluster as answered, tell everyone in it."""
    today = timezone.localdate()
    answer = Answer.objects.create(suggestion=suggestion, kind=kind, text=text, answered_by=by, answered_on=today)
    cluster = cluster_of(suggestion)
    if others := cluster[1:]:
        hold_at_once(*others)
        cluster = cluster_of(suggestion)
    Suggestion.objects.filter(pk__in=[one.pk for one in cluster]).update(answered_on=today)
    suggestion.answered_on = today
    for one, receipts in by_person(cluster):
        body = f"您的建议（受理号 {receipts}）有了答复：{text}"
        tell_one(one, f"suggestion.answered.{answer.pk}", "建议的答复", body)
    return answer


@verb("suggestion.settle", _("当场解决"), MAY, done=_("已记为当场解决，答复已告诉本人。"))
def settle_suggestion(suggestion: Suggestion, *, by: Actor, text: Annotated[str, HOW_SOLVED]) -> Answer:
    """Note that a matter was solved on the spot, and what the proposer was told."""
    said, today = clean(text), timezone.localdate()
    LIFECYCLE.advance(suggestion, "suggestion.settle", to=State.SETTLED)
    suggestion.answered_on = today
    suggestion.save(update_fields=["state", "answered_on"])
    answer = Answer.objects.create(
        suggestion=suggestion,
        kind=AnswerKind.SETTLED,
        text=said,
        answered_by=by if isinstance(by, Person) else None,
        answered_on=today,
    )
    body = f"您的建议（受理号 {spoken(suggestion.receipt)}）已当场解决：{said}"
    tell_one(suggestion, "suggestion.settled", "建议已当场解决", body)
    write_entry(suggestion, private={"answer": said}, answer=str(answer.pk), kind=str(AnswerKind.SETTLED))
    return answer
