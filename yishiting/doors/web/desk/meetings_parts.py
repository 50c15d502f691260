"""What the pages of a meeting have in common: who reads them, the next steps, the facts."""

from typing import Any, Literal

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from yishiting.doors.web.desk.ballots import tally_url
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Button, Fact, Link
from yishiting.doors.web.shared.templatetags.yishiting_ui import cn_date
from yishiting.ground.common.predicates import Question
from yishiting.ground.common.verbs import VERBS, why_not
from yishiting.ground.organisations.permissions import at_community_desk
from yishiting.ground.places.models import Place
from yishiting.ground.seasons.labels import rules_called
from yishiting.ground.seasons.queries import rules_for
from yishiting.instruments.ballots.judging import vote_rule
from yishiting.instruments.ballots.states import State as PollState
from yishiting.year.meetings.models import AgendaItem, Attendance, Invitation, ItemKind, Meeting, MeetingTask, Role
from yishiting.year.meetings.queries import DueMeeting
from yishiting.year.meetings.rules import why_no_quorum
from yishiting.year.meetings.states import LIFECYCLE, ItemState, State

prepares = at_community_desk

#: verb → (name of its page, whether it asks more)
PAGES = {
    "meeting.convene": ("meeting-convene", False),
    "meeting.take_attendance": ("meeting-attendance", True),
    "meeting.open": ("meeting-open", False),
    "meeting.close": ("meeting-close", False),
    "meeting.write_minutes": ("meeting-minutes", True),
    "meeting.approve_minutes": ("meeting-approve", False),
    "meeting.publish_minutes": ("meeting-publish", True),
    "item.add": ("item-add", True),
    "meeting.invite": ("meeting-invite", True),
    "meeting.amend": ("meeting-amend", True),
    "meeting.postpone": ("meeting-postpone", True),
    "meeting.cancel": ("meeting-cancel", True),
}
NEXT = {
    State.PLANNED: "meeting.convene",
    State.CONVENED: "meeting.take_attendance",
    State.OPEN: "meeting.close",
    State.CLOSED: "meeting.approve_minutes",
    State.APPROVED: "meeting.publish_minutes",
}
Kind = Literal["primary", "plain", "danger", "quiet"]


def meeting_verbs(request: Request, meeting: Meeting, items: list[AgendaItem]) -> list[Button]:
    """The buttons the state allows; the next step of the meeting is the one that stands out."""
    allowed = [code for code in PAGES if code in LIFECYCLE.verbs_from(meeting.state)]
    following = _next(meeting, items)
    return [_meeting_verb(request, meeting, code, following) for code in allowed]


def _next(meeting: Meeting, items: list[AgendaItem]) -> str:
    """Items first, then the end of the meeting; sign-in first, then its beginning; an agenda first, then the notice."""
    state = State(meeting.state)
    if state == State.OPEN and any(item.state in (ItemState.LISTED, ItemState.VOTING) for item in items):
        return ""
    if state == State.CONVENED and meeting.present_count:
        return "meeting.open"
    return "item.add" if state == State.PLANNED and not items else NEXT.get(state, "")


def _meeting_verb(request: Request, meeting: Meeting, code: str, following: str) -> Button:
    name, asks = PAGES[code]
    kind: Kind = "primary" if code == following else "danger" if code == "meeting.cancel" else "plain"
    reason = why_not(request.actor, code, meeting)
    fields = {} if asks else {"revision": meeting.token}
    url = reverse(name, args=[meeting.pk])
    return Button(str(VERBS[code].label), url, kind, "get" if asks else "post", reason, fields)


def item_verbs(request: Request, meeting: Meeting, item: AgendaItem) -> list[Button]:
    """The next step of an item, and what else may be done with it now."""
    if why_not(request.actor, "item.add", meeting) is not None:
        return []
    if meeting.state == State.OPEN:
        return _on_the_floor(meeting, item)
    return _before(item) if item.state == ItemState.LISTED else []


def _before(item: AgendaItem) -> list[Button]:
    """While the agenda is made: change, order, take off."""
    go = {"revision": item.token}
    found = [
        Button(_("上移"), reverse("item-move", args=[item.pk]), "quiet", fields={**go, "position": item.position - 1}),
        Button(_("下移"), reverse("item-move", args=[item.pk]), "quiet", fields={**go, "position": item.position + 1}),
        Button(_("修改"), reverse("item-amend", args=[item.pk]), "quiet", "get"),
    ]
    if item.subject_kind == "proposal":
        return [*found, Button(_("打开建议案"), reverse("desk-proposal", args=[item.subject_id]), "quiet", "get")]
    return [*found, Button(_("撤下"), reverse("item-remove", args=[item.pk]), "quiet", "get")]


def _on_the_floor(meeting: Meeting, item: AgendaItem) -> list[Button]:
    """While the meeting is held: notes, vote, count, announce, put off."""
    notes = Button(_("记录发言要点"), reverse("item-notes", args=[item.pk]), "plain", "get")
    off = Button(_("改期再议"), reverse("item-put-off", args=[item.pk]), "quiet", "get")
    vote = Button(_("提请表决"), reverse("item-vote", args=[item.pk]), "primary", "get")
    if item.state == ItemState.LISTED:
        if item.kind == ItemKind.REPORT:
            return [Button(_("听取通报"), reverse("item-note", args=[item.pk]), "primary", "get")]
        if item.kind == ItemKind.REVIEW:
            return [Button(_("逐项评议"), reverse("desk-reviews", args=[meeting.pk]), "primary", "get"), notes]
        return [vote, notes, off]
    if item.state == ItemState.VOTING and item.poll is not None:
        return [*_counting(item, reverse("desk-meeting", args=[meeting.pk])), notes, off]
    if item.subject_kind == "proposal" and item.state == ItemState.DECIDED:
        return [Button(_("打开建议案"), reverse("desk-proposal", args=[item.subject_id]), "quiet", "get")]
    return []


def _counting(item: AgendaItem, back: str) -> list[Button]:
    poll: Any = item.poll
    if poll.state == PollState.COUNTED:
        url = reverse("item-decide", args=[item.pk])
        return [Button(_("宣布结果"), url, "primary", fields={"revision": item.token})]
    if poll.state == PollState.VOID:
        return [Button(_("重新表决"), reverse("item-vote", args=[item.pk]), "primary", "get")]
    label = {PollState.OPEN: _("录入计票"), PollState.COUNTING: _("录第二遍")}.get(PollState(poll.state), _("再录一遍"))
    return [Button(label, tally_url(poll, back), "primary", "get")]


def plan_verb(request: Request, place: Place) -> Button | None:
    """Plan a meeting, for those who may."""
    if why_not(request.actor, "meeting.plan", place) is not None:
        return None
    return Button(_("筹备会议"), reverse("meeting-plan", args=[place.code]), "primary", "get")


def due_verb(request: Request, row: DueMeeting, place: Place) -> Button | None:
    """Plan a due meeting that nobody has planned."""
    if row.meeting is not None or why_not(request.actor, "meeting.plan", place) is not None:
        return None
    url = f"{reverse('meeting-plan', args=[place.code])}?kind={row.due.kind}"
    return Button(_("筹备"), url, "plain", "get")


def task_verb(request: Request, task: MeetingTask) -> Button | None:
    """Note that a task is done."""
    if task.done_on is not None or why_not(request.actor, "task.finish", task) is not None:
        return None
    return Button(_("已完成"), reverse("task-finish", args=[task.pk]), fields={"revision": task.token})


def facts(meeting: Meeting) -> list[Fact]:
    """The lines at the head of a meeting."""
    found = [
        Fact(_("类别"), meeting.get_kind_display()),
        Fact(_("时间"), cn_date(timezone.localtime(meeting.starts_at), "time")),
        Fact(_("地点"), meeting.venue),
        Fact(_("主持人"), meeting.chair or _("未填写")),
        Fact(_("记录人"), meeting.recorder or _("未填写")),
    ]
    if meeting.consent:
        found.append(Fact(_("经谁同意"), meeting.consent))
    if meeting.due_count:
        counts = _("应到%(due)s人，实到%(present)s人，列席%(observers)s人") % {
            "due": meeting.due_count, "present": meeting.present_count, "observers": meeting.observer_count,
        }  # fmt: skip
        found.append(Fact(_("到会"), counts))
    found.append(
        Fact(_("议事规则"), rules_called(meeting.rules_label), reverse("debate-card", args=[meeting.place.code]))
    )
    return found


def quorum_sentence(meeting: Meeting, people: list[Invitation]) -> str:
    """Whether enough are present at this moment; empty outside the meeting."""
    if meeting.state not in (State.CONVENED, State.OPEN):
        return ""
    due = [one for one in people if one.role == Role.MEMBER]
    here = sum(one.attendance == Attendance.PRESENT for one in due)
    lacking = why_no_quorum(len(due), here, vote_rule(rules_for(meeting.place)))
    return lacking or _("应到%(due)s人，实到%(here)s人，可以开会和表决。") % {"due": len(due), "here": here}


def by_role(request: Request, people: list[Invitation]) -> list[tuple[str, list[tuple[Invitation, Button | None]]]]:
    """The people of a meeting, by role; those who attend without a vote can be taken off before notice."""
    groups: dict[str, list[tuple[Invitation, Button | None]]] = {}
    for one in people:
        groups.setdefault(str(one.get_role_display()), []).append((one, _withdraw(request, one)))
    return list(groups.items())


def _withdraw(request: Request, one: Invitation) -> Button | None:
    if VERBS["invitation.withdraw"].may.why_not(Question(request.actor, one.meeting)) is not None:
        return None
    if one.role == Role.MEMBER or one.meeting.state != State.PLANNED:
        return None
    return Button(_("取消邀请"), reverse("invitation-withdraw", args=[one.pk]), "quiet")


def crumbs(place: Place, *more: Link) -> list[Link]:
    """From the desk to the page."""
    first = [Link(_("工作台"), reverse("desk-home")), Link(_("会议"), reverse("desk-meetings", args=[place.code]))]
    return [*first, *more]
