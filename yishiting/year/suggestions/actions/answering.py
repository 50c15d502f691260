"""Answering: every proposer of the matter hears the same, and nobody is left without."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Annotated

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.locks import hold_at_once
from yishiting.ground.common.parameters import OneOf, Refs, Text
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entries, write_entry
from yishiting.ground.notices.actions import in_one_statement
from yishiting.ground.places.models import Place
from yishiting.instruments.documents.rules import spoken
from yishiting.year.suggestions.actions.telling import by_person, tell_one, told_in_words
from yishiting.year.suggestions.models import Answer, AnswerKind, Suggestion
from yishiting.year.suggestions.permissions import MAY
from yishiting.year.suggestions.queries.clusters import cluster_of, clusters_of, households
from yishiting.year.suggestions.queries.screening import nobody_in_charge
from yishiting.year.suggestions.states import ANSWERABLE, LIFECYCLE, NOT_SCREENED, State
from yishiting.year.suggestions.words import clean

#: The beginning of the template of what tells of an answer.
ANSWERED = "suggestion.answered"
#: What ends the waiting of a proposer whose suggestion was let in.
ANSWERS = (
    AnswerKind.SETTLED,
    AnswerKind.PLANNED,
    AnswerKind.NEXT_SEASON,
    AnswerKind.NOT_NOW,
    AnswerKind.EXPLAINED,
)


def _kinds(suggestion: Suggestion) -> Iterable[AnswerKind]:
    """What was not let in is explained further, or turns out to be solved."""
    return ANSWERS if suggestion.state == State.VALID else (AnswerKind.EXPLAINED, AnswerKind.SETTLED)


def _who_hears(suggestion: Suggestion) -> Sentence:
    """How many hear the answer, what they said, and what they were told before."""
    cluster = cluster_of(suggestion)
    heard = _("%(n)s条建议，来自%(m)s户") % {"n": len(cluster), "m": households(cluster)}
    before = [f"{one.answered_on}　{one.get_kind_display()}\n{one.text}" for one in suggestion.answers.all()]
    return "\n\n".join([heard + str(_("，每一位都会收到这个答复。")), suggestion.text, *before])


def _told(answer: Answer) -> Sentence:
    kind = _("已答复（%(kind)s）。") % {"kind": AnswerKind(answer.kind).label}
    return str(kind) + str(told_in_words(f"{ANSWERED}.{answer.pk}", cluster_of(answer.suggestion)))


NOTES: dict[str, Sentence] = {
    AnswerKind.SETTLED: _("写明怎么解决、怎么采纳的"),
    AnswerKind.PLANNED: _("写明列入什么计划、什么时候办"),
    AnswerKind.NEXT_SEASON: _("写明哪一季、哪次会议审议"),
    AnswerKind.NOT_NOW: _("实事求是写明为什么，什么条件下可以办"),
    AnswerKind.EXPLAINED: _("写明办到哪一步、谁在办"),
}
KIND = OneOf(_("答复类别"), _kinds, notes=NOTES)
NOT_LET_IN = _("%(number)s 初审没有通过，只能答复“情况说明”或“已解决或采纳”。请取消这一条，另外答复。")
#: Of several at once.
ONE_KIND = OneOf(_("答复类别"), ANSWERS, notes=NOTES)
THESE = Refs(
    _("答复哪几条"),
    lambda place: Suggestion.objects.filter(place=place).select_related("place", "proposer"),
    least=1,
    missing=_("请至少选一条建议。"),
)
ANSWER = Text(
    _("答复内容"),
    hint=_("先说结果，再说办了什么、还要做什么、什么时候。例如：路灯已于3月10日修好，试过能亮。"),
    missing=_("请写明答复内容：办了什么、还要做什么、什么时候。"),
    rows=5,
)
HOW_SOLVED = Text(
    _("解决情况"),
    hint=_("例如：灯泡已当场换好，试过能亮。本人会看到这段话。"),
    missing=_("请写明怎么解决的，本人会看到这段答复。"),
)


@verb("suggestion.answer", _("答复"), MAY, done=_told, before=_who_hears, conditions=(nobody_in_charge,))
def answer_suggestion(
    suggestion: Suggestion, *, by: Person, kind: Annotated[str, KIND], text: Annotated[str, ANSWER]
) -> Answer:
    """Answer the proposer of a suggestion and of everything merged into it."""
    said = clean(text)
    answer = give_answer(suggestion, by, AnswerKind(kind), said)
    write_entry(suggestion, private={"answer": said}, answer=str(answer.pk), kind=str(kind))
    return answer


def _answered(answers: Sequence[Answer]) -> Sentence:
    mains = [answer.suggestion for answer in answers]
    everyone = [one for cluster in clusters_of(mains).values() for one in cluster]
    told = told_in_words(f"{ANSWERED}.{answers[0].pk}", everyone)
    return str(_("%(n)s条已答复。") % {"n": len(answers)}) + str(told)


@verb("suggestion.answer_many", _("一并答复"), MAY, done=_answered, holds=("suggestions",))
def answer_many(
    place: Place,
    *,
    by: Person,
    suggestions: Annotated[Sequence[Suggestion], THESE],
    kind: Annotated[str, ONE_KIND],
    text: Annotated[str, ANSWER],
) -> list[Answer]:
    """Give several suggestions the same answer; whoever proposed more than one of them is told once."""
    if other := next((one for one in suggestions if one.state not in ANSWERABLE), None):
        raise Refused(f"{spoken(other.receipt)} {other.title}：{NOT_SCREENED}", field="suggestions")
    if other := next((one for one in suggestions if AnswerKind(kind) not in _kinds(one)), None):
        raise Refused(NOT_LET_IN % {"number": spoken(other.receipt)}, field="suggestions")
    if said_why := next((why for one in suggestions if (why := nobody_in_charge(one))), None):
        raise Refused(said_why, field="suggestions")
    said = clean(text)
    answers = keep_answers(suggestions, by, AnswerKind(kind), said)
    tell_answer(suggestions, str(answers[0].pk), said)
    facts = [(one.suggestion, {"answer": str(one.pk), "kind": str(kind)}) for one in answers]
    write_entries(place, facts, suggestions=len(answers))
    return answers


def give_answer(suggestion: Suggestion, by: Actor, kind: AnswerKind, text: str) -> Answer:
    """Keep the answer with the main suggestion, mark the whole cluster as answered, tell everyone in it."""
    (answer,) = keep_answers([suggestion], by, kind, text)
    tell_answer([suggestion], str(answer.pk), text)
    return answer


@dataclass(frozen=True, slots=True)
class Promise:
    """What an interim answer promises: who deals with it, what is next, and when one hears again."""

    handler: str
    next_step: str
    next_on: date


def keep_answers(
    mains: Sequence[Suggestion], by: Actor, kind: AnswerKind, text: str, promise: Promise | None = None
) -> list[Answer]:
    """Keep the same answer with each of these; it ends the waiting of all that was merged into them, too.

    With a promise it is an interim answer, and the waiting goes on until the day promised. Nobody is told here.
    """
    today, person = timezone.localdate(), by if isinstance(by, Person) else None
    more = asdict(promise) if promise else {}
    answers = Answer.objects.bulk_create(
        Answer(suggestion=one, kind=kind, text=text, answered_by=person, answered_on=today, **more) for one in mains
    )
    merged = [one for cluster in clusters_of(mains).values() for one in cluster[1:]]
    if merged:
        hold_at_once(*merged)
    changed: dict[str, date] = {"answer_due": promise.next_on} if promise else {"answered_on": today}
    Suggestion.objects.filter(pk__in=[one.pk for one in [*mains, *merged]]).update(**changed)
    for one in mains:
        for name, day in changed.items():
            setattr(one, name, day)
    return answers


def tell_answer(mains: Sequence[Suggestion], once: str, text: str) -> None:
    """Tell everyone whose words are in these, each person once, with all their receipt numbers."""
    everyone = [one for cluster in clusters_of(mains).values() for one in cluster]
    with in_one_statement():
        for one, receipts in by_person(everyone):
            body = f"您的建议（受理号 {receipts}）有了答复：{text}"
            tell_one(one, f"{ANSWERED}.{once}", "建议的答复", body)


def _settled(answer: Answer) -> Sentence:
    return str(_("已记为当场解决。")) + str(told_in_words("suggestion.settled", [answer.suggestion]))


@verb("suggestion.settle", _("当场解决"), MAY, done=_settled)
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
