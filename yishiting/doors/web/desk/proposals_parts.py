"""What the pages of a proposal have in common: who reads them, the next steps, its text and its changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from yishiting.doors.web.shared.declared import button
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Button, Fact, Link
from yishiting.doors.web.shared.templatetags.yishiting_ui import cn_date
from yishiting.ground.common.verbs import VERBS, why_not
from yishiting.ground.places.models import Place
from yishiting.year.meetings.queries import upcoming
from yishiting.year.meetings.states import ItemState
from yishiting.year.projects.models import Project
from yishiting.year.proposals.models import Amendment, Proposal
from yishiting.year.proposals.queries import words_of
from yishiting.year.proposals.rules import FIELDS, LABELS, Piece, community_may_lead, difference
from yishiting.year.proposals.states import LIFECYCLE, State
from yishiting.year.suggestions.models import Suggestion

#: verb → the name of its page; every one asks for a word more
PAGES = {
    "proposal.bring_back": "proposal-answer",
    "proposal.decide": "proposal-decide",
    "proposal.table": "proposal-table",
    "proposal.report_up": "proposal-report",
    "proposal.amend": "proposal-amend",
    "proposal.add_source": "proposal-add-source",
    "proposal.take_off": "proposal-take-off",
    "proposal.put_off": "proposal-put-off",
}
Kind = Literal["primary", "plain", "danger", "quiet"]


def draft_verb(request: Request, place: Place) -> Button | None:
    """Draft a proposal, for those who may."""
    if why_not(request.actor, "proposal.draft", place) is not None:
        return None
    return Button(_("草拟建议案"), reverse("proposal-draft", args=[place.code]), "primary", "get")


def verbs(request: Request, proposal: Proposal, project: Project | None) -> list[Button]:
    """The buttons that make sense now, the next step first."""
    if project is not None:
        return [Button(_("打开实事项目"), reverse("desk-project", args=[project.pk]), "primary", "get")]
    found = (
        [button(request, "project.open", proposal, primary=True, room="desk")] if _is_own_and_adopted(proposal) else []
    )
    allowed = [code for code in PAGES if code in LIFECYCLE.verbs_from(proposal.state) and _sensible(code, proposal)]
    return found + [_verb(request, proposal, code) for code in allowed]


def _is_own_and_adopted(proposal: Proposal) -> bool:
    return proposal.state == State.ADOPTED and community_may_lead(proposal.responsible_level)


def _sensible(code: str, proposal: Proposal) -> bool:
    """What the vote under way or done leaves to do."""
    item = proposal.agenda_item
    at = item.state if item is not None else ""
    if code == "proposal.decide":
        return at == ItemState.DECIDED
    if code == "proposal.table":
        return proposal.state != State.TABLED or at == ItemState.PUT_OFF
    if code in ("proposal.amend", "proposal.take_off") and proposal.state == State.TABLED:
        return at not in (ItemState.VOTING, ItemState.DECIDED)
    return True


def _verb(request: Request, proposal: Proposal, code: str) -> Button:
    item, url = proposal.agenda_item, reverse(PAGES[code], args=[proposal.pk])
    reason = why_not(request.actor, code, proposal) or _not_yet(code, proposal)
    if code == "proposal.decide" and item is not None and item.carried:
        return Button(_("登记为通过"), url, "primary", "post", reason, {"revision": proposal.token})
    kind: Kind = "primary" if code == _first(proposal) else "plain"
    return Button(str(VERBS[code].label), url, kind, "get", reason)


def _not_yet(code: str, proposal: Proposal) -> str | None:
    """A proposal is put to a meeting, so there has to be one."""
    if code != "proposal.table" or upcoming(proposal.place):
        return None
    return _("还没有筹备中的会议。请先在“会议”里筹备一次，再提请审议。")


def _first(proposal: Proposal) -> str:
    """The one next step."""
    item = proposal.agenda_item
    if proposal.state == State.TABLED and item is not None and item.state == ItemState.PUT_OFF:
        return "proposal.table"
    return {
        State.DRAFTED: "proposal.table",
        State.PENDING: "proposal.table",
        State.NOT_NOW: "proposal.table",
        State.TABLED: "proposal.decide",
        State.REPORTED_UP: "proposal.bring_back",
        State.ADOPTED: "" if community_may_lead(proposal.responsible_level) else "proposal.report_up",
    }.get(State(proposal.state), "")


def facts(proposal: Proposal, project: Project | None) -> list[Fact]:
    """The lines at the head of a proposal."""
    found = [
        Fact(_("编号"), proposal.number),
        Fact(_("状态"), proposal.get_state_display()),
        Fact(_("责任层级"), proposal.get_responsible_level_display()),
        Fact(_("拟办年度"), _("%(year)s年") % {"year": proposal.for_year}),
    ]
    if proposal.category is not None:
        found.append(Fact(_("类别"), proposal.category))
    if proposal.responsible is not None:
        found.append(Fact(_("负责人"), proposal.responsible))
    item = proposal.agenda_item
    if item is not None:
        found.append(Fact(_("会议"), item.meeting.title, reverse("desk-meeting", args=[item.meeting_id])))
    found += [Fact(label, value) for label, value in _later(proposal) if value]
    if project is not None:
        found.append(Fact(_("实事项目"), project.number, reverse("desk-project", args=[project.pk])))
    return found


def _later(proposal: Proposal) -> list[tuple[str, Any]]:
    return [
        (_("决议编号"), proposal.resolution_number),
        (_("决定日期"), cn_date(proposal.decided_on)),
        (_("理由"), proposal.decision_reason),
        (_("报送"), f"{proposal.reported_to}，{cn_date(proposal.reported_on)}" if proposal.reported_to else ""),
        (_("报送理由"), proposal.report_reason),
        (_("上级答复"), proposal.answer_from_above),
        (_("办理条件"), proposal.conditions),
    ]


def text(proposal: Proposal) -> list[tuple[str, str]]:
    """The parts of the text with their names."""
    words = words_of(proposal)
    return [(label, words[name]) for name, label in FIELDS[1:] if words[name]]


@dataclass(frozen=True, slots=True)
class Changed:
    """One amendment as it is shown: who, when, why, and each part with what was taken out and put in."""

    amendment: Amendment
    parts: list[tuple[str, list[Piece]]]


def amendments(proposal: Proposal) -> list[Changed]:
    """Every amendment with its differences, oldest first."""
    rows = proposal.amendments.select_related("amended_by")
    return [
        Changed(row, [(LABELS[name], difference(row.before[name], row.after[name])) for name in row.after])
        for row in rows
    ]


def offered(ready: "QuerySet[Suggestion]", picked: Sequence[str], words: str, most: int) -> list[Suggestion]:
    """The suggestions to choose from: those picked first, then the newest that fit the words."""
    chosen = [one for one in ready if str(one.pk) in picked] if picked else []
    rows = ready.filter(Q(title__contains=words) | Q(text__contains=words) | Q(receipt=words)) if words else ready
    return chosen + [one for one in rows[:most] if one not in chosen]


def from_suggestion(first: Suggestion | None) -> dict[str, Any]:
    """What a draft may take over from the suggestion it starts from."""
    if first is None:
        return {}
    return {
        "title": first.title[:160],
        "situation": first.text,
        "category": first.category_id,
        "responsible_level": first.responsible_level,
    }


def crumbs(place: Place, *more: Link) -> list[Link]:
    """From the desk to the page."""
    first = [Link(_("工作台"), reverse("desk-home")), Link(_("建议案"), reverse("desk-proposals", args=[place.code]))]
    return [*first, *more]
