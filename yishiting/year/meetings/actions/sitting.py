"""Signing in, opening with a quorum, closing."""

from collections.abc import Mapping
from typing import Annotated

from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.days import chinese
from yishiting.ground.common.parameters import Given, line
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.seasons.queries import rules_for
from yishiting.instruments.ballots.judging import vote_rule
from yishiting.year.meetings.actions.planning import call_members
from yishiting.year.meetings.minutes_facts import facts_of
from yishiting.year.meetings.models import Attendance, Invitation, Meeting, Role
from yishiting.year.meetings.permissions import MAY
from yishiting.year.meetings.queries import agenda, counted_as_present, invitations, members
from yishiting.year.meetings.rules import draft_minutes, why_no_quorum
from yishiting.year.meetings.states import LIFECYCLE, ItemState, State

CAME = (Attendance.PRESENT, Attendance.LEFT)


def on_the_day(meeting: Meeting) -> Sentence | None:
    """Signing in and opening are done on the day of the meeting; coming and going as long as it sits."""
    if meeting.state not in (State.CONVENED, State.OPEN):
        return _("会议还没有通知或已经结束，现在不能签到。还没有通知的，请先“发出会议通知”。")
    if meeting.state == State.CONVENED and timezone.localdate() != meeting.day:
        return format_lazy(_("签到和开会在会议当天（{day}）办理。"), day=chinese(meeting.day, "weekday"))
    return None


def _may_sign_in(invitation: Invitation) -> Sentence | None:
    here = invitation.attendance == Attendance.PRESENT
    return _("已经签到。") if here else on_the_day(invitation.meeting)


@verb("invitation.sign_in", _("签到"), MAY, done=_("您已签到。"), conditions=(_may_sign_in,), in_person=True)
def sign_in(invitation: Invitation, *, by: Actor) -> Invitation:
    """Sign in to a meeting on its day: at the desk, or with one tap on one's own phone."""
    invitation.attendance, invitation.signed_in_at = Attendance.PRESENT, timezone.now()
    invitation.save(update_fields=["attendance", "signed_in_at"])
    write_entry(invitation, meeting=str(invitation.meeting_id), role=invitation.role)
    return invitation


def _not_over(invitation: Invitation) -> Sentence | None:
    on = invitation.meeting.state in (State.CONVENED, State.OPEN)
    return None if on else _("会议已经结束，不能再请假。")


@verb("invitation.excuse", _("请假"), MAY, done=_("已登记请假。"), conditions=(_not_over,))
def excuse(
    invitation: Invitation, *, by: Actor, reason: Annotated[str, line(_("请假的原因"), hint=_("可以不写。"))] = ""
) -> Invitation:
    """Ask for leave from a meeting; whoever sat in it until now leaves early and was there."""
    was_there = invitation.attendance in CAME and invitation.meeting.state == State.OPEN
    invitation.attendance = Attendance.LEFT if was_there else Attendance.EXCUSED
    invitation.signed_in_at = invitation.signed_in_at if was_there else None
    invitation.save(update_fields=["attendance", "signed_in_at"])
    write_entry(invitation, meeting=str(invitation.meeting_id), private={"reason": reason})
    return invitation


@verb("invitation.acknowledge_rules", _("阅知议事规则"), MAY, done=_("已记录您阅知议事规则。"), in_person=True)
def acknowledge_rules(invitation: Invitation, *, by: Actor) -> Invitation:
    """Note that a representative has read the rules of debate in force."""
    invitation.rules_acknowledged = rules_for(invitation.place).label
    invitation.save(update_fields=["rules_acknowledged"])
    write_entry(invitation, rules=invitation.rules_acknowledged, meeting=str(invitation.meeting_id))
    return invitation


@verb("meeting.take_attendance", _("登记签到"), MAY, done=_("签到已登记。"), conditions=(on_the_day,))
def take_attendance(
    meeting: Meeting, *, by: Actor, attendance: Annotated[Mapping[str, Attendance], Given(_("签到表"))]
) -> Meeting:
    """Take over the paper sign-in sheet: for each person on the list present, excused, gone or not there."""
    now, changed, voted = timezone.now(), [], counted_as_present(meeting)
    for one in meeting.invitations.all():
        wanted = attendance.get(str(one.pk), one.attendance)
        if wanted not in CAME and str(one.representative_id) in voted:
            raise Refused(
                _("%(name)s到会参加过表决，不能改成没有到会。提前离开的，请选“中途离会”。") % {"name": one.name}
            )
        if wanted != one.attendance:
            one.attendance, one.signed_in_at = wanted, now if wanted == Attendance.PRESENT else one.signed_in_at
            changed.append(one)
    Invitation.objects.bulk_update(changed, ["attendance", "signed_in_at"])
    _count(meeting)
    meeting.save(update_fields=["present_count", "observer_count"])
    write_entry(meeting, changed=len(changed), present=meeting.present_count, observers=meeting.observer_count)
    return meeting


@verb(
    "meeting.open", _("开会"), MAY, done=_("到会人数符合规定，会议开始。请按议程逐项办理。"), conditions=(on_the_day,)
)
def open_meeting(meeting: Meeting, *, by: Actor) -> Meeting:
    """Open a meeting on its day when a quorum of the members in office that day is present."""
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


def _every_item_has_its_end(meeting: Meeting) -> Sentence | None:
    waiting = [item for item in agenda(meeting) if item.state in (ItemState.LISTED, ItemState.VOTING)]
    listed = "、".join(f"第{item.position}项" for item in waiting)
    sentence = _("{listed}还没有结果。请逐项表决、通报或改期再议，再散会。")
    return format_lazy(sentence, listed=listed) if waiting else None


@verb(
    "meeting.close",
    _("散会"),
    MAY,
    before=_("散会以后不能再表决、登记签到和发言要点，纪要草稿随即写好。"),
    done=_("已散会，纪要草稿已经写好。请核对后核定。"),
    conditions=(_every_item_has_its_end,),
)
def close_meeting(meeting: Meeting, *, by: Actor) -> Meeting:
    """Close a meeting once every item has its end, and draft the minutes from what happened."""
    LIFECYCLE.advance(meeting, "meeting.close")
    meeting.closed_at, meeting.due_count = timezone.now(), len(members(meeting))
    _count(meeting, CAME)
    meeting.minutes = draft_minutes(facts_of(meeting))
    meeting.save(update_fields=["state", "closed_at", "due_count", "present_count", "observer_count", "minutes"])
    write_entry(meeting, rules=meeting.rules_label, present=meeting.present_count, items=len(agenda(meeting)))
    return meeting


def _count(meeting: Meeting, counted: tuple[Attendance, ...] = (Attendance.PRESENT,)) -> None:
    """Members there now, or at the end all who came; and those who attended without a vote."""
    meeting.present_count = sum(one.attendance in counted for one in members(meeting))
    meeting.observer_count = sum(one.role != Role.MEMBER and one.attendance in CAME for one in invitations(meeting))
