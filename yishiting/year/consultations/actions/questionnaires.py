"""Making a questionnaire, answering it, closing and publishing it."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from types import MappingProxyType
from typing import Annotated, Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.closing import BEFORE_PUBLISHING, before_closing
from yishiting.ground.common.parameters import Day, FromWithin, Given, OneOf, Text, Whole, line
from yishiting.ground.common.predicates import Question, Sentence
from yishiting.ground.common.refused import NotAllowed, Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.organisations.permissions import at_desk
from yishiting.ground.places.models import Place
from yishiting.ground.seasons.queries import rules_for
from yishiting.instruments.documents.rules import read_receipt
from yishiting.methods.merkle import canonical
from yishiting.year.consultations.actions.ending import WHY_VOID
from yishiting.year.consultations.actions.preparing import (
    NAMELESS,
    OPENS,
    WHY_DISCARDED,
    check_days,
    has_days_left,
)
from yishiting.year.consultations.keys import filled_key
from yishiting.year.consultations.models import Filled, Origin, Questionnaire, Response
from yishiting.year.consultations.permissions import MAY
from yishiting.year.consultations.queries import answers_hash
from yishiting.year.consultations.questions import TEXT, Unfit, check, read
from yishiting.year.consultations.rules import why_closed
from yishiting.year.consultations.signals import sheet_taken_in
from yishiting.year.consultations.states import QUESTIONNAIRE_LIFECYCLE, State

Words = Mapping[str, Any]


TITLE = line(_("名称"), most=120, hint=_("例如：小花园怎么改"), missing=NAMELESS)
INTRO = Text(_("开头的话"), rows=3, hint=_("为什么问、要几分钟、结果怎么用"))
CLOSES = Day(_("截止"), hint=_("当天还可以填"))
QUESTIONS = Given(_("题目"))
ANSWERS = Given(_("回答"))
ORIGIN = OneOf(_("来源"), Origin)
SESSION = FromWithin(_("征集场次"))
SHEET = Whole(
    _("纸上的编号"),
    least=1,
    most=100_000,
    hint=_("发问卷时从1编起，一人一张，写在右上角。同一场里，一个编号只录一次，编号不会大于到场的人数。"),
)
WHO = FromWithin(_("本人"))
QUESTION = line(_("题号"), most=8)
RECEIPT = line(_("受理号"), most=20)


@verb("questionnaire.draft", _("起草问卷"), MAY, done=_("已保存草稿，请加题目。"))
def draft_questionnaire(
    place: Place,
    *,
    by: Actor,
    title: Annotated[str, TITLE],
    opens: Annotated[date, OPENS],
    closes: Annotated[date, CLOSES],
    intro: Annotated[str, INTRO] = "",
) -> Questionnaire:
    """Draft a questionnaire: its title, its first words, from when until when."""
    check_days(opens, closes)
    made = Questionnaire.objects.create(place=place, title=title, intro=intro, opens=opens, closes=closes)
    write_entry(made, private={"title": title}, questions=0)
    return made


@verb("questionnaire.amend", _("修改问卷"), MAY, done=_("已修改。"))
def amend_questionnaire(
    questionnaire: Questionnaire,
    *,
    by: Actor,
    title: Annotated[str, TITLE],
    opens: Annotated[date, OPENS],
    closes: Annotated[date, CLOSES],
    intro: Annotated[str, INTRO] = "",
) -> Questionnaire:
    """Change the words or the days before the questionnaire is open."""
    check_days(opens, closes)
    questionnaire.title, questionnaire.intro = title, intro
    questionnaire.opens, questionnaire.closes = opens, closes
    questionnaire.save(update_fields=["title", "intro", "opens", "closes"])
    write_entry(questionnaire, private={"title": title}, questions=len(questionnaire.questions))
    return questionnaire


@verb("questionnaire.discard", _("删去草稿"), MAY, done=_("草稿已删去。"), kind="danger")
def discard_questionnaire(
    questionnaire: Questionnaire, *, by: Actor, reason: Annotated[str, WHY_DISCARDED] = ""
) -> Questionnaire:
    """Throw a draft away before anybody was asked; it stays on record and on no list."""
    QUESTIONNAIRE_LIFECYCLE.advance(questionnaire, "questionnaire.discard")
    questionnaire.save(update_fields=["state"])
    write_entry(questionnaire, private={"title": questionnaire.title, "reason": reason})
    return questionnaire


@verb("questionnaire.set_questions", _("编排题目"), MAY)
def set_questions(
    questionnaire: Questionnaire, *, by: Actor, questions: Annotated[Sequence[Words], QUESTIONS] = ()
) -> Questionnaire:
    """Say what is asked, and in which order, before the questionnaire is open."""
    questionnaire.questions = _sound(questionnaire.place, questions)
    questionnaire.save(update_fields=["questions"])
    write_entry(questionnaire, questions=len(questionnaire.questions))
    return questionnaire


def _asks_something(questionnaire: Questionnaire) -> Sentence | None:
    return None if questionnaire.questions else _("还没有题目，请先“编排题目”，加一道题。")


@verb(
    "questionnaire.open",
    _("开始填写问卷"),
    MAY,
    before=_("居民马上可以填写。开始以后题目不能再改。"),
    done=_("已开始填写，题目不再改动。"),
    conditions=(_asks_something, has_days_left),
)
def open_questionnaire(questionnaire: Questionnaire, *, by: Actor) -> Questionnaire:
    """Let people fill it in; from now on the questions stay as they are."""
    QUESTIONNAIRE_LIFECYCLE.advance(questionnaire, "questionnaire.open", to=State.OPEN)
    book = rules_for(questionnaire.place)
    questionnaire.rules_label = book.label
    questionnaire.save(update_fields=["state", "rules_label"])
    asked = json.dumps(questionnaire.questions, ensure_ascii=False)
    write_entry(questionnaire, rules=book.label, questions=len(questionnaire.questions), private={"asked": asked})
    return questionnaire


@verb(
    "questionnaire.answer",
    _("填写问卷"),
    MAY,
    done=lambda response: _("第%(n)s份已录入，请录下一份。") % {"n": response.number},
    in_person=True,
)
def answer_questionnaire(
    questionnaire: Questionnaire,
    *,
    by: Actor,
    answers: Annotated[Words, ANSWERS] = MappingProxyType({}),
    origin: Annotated[str, ORIGIN] = Origin.WEB,
    session_id: Annotated[str, SESSION] = "",
    sheet: Annotated[int | None, SHEET] = None,
    person: Annotated[Person | None, WHO] = None,
) -> Response:
    """Fill it in, without a name; what was filled in on paper is typed in by the desk.

    Of `person`, who is signed in, only that they have filled it in is kept, so that nobody does it again by another
    door; it is not written down beside the answers, and erased when the questionnaire is closed. On paper the number of
    the `sheet` sees to that: each is typed in once, and there are no more than people at their session.
    """
    paper = origin == Origin.PAPER
    _check_way(questionnaire, by, paper=paper)
    if person is not None and not paper:
        _once(questionnaire, person)
    if paper:
        _check_sheet(questionnaire, session_id, sheet)
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
        session_id=session_id if paper else "",
        sheet=sheet if paper else None,
        entered_by=by if paper and isinstance(by, Person) else None,
    )
    sealed = {"answers": canonical(kept).decode()}
    write_entry(questionnaire, number=response.number, origin=str(origin), private=sealed)
    return response


@verb(
    "questionnaire.close",
    _("截止问卷"),
    MAY,
    before=lambda questionnaire: before_closing(questionnaire.closes, _("纸质问卷也不能再录。")),
    done=_("已截止。"),
)
def close_questionnaire(questionnaire: Questionnaire, *, by: Actor) -> Questionnaire:
    """End the filling in; the ledger keeps how many there are and the hash of all answers."""
    QUESTIONNAIRE_LIFECYCLE.advance(questionnaire, "questionnaire.close", to=State.CLOSED)
    questionnaire.closed_on = timezone.localdate()
    questionnaire.save(update_fields=["state", "closed_on"])
    questionnaire.fillings.all().delete()
    filled = questionnaire.responses.count()
    write_entry(questionnaire, rules=questionnaire.rules_label, filled=filled, answers=answers_hash(questionnaire))
    return questionnaire


@verb("questionnaire.publish", _("公布问卷结果"), MAY, before=BEFORE_PUBLISHING, done=_("结果已公布。"))
def publish_questionnaire(questionnaire: Questionnaire, *, by: Actor) -> Questionnaire:
    """Publish the counts; what people wrote freely stays with the desk."""
    QUESTIONNAIRE_LIFECYCLE.advance(questionnaire, "questionnaire.publish", to=State.PUBLISHED)
    questionnaire.published_on = timezone.localdate()
    questionnaire.save(update_fields=["state", "published_on"])
    write_entry(questionnaire, rules=questionnaire.rules_label, filled=questionnaire.responses.count())
    return questionnaire


@verb("questionnaire.void", _("问卷作废"), MAY, done=_("已作废，原因已公开。"), kind="danger")
def void_questionnaire(questionnaire: Questionnaire, *, by: Actor, reason: Annotated[str, WHY_VOID]) -> Questionnaire:
    """Declare a questionnaire void with the reason that everybody reads; what was filled in stays on file."""
    QUESTIONNAIRE_LIFECYCLE.advance(questionnaire, "questionnaire.void")
    questionnaire.void_reason = reason
    questionnaire.save(update_fields=["state", "void_reason"])
    write_entry(questionnaire, private={"reason": reason})
    return questionnaire


@verb("response.take_over", _("转为建议"), MAY)
def note_taken_over(
    response: Response, *, by: Actor, key: Annotated[str, QUESTION], receipt: Annotated[str, RECEIPT]
) -> Response:
    """Note that what was written freely in a questionnaire has become a suggestion, under which number."""
    texts = {one.key for one in read(response.questionnaire.questions) if one.kind == TEXT}
    if key not in texts or key not in response.answers:
        raise Refused(_("这一份里没有这道题的文字回答。"), field="key")
    if key in response.taken_over:
        taken = {"number": response.taken_over[key]}
        raise Refused(_("这句话已经转为建议，受理号 %(number)s。") % taken, field="key")
    number = read_receipt(receipt)
    if number is None:
        raise Refused(_("受理号不对，可能抄错了一位。请核对回执上的 10 位数字。"), field="receipt")
    response.taken_over = {**response.taken_over, key: number}
    response.save(update_fields=["taken_over"])
    write_entry(response, number=response.number, question=key, receipt=number)
    return response


def _once(questionnaire: Questionnaire, person: Person) -> None:
    key = filled_key(questionnaire, person)
    if questionnaire.fillings.filter(key=key).exists():
        raise Refused(_("您已经填过这份问卷，谢谢您。每人一份。"))
    day = timezone.make_aware(datetime.combine(questionnaire.opens, time()))
    Filled.objects.create(questionnaire=questionnaire, key=key, created_at=day)


def _check_sheet(questionnaire: Questionnaire, session_id: str, sheet: int | None) -> None:
    """Each sheet once; of a session none without its number, by which it is one of those who came."""
    if session_id and sheet is None:
        raise Refused(_("在某一场收到的问卷，请写上纸上的编号，一人一张。"), field="sheet")
    if session_id:
        sheet_taken_in.send(sender=Questionnaire, questionnaire=questionnaire, session_id=session_id, sheet=sheet)
    if sheet is not None and questionnaire.responses.filter(session_id=session_id, sheet=sheet).exists():
        raise Refused(_("第%(n)s号已经录过，一人一张。请核对纸上的编号。") % {"n": sheet}, field="sheet")


def _check_way(questionnaire: Questionnaire, by: Actor, *, paper: bool) -> None:
    if paper:
        refusal = at_desk.why_not(Question(by, questionnaire))
        if refusal is not None:
            raise NotAllowed(refusal)
        return
    closed = why_closed(questionnaire.opens, questionnaire.closes, timezone.localdate())
    if closed:
        raise Refused(closed)


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
