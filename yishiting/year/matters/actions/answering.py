"""One answer of all units, rated by those who proposed it; what is not satisfactory is handled again."""

from datetime import date, timedelta
from typing import Annotated

from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.days import chinese
from yishiting.ground.common.masking import public_words
from yishiting.ground.common.parameters import A, Day, OneOf, Ref, Text, line
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.seasons.due_days import due_after
from yishiting.ground.seasons.queries import rules_for
from yishiting.instruments.documents.rules import spoken
from yishiting.year.dossiers.models import Outcome
from yishiting.year.matters.actions.answering_below import answer_below
from yishiting.year.matters.actions.telling import proposers_answered, tell_heads, tell_units
from yishiting.year.matters.choices import ResultKind, Satisfaction
from yishiting.year.matters.models import Matter, Rating, Result
from yishiting.year.matters.permissions import MAY
from yishiting.year.matters.queries import (
    all_have_rated,
    of_person,
    people_of,
    result_of,
    spoke_with_proposers,
    units_in_hand,
)
from yishiting.year.matters.states import LIFECYCLE, State
from yishiting.year.suggestions.models import Suggestion


def _was_in_touch(matter: Matter) -> Sentence | None:
    if spoke_with_proposers(matter):
        return None
    return _("答复以前要先和提出人或街乡、社区（村）沟通。请先“记录沟通”。")


KIND = OneOf(
    _("办理结果"),
    ResultKind,
    missing=_("请选办理结果。"),
    notes={
        ResultKind.SOLVED: _("应该解决、有条件解决的，已经解决。"),
        ResultKind.PLANNED: _("条件有限的，列入计划，写明条件和再看的日期，到期自动回到办公室。"),
        ResultKind.INFEASIBLE: _("确实不可行的，实事求是说明情况。"),
    },
)
TEXT = Text(
    _("答复"), rows=6, hint=_("几个单位一个答复。街乡、社区（村）和提建议的人都会看到。"), missing=_("请写明答复。")
)
CONDITIONS = Text(_("具备什么条件时办理"), rows=2, hint=_("列入计划的必须写。"))
BACK_ON = Day(_("到哪一天再看"), ahead=True, hint=_("列入计划的必须写。"))
FINDING = line(_("专业机构的结论和编号"), most=160, hint=_("初审时写明须有专业机构结论的必须写。"))
OUTCOMES = {
    ResultKind.SOLVED: Outcome.DONE,
    ResultKind.PLANNED: Outcome.PLANNED,
    ResultKind.INFEASIBLE: Outcome.EXPLAINED,
}


@verb(
    "matter.answer",
    _("统一答复"),
    MAY,
    conditions=(_was_in_touch,),
    done=lambda one: format_lazy("{}{}", _("已答复，请提出人评价。"), proposers_answered(one.matter)),
)
def answer_matter(
    matter: Matter,
    *,
    by: Actor,
    kind: Annotated[ResultKind, KIND],
    text: Annotated[str, TEXT],
    conditions: Annotated[str, CONDITIONS] = "",
    back_on: Annotated[date | None, BACK_ON] = None,
    finding: Annotated[str, FINDING] = "",
) -> Result:
    """Give one answer for all units: solved, planned on conditions, or not feasible, each with what it has to say."""
    today = timezone.localdate()
    _check(matter, kind, conditions, back_on, finding)
    LIFECYCLE.advance(matter, "matter.answer")
    days = rules_for(matter.place).number("matter.rating_workdays")
    matter.rating_due, matter.due, matter.rated_by_all = due_after(today, days), None, False
    matter.save(update_fields=["state", "rating_due", "due", "rated_by_all"])
    result = Result.objects.create(
        matter=matter,
        place=matter.place,
        round=matter.round,
        kind=str(kind),
        text=text,
        conditions=conditions,
        back_on=back_on,
        finding=finding,
        answered_on=today,
    )
    write_entry(result, matter=str(matter.pk), kind=str(kind), attempt=matter.round, private={"text": text})
    when = f"办理条件：{conditions}" if conditions else ""
    said = f"{text}{when}（请在{chinese(matter.rating_due, 'plain')}前评价是否满意。）"
    answer_below(matter, by, OUTCOMES[ResultKind(kind)], said)
    return result


def _check(matter: Matter, kind: ResultKind, conditions: str, back_on: date | None, finding: str) -> None:
    """Refuse an answer that lacks what its kind has to say."""
    if kind == ResultKind.SOLVED and matter.needs_finding and not finding:
        raise Refused(_("这件事没有专业机构的结论不能办结。请写明结论和编号。"), field="finding")
    if kind == ResultKind.PLANNED and not conditions:
        raise Refused(_("列入计划的，请写明具备什么条件时办理。这张清单对外公开。"), field="conditions")
    if kind == ResultKind.PLANNED and (back_on is None or back_on <= timezone.localdate()):
        raise Refused(_("列入计划的，请写明今天以后的哪一天再看条件是否具备。"), field="back_on")


def _has_an_answer(matter: Matter) -> Sentence | None:
    return None if result_of(matter) is not None else _("还没有答复，有了答复再评价。")


def _in_time(matter: Matter) -> Sentence | None:
    if matter.rating_due is None or timezone.localdate() <= matter.rating_due:
        return None
    return format_lazy(
        _("评价期到{day}，已经过了。还有问题的，请再提一条建议。"), day=chinese(matter.rating_due, "plain")
    )


def _words_of_the_answer(matter: Matter) -> Sentence:
    result = result_of(matter)
    return f"{result.get_kind_display()}：{result.text}" if result is not None else ""


SATISFACTION = OneOf(_("您满意吗"), Satisfaction, missing=_("请选满意、基本满意或者不满意。"))
WORDS = Text(_("哪里不满意"), rows=4, hint=_("不满意的请写明，承办单位照着重新办理。不要写姓名和电话。"))


@verb(
    "matter.rate",
    _("评价答复"),
    MAY,
    before=_words_of_the_answer,
    conditions=(_has_an_answer, _in_time),
    in_person=True,
    done=_("谢谢您的评价。"),
)
def rate(
    matter: Matter,
    *,
    by: Person,
    satisfaction: Annotated[Satisfaction, SATISFACTION],
    words: Annotated[str, WORDS] = "",
) -> Rating:
    """A proposer says whether the answer is satisfactory; where it is not, the units handle it again."""
    mine = of_person(matter, by)
    if mine is None:
        raise Refused(_("请提出这件事的人本人评价。"))
    return _keep(matter, mine, satisfaction, words)


WHOSE = Ref(
    _("哪一条建议的提出人"),
    lambda matter: Suggestion.objects.filter(pk__in=[one.pk for one in people_of(matter)]).order_by("receipt"),
    called=lambda one: f"{spoken(one.receipt)}　{one.title}",
    missing=_("请选是哪一条建议的提出人。"),
)


@verb(
    "matter.note_rating",
    _("代录提出人评价"),
    MAY,
    before=_words_of_the_answer,
    conditions=(_has_an_answer, _in_time),
    done=_("评价已记录。"),
)
def note_rating(
    matter: Matter,
    *,
    by: Actor,
    suggestion: Annotated[A[Suggestion], WHOSE],
    satisfaction: Annotated[Satisfaction, SATISFACTION],
    words: Annotated[str, WORDS] = "",
) -> Rating:
    """Note what a proposer without an account says of the answer, by telephone or in person."""
    return _keep(matter, suggestion, satisfaction, words, by_desk=True)


def _keep(
    matter: Matter, suggestion: Suggestion, satisfaction: Satisfaction, words: str, *, by_desk: bool = False
) -> Rating:
    result = result_of(matter)
    if result is None:
        raise Refused(_("还没有答复，有了答复再评价。"))
    if satisfaction == Satisfaction.NOT_SATISFIED and not words:
        raise Refused(_("不满意的，请写明哪里不满意。"), field="words")
    rating = Rating.objects.create(
        matter=matter,
        place=matter.place,
        result=result,
        suggestion=suggestion,
        satisfaction=str(satisfaction),
        words=words,
        rated_on=timezone.localdate(),
        by_desk=by_desk,
    )
    to = State.UNDERWAY if satisfaction == Satisfaction.NOT_SATISFIED else State.ANSWERED
    LIFECYCLE.advance(matter, "matter.note_rating" if by_desk else "matter.rate", to=to)
    if to == State.UNDERWAY:
        _handle_again(matter, words)
    matter.rated_by_all = to == State.ANSWERED and all_have_rated(matter)
    matter.save(update_fields=["state", "round", "due", "rating_due", "rated_by_all"])
    write_entry(rating, matter=str(matter.pk), satisfaction=str(satisfaction), private={"words": words})
    return rating


def _handle_again(matter: Matter, words: str) -> None:
    """A new round: within the days the rulebook gives, with a new answer."""
    days = rules_for(matter.place).number("matter.again_days")
    matter.round, matter.rating_due = matter.round + 1, None
    matter.due = timezone.localdate() + timedelta(days=days)
    said = public_words(words)  # a department does not learn who it was
    body = (
        f"“{matter.title}”（{matter.number}）的答复有提出人不满意，请在{chinese(matter.due, 'plain')}前重新办理：{said}"
    )
    tell_units(matter, "again", units_in_hand(matter), body)
    tell_heads(matter, "again", body)


def _rating_is_over(matter: Matter) -> Sentence | None:
    if matter.rating_due is None or timezone.localdate() > matter.rating_due or all_have_rated(matter):
        return None
    day = chinese(matter.rating_due, "plain")
    return format_lazy(_("提出人还可以评价到{day}。期满，或都评价了，再办结。"), day=day)


@verb("matter.close", _("办结"), MAY, conditions=(_rating_is_over,), done=_("已办结。"))
def close_matter(matter: Matter, *, by: Actor) -> Matter:
    """End the matter when it was rated or the time for that is over; what was planned waits for its day."""
    result = result_of(matter)
    planned = result is not None and result.kind == ResultKind.PLANNED
    LIFECYCLE.advance(matter, "matter.close", to=State.PLANNED if planned else State.CLOSED)
    matter.due = result.back_on if planned and result is not None else None
    matter.save(update_fields=["state", "due"])
    write_entry(matter, outcome=str(matter.state))
    return matter


WHY_NOW = Text(_("条件怎样了"), rows=3, missing=_("请写明条件怎样了。"))
UNTIL = Day(_("办理期限"), ahead=True, missing=_("请写明办理期限。"))


@verb("matter.take_up", _("再办"), MAY, done=_("已交承办单位再办。"))
def take_up(matter: Matter, *, by: Actor, reason: Annotated[str, WHY_NOW], deadline: Annotated[date, UNTIL]) -> Matter:
    """Take up again what was planned, when its day has come or its conditions are there."""
    LIFECYCLE.advance(matter, "matter.take_up")
    matter.round, matter.due, matter.rating_due = matter.round + 1, deadline, None
    matter.save(update_fields=["state", "round", "due", "rating_due"])
    write_entry(matter, due=deadline.isoformat(), attempt=matter.round, private={"reason": reason})
    tell_units(matter, "again", units_in_hand(matter), f"“{matter.title}”（{matter.number}）再办：{reason}")
    return matter
