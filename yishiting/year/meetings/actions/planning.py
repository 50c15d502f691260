"""Planning a meeting, inviting, convening, changing one's mind with a reason."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.days import chinese
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.notices.actions import tell
from yishiting.ground.notices.models import Audience
from yishiting.ground.seasons.queries import holidays, rules_for
from yishiting.year.councils.models import Council
from yishiting.year.meetings.models import Invitation, Meeting, MeetingKind, Role
from yishiting.year.meetings.permissions import MAY
from yishiting.year.meetings.queries import agenda, serving_on
from yishiting.year.meetings.rules import why_not_on
from yishiting.year.meetings.states import LIFECYCLE, State


@verb("meeting.plan", "筹备会议", MAY)
def plan_meeting(
    council: Council,
    *,
    by: Actor,
    kind: MeetingKind,
    title: str,
    starts_at: datetime,
    venue: str,
    purpose: str = "",
    chair: str = "",
    recorder: str = "",
    consent: str = "",
) -> Meeting:
    """Plan a meeting of a council; one outside the calendar names who consented to it."""
    _not_past(starts_at)
    _consented(council, kind, consent)
    book = rules_for(council.place)
    meeting = Meeting.objects.create(
        council=council,
        place=council.place,
        kind=kind,
        title=title,
        starts_at=starts_at,
        venue=venue,
        purpose=purpose,
        chair=chair,
        recorder=recorder,
        consent=consent,
        rules_label=book.label,
    )
    write_entry(
        meeting, rules=book.label, kind=str(kind), starts_at=starts_at.isoformat(), private={"consent": consent}
    )
    return meeting


@verb("meeting.amend", "修改会议安排", MAY)
def amend_meeting(meeting: Meeting, *, by: Actor, **changes: Any) -> Meeting:
    """Change name, time, venue or chair of a meeting that has not been announced."""
    LIFECYCLE.advance(meeting, "meeting.amend")
    if "starts_at" in changes:
        _not_past(changes["starts_at"])
    if "consent" in changes:
        _consented(meeting.council, MeetingKind(meeting.kind), changes["consent"])
    allowed = {"title", "starts_at", "venue", "purpose", "chair", "recorder", "consent"}
    if set(changes) - allowed:
        raise ValueError(f"a meeting has no {set(changes) - allowed} to amend")
    for name, value in changes.items():
        setattr(meeting, name, value)
    meeting.save(update_fields=list(changes))
    write_entry(meeting, changed=sorted(changes), starts_at=meeting.starts_at.isoformat())
    return meeting


@verb("meeting.invite", "邀请参会人员", MAY)
def invite(
    meeting: Meeting, *, by: Actor, role: Role, name: str, unit: str = "", person: Person | None = None
) -> Invitation:
    """Invite somebody to attend without a vote: an observer, a lawyer, a resident who proposed."""
    LIFECYCLE.advance(meeting, "meeting.invite")
    if role == Role.MEMBER:
        raise Refused(_("应到的代表由系统按开会当天在任的名单列出，不用另外邀请。"), field="role")
    same = meeting.invitations.filter(person=person) if person else meeting.invitations.filter(name=name, unit=unit)
    if same.exists():
        raise Refused(_("%(name)s已经在邀请名单上。") % {"name": name}, field="name")
    invitation = Invitation.objects.create(
        meeting=meeting, place=meeting.place, role=role, name=name, unit=unit, person=person
    )
    write_entry(invitation, meeting=str(meeting.pk), role=str(role), person=str(person.pk) if person else "")
    if meeting.state == State.CONVENED:
        _tell([invitation], meeting)
    return invitation


@verb("invitation.withdraw", "取消邀请", MAY)
def withdraw_invitation(invitation: Invitation, *, by: Actor) -> None:
    """Take a person who attends without a vote off the list before the meeting is announced."""
    if invitation.role == Role.MEMBER:
        raise Refused(_("代表是应到人员，不能从名单上去掉；不能到会的登记请假。"))
    if invitation.meeting.state != State.PLANNED:
        raise Refused(_("会议已经通知，不再取消邀请；不能到会的登记请假。"))
    write_entry(invitation, meeting=str(invitation.meeting_id), role=invitation.role)
    invitation.delete()


@verb("meeting.convene", "发出会议通知", MAY)
def convene_meeting(meeting: Meeting, *, by: Actor, on: date | None = None) -> Meeting:
    """Give notice of a meeting with its agenda, early enough; never from a day that has passed."""
    today, book = timezone.localdate(), rules_for(meeting.place)
    if on is not None and on != today:
        raise Refused(f"通知日期不能倒填或预填，只能是今天（{chinese(today, 'weekday')}）。", field="on")
    early = book.number("meeting.notice_workdays")
    sentence = why_not_on(meeting.day, today, early, holidays())
    if sentence is not None:
        raise Refused(sentence, field="starts_at")
    if not agenda(meeting):
        raise Refused(_("还没有议题。通知要写明议程，请先列入议题。"))
    LIFECYCLE.advance(meeting, "meeting.convene")
    meeting.due_count, meeting.convened_on, meeting.rules_label = call_members(meeting), today, book.label
    meeting.save(update_fields=["state", "due_count", "convened_on", "rules_label"])
    write_entry(meeting, rules=book.label, due=meeting.due_count, items=meeting.items.count(), workdays=early)
    _tell(list(meeting.invitations.select_related("person")), meeting)
    return meeting


@verb("meeting.postpone", "会议改期", MAY)
def postpone_meeting(meeting: Meeting, *, by: Actor, starts_at: datetime, reason: str, venue: str = "") -> Meeting:
    """Put an announced meeting on another day, with the reason; it is announced anew."""
    _not_past(starts_at)
    _given(reason, _("请写明改期的原因。"))
    LIFECYCLE.advance(meeting, "meeting.postpone")
    meeting.starts_at, meeting.venue, meeting.convened_on = starts_at, venue or meeting.venue, None
    meeting.save(update_fields=["state", "starts_at", "venue", "convened_on"])
    write_entry(meeting, starts_at=starts_at.isoformat(), private={"reason": reason})
    told = f"“{meeting.title}”改期，新的时间另行通知。原因：{reason}"
    _tell(list(meeting.invitations.select_related("person")), meeting, subject="会议改期", body=told)
    return meeting


@verb("meeting.cancel", "取消会议", MAY)
def cancel_meeting(meeting: Meeting, *, by: Actor, reason: str) -> Meeting:
    """Cancel a meeting before it begins, with the reason."""
    _given(reason, _("请写明取消的原因。"))
    if any(item.subject_kind for item in agenda(meeting)):
        raise Refused(_("议程上还有建议案。请先把它们从议程撤下，再取消会议。"))
    was = meeting.state
    LIFECYCLE.advance(meeting, "meeting.cancel")
    meeting.cancel_reason = reason
    meeting.save(update_fields=["state", "cancel_reason"])
    write_entry(meeting, private={"reason": reason}, announced=was == State.CONVENED)
    if was == State.CONVENED:
        told = f"“{meeting.title}”取消。原因：{reason}"
        _tell(list(meeting.invitations.select_related("person")), meeting, subject="会议取消", body=told)
    return meeting


def call_members(meeting: Meeting) -> int:
    """Bring the list of members in step with those in office on the day of the meeting, and count them.

    Not a verb: convening and opening do it. A representative whose term has ended stays on the list without a vote.
    """
    serving = {one.pk: one for one in serving_on(meeting)}
    if not serving:
        raise Refused(f"{chinese(meeting.day, 'weekday')}没有在任的代表，会议无法召开。请先核对代表任期。")
    kept = {one.representative_id: one for one in meeting.invitations.filter(representative__isnull=False)}
    for pk, one in kept.items():
        role = Role.MEMBER if pk in serving else Role.OBSERVER
        if one.role != role:
            one.role = role
            one.save(update_fields=["role"])
    Invitation.objects.bulk_create(
        Invitation(
            meeting=meeting,
            place=meeting.place,
            representative=one,
            person=one.person,
            name=one.name,
            unit=one.constituency.name,
            role=Role.MEMBER,
        )
        for pk, one in serving.items()
        if pk not in kept
    )
    return len(serving)


def _tell(invited: list[Invitation], meeting: Meeting, subject: str = "会议通知", body: str = "") -> None:
    when = timezone.localtime(meeting.starts_at)
    words = (
        body
        or f"请您参加“{meeting.title}”：{chinese(meeting.day, 'weekday')}{when:%H:%M}，{meeting.venue}。议程和材料见会议页面。"
    )
    for one in invited:
        if one.person is not None:
            once = f"meeting:{meeting.pk}:{meeting.revision}:{subject}"
            tell(
                one.person,
                once=once,
                template="meeting",
                subject=subject,
                body=words,
                audience=Audience.REPRESENTATIVE,
                about=one,
                place_code=meeting.place.code,
            )


def _not_past(starts_at: datetime) -> None:
    if starts_at < timezone.now():
        raise Refused(_("开会时间已经过去。请填以后的时间；过去的会议不能补办通知。"), field="starts_at")


def _consented(council: Council, kind: MeetingKind, consent: str) -> None:
    if kind == MeetingKind.AD_HOC and not consent.strip():
        who = rules_for(council.place).table("meeting.ad_hoc_consent").get(council.place.level, "党组织")
        raise Refused(f"临时会议须经{who}同意。请写明谁在哪天同意的。", field="consent")


def _given(reason: str, sentence: Any) -> None:
    if not reason.strip():
        raise Refused(sentence, field="reason")
