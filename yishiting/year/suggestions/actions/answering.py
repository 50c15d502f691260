"""Answering: every proposer of the matter hears the same, and nobody is left without."""

from django.utils import timezone
from django.utils.translation import gettext as _

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.locks import hold_at_once
from yishiting.ground.common.refused import Refused, WrongState
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.instruments.documents.rules import spoken
from yishiting.year.suggestions.actions.telling import tell_one
from yishiting.year.suggestions.models import Answer, AnswerKind, Suggestion
from yishiting.year.suggestions.permissions import MAY
from yishiting.year.suggestions.queries.clusters import cluster_of
from yishiting.year.suggestions.states import State
from yishiting.year.suggestions.words import clean

ANSWERABLE = (State.VALID, State.TRANSFERRED, State.NOT_ADMISSIBLE, State.SETTLED, State.APPEALED)


@verb("suggestion.answer", "答复", MAY)
def answer_suggestion(suggestion: Suggestion, *, by: Person, kind: str, text: str) -> Answer:
    """Answer the proposer of a suggestion and of everything merged into it."""
    if suggestion.state == State.MERGED:
        raise WrongState(_("这一条已并入同项，请在主案上答复，所有提出人都会收到。"))
    if suggestion.state not in ANSWERABLE:
        raise WrongState(_("请先初审，再答复。"))
    said = clean(text)
    if not said:
        raise Refused(_("请写明答复内容：办了什么、还要做什么、什么时候。"), field="text")
    answer = give_answer(suggestion, by, AnswerKind(kind), said)
    write_entry(suggestion, private={"answer": said}, answer=str(answer.pk), kind=kind)
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
    for one in cluster:
        body = f"您的建议（受理号 {spoken(one.receipt)}）有了答复：{text}"
        tell_one(one, f"suggestion.answered.{answer.pk}", "建议的答复", body)
    return answer
