"""What a desk has set going and somebody else has in hand: reported up, handed down, passed on, asked for."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.models import Person
from yishiting.ground.organisations.queries import offices_of
from yishiting.ground.organisations.rules import WATCHING, WORKING
from yishiting.ground.places.models import Place
from yishiting.instruments.publicity.models import PublicNotice
from yishiting.instruments.publicity.states import State as NoticeState
from yishiting.overview.cycle.board import waiting_for_colleagues
from yishiting.overview.cycle.rows import Rows, row_of, told
from yishiting.overview.cycle.shapes import Wait, in_order
from yishiting.year.directors.models import NeedsReport
from yishiting.year.dossiers.models import Referral, ReferralKind
from yishiting.year.inquiries.models import Inquiry
from yishiting.year.inquiries.states import State as InquiryState
from yishiting.year.projects.models import Finding, Project
from yishiting.year.projects.states import FindingState
from yishiting.year.projects.states import State as ProjectState
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.states import State as ProposalState
from yishiting.year.visits.models import CouncilQuestion, SentDraft
from yishiting.year.visits.queries import UNDECIDED
from yishiting.year.visits.states import QuestionState

#: Whose turn it is, by the verb that comes next.
WHOM = {
    "proposal.bring_back": _("等上级答复"),
    "project.take_up": _("等上级的科室立项"),
    "proposal.agree": _("等社区（村）同意承办"),
    "suggestion.reply": _("等承接单位答复"),
    "council_question.answer": _("等社区（村）议事协商会的意见"),
    "draft.note": _("等提出人答复草案"),
    "inquiry.answer": _("等上级答复"),
    "needs_report.receive_list": _("等区委工委收下"),
    "finding.answer": _("等承办科室整改"),
    "finding.confirm": _("等提出监督意见的人确认"),
    "project.sign": _("等监督小组验收签字"),
    "notice.close": _("公示期满再办"),
}


def waiting_for_others(person: Person, today: date) -> list[Wait]:
    """Everything that was set going at the desks where this person works or watches, and waits for somebody else."""
    held = (one for one in offices_of(person, today) if one.office in (*WORKING, *WATCHING))
    places = list(dict.fromkeys(one.place for one in held))
    found = [wait for place in places for wait in told(place, _set_going(place, today))]
    named = [
        Wait(one.verb, one.says, one.place, one.since, one.due, kind=one.kind, pk=one.pk, whom=WHOM[one.verb])
        for one in found
    ]
    return in_order(named + waiting_for_colleagues(person, today))


def _set_going(place: Place, today: date) -> list[Rows]:
    return [*_of_proposals(place, today), *_of_works(place), *_of_papers(place, today)]


def _hops(way: str, **more: Any) -> "QuerySet[Referral]":
    return Referral.objects.filter(dossier=OuterRef("dossier"), kind=way, answered_on=None, **more)


def _dated(rows: "QuerySet[Proposal]", hops: "QuerySet[Referral]") -> "QuerySet[Any]":
    return rows.filter(Exists(hops)).annotate(
        hop_sent=Subquery(hops.values("sent_on")[:1]), hop_due=Subquery(hops.values("due")[:1])
    )


def _of_proposals(place: Place, today: date) -> list[Rows]:
    own = Proposal.objects.filter(place=place)
    up = _dated(own.filter(state=ProposalState.REPORTED_UP), _hops(ReferralKind.UP))
    taken_on = _dated(own.filter(state=ProposalState.TAKEN_ON, projects=None), _hops(ReferralKind.INSIDE))
    down = _dated(
        Proposal.objects.filter(place__parent=place, state=ProposalState.HANDED_DOWN),
        _hops(ReferralKind.DOWN, from_place=place),
    )
    across = Referral.objects.filter(
        from_place=place, kind=ReferralKind.ACROSS, answered_on=None, dossier__suggestion__isnull=False
    )
    asked = CouncilQuestion.objects.filter(place=place, state=QuestionState.ASKED)
    drafts = SentDraft.objects.filter(place=place, proposal__state__in=UNDECIDED, due__gte=today)
    said: dict[str, Any] = {"says": "dossier__suggestion__title", "about": "dossier__suggestion"}
    return [
        row_of("proposal.bring_back", "proposal", up, "hop_sent", "hop_due"),
        row_of("project.take_up", "proposal", taken_on, "hop_sent", "hop_due"),
        row_of("proposal.agree", "proposal", down, "hop_sent", "hop_due"),
        row_of("suggestion.reply", "suggestion", across, "sent_on", "due", **said),
        row_of("council_question.answer", "council_question", asked, "asked_on", "due"),
        row_of("draft.note", "proposal", drafts, "asked_on", "due", about="proposal_id"),
    ]


def _of_works(place: Place) -> list[Rows]:
    open_ones = Finding.objects.filter(place=place)
    done = Project.objects.filter(place=place, state=ProjectState.COMPLETED)
    of_project: dict[str, Any] = {"says": "text", "about": "project_id"}
    answer = row_of(
        "finding.answer", "project", open_ones.filter(state=FindingState.OPEN), "found_on", "due", **of_project
    )
    confirm = row_of(
        "finding.confirm", "project", open_ones.filter(state=FindingState.ANSWERED), "answered_on", **of_project
    )
    return [answer, confirm, row_of("project.sign", "project", done, "completed_on")]


def _of_papers(place: Place, today: date) -> list[Rows]:
    asked = Inquiry.objects.filter(~Q(asked_at=place), place=place, state=InquiryState.ASKED)
    sent = NeedsReport.objects.filter(place=place, sent_on__isnull=False, received_on=None)
    posted = PublicNotice.objects.filter(place=place, state=NoticeState.POSTED, last_day__gte=today)
    return [
        row_of("inquiry.answer", "inquiry", asked, "asked_on", "due"),
        row_of("needs_report.receive_list", "needs_report", sent, "sent_on", says="number"),
        row_of("notice.close", "public_notice", posted, "posted_on", "last_day"),
    ]
