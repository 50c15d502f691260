"""Making a questionnaire, answering it, closing and publishing it."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.predicates import Question
from yishiting.ground.common.refused import NotAllowed, Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.places.models import Place
from yishiting.ground.seasons.queries import rules_for
from yishiting.methods.merkle import canonical
from yishiting.year.consultations.models import Origin, Questionnaire, Response
from yishiting.year.consultations.permissions import MAY, runs_here
from yishiting.year.consultations.queries import answers_hash
from yishiting.year.consultations.questions import TEXT, Unfit, check, read
from yishiting.year.consultations.rules import why_closed, why_not_these_days
from yishiting.year.consultations.states import QUESTIONNAIRE_LIFECYCLE, State

Words = Mapping[str, Any]


@verb("questionnaire.draft", "起草问卷", MAY)
def draft_questionnaire(
    place: Place,
    *,
    by: Actor,
    title: str,
    opens: date,
    closes: date,
    intro: str = "",
    questions: Iterable[Words] = (),
) -> Questionnaire:
    """Draft a questionnaire: its title, its first words, from when until when, and its questions."""
    _check_days(title, opens, closes)
    made = Questionnaire.objects.create(
        place=place,
        title=title.strip(),
        intro=intro.strip(),
        opens=opens,
        closes=closes,
        questions=_sound(place, questions),
    )
    write_entry(made, private={"title": made.title}, questions=len(made.questions))
    return made


@verb("questionnaire.amend", "修改问卷", MAY)
def amend_questionnaire(
    questionnaire: Questionnaire,
    *,
    by: Actor,
    title: str | None = None,
    intro: str | None = None,
    opens: date | None = None,
    closes: date | None = None,
    questions: Iterable[Words] | None = None,
) -> Questionnaire:
    """Change the words, the days or the questions before the questionnaire is open."""
    QUESTIONNAIRE_LIFECYCLE.advance(questionnaire, "questionnaire.amend")
    given = {"title": title, "intro": intro, "opens": opens, "closes": closes}
    for name, value in given.items():
        if value is not None:
            setattr(questionnaire, name, value.strip() if isinstance(value, str) else value)
    if questions is not None:
        questionnaire.questions = _sound(questionnaire.place, questions)
    if any(value is not None for value in given.values()):
        _check_days(questionnaire.title, questionnaire.opens, questionnaire.closes)
    questionnaire.save(update_fields=[*given, "questions"])
    write_entry(questionnaire, private={"title": questionnaire.title}, questions=len(questionnaire.questions))
    return questionnaire


@verb("questionnaire.open", "开始填写问卷", MAY)
def open_questionnaire(questionnaire: Questionnaire, *, by: Actor) -> Questionnaire:
    """Let people fill it in; from now on the questions stay as they are."""
    QUESTIONNAIRE_LIFECYCLE.advance(questionnaire, "questionnaire.open", to=State.OPEN)
    if not questionnaire.questions:
        raise Refused(_("还没有题目，请先加一道题。"))
    _check_days(questionnaire.title, questionnaire.opens, questionnaire.closes)
    book = rules_for(questionnaire.place)
    questionnaire.rules_label = book.label
    questionnaire.save(update_fields=["state", "rules_label"])
    asked = json.dumps(questionnaire.questions, ensure_ascii=False)
    write_entry(questionnaire, rules=book.label, questions=len(questionnaire.questions), private={"asked": asked})
    return questionnaire


@verb("questionnaire.answer", "填写问卷", MAY)
def answer_questionnaire(
    questionnaire: Questionnaire, *, by: Actor, answers: Words, origin: str = Origin.WEB, session_id: str = ""
) -> Response:
    """Fill it in, without a name; what was filled in on paper is typed in by the desk."""
    QUESTIONNAIRE_LIFECYCLE.advance(questionnaire, "questionnaire.answer")
    paper = origin == Origin.PAPER
    _check_way(questionnaire, by, paper=paper)
    try:
        kept = check(read(questionnaire.questions), answers, _text_most(questionnaire.place))
    except Unfit as problem:
        raise Refused(str(problem), field=problem.key) from problem
    last = questionnaire.responses.aggregate(last=Max("number"))["last"] or 0
    response = Response.objects.create(
        questionnaire=questionnaire,
        place=questionnaire.place,
        number=last + 1,
        answers=kept,
        origin=origin,
        session_id=session_id,
        entered_by=by if paper and isinstance(by, Person) else None,
    )
    sealed = {"answers": canonical(kept).decode()}
    write_entry(questionnaire, number=response.number, origin=str(origin), private=sealed)
    return response


@verb("questionnaire.close", "截止问卷", MAY)
def close_questionnaire(questionnaire: Questionnaire, *, by: Actor) -> Questionnaire:
    """End the filling in; the ledger keeps how many there are and the hash of all answers."""
    QUESTIONNAIRE_LIFECYCLE.advance(questionnaire, "questionnaire.close", to=State.CLOSED)
    questionnaire.closed_on = timezone.localdate()
    questionnaire.save(update_fields=["state", "closed_on"])
    filled = questionnaire.responses.count()
    write_entry(questionnaire, rules=questionnaire.rules_label, filled=filled, answers=answers_hash(questionnaire))
    return questionnaire


@verb("questionnaire.publish", "公布问卷结果", MAY)
def publish_questionnaire(questionnaire: Questionnaire, *, by: Actor) -> Questionnaire:
    """Publish the counts; what people wrote freely stays with the desk."""
    QUESTIONNAIRE_LIFECYCLE.advance(questionnaire, "questionnaire.publish", to=State.PUBLISHED)
    questionnaire.published_on = timezone.localdate()
    questionnaire.save(update_fields=["state", "published_on"])
    write_entry(questionnaire, rules=questionnaire.rules_label, filled=questionnaire.responses.count())
    return questionnaire


@verb("response.take_over", "转为建议", MAY)
def note_taken_over(response: Response, *, by: Actor, key: str, receipt: str) -> Response:
    """Note that what was written freely in a questionnaire has become a suggestion, under which number."""
    texts = {one.key for one in read(response.questionnaire.questions) if one.kind == TEXT}
    if key not in texts or key not in response.answers:
        raise Refused(_("这一份里没有这道题的文字回答。"))
    if key in response.taken_over:
        raise Refused(_("这句话已经转为建议，受理号 %(number)s。") % {"number": response.taken_over[key]})
    response.taken_over = {**response.taken_over, key: receipt}
    response.save(update_fields=["taken_over"])
    write_entry(response, number=response.number, question=key, receipt=receipt)
    return response


def _check_way(questionnaire: Questionnaire, by: Actor, *, paper: bool) -> None:
    if paper:
        refusal = runs_here.why_not(Question(by, questionnaire))
        if refusal is not None:
            raise NotAllowed(refusal)
        return
    closed = why_closed(questionnaire.opens, questionnaire.closes, timezone.localdate())
    if closed:
        raise Refused(closed)


def _check_days(title: str, opens: date, closes: date) -> None:
    if not title.strip():
        raise Refused(_("请写一个名称。"), field="title")
    wrong = why_not_these_days(opens, closes, timezone.localdate())
    if wrong:
        raise Refused(wrong, field="closes")


def _sound(place: Place, questions: Iterable[Words]) -> list[dict[str, Any]]:
    try:
        found = read(questions)
    except Unfit as problem:
        raise Refused(str(problem), field="text") from problem
    most = rules_for(place).number("questionnaire.questions_max")
    if len(found) > most:
        raise Refused(_("一份问卷最多 %(n)s 题，太长没有人愿意填完。") % {"n": most}, field="text")
    return [one.as_dict() for one in found]


def _text_most(place: Place) -> int:
    return rules_for(place).number("questionnaire.text_max")
