"""The units at work: their plan, progress, contacts; coordination by the office; reminders."""

from datetime import date
from typing import Annotated, TypeVar

from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.days import chinese
from yishiting.ground.common.parameters import Day, Money, OneOf, Text, Whole, line
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.organisations.models import Organisation
from yishiting.year.matters.actions.telling import (
    tell_heads,
    tell_proposers_of,
    tell_those_who_reported,
    tell_units,
    told_of_step,
)
from yishiting.year.matters.choices import CoordinationKind, WithWhom
from yishiting.year.matters.models import Contact, Coordination, Matter, Reminder, Step, Withdrawable, WorkPlan
from yishiting.year.matters.permissions import MAY
from yishiting.year.matters.queries import last_percent, plan_of, sent_to, unit_of, units_in_hand
from yishiting.year.matters.states import LIFECYCLE, DispatchState

Noted = TypeVar("Noted", Step, Contact, Coordination)


def _is_countersigned(matter: Matter) -> Sentence | None:
    waiting = [one for one in sent_to(matter) if one.state != DispatchState.COUNTERSIGNED]
    if not waiting:
        return None
    names = "、".join(f"{one.unit}（{one.get_state_display()}）" for one in waiting)
    return format_lazy(_("要等各单位会签，统一办理意见。还在等：{names}。"), names=names)


DEPARTMENT = line(_("责任部门"), most=80, hint=_("单位里的科室。"), missing=_("请写明责任部门。"))
PERSON = line(_("责任人"), most=40, hint=_("职务和姓名。"), missing=_("请写明责任人。"))
MEASURES = Text(_("实施方案"), rows=6, hint=_("居民看得到。"), missing=_("请写明实施方案。"))
STANDARD = Text(_("完成标准"), rows=3, missing=_("请写明完成标准。"))
DEADLINE = Day(_("完成时限"), ahead=True, missing=_("请写明完成时限。"))
WHY_CHANGED = Text(_("为什么修改"), rows=2, hint=_("第一次制定的不用填。修改的，居民看得到修改前后。"))


@verb("matter.plan", _("制定实施方案"), MAY, conditions=(_is_countersigned,), done=_("实施方案已公开。"))
def write_plan(
    matter: Matter,
    *,
    by: Actor,
    department: Annotated[str, DEPARTMENT],
    person: Annotated[str, PERSON],
    measures: Annotated[str, MEASURES],
    standard: Annotated[str, STANDARD],
    deadline: Annotated[date, DEADLINE],
    reason: Annotated[str, WHY_CHANGED] = "",
) -> Matter:
    """Say who does what by when and what finished means; a plan that is changed stands beside the one before, with why."""
    before = plan_of(matter)
    if before is not None and not reason:
        raise Refused(_("已经有实施方案。修改的，请写明为什么修改。"), field="reason")
    LIFECYCLE.advance(matter, "matter.plan")
    matter.due = deadline
    matter.save(update_fields=["state", "due"])
    WorkPlan.objects.create(
        matter=matter,
        place=matter.place,
        department=department,
        person=person,
        measures=measures,
        standard=standard,
        deadline=deadline,
        reason=reason,
        made_on=timezone.localdate(),
    )
    write_entry(matter, due=deadline.isoformat(), private={"measures": measures, "reason": reason})
    due = chinese(deadline, "plain")
    tell_proposers_of(matter, "plan", f"您提的事“{matter.title}”有了实施方案，{due}前完成。")
    return matter


PERCENT = Whole(_("进度（%）"), most=100, missing=_("请写明进度。"))
DONE = Text(_("做了什么"), rows=4, hint=_("居民看得到。"), missing=_("请写明做了什么。"))
TROUBLE = Text(_("还有什么困难"), rows=2)
NEXT = Text(_("下一步"), rows=2)
ON = Day(_("日期"), past=True, initial=lambda _matter: timezone.localdate())


@verb("matter.note_progress", _("记录办理进展"), MAY, done=_("进展已公开。"))
def note_progress(
    matter: Matter,
    *,
    by: Actor,
    percent: Annotated[int, PERCENT],
    done: Annotated[str, DONE],
    happened_on: Annotated[date, ON],
    trouble: Annotated[str, TROUBLE] = "",
    next_step: Annotated[str, NEXT] = "",
) -> Step:
    """An entry of the progress sheet: how far it has come, what was done, what is in the way, what comes next."""
    if percent < last_percent(matter) and not trouble:
        raise Refused(_("进度比上次低，请在“还有什么困难”里写明原因。"), field="trouble")
    step = Step.objects.create(
        matter=matter,
        place=matter.place,
        unit=unit_of(matter, by),
        happened_on=happened_on,
        percent=percent,
        done=done,
        trouble=trouble,
        next_step=next_step,
    )
    write_entry(step, matter=str(matter.pk), percent=percent, day=happened_on.isoformat())
    return step


WHOM = OneOf(_("与谁沟通"), WithWhom, missing=_("请选与谁沟通。"))
NAMED = line(_("单位或身份"), most=80, hint=_("例如：自来水集团朝阳分公司、区人大代表。不要写居民的姓名和电话。"))
SAID = Text(_("沟通情况"), rows=4, hint=_("只有工作台看得到。"), missing=_("请写明沟通情况。"))


@verb("matter.note_contact", _("记录沟通"), MAY, done=_("沟通已记录。"))
def note_contact(
    matter: Matter,
    *,
    by: Actor,
    whom: Annotated[WithWhom, WHOM],
    text: Annotated[str, SAID],
    happened_on: Annotated[date, ON],
    named: Annotated[str, NAMED] = "",
) -> Contact:
    """Note being in touch with a proposer, a deputy, a place or a utility; without it no answer is given."""
    contact = Contact.objects.create(
        matter=matter,
        place=matter.place,
        unit=unit_of(matter, by),
        whom=str(whom),
        named=named,
        happened_on=happened_on,
        text=text,
        round=matter.round,
    )
    write_entry(contact, matter=str(matter.pk), whom=str(whom), private={"text": text, "named": named})
    return contact


HOW = OneOf(_("方式"), CoordinationKind, missing=_("请选方式。"))
WITH = line(_("与哪些单位"), most=200, missing=_("请写明与哪些单位。"))
ASKED = Text(_("请求解决什么"), rows=3, hint=_("政策、资金、手续。"), missing=_("请写明请求解决什么。"))
GOT = Text(_("结果"), rows=3, hint=_("还没有结果的不填，有了再记一条。区领导现场调研的结果对外公开。"))
MONEY_ASKED = Money(_("申请资金（元）"))
MONEY_GOT = Money(_("落实资金（元）"))


@verb("matter.coordinate", _("记录协调"), MAY, done=_("协调已记录。"))
def coordinate(
    matter: Matter,
    *,
    by: Actor,
    kind: Annotated[CoordinationKind, HOW],
    whom: Annotated[str, WITH],
    asked: Annotated[str, ASKED],
    held_on: Annotated[date, ON],
    got: Annotated[str, GOT] = "",
    money_asked: Annotated[int | None, MONEY_ASKED] = None,
    money_got: Annotated[int | None, MONEY_GOT] = None,
) -> Coordination:
    """Note a special coordination of a hard case, a visit of the district's leaders, or what was asked of the city and got."""
    row = Coordination.objects.create(
        matter=matter,
        place=matter.place,
        kind=str(kind),
        held_on=held_on,
        whom=whom,
        asked=asked,
        got=got,
        money_asked=money_asked,
        money_got=money_got,
    )
    write_entry(
        row, matter=str(matter.pk), kind=str(kind), day=held_on.isoformat(), private={"asked": asked, "got": got}
    )
    return row


WANTED = Text(_("督办意见"), rows=3, missing=_("请写明督办意见。"))
BY = Day(_("办结期限"), ahead=True)


@verb(
    "matter.remind",
    _("督办"),
    MAY,
    done=lambda one: format_lazy("{}{}", _("督办单已发出。"), told_of_step(one.matter, "remind")),
)
def remind(
    matter: Matter, *, by: Person, text: Annotated[str, WANTED], new_date: Annotated[date | None, BY] = None
) -> Reminder:
    """Send a reminder to the units that have it in hand, or to the office; it stands on the oversight list."""
    reminder = Reminder.objects.create(
        matter=matter,
        place=matter.place,
        sent_on=timezone.localdate(),
        text=text,
        new_date=new_date,
        was_due=matter.due,
    )
    write_entry(reminder, matter=str(matter.pk), private={"text": text})
    units: list[Organisation] = units_in_hand(matter)
    tell_units(matter, "remind", units, f"督办“{matter.title}”（{matter.number}）：{text}")
    tell_heads(matter, "remind", f"督办“{matter.title}”（{matter.number}）：{text}")
    tell_those_who_reported(matter, "remind", f"“{matter.title}”（{matter.number}）已督办：{text}")
    return reminder


MISTAKE = Text(_("撤销原因"), hint=_("例如：记到别的事项上了。"), missing=_("请写明撤销原因。"))


def _stands(row: Withdrawable) -> Sentence | None:
    return None if row.withdrawn_on is None else _("这一条已经撤销，不用再撤销。")


def _withdraw(row: Noted, reason: str) -> Noted:
    row.withdrawn_on, row.withdrawn_because = timezone.localdate(), reason
    row.save(update_fields=["withdrawn_on", "withdrawn_because"])
    write_entry(row, matter=str(row.matter_id), private={"reason": reason})
    return row


@verb("step.withdraw", _("撤销进展"), MAY, conditions=(_stands,), kind="danger", done=_("已撤销。"))
def withdraw_step(step: Step, *, by: Actor, reason: Annotated[str, MISTAKE]) -> Step:
    """Take back an entry of the progress sheet that was noted by mistake; it stays on file."""
    return _withdraw(step, reason)


@verb("contact.withdraw", _("撤销沟通记录"), MAY, conditions=(_stands,), kind="danger", done=_("已撤销。"))
def withdraw_contact(contact: Contact, *, by: Actor, reason: Annotated[str, MISTAKE]) -> Contact:
    """Take back a contact that was noted by mistake; it stays on file."""
    return _withdraw(contact, reason)


@verb("coordination.withdraw", _("撤销协调记录"), MAY, conditions=(_stands,), kind="danger", done=_("已撤销。"))
def withdraw_coordination(coordination: Coordination, *, by: Actor, reason: Annotated[str, MISTAKE]) -> Coordination:
    """Take back a coordination that was noted by mistake; it stays on file."""
    return _withdraw(coordination, reason)
