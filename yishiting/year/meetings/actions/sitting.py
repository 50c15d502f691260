"""Signing in, opening with a quorum, closing."""

from collections.abc import Mapping

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.days import chinese
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.seasons.queries import rules_for
from yishiting.instruments.ballots.judging import vote_rule
from yishiting.year.meetings.actions.planning import call_members
from yishiting.year.meetings.minutes_facts import facts_of
from yishiting.year.meetings.models import Attendance, Invitation, Meeting, Role
from yishiting.year.meetings.permissions import MAY
from yishiting.year.meetings.queries import agenda, invitations, members
from yishiting.year.meetings.rules import draft_minutes, why_no_quorum
from yishiting.year.meetings.states import LIFECYCLE, ItemState, State

CAME = (Attendance.PRESENT, Attendance.LEFT)


@verb("invitation.sign_in", "签到", MAY)
def sign_in(invitation: Invitation, *, by: Actor) -> Invitation:
    """Sign in to a meeting on its day: at the desk, or with one tap on one's own phone."""
    _on_the_day(invitation.meeting)
    invitation.attendance, invitation.signed_in_at = Attendance.PRESENT, timezone.now()
    invitation.save(update_fields=["attendance", "signed_in_at"])
    write_entry(invitation, meeting=str(invitation.meeting_id), role=invitation.role)
    return invitation


@verb("invitation.excuse", "请假", MAY)
def excuse(invitation: Invitation, *, by: Actor, reason: str = "") -> Invitation:
    """Question for leave from a meeting."""
    if invitation.meeting.state not in (State.CONVENED, State.OPEN):
        raise Refused(_("会议已经结束，不能再请假。"))
    invitation.attendance, invitation.signed_in_at = Attendance.EXCUSED, None
    invitation.save(update_fields=["attendance", "signed_in_at"])
    write_entry(invitation, meeting=str(invitation.meeting_id), private={"reason": reason})
    return invitation


@verb("invitation.acknowledge_rules", "阅知议事规则", MAY)
def acknowledge_rules(invitation: Invitation, *, by: Actor) -> Invitation:
    """Note that a representative has read the rules of debate in force."""
    invitation.rules_acknowledged = rules_for(invitation.place).label
    invitation.save(update_fields=["rules_acknowledged"])
    write_entry(invitation, rules=invitation.rules_acknowledged, meeting=str(invitation.meeting_id))
    return invitation


@verb("meeting.take_attendance", "登记签到", MAY)
def take_attendance(meeting: Meeting, *, by: Actor, attendance: Mapping[str, Attendance]) -> Meeting:
    """Take over the paper sign-in sheet: for each person on the list present, excused, gone or not there."""
    _on_the_day(meeting)
    LIFECYCLE.advance(meeting, "meeting.take_attendance")
    now, changed = timezone.now(), []
    for one in meeting.invitations.all():
        wanted = attendance.get(str(one.pk), one.attendance)
        if wanted != one.attendance:
            one.attendance, one.signed_in_at = wanted, now if wanted == Attendance.PRESENT else one.signed_in_at
            changed.append(one)
    Invitation.objects.bulk_update(changed, ["attendance", "signed_in_at"])
    _count(meeting)
    meeting.save(update_fields=["present_count", "observer_count"])
    write_entry(meeting, changed=len(changed), present=meeting.present_count, observers=meeting.observer_count)
    return meeting


@verb("meeting.open", "开会", MAY)
def open_meeting(meeting: Meeting, *, by: Actor) -> Meeting:
    """Open a meeting on its day when a quorum of the members in office that day is present."""
    _on_the_day(meeting)
    book = rules_for(meeting.place)
    LIFECYCLE.advance(meeting, "meeting.open")
    meeting.due_count, meeting.opened_at, meeting.rules_label = call_members(meeting), timezone.now(), book.label
    _count(meeting)
    sentence = why_no_quorum(meeting.due_count, meeting.present_count, vote_rule(book))
    if sentence is not None:
        raise Refused(sentence)
    meeting.save(update_fields=["state", "due_count", "present_count", "observer_count", "opened_at", "rules_label"])
    write_entry(
        meeting,
        rules=book.label,
        due=meeting.due_count,
        present=meeting.present_count,
        observers=meeting.observer_count,
    )
    return meeting


@verb("meeting.close", "散会", MAY)
def close_meeting(meeting: Meeting, *, by: Actor) -> Meeting:
    """Close a meeting once every item has its end, and draft the minutes from what happened."""
    waiting = [item for item in agenda(meeting) if item.state in (ItemState.LISTED, ItemState.VOTING)]
    if waiting:
        listed = "、".join(f"第{item.position}项" for item in waiting)
        raise Refused(f"{listed}还没有结果。请逐项表决、通报或改期再议，再散会。")
    LIFECYCLE.advance(meeting, "meeting.close")
    meeting.closed_at = timezone.now()
    _count(meeting, CAME)
    meeting.minutes = draft_minutes(facts_of(meeting))
    meeting.save(update_fields=["state", "closed_at", "present_count", "observer_count", "minutes"])
    write_entry(meeting, rules=meeting.rules_label, present=meeting.present_count, items=len(agenda(meeting)))
    return meeting


def _on_the_day(meeting: Meeting) -> None:
    if meeting.state not in (State.CONVENED, State.OPEN):
        raise Refused(_("会议还没有通知或已经结束，现在不能签到。"))
    if timezone.localdate() != meeting.day:
        raise Refused(f"签到和开会在会议当天（{chinese(meeting.day, 'weekday')}）办理。")


def _count(meeting: Meeting, counted: tuple[Attendance, ...] = (Attendance.PRESENT,)) -> None:
    """Members there now, or at the end all who came; and those who attended without a vote."""
    meeting.present_count = sum(one.attendance in counted for one in members(meeting))
    meeting.observer_count = sum(one.role != Role.MEMBER and one.attendance in CAME for one in invitations(meeting))
