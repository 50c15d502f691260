"""转办: what another unit or another place of the level answers for, and what comes back: an answer, or the matter itself."""

from typing import Annotated, Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.days import chinese
from yishiting.ground.common.parameters import OneOf, Ref, Text
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.notices.actions import in_one_statement, tell, tell_unit
from yishiting.ground.notices.models import Audience
from yishiting.ground.organisations.actions.naming import UnitHere, WhoHere, unit_called
from yishiting.ground.organisations.models import Appointment, Organisation
from yishiting.ground.organisations.rules import DESKS
from yishiting.ground.places.models import Place
from yishiting.ground.seasons.due_days import due_after
from yishiting.ground.seasons.queries import rules_for
from yishiting.instruments.documents.rules import spoken
from yishiting.year.dossiers.actions import answer_referral, refer
from yishiting.year.dossiers.models import Outcome, Referral, ReferralKind
from yishiting.year.dossiers.queries import last_sent, waiting_referral
from yishiting.year.suggestions.actions.answering import ANSWERED, give_answer
from yishiting.year.suggestions.actions.telling import tell_proposers, told_in_words
from yishiting.year.suggestions.models import Answer, AnswerKind, Suggestion
from yishiting.year.suggestions.permissions import MAY
from yishiting.year.suggestions.queries.clusters import cluster_of
from yishiting.year.suggestions.words import clean

ACROSS = ReferralKind.ACROSS


def _units(thing: Any) -> "QuerySet[Organisation]":
    """The units on file here and above that work today."""
    here, today = thing.place, timezone.localdate()
    open_today = Q(valid_to__isnull=True) | Q(valid_to__gt=today)
    return Organisation.objects.filter(open_today, place__division_path__in=here.ancestor_paths()).select_related(
        "place"
    )


def _beside(thing: Any) -> "QuerySet[Place]":
    """The places of the same level under the same one above."""
    here = thing.place
    return Place.objects.filter(parent=here.parent_id, level=here.level).exclude(pk=here.pk)


UNIT = Ref(
    _("转给名册上的哪个单位"),
    _units,
    find=lambda rows, words: rows.filter(name__contains=words),
    missing=_("请选单位。"),
)
RECEIVER = UnitHere(_("名册上没有的，写单位名称"), most=120, hint=_("例如：街道城管科；安居物业公司，电话64170000"))
THERE = Ref(
    _("属于别的社区（村）、街道（乡）的，选地方"),
    _beside,
    find=lambda rows, words: rows.filter(name__contains=words),
    missing=_("请选地方。"),
)
WHY = Text(
    _("为什么转办"),
    rows=2,
    hint=_("提出人会看到。例如：这段路由街道城管科维护。"),
    missing=_("请写明为什么转办，提出人会看到。"),
)
REPLY = Text(
    _("答复内容"),
    rows=4,
    hint=_("承接单位怎么答复的，写清办了什么、什么时候办。提出人会看到。"),
    missing=_("请写明承接单位的答复，提出人会看到。"),
)
UNITS_REPLY = Text(
    _("答复内容"),
    rows=5,
    hint=_("办了什么、什么时候办、办不了为什么。提出人和转来的地方都会看到。"),
    missing=_("请写明怎么办的，提出人会看到。"),
)
CAME_TO = OneOf(
    _("结果"),
    (Outcome.DONE, Outcome.PLANNED, Outcome.EXPLAINED),
    missing=_("请选择办理的结果。"),
)
WHY_BACK = Text(
    _("为什么退回"),
    rows=2,
    hint=_("例如：这段路归区城管委管；到期没有答复。提出人会看到。"),
    missing=_("请写明为什么退回，提出人会看到。"),
)
#: What the proposer is told an answer of a unit to be.
KINDS = {
    Outcome.DONE: AnswerKind.SETTLED,
    Outcome.PLANNED: AnswerKind.PLANNED,
    Outcome.EXPLAINED: AnswerKind.EXPLAINED,
}


def send_across(
    suggestion: Suggestion, reason: str, *, receiver: str, unit: Organisation | None = None, there: Place | None = None
) -> Referral:
    """Pass a suggestion on; it waits for the answer by the day the rules name."""
    return pass_across(suggestion, "一件建议", reason, receiver=receiver, unit=unit, there=there)


def pass_across(
    thing: Any,
    what: str,
    reason: str,
    *,
    receiver: str,
    unit: Organisation | None = None,
    there: Place | None = None,
) -> Referral:
    """Pass what has a file on to a unit or to another place, which is told; it waits there by the day the rules name."""
    here, today = thing.place, timezone.localdate()
    due = due_after(today, rules_for(here).number("suggestion.transfer_answer_workdays"))
    there_is = unit or (unit_called(here, receiver) if receiver else None)
    sent = refer(
        thing.dossier,
        ACROSS,
        there or here,
        here=here,
        reason=reason,
        today=today,
        due=due,
        receiver=receiver,
        unit=there_is,
    )
    if there_is is not None:
        _tell_the_unit(sent, thing, what, there_is)
    if there is not None:
        _tell_the_place(sent, thing, what, there)
    return sent


def _tell_the_unit(sent: Referral, thing: Any, what: str, unit: Organisation) -> None:
    """Whoever acts for the unit is told what was passed on to it, why, and by when it is to be answered."""
    body = (
        f"{thing.place}把{what}转给{unit.name}办理：{thing.title}。{sent.reason}"
        f"请在{chinese(sent.due or sent.sent_on, 'plain')}以前登录本平台，在“我的单位”里答复。"
    )
    tell_unit(unit, step=f"unit.passed_on:{sent.pk}", subject=f"有{what}转给您单位", body=body)


def _tell_the_place(sent: Referral, thing: Any, what: str, there: Place) -> None:
    """The desk of the other place is told the same; it waits on their home."""
    desk = Appointment.objects.in_force(timezone.localdate()).filter(place=there, office__in=DESKS[there.level].working)
    day = chinese(sent.due or sent.sent_on, "plain")
    with in_one_statement():
        for one in desk.select_related("person"):
            tell(
                one.person,
                once=f"referral.across:{sent.pk}:{one.person_id}",
                template="referral.across",
                subject=f"{thing.place}转来{what}",
                body=f"{thing.place}把{what}转给{there}办理：{thing.title}。{sent.reason}请在{day}以前答复。",
                audience=Audience.DESK,
                about=thing,
                place_code=there.code,
            )


def call_back(suggestion: Suggestion, reason: str) -> None:
    """What was passed on and is decided here after all waits there no longer."""
    if waiting_referral(suggestion.dossier, ACROSS, suggestion.place) is not None:
        _answered(suggestion, reason, Outcome.RECALLED)


def _answered(suggestion: Suggestion, answer: str, outcome: Outcome) -> Referral | None:
    here, today = suggestion.place, timezone.localdate()
    return answer_referral(suggestion.dossier, ACROSS, here, answer=answer, outcome=outcome, today=today)


def waits_nowhere(thing: Any) -> Sentence | None:
    """The sentence that says where it waits already; None where it may be passed on."""
    sent = waiting_referral(thing.dossier, ACROSS, thing.place)
    if sent is None:
        return None
    return _("已经转给%(who)s，在等答复。请先“登记承接单位答复”；那边不办的，请先“承接单位退回”。") % {
        "who": sent.where
    }


def _was_passed_on(suggestion: Suggestion) -> Sentence | None:
    found = last_sent(suggestion.dossier, ACROSS, suggestion.place)
    return None if found is not None else _("这一条没有转给别的单位。答复提出人请用“答复”。")


def _waits_there(suggestion: Suggestion) -> Sentence | None:
    if waiting_referral(suggestion.dossier, ACROSS, suggestion.place) is not None:
        return None
    return _("这一条没有在等承接单位的答复，不用退回。要转给别的单位，请“再转办”。")


def _what_was_said(suggestion: Suggestion) -> Sentence:
    """The words, and why they were passed on; nothing of who said them."""
    sent = last_sent(suggestion.dossier, ACROSS, suggestion.place)
    why = str(_("转给%(who)s：%(why)s") % {"who": sent.where, "why": sent.reason}) if sent is not None else ""
    return "\n\n".join(one for one in (suggestion.title, suggestion.text, why) if one)


def _sent_on(sent: Referral) -> Sentence:
    return str(_("已转办，到期没有答复会提醒您。")) + _told(f"suggestion.pass_on.{sent.pk}", sent.dossier.suggestion)


def _replied(answer: Answer) -> Sentence:
    return str(_("答复已登记。")) + _told(f"{ANSWERED}.{answer.pk}", answer.suggestion)


def _sent_back(suggestion: Suggestion) -> Sentence:
    return str(_("已退回，等原来的地方再转办或重新初审。")) + _told(_back(suggestion), suggestion)


def _back(suggestion: Suggestion) -> str:
    return f"suggestion.send_back.{suggestion.revision}"


def _told(step: str, suggestion: Suggestion) -> str:
    return str(told_in_words(step, cluster_of(suggestion)))


@verb(
    "suggestion.pass_on",
    _("再转办"),
    MAY,
    before=_what_was_said,
    done=_sent_on,
    conditions=(waits_nowhere,),
)
def pass_on(
    suggestion: Suggestion,
    *,
    by: Person,
    unit: Annotated[Organisation | None, UNIT] = None,
    receiver: Annotated[str, RECEIVER] = "",
    there: Annotated[Place | None, THERE] = None,
    reason: Annotated[str, WHY],
) -> Referral:
    """Pass a suggestion on to a unit or to another place of the level, which answers by the day named."""
    to_one_only(unit, receiver, there)
    said = clean(reason)
    sent = send_across(suggestion, said, receiver=unit.name if unit else receiver, unit=unit, there=there)
    write_entry(suggestion, due=_day(sent), private={"reason": said, "transferred_to": sent.where})
    body = f"您的建议（受理号 {spoken(suggestion.receipt)}）已转给{sent.where}：{said}"
    tell_proposers(suggestion, f"suggestion.pass_on.{sent.pk}", "您的建议已转办", body)
    return sent


def to_one_only(*named: Organisation | Place | str | None) -> None:
    """Refuse what names nobody, or several."""
    if sum(1 for one in named if one) != 1:
        raise Refused(_("转给谁，请只填一处：名册上的单位、单位名称，或别的地方。"), field="receiver")


def _day(sent: Referral) -> str:
    return (sent.due or sent.sent_on).isoformat()


@verb(
    "suggestion.note_reply",
    _("登记承接单位答复"),
    MAY,
    before=_what_was_said,
    done=_replied,
    conditions=(_was_passed_on,),
)
def note_reply(
    suggestion: Suggestion,
    *,
    by: Actor,
    outcome: Annotated[Outcome, CAME_TO],
    text: Annotated[str, REPLY],
    answered_by: Annotated[str, WhoHere(_("谁答复的"), hint=_("写单位或姓名。例如：街道城管科"))] = "",
) -> Answer:
    """Note what the unit answered that a suggestion was passed on to; a later answer stands beside the first."""
    said = clean(text)
    sent = _answered(suggestion, said, outcome)
    who = answered_by or (sent.where if sent is not None else "")
    answer = give_answer(suggestion, by, KINDS[Outcome(outcome)], f"{who}答复：{said}")
    private = {"answer": said, "answered_by": answered_by}
    write_entry(suggestion, private=private, answer=str(answer.pk), outcome=str(outcome))
    return answer


@verb("suggestion.reply", _("答复转办"), MAY, before=_what_was_said, done=_replied, conditions=(_waits_there,))
def reply(
    suggestion: Suggestion, *, by: Person, outcome: Annotated[Outcome, CAME_TO], text: Annotated[str, UNITS_REPLY]
) -> Answer:
    """Answer, for the unit that it was passed on to, what was done or will be done about a suggestion."""
    said = clean(text)
    sent = _answered(suggestion, said, outcome)
    who = sent.where if sent is not None else ""
    answer = give_answer(suggestion, by, KINDS[Outcome(outcome)], f"{who}答复：{said}")
    write_entry(suggestion, private={"answer": said, "answered_by": who}, answer=str(answer.pk), outcome=str(outcome))
    return answer


@verb(
    "suggestion.send_back",
    _("承接单位退回"),
    MAY,
    before=_what_was_said,
    done=_sent_back,
    kind="danger",
    conditions=(_waits_there,),
)
def send_back(suggestion: Suggestion, *, by: Actor, reason: Annotated[str, WHY_BACK]) -> Suggestion:
    """Send back what was passed on to the wrong unit, or what nobody answered; it lies where it came from again."""
    said = clean(reason)
    sent = _answered(suggestion, said, Outcome.RETURNED)
    who = sent.where if sent is not None else ""
    write_entry(suggestion, outcome=str(Outcome.RETURNED), private={"reason": said, "transferred_to": who})
    body = f"您的建议（受理号 {spoken(suggestion.receipt)}）原来转给{who}，已退回：{said}。{suggestion.place}会再转办或者重新初审。"
    tell_proposers(suggestion, _back(suggestion), "您的建议转办后退回", body)
    return suggestion
