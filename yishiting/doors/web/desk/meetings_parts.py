"""What the pages of a meeting have in common: who reads them, the next steps, the facts."""

from dataclasses import replace
from typing import Any, Literal

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from yishiting.doors.web.desk.ballots import tally_url
from yishiting.doors.web.shared.declared import button, buttons
from yishiting.doors.web.shared.nouns import address_of
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Button, Fact, Link
from yishiting.doors.web.shared.templatetags.yishiting_ui import cn_date
from yishiting.ground.common.predicates import Question
from yishiting.ground.common.request_cache import cached
from yishiting.ground.common.verbs import VERBS, why_not
from yishiting.ground.organisations.permissions import at_desk
from yishiting.ground.places.models import Place
from yishiting.ground.seasons.labels import rules_called
from yishiting.ground.seasons.queries import rules_for
from yishiting.instruments.ballots.judging import vote_rule
from yishiting.instruments.ballots.states import State as PollState
from yishiting.year.councils.models import Council
from yishiting.year.meetings.models import AgendaItem, Attendance, Invitation, ItemKind, Meeting, MeetingTask, Role
from yishiting.year.meetings.participants import participants
from yishiting.year.meetings.queries import DueMeeting
from yishiting.year.meetings.rules import why_no_quorum
from yishiting.year.meetings.states import ItemState, State

prepares = at_desk

Kind = Literal["primary", "plain", "danger", "quiet"]


def meeting_verbs(request: Request, meeting: Meeting, items: list[AgendaItem]) -> list[Button]:
    """The buttons the state allows; while items wait for their end, none of them stands out."""
    found = [one for one in buttons(request, meeting, room="desk") if one.label != VERBS["task.assign"].label]
    waiting = any(item.state in (ItemState.LISTED, ItemState.VOTING) for item in items)
    calm = meeting.state == State.OPEN and waiting
    return [replace(one, kind="plain") if calm and one.kind == "primary" else one for one in found]


def item_verbs(request: Request, meeting: Meeting, item: AgendaItem) -> list[Button]:
    """The next step of an item, and what else may be done with it now."""
    if why_not(request.actor, "item.add", meeting) is not None:
        return []
    if meeting.state == State.OPEN:
        return _on_the_floor(request, meeting, item)
    return _before(request, item) if item.state == ItemState.LISTED else []


def _quiet(request: Request, code: str, item: AgendaItem, label: str = "") -> Button:
    """A button that keeps to the background of a row."""
    made = button(request, code, item, room="desk")
    return replace(made, kind="quiet", label=label or made.label)


def _before(request: Request, item: AgendaItem) -> list[Button]:
    """While the agenda is made: change, order, take off."""
    move, go = address_of("item.move", item), {"revision": item.token, "room": "desk"}
    found = [
        Button(_("上移"), move, "quiet", fields={**go, "position": max(item.position - 1, 0)}),
        Button(_("下移"), move, "quiet", fields={**go, "position": item.position + 1}),
        _quiet(request, "item.amend", item, _("修改")),
    ]
    if item.parted:
        found = [button(request, "item.announce_again", item, primary=True, room="desk"), *found]
    if item.subject_kind == "proposal":
        return [*found, Button(_("打开建议案"), reverse("desk-proposal", args=[item.subject_id]), "quiet", "get")]
    return [*found, _quiet(request, "item.remove", item, _("撤下"))]


def _on_the_floor(request: Request, meeting: Meeting, item: AgendaItem) -> list[Button]:
    """While the meeting is held: notes, vote, count, announce, put off."""
    notes = button(request, "item.take_notes", item, room="desk")
    off = _quiet(request, "item.put_off", item)
    if item.state == ItemState.LISTED:
        if item.kind == ItemKind.REPORT:
            return [button(request, "item.note", item, primary=True, room="desk")]
        if item.kind == ItemKind.REVIEW:
            return [Button(_("逐项评议"), reverse("desk-reviews", args=[meeting.pk]), "primary", "get"), notes]
        return [button(request, "item.put_to_vote", item, primary=True, room="desk"), notes, off]
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
    """Plan a meeting, for those who may, where there is a council to hold it."""
    if why_not(request.actor, "meeting.plan", place) is not None or not _has_council(place):
        return None
    return Button(_("筹备会议"), reverse("meeting-plan", args=[place.code]), "primary", "get")


def _has_council(place: Place) -> bool:
    """The calendar of meetings asks this for every line."""
    return cached(("council at", place.pk), lambda: Council.objects.filter(place=place).exists())


def due_verb(request: Request, row: DueMeeting, place: Place) -> Button | None:
    """Plan a due meeting that nobody has planned."""
    if row.meeting is not None or plan_verb(request, place) is None:
        return None
    url = f"{reverse('meeting-plan', args=[place.code])}?kind={row.due.kind}"
    return Button(_("筹备"), url, "plain", "get")


def assign_verb(request: Request, meeting: Meeting) -> Button | None:
    """Note what somebody takes on, once the meeting has begun."""
    made = button(request, "task.assign", meeting, room="desk")
    return made if made.why_not is None else None


def task_verb(request: Request, task: MeetingTask) -> Button | None:
    """Note that a task is done."""
    if task.done_on is not None or why_not(request.actor, "task.finish", task) is not None:
        return None
    fields = {"revision": task.token, "room": "desk"}
    return Button(_("已完成"), address_of("task.finish", task), fields=fields)


def task_mending(request: Request, task: MeetingTask) -> list[Button]:
    """Put right what was noted of a task, or that it is done."""
    code = "task.correct" if task.done_on is None else "task.reopen"
    return buttons(request, task, code, asleep=False, room="desk")


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


def attending(meeting: Meeting, items: list[AgendaItem], people: list[Invitation]) -> list[Fact]:
    """At the district: how many of each kind are to come, and of which kinds nobody is invited yet."""
    counted = participants(meeting, people, law=any(one.touches_law for one in items))
    if not counted:
        return []
    comma, after = _("、"), meeting.opened_at is not None
    some = [
        _("%(says)s%(n)s人") % {"says": one.says, "n": one.came if after else one.invited}
        for one in counted
        if one.invited
    ]
    none = [str(one.says) for one in counted if not one.invited]
    found = [Fact(_("到会的方面") if after else _("邀请的方面"), comma.join(some) or _("还没有"))]
    return [*found, *([Fact(_("还没有邀请"), comma.join(none))] if none and not after else [])]


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
    return replace(button(request, "invitation.withdraw", one, room="desk"), kind="quiet")


def crumbs(place: Place, *more: Link) -> list[Link]:
    """From the desk to the page."""
    first = [Link(_("工作台"), reverse("desk-home")), Link(_("会议"), reverse("desk-meetings", args=[place.code]))]
    return [*first, *more]
