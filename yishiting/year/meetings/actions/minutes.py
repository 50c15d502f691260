"""Minutes: written, approved, published; and what people took on."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import later, write_entry
from yishiting.instruments.publicity.actions import post_notice
from yishiting.instruments.publicity.models import NoticeKind
from yishiting.year.meetings.models import AgendaItem, Meeting, MeetingTask
from yishiting.year.meetings.permissions import MAY
from yishiting.year.meetings.queries import agenda
from yishiting.year.meetings.states import LIFECYCLE


@verb("meeting.write_minutes", "修改纪要", MAY)
def write_minutes(meeting: Meeting, *, by: Actor, minutes: str) -> Meeting:
    """Put the draft of the minutes into its final words."""
    LIFECYCLE.advance(meeting, "meeting.write_minutes")
    _written(minutes)
    meeting.minutes = minutes
    meeting.save(update_fields=["minutes"])
    write_entry(meeting, private={"minutes": minutes})
    return meeting


@verb("meeting.approve_minutes", "核定纪要", MAY)
def approve_minutes(meeting: Meeting, *, by: Actor) -> Meeting:
    """Approve the minutes; from now on their words are fixed."""
    _written(meeting.minutes)
    missing = [item.resolution_number for item in agenda(meeting) if item.resolution_number not in meeting.minutes]
    if missing:
        raise Refused(f"纪要里缺少决议编号：{'、'.join(missing)}。请补上再核定。", field="minutes")
    LIFECYCLE.advance(meeting, "meeting.approve_minutes")
    meeting.minutes_approved_on = timezone.localdate()
    meeting.minutes_approved_by = by if isinstance(by, Person) else None
    meeting.save(update_fields=["state", "minutes_approved_on", "minutes_approved_by"])
    write_entry(meeting, rules=meeting.rules_label, private={"minutes": meeting.minutes})
    return meeting


@verb("meeting.publish_minutes", "公布纪要", MAY)
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
        subject=meeting,
        takes_objections=False,
    )
    meeting.save(update_fields=["state", "notice"])
    write_entry(meeting, rules=meeting.rules_label, notice=later(meeting.notice, "number"), resolutions=decided)
    return meeting


@verb("task.assign", "记录任务", MAY)
def assign_task(
    meeting: Meeting, *, by: Actor, what: str, who: str, due: date, item: AgendaItem | None = None
) -> MeetingTask:
    """Note what somebody took on at a meeting, and by when."""
    if due < meeting.day:
        raise Refused(_("期限不能早于开会的那天。"), field="due")
    if meeting.opened_at is None:
        raise Refused(_("会议还没有开始。任务在会上确定以后再记录。"))
    task = MeetingTask.objects.create(meeting=meeting, place=meeting.place, item=item, what=what, who=who, due=due)
    write_entry(task, meeting=str(meeting.pk), due=due.isoformat(), private={"what": what, "who": who})
    return task


@verb("task.finish", "完成任务", MAY)
def finish_task(task: MeetingTask, *, by: Actor, done_on: date | None = None) -> MeetingTask:
    """Note that a task taken on at a meeting is done."""
    day = done_on or timezone.localdate()
    if task.done_on is not None:
        raise Refused(_("这项任务已经登记完成。"))
    if day > timezone.localdate():
        raise Refused(_("完成日期不能晚于今天。"), field="done_on")
    task.done_on = day
    task.save(update_fields=["done_on"])
    write_entry(task, meeting=str(task.meeting_id), done_on=day.isoformat())
    return task


def _written(minutes: str) -> None:
    if not minutes.strip():
        raise Refused(_("纪要还是空的。"), field="minutes")
