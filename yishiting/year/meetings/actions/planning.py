"""Planning a meeting, inviting, convening, changing one's mind with a reason."""

from datetime import datetime
from typing import Annotated

from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.days import chinese
from yishiting.ground.common.parameters import Moment, OneOf, Ref, Text, line
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.notices.actions import in_one_statement, reach
from yishiting.ground.notices.models import Audience
from yishiting.ground.notices.queries import told_of
from yishiting.ground.organisations.actions.naming import PersonHere, UnitHere, unit_called
from yishiting.ground.places.models import Level
from yishiting.ground.seasons.queries import holidays, rules_for, special_matters
from yishiting.year.councils.models import Council
from yishiting.year.meetings.models import Attendance, Invitation, Meeting, MeetingKind, Role
from yishiting.year.meetings.permissions import MAY
from yishiting.year.meetings.queries import agenda, serving_on, whom
from yishiting.year.meetings.rules import why_not_on
from yishiting.year.meetings.states import LIFECYCLE, State

TITLE = line(_("会议名称"), most=120, hint=_("不填就按类别和年度起名。"))
STARTS = Moment(_("开会时间"), hint=_("例如：3月20日 14:00，或 3月20日 下午2点"))
VENUE = line(_("地点"), most=120, hint=_("例如：社区二层会议室"))
CHAIR, RECORDER = PersonHere(_("主持人")), PersonHere(_("记录人"))
PURPOSE = Text(_("说明"), rows=3)
CONSENT = line(_("临时会议经谁同意"), hint=_("只有临时会议填写，例如：3月4日社区党委会同意"))


#: What a message about a meeting is called.
NOTICE, POSTPONED, CANCELLED = "会议通知", "会议改期", "会议取消"


@verb("meeting.plan", _("筹备会议"), MAY, done=_("已列入筹备。下一步：列入议题，然后发出通知。"))
def plan_meeting(
    council: Council,
    *,
    by: Actor,
    kind: Annotated[MeetingKind, OneOf(_("类别"), MeetingKind)],
    title: Annotated[str, TITLE] = "",
    starts_at: Annotated[datetime, STARTS],
    venue: Annotated[str, VENUE],
    chair: Annotated[str, CHAIR] = "",
    recorder: Annotated[str, RECORDER] = "",
    purpose: Annotated[str, PURPOSE] = "",
    consent: Annotated[str, CONSENT] = "",
) -> Meeting:
    """Plan a meeting of a council; one outside the calendar names who consented to it."""
    _not_past(starts_at)
    _consented(council, kind, consent)
    book = rules_for(council.place)
    meeting = Meeting.objects.create(
        council=council,
        place=council.place,
        kind=kind,
        title=title or _usual_title(council, kind, starts_at),
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


def _usual_title(council: Council, kind: MeetingKind, starts_at: datetime) -> str:
    """By place, year and kind, in Chinese whoever plans: a meeting's name is a paper's word."""
    with translation.override("zh-hans"):
        return f"{council.place.name}{timezone.localtime(starts_at).year}年{str(kind.label).split('（')[0]}"


@verb("meeting.amend", _("修改会议安排"), MAY, done=_("已保存。"))
def amend_meeting(
    meeting: Meeting,
    *,
    by: Actor,
    title: Annotated[str | None, line(_("会议名称"), most=120)] = None,
    starts_at: Annotated[datetime | None, STARTS] = None,
    venue: Annotated[str | None, VENUE] = None,
    chair: Annotated[str | None, CHAIR] = None,
    recorder: Annotated[str | None, RECORDER] = None,
    purpose: Annotated[str | None, PURPOSE] = None,
    consent: Annotated[str | None, CONSENT] = None,
) -> Meeting:
    """Change name, time, venue or chair of a meeting that has not been announced."""
    given = {
        "title": title, "starts_at": starts_at, "venue": venue, "chair": chair, "recorder": recorder,
        "purpose": purpose, "consent": consent,
    }  # fmt: skip
    changes = {name: value for name, value in given.items() if value is not None}
    if starts_at is not None and starts_at != meeting.starts_at:
        _not_past(starts_at)
    if consent is not None:
        _consented(meeting.council, MeetingKind(meeting.kind), consent)
    if empty := next((name for name in ("title", "venue") if changes.get(name) == ""), ""):
        raise Refused(_("请填写这一项。"), field=empty)
    for name, value in changes.items():
        setattr(meeting, name, value)
    meeting.save(update_fields=list(changes))
    write_entry(meeting, changed=sorted(changes), starts_at=meeting.starts_at.isoformat())
    return meeting


GUESTS = [role for role in Role if role not in (Role.MEMBER, Role.CONGRESS)]


def _guests(meeting: Meeting) -> list[Role]:
    """The standing committee of the people's congress sends somebody to the meetings of the district."""
    return [*GUESTS, *([Role.CONGRESS] if meeting.place.level == Level.DISTRICT else [])]


ROLE = OneOf(_("身份"), _guests, missing=_("应到的代表由系统按开会当天在任的名单列出，不用另外邀请。"))
WHO = Ref(_("本人的账号"), lambda meeting: Person.objects.filter(is_active=True))


@verb(
    "meeting.invite",
    _("邀请列席人员"),
    MAY,
    before=_("应到的代表不用邀请：系统按开会当天在任的名单列出。"),
    done=lambda one: (
        str(_("已列入邀请名单。")) + (told_words(one.meeting) if one.meeting.state == State.CONVENED else "")
    ),
)
def invite(
    meeting: Meeting,
    *,
    by: Actor,
    role: Annotated[Role, ROLE],
    name: Annotated[str, PersonHere(_("姓名"))],
    unit: Annotated[str, UnitHere(_("单位"))] = "",
    person: Annotated[Person | None, WHO] = None,
) -> Invitation:
    """Invite somebody to attend without a vote: an observer, a lawyer, a resident who proposed."""
    same = meeting.invitations.filter(person=person) if person else meeting.invitations.filter(name=name, unit=unit)
    if same.exists():
        raise Refused(_("%(name)s已经在邀请名单上。") % {"name": name}, field="name")
    invitation = Invitation.objects.create(
        meeting=meeting,
        place=meeting.place,
        role=role,
        name=name,
        unit=unit,
        organisation=unit_called(meeting.place, unit) if unit else None,
        person=person,
    )
    private = {"person": str(person.pk)} if person else None
    write_entry(invitation, meeting=str(meeting.pk), role=str(role), private=private)
    if meeting.state == State.CONVENED:
        _tell([invitation], meeting)
    return invitation


def _may_be_taken_off(invitation: Invitation) -> Sentence | None:
    if invitation.role == Role.MEMBER:
        return _("代表是应到人员，不能从名单上去掉。不能到会的，在“登记签到”里登记请假。")
    announced = invitation.meeting.state != State.PLANNED
    return _("会议已经通知，不再取消邀请；不能到会的登记请假。") if announced else None


@verb("invitation.withdraw", _("取消邀请"), MAY, done=_("已取消邀请。"), conditions=(_may_be_taken_off,))
def withdraw_invitation(invitation: Invitation, *, by: Actor) -> None:
    """Take a person who attends without a vote off the list before the meeting is announced."""
    write_entry(invitation, meeting=str(invitation.meeting_id), role=invitation.role)
    invitation.delete()


def early_enough(meeting: Meeting) -> Sentence | None:
    """Notice given today leaves the working days that the rules ask for."""
    return why_not_on(meeting.day, timezone.localdate(), days_of_notice(meeting), holidays())


def days_of_notice(meeting: Meeting) -> int:
    """How many working days ahead notice is given; of a meeting called for an emergency that goes on here, fewer."""
    urgent = meeting.kind == MeetingKind.AD_HOC and special_matters(meeting.place, timezone.localdate()).exists()
    rule = "meeting.notice_workdays_special" if urgent else "meeting.notice_workdays"
    return rules_for(meeting.place).number(rule)


def _has_an_agenda(meeting: Meeting) -> Sentence | None:
    return None if agenda(meeting) else _("还没有议题。通知要写明议程，请先列入议题。")


@verb(
    "meeting.convene",
    _("发出会议通知"),
    MAY,
    done=lambda meeting: told_words(meeting) + str(_("会议当天在这里登记签到、开会。")),
    conditions=(early_enough, _has_an_agenda),
)
def convene_meeting(meeting: Meeting, *, by: Actor) -> Meeting:
    """Give notice of a meeting with its agenda, early enough; today, never from a day that has passed."""
    today, book = timezone.localdate(), rules_for(meeting.place)
    LIFECYCLE.advance(meeting, "meeting.convene")
    meeting.due_count, meeting.convened_on, meeting.rules_label = call_members(meeting), today, book.label
    meeting.save(update_fields=["state", "due_count", "convened_on", "rules_label"])
    for item in agenda(meeting):
        item.announce(today)
        item.save(update_fields=["announcements"])
    early = days_of_notice(meeting)
    write_entry(meeting, rules=book.label, due=meeting.due_count, items=meeting.items.count(), workdays=early)
    tell_invited(meeting)
    return meeting


WHY_POSTPONED = Text(_("改期的原因"), rows=3, missing=_("请写明改期的原因。"))
NEW_VENUE = line(_("地点"), most=120, hint=_("不变的不用填。"))


@verb(
    "meeting.postpone",
    _("会议改期"),
    MAY,
    done=lambda meeting: str(_("已改期，请定好议程后重新发出通知。")) + told_words(meeting, POSTPONED),
)
def postpone_meeting(
    meeting: Meeting,
    *,
    by: Actor,
    starts_at: Annotated[datetime, STARTS],
    venue: Annotated[str, NEW_VENUE] = "",
    reason: Annotated[str, WHY_POSTPONED],
) -> Meeting:
    """Put an announced meeting on another day, with the reason; it is announced anew."""
    _not_past(starts_at)
    LIFECYCLE.advance(meeting, "meeting.postpone")
    meeting.starts_at, meeting.venue, meeting.convened_on = starts_at, venue or meeting.venue, None
    meeting.save(update_fields=["state", "starts_at", "venue", "convened_on"])
    write_entry(meeting, starts_at=starts_at.isoformat(), private={"reason": reason})
    meeting.invitations.update(attendance=Attendance.EXPECTED, signed_in_at=None)
    told = f"“{meeting.title}”改期，新的时间另行通知。原来请的假不再算数，到时请重新回复。原因：{reason}"
    tell_invited(meeting, POSTPONED, told)
    return meeting


def _no_proposal_on_it(meeting: Meeting) -> Sentence | None:
    tabled = any(item.subject_kind for item in agenda(meeting))
    return _("议程上还有建议案。请先把它们从议程撤下，再取消会议。") if tabled else None


WHY_CANCELLED = Text(_("原因"), rows=3, missing=_("请写明取消的原因。"))


def _cancelled(meeting: Meeting) -> Sentence:
    return str(_("会议已取消。")) + (told_words(meeting, CANCELLED) if meeting.convened_on else "")


@verb("meeting.cancel", _("取消会议"), MAY, done=_cancelled, kind="danger", conditions=(_no_proposal_on_it,))
def cancel_meeting(meeting: Meeting, *, by: Actor, reason: Annotated[str, WHY_CANCELLED]) -> Meeting:
    """Cancel a meeting before it begins, with the reason."""
    was = meeting.state
    LIFECYCLE.advance(meeting, "meeting.cancel")
    meeting.cancel_reason = reason
    meeting.save(update_fields=["state", "cancel_reason"])
    write_entry(meeting, private={"reason": reason}, announced=was == State.CONVENED)
    if was == State.CONVENED:
        told = f"“{meeting.title}”取消。原因：{reason}"
        tell_invited(meeting, CANCELLED, told)
    return meeting


def call_members(meeting: Meeting) -> int:
    """Bring the list of members in step with those in office on the day of the meeting, and count them.

    Not a verb: convening, opening and each vote do it. A representative whose term has ended stays on the list without a vote.
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


def tell_invited(meeting: Meeting, subject: str = NOTICE, body: str = "", part: str = "") -> None:
    """Tell everybody who is invited, by what they left when they stood or were invited; the others are to be rung."""
    rows = meeting.invitations.select_related("person", "organisation", "representative__candidate")
    _tell(list(rows), meeting, subject, body, part)


def told_words(meeting: Meeting, subject: str = NOTICE, part: str = "") -> str:
    """Who was really told by the last act on this meeting, and whom somebody still has to ring."""
    return told_of(_step(meeting, subject, part)).words


def _step(meeting: Meeting, subject: str, part: str = "") -> str:
    """One act: a later one about the same meeting, or about another part of it, is told again."""
    return f"meeting:{meeting.pk}:{meeting.revision}:{subject}{part}"


def _tell(invited: list[Invitation], meeting: Meeting, subject: str = NOTICE, body: str = "", part: str = "") -> None:
    when = timezone.localtime(meeting.starts_at)
    words = (
        body
        or f"请您参加“{meeting.title}”：{chinese(meeting.day, 'weekday')}{when:%H:%M}，{meeting.venue}。议程和材料见会议页面。"
    )
    said = {"step": _step(meeting, subject, part), "template": "meeting", "subject": subject, "body": words}
    with in_one_statement():
        for one in invited:
            reach(whom(one), place=meeting.place, audience=Audience.REPRESENTATIVE, about=one, **said)


def _not_past(starts_at: datetime) -> None:
    if starts_at < timezone.now():
        raise Refused(_("开会时间已经过去。请填以后的时间；过去的会议不能补办通知。"), field="starts_at")


def _consented(council: Council, kind: MeetingKind, consent: str) -> None:
    if kind == MeetingKind.AD_HOC and not consent.strip():
        who = rules_for(council.place).text("meeting.ad_hoc_consent")
        raise Refused(_("临时会议须经%(who)s同意。请写明谁在哪天同意的。") % {"who": who}, field="consent")
