"""Minutes: written, approved, published; and what people took on."""

from datetime import date
from typing import Annotated

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.parameters import Day, Ref, Text, line
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import later, write_entry
from yishiting.ground.organisations.actions.naming import WhoHere
from yishiting.ground.places.organs import council_of
from yishiting.instruments.publicity.actions import post_notice
from yishiting.instruments.publicity.models import NoticeKind
from yishiting.year.meetings.models import AgendaItem, Meeting, MeetingTask
from yishiting.year.meetings.permissions import MAY
from yishiting.year.meetings.queries import agenda
from yishiting.year.meetings.states import LIFECYCLE

MINUTES = Text(_("会议纪要"), most=200_000, rows=24, missing=_("纪要还是空的。"))


@verb(
    "meeting.write_minutes",
    _("修改纪要"),
    MAY,
    before=_("草稿按会上的记录写成。请补充、改正，不要删去决议编号。"),
    done=_("纪要已保存。核定以后不能再改。"),
)
def write_minutes(meeting: Meeting, *, by: Actor, minutes: Annotated[str, MINUTES]) -> Meeting:
    """Put the draft of the minutes into its final words."""
    meeting.minutes = minutes
    meeting.save(update_fields=["minutes"])
    write_entry(meeting, private={"minutes": minutes})
    return meeting


def _are_whole(meeting: Meeting) -> Sentence | None:
    if not meeting.minutes.strip():
        return MINUTES.missing
    missing = [item.resolution_number for item in agenda(meeting) if item.resolution_number not in meeting.minutes]
    numbers = "、".join(missing)
    return (
        format_lazy(_("纪要里缺少决议编号：{numbers}。请在“修改纪要”里补上，再核定。"), numbers=numbers)
        if missing
        else None
    )


@verb("meeting.approve_minutes", _("核定纪要"), MAY, done=_("纪要已核定。"), conditions=(_are_whole,))
def approve_minutes(meeting: Meeting, *, by: Actor) -> Meeting:
    """Approve the minutes; from now on their words are fixed."""
    LIFECYCLE.advance(meeting, "meeting.approve_minutes")
    meeting.minutes_approved_on = timezone.localdate()
    meeting.minutes_approved_by = by if isinstance(by, Person) else None
    meeting.save(update_fields=["state", "minutes_approved_on", "minutes_approved_by"])
    write_entry(meeting, rules=meeting.rules_label, private={"minutes": meeting.minutes})
    return meeting


@verb(
    "meeting.publish_minutes",
    _("公布纪要"),
    MAY,
    before=_("核定的纪要和各项决议马上公开，并贴上公告栏。公布以后不能收回。"),
    done=_("纪要已公布。"),
)
def publish_minutes(meeting: Meeting, *, by: Actor) -> Meeting:
    """Publish the approved minutes on the notice board."""
    LIFECYCLE.advance(meeting, "meeting.publish_minutes")
    decided = [item.resolution_number for item in agenda(meeting) if item.resolution_number]
    meeting.notice = post_notice(
        meeting.place,
        by=by,
        kind=NoticeKind.RESOLUTION,
        title=f"{meeting.title}纪要",
        body=meeting.minutes,
        basis="、".join(decided),
        issuer=council_of(meeting.place, None),
        subject=meeting,
        takes_objections=False,
    )
    meeting.save(update_fields=["state", "notice"])
    write_entry(meeting, rules=meeting.rules_label, notice=later(meeting.notice, "number"), resolutions=decided)
    return meeting


def _at_this_meeting(meeting: Meeting) -> "QuerySet[AgendaItem]":
    return meeting.items.all()


@verb("task.assign", _("记录任务"), MAY, done=_("任务已记录。"))
def assign_task(
    meeting: Meeting,
    *,
    by: Actor,
    what: Annotated[str, Text(_("任务"), rows=2)],
    who: Annotated[str, WhoHere(_("责任人"), most=40)],
    due: Annotated[date, Day(_("期限"))],
    item: Annotated[AgendaItem | None, Ref(_("哪一项议题"), _at_this_meeting)] = None,
) -> MeetingTask:
    """Note what somebody took on at a meeting, and by when."""
    if due < meeting.day:
        raise Refused(_("期限不能早于开会的那天。"), field="due")
    task = MeetingTask.objects.create(meeting=meeting, place=meeting.place, item=item, what=what, who=who, due=due)
    write_entry(task, meeting=str(meeting.pk), due=due.isoformat(), private={"what": what, "who": who})
    return task


def _not_finished(task: MeetingTask) -> Sentence | None:
    return None if task.done_on is None else _("这项任务已经登记完成。")


WHY = line(_("为什么更正"), most=200, hint=_("例如：责任人写错了"), missing=_("请写明为什么更正，会留痕。"))


@verb("task.correct", _("更正任务"), MAY, done=_("任务已更正。"), conditions=(_not_finished,))
def correct_task(
    task: MeetingTask,
    *,
    by: Actor,
    what: Annotated[str, Text(_("任务"), rows=2)],
    who: Annotated[str, WhoHere(_("责任人"), most=40)],
    due: Annotated[date, Day(_("期限"))],
    reason: Annotated[str, WHY],
) -> MeetingTask:
    """Put right what was noted wrongly of a task, before it is done."""
    if due < task.meeting.day:
        raise Refused(_("期限不能早于开会的那天。"), field="due")
    before = {"reason": reason, "what": task.what, "who": task.who}
    task.what, task.who, task.due = what, who, due
    task.save(update_fields=["what", "who", "due"])
    write_entry(task, meeting=str(task.meeting_id), due=due.isoformat(), private=before)
    return task


def _is_finished(task: MeetingTask) -> Sentence | None:
    return _("这项任务还没有登记完成。办完了的，请“完成任务”。") if task.done_on is None else None


@verb("task.reopen", _("撤销完成"), MAY, done=_("已撤销完成，任务还在办理。"), conditions=(_is_finished,))
def reopen_task(task: MeetingTask, *, by: Actor, reason: Annotated[str, WHY]) -> MeetingTask:
    """Take back that a task is done."""
    was, task.done_on = task.done_on, None
    task.save(update_fields=["done_on"])
    write_entry(task, meeting=str(task.meeting_id), done_on=was.isoformat() if was else "", private={"reason": reason})
    return task


DONE_ON = Day(_("完成日期"), past=True, initial=lambda task: timezone.localdate())


@verb("task.finish", _("完成任务"), MAY, done=_("任务已登记完成。"), conditions=(_not_finished,))
def finish_task(task: MeetingTask, *, by: Actor, done_on: Annotated[date | None, DONE_ON] = None) -> MeetingTask:
    """Note that a task taken on at a meeting is done."""
    task.done_on = done_on or timezone.localdate()
    task.save(update_fields=["done_on"])
    write_entry(task, meeting=str(task.meeting_id), done_on=task.done_on.isoformat())
    return task
