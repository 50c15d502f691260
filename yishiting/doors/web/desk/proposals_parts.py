"""What the pages of a proposal have in common: who reads them, the next steps, its text and its changes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from yishiting.doors.web.shared.declared import buttons
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Button, Fact, Link
from yishiting.doors.web.shared.templatetags.yishiting_ui import cn_date
from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.predicates import Question
from yishiting.ground.common.verbs import why_not
from yishiting.ground.organisations.permissions import reads_here
from yishiting.ground.places.models import Place
from yishiting.year.dossiers.models import Referral, ReferralKind
from yishiting.year.dossiers.queries import hops
from yishiting.year.projects.models import Project
from yishiting.year.proposals.models import Amendment, Proposal
from yishiting.year.proposals.queries import words_of
from yishiting.year.proposals.rules import FIELDS, LABELS, Piece, difference
from yishiting.year.proposals.states import State
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.suggestions.published import blacks_of

#: What a work committee of the district does to what lies before it; no step of the proposal's own.
TAKE_IN = "matter.take_in"


def draft_verb(request: Request, place: Place) -> Button | None:
    """Draft a proposal, for those who may."""
    if why_not(request.actor, "proposal.draft", place) is not None:
        return None
    return Button(_("草拟建议案"), reverse("proposal-draft", args=[place.code]), "primary", "get")


def verbs(request: Request, proposal: Proposal, projects: list[Project]) -> list[Button]:
    """What can be done now, the next step first; once there are projects, it is done there, or one more is opened."""
    if projects:
        opens = [
            Button(
                _("打开实事项目") if len(projects) == 1 else _("打开“%(title)s”") % {"title": one.title},
                where_to_read(request.actor, one),
                "primary",
                "get",
            )
            for one in projects
        ]
        more = [one for one in buttons(request, proposal, room="desk", asleep=False) if one.why_not is None]
        return [*opens, *_alike(more)]
    found = [one for one in buttons(request, proposal, room="desk") if one.why_not is None or one.kind == "primary"]
    if proposal.state == State.REPORTED_UP:  # five answers, and none of them is the usual one
        found = _alike([one for one in found if one.why_not is None])
    return [*buttons(request, proposal, TAKE_IN, asleep=False, room="desk"), *found]


def _alike(offered: list[Button]) -> list[Button]:
    """None of them the main one."""
    return [replace(one, kind="plain") if one.kind == "primary" else one for one in offered]


def where_to_read(actor: Actor, project: Project) -> str:
    """The page of a project at the desk for those who may read it there; those below its place read what is public."""
    here = reads_here.why_not(Question(actor, project)) is None
    return reverse("desk-project" if here else "public-project", args=[project.pk])


def facts(proposal: Proposal, projects: list[Project], actor: Actor) -> list[Fact]:
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
    return found + [Fact(_("实事项目"), f"{one.number} {one.title}", where_to_read(actor, one)) for one in projects]


def _later(proposal: Proposal) -> list[tuple[str, Any]]:
    return [
        (_("决议编号"), proposal.resolution_number),
        (_("决定日期"), cn_date(proposal.decided_on)),
        (_("理由"), proposal.decision_reason),
        *(pair for one in hops(proposal.dossier) for pair in _hop(one)),
        (_("办理条件"), proposal.conditions),
        (_("最迟哪一天再研究"), cn_date(proposal.look_again_on) if proposal.look_again_on else ""),
    ]


def _hop(sent: Referral) -> list[tuple[str, Any]]:
    """One way it was sent, and what came back: every one of them stays on the page."""
    where = _("%(kind)s：%(place)s，%(day)s")
    told = {"kind": sent.get_kind_display(), "place": sent.where, "day": cn_date(sent.sent_on)}
    if sent.kind == ReferralKind.INSIDE:
        return [(_("承办科室"), where % told), (_("立项期限"), cn_date(sent.due))]
    across = sent.kind == ReferralKind.ACROSS
    labels = (_("转办"), _("转办理由")) if across else (_("报送"), _("报送理由"))
    found = [(labels[0], where % told), (labels[1], sent.reason)]
    if sent.answered_on is None:
        return [*found, (_("答复期限"), cn_date(sent.due))]
    said = {"day": cn_date(sent.answered_on), "outcome": sent.get_outcome_display(), "answer": sent.answer}
    return [*found, (_("承接单位答复") if across else _("上级答复"), _("%(day)s，%(outcome)s：%(answer)s") % said)]


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
    """What a draft may take over from the suggestion it starts from: without what is blacked out, which is public never."""
    if first is None:
        return {}
    title, text = first.title, first.text
    for black in blacks_of([first]):
        title, text = title.replace(black, ""), text.replace(black, "")
    return {
        "title": title[:160],
        "situation": text,
        "category": first.category_id,
        "responsible_level": first.responsible_level,
    }


def joined_in(proposal: Proposal) -> Proposal | None:
    """The proposal of the place above that joins it and answers it with its own."""
    return Proposal.objects.filter(sources__below=proposal, sources__live=True).select_related("place").first()


def crumbs(place: Place, *more: Link) -> list[Link]:
    """From the desk to the page."""
    first = [Link(_("工作台"), reverse("desk-home")), Link(_("建议案"), reverse("desk-proposals", args=[place.code]))]
    return [*first, *more]
