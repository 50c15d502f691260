"""Papers to print: filled from the records as far as they go, blank where a pen is wanted."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from yishiting.doors.web.desk.meetings import RELATED as MEETING
from yishiting.doors.web.shared.doors import door, why_closed
from yishiting.doors.web.shared.drawings import qr
from yishiting.doors.web.shared.projects import plan_facts
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Fact
from yishiting.doors.web.shared.templatetags.yishiting_ui import cn_date
from yishiting.ground.organisations.models import IdentityKind
from yishiting.ground.organisations.permissions import reads_here
from yishiting.ground.places.models import Place
from yishiting.ground.places.organs import council_of, office_of
from yishiting.instruments.ballots.rules import LEVELS
from yishiting.instruments.documents.rules import spoken
from yishiting.year.councils.choices import Publishable
from yishiting.year.councils.models import NOMINATED_BY, Representative, Term
from yishiting.year.evaluation.queries import reviews_of
from yishiting.year.meetings.models import AgendaItem, Meeting, Role
from yishiting.year.meetings.queries import agenda, invitations, members, reached, serving_on, whom
from yishiting.year.meetings.states import State as MeetingState
from yishiting.year.projects.models import Project
from yishiting.year.projects.queries import basis_in_words, findings_of
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.queries import mains_of
from yishiting.year.suggestions.models import Channel, Criterion, Naming, Suggestion
from yishiting.year.visits.models import SentDraft, Stance

TICK = "□"


@dataclass(frozen=True, slots=True)
class Titled:
    """What stands at the head and at the foot of a paper: its title, the body that issues it, the day, the number."""

    title: str
    issuer: str = ""
    day: date | None = None
    number: str = ""
    words: str = ""


class Brief(Fact):
    """A line in which a word or a day is written by hand."""


def _ticks(*labels: object) -> str:
    """Boxes to tick by hand."""
    return "　".join(f"{TICK} {label}" for label in labels)


def _table(request: Request, paper: Titled, lines: list[Fact], back: str, **more: Any) -> HttpResponse:
    """Lines that are still blank have room for sentences, `Brief` ones for a word or a day."""
    rows = [(one, not one.value and not isinstance(one, Brief)) for one in lines]
    return render(request, "desk/paper_table.html", {"paper": paper, "lines": rows, "back": back, **more})


def _back(request: Request, thing: Place | Meeting, work: str, reading: str) -> str:
    """Back to where the paper is worked with; those who only read go back to what they read."""
    key = thing.code if isinstance(thing, Place) else thing.pk
    at_work = reverse(work, args=[key])
    return at_work if why_closed(request.actor, at_work, thing) is None else reverse(reading, args=[key])


@door(Place, needs=reads_here)
def slip(request: Request, place: Place) -> HttpResponse:
    """The blank slip for the box and the doorstep, in the order in which it is typed in."""
    shown = {
        "paper": Titled(
            _("征求意见表"),
            number=_("%(place)s　%(year)s年") % {"place": place.name, "year": timezone.localdate().year},
        ),
        "place": place,
        "naming": Naming.labels,
        "channels": [label for value, label in Channel.choices if value not in (Channel.WEB, Channel.HOTLINE)],
        "qr": qr(f"{settings.SITE['address']}{reverse('suggest-here', args=[place.code])}"),
        "back": _back(request, place, "desk-slips", "desk-suggestions"),
    }
    return render(request, "desk/paper_slip.html", shown)


@door(Meeting, needs=reads_here, related=MEETING)
def satisfaction(request: Request, meeting: Meeting) -> HttpResponse:
    """The ballot of a review meeting; it carries neither number nor code, so that it stays secret."""
    shown = {
        "paper": Titled(_("满意度测评票"), council_of(meeting.place, meeting.day), meeting.day),
        "meeting": meeting,
        "reviews": reviews_of(meeting).select_related("project").order_by("agenda_item__position"),
        "levels": [_(label) for _code, label in LEVELS],
        "back": _back(request, meeting, "desk-reviews", "desk-meeting"),
    }
    return render(request, "desk/paper_satisfaction.html", shown)


@door(Meeting, needs=reads_here, related=MEETING)
def meeting_notice(request: Request, meeting: Meeting) -> HttpResponse:
    """The notice to the members; with `?guest=` the letter to one who attends without a vote."""
    asked = request.GET.get("guest", "")
    guest = next((one for one in invitations(meeting) if str(one.pk) == asked and one.role != Role.MEMBER), None)
    title = _("邀请函") if guest else _("关于召开%(title)s的通知") % {"title": meeting.title}
    whom = _("%(unit)s%(name)s：") % {"unit": guest.unit, "name": guest.name} if guest else _("各位议事代表：")
    shown = {
        "paper": Titled(title, council_of(meeting.place, meeting.convened_on), meeting.convened_on),
        "meeting": meeting,
        "items": agenda(meeting),
        "guest": guest,
        "whom": whom,
        "back": reverse("desk-meeting", args=[meeting.pk]),
    }
    return render(request, "desk/paper_invitation.html", shown)


@door(Meeting, needs=reads_here, related=MEETING)
def meeting_told(request: Request, meeting: Meeting) -> HttpResponse:
    """Whom the system has told and whom somebody must ring; before notice is given, those in office that day."""
    invited, sent = list(invitations(meeting)), reached(meeting)
    people: list[Any] = [(one, whom(one).key in sent) for one in invited]
    if not members(meeting):
        people = [(Due.of(one), False) for one in serving_on(meeting)] + people
    shown = {
        "meeting": meeting,
        "people": people,
        "by_hand": sum(not told for _one, told in people),
        "sent": meeting.state != MeetingState.PLANNED,
        "back": reverse("desk-meeting", args=[meeting.pk]),
    }
    return render(request, "desk/paper_told.html", shown)


@dataclass(frozen=True, slots=True)
class Due:
    """A representative who will be due, before anybody has been called."""

    name: str
    unit: str
    person_id: Any
    get_role_display: str

    @classmethod
    def of(cls, one: Representative) -> "Due":
        """What the list shows of a representative."""
        return cls(one.name, one.constituency.name, one.person_id, str(Role.MEMBER.label))


@door(AgendaItem, needs=reads_here, related=("place", "meeting__place", "meeting__council__place", "poll"))
def resolution(request: Request, item: AgendaItem) -> HttpResponse:
    """What was decided, with its number, text and count."""
    if not item.resolution_number:
        raise Http404
    meeting = item.meeting
    lines = [
        Fact(_("会议"), meeting.title),
        Fact(_("时间"), cn_date(timezone.localtime(meeting.starts_at), "time")),
        Fact(_("到会"), _attendance(meeting)),
        Fact(_("议题"), item.title),
        Fact(_("文本"), item.text),
        Fact(_("表决"), item.outcome),
    ]
    paper = Titled(_("决议书"), council_of(item.place, meeting.day), meeting.day, item.resolution_number)
    signing = [(_("主持人"), ""), (_("记录人"), "")]
    heads = {"signing_title": _("签字"), "signing_heads": [_("身份"), _("签名")]}
    return _table(request, paper, lines, reverse("desk-meeting", args=[meeting.pk]), signing=signing, **heads)


def _attendance(meeting: Meeting) -> str:
    return _("应到%(due)s人，实到%(present)s人，列席%(observers)s人") % {
        "due": meeting.due_count, "present": meeting.present_count, "observers": meeting.observer_count,
    }  # fmt: skip


@door(Project, needs=reads_here, related=("place",))
def plan(request: Request, project: Project) -> HttpResponse:
    """The implementation plan, with room for the opinions of the units that do the work."""
    lines = [
        Fact(_("项目名称"), project.title),
        Fact(_("依据"), basis_in_words(project)),
        *plan_facts(project, missing=""),
        Fact(_("实施小组"), _("；").join(f"{one.name}（{one.duty}）" for one in project.team.all())),
        Fact(_("监督小组"), _("、").join(_supervisors(project))),
        Fact(_("主办单位意见"), ""),
        Fact(_("协办单位意见"), ""),
    ]
    paper = Titled(
        _("实事项目实施计划书"), office_of(project.place, timezone.localdate(project.created_at)), number=project.number
    )
    return _table(request, paper, lines, reverse("desk-project", args=[project.pk]))


def _supervisors(project: Project) -> list[str]:
    return [one.representative.name for one in project.supervisors.select_related("representative")]


@door(Project, needs=reads_here, related=("place",))
def acceptance(request: Request, project: Project) -> HttpResponse:
    """The sheet the supervision group signs on the spot; its photograph comes back with the signatures."""
    findings = _("；").join(f"{one.text}（{one.get_state_display()}）" for one in findings_of(project))
    lines = [
        Fact(_("项目名称"), project.title),
        Fact(_("项目内容"), project.content),
        Brief(_("责任人"), project.responsible_name),
        Brief(_("完成时限"), cn_date(project.deadline, "plain") if project.deadline else ""),
        Brief(_("完工日期"), cn_date(project.completed_on, "plain") if project.completed_on else ""),
        Fact(_("完成标准"), project.completion_standard),
        Fact(_("监督意见和整改"), findings or _("没有监督意见。")),
        Fact(_("现场查看情况"), ""),
    ]
    paper = Titled(
        _("实事项目验收单"),
        office_of(project.place, project.completed_on),
        number=_("%(number)s　第%(n)s次验收") % {"number": project.number, "n": project.acceptance_attempts + 1},
        words=_("请对照完成标准，在现场逐条查看，再签字。没有达到标准的，写明哪一条。"),
    )
    signing = [(name, _ticks(_("达到"), _("没有达到")), "", "", "") for name in _supervisors(project)]
    heads = [_("监督小组"), _("是否达到标准"), _("意见"), _("签名"), _("日期")]
    more = {"signing": signing, "signing_title": _("验收签字"), "signing_heads": heads}
    return _table(request, paper, lines, reverse("desk-project", args=[project.pk]), **more)


@door(Proposal, needs=reads_here, related=("place", "category"))
def proposal_paper(request: Request, proposal: Proposal) -> HttpResponse:
    """The proposal as it lies before the council."""
    lines = [
        Fact(_("案由"), proposal.title),
        Fact(_("情况"), proposal.situation),
        Fact(_("办理建议"), proposal.measures),
        Fact(_("受益范围"), proposal.beneficiaries),
        Fact(_("类别"), str(proposal.category or "")),
        Fact(_("责任层级"), proposal.get_responsible_level_display()),
        Fact(_("拟办年度"), _("%(year)s年") % {"year": proposal.for_year}),
        Fact(_("来源建议"), _("、").join(spoken(one.receipt) for one in mains_of(proposal).order_by("receipt"))),
        Fact(_("协商会意见"), proposal.decision_reason),
    ]
    paper = Titled(
        _("建议案"),
        council_of(proposal.place, proposal.decided_on or timezone.localdate(proposal.created_at)),
        proposal.decided_on,
        proposal.number,
    )
    return _table(request, paper, lines, reverse("desk-proposal", args=[proposal.pk]))


@door(Suggestion, needs=reads_here, related=("place", "category"))
def screening_paper(request: Request, suggestion: Suggestion) -> HttpResponse:
    """The form of the screening: the words, the four criteria, the result; who said it is not on it."""
    last = suggestion.screenings.order_by("created_at").last()
    marks = dict(last.said_marks) if last else {}
    lines = [
        Fact(_("受理号"), spoken(suggestion.receipt)),
        Fact(_("渠道"), suggestion.get_channel_display()),
        Fact(_("收到日期"), cn_date(suggestion.received_on, "plain")),
        Fact(_("地点"), suggestion.where or _("没有写")),
        Fact(_("建议内容"), suggestion.text),
        *(
            Fact(one.label, marks.get(str(one.label)) or _ticks(_("符合"), _("不符合"), _("待核实")))
            for one in Criterion
        ),
        Fact(_("类别"), str(suggestion.category or "")),
        Fact(_("责任层级"), suggestion.get_responsible_level_display() if suggestion.responsible_level else ""),
        Fact(_("初审结果"), suggestion.get_state_display() if last else ""),
        Fact(_("理由"), last.reason or _("无") if last else ""),
    ]
    day = last.screened_on if last else None
    paper = Titled(_("建议初审表"), office_of(suggestion.place, day or suggestion.received_on), day)
    return _table(request, paper, lines, reverse("desk-suggestion", args=[suggestion.pk]))


@door(Term, needs=reads_here, related=("place",))
def nomination(request: Request, term: Term) -> HttpResponse:
    """The blank form on which somebody is nominated, recommended or stands, with what they agree to publish."""
    units = [one.name for one in term.constituencies.order_by("position")]
    blank = (_("姓名"), _("出生年份"), _("单位或楼院（只写到楼号）"), _("联系电话（不公开）"))
    lines = [
        Fact(_("推选单位"), _ticks(*units) if units else ""),
        Fact(_("产生方式"), _ticks(*(route.label for route in NOMINATED_BY))),
        *(Brief(label, "") for label in blank),
        Fact(_("性别"), _ticks(_("男"), _("女"))),
        Fact(_("还具有哪些身份"), _ticks(*IdentityKind.labels)),
        Fact(_("简介"), ""),
        Fact(_("由谁提名或推荐（自荐不填）"), ""),
        Fact(_("本人意见"), _ticks(_("同意作为候选人，并公示姓名"))),
        Fact(_("还同意公开"), _ticks(*Publishable.labels)),
        Fact(_("本人签名和日期"), ""),
        Fact(_("资格审查意见"), ""),
    ]
    title = _("%(council)s%(term)s议事代表候选人登记表") % {
        "council": council_of(term.place, term.begins),
        "term": term,
    }
    paper = Titled(title, office_of(term.place, term.begins))
    return _table(request, paper, lines, reverse("desk-candidates", args=[term.pk]))


@door(SentDraft, needs=reads_here, related=("place", "proposal__place"))
def draft_paper(request: Request, draft: SentDraft) -> HttpResponse:
    """The draft for a proposer without a telephone: to be read, ticked and signed, then noted by the desk."""
    lines = [
        Fact(_("案由"), draft.title),
        Fact(_("情况"), draft.situation),
        Fact(_("打算怎么办"), draft.measures),
        Fact(_("请在哪天以前答复"), cn_date(draft.due)),
        Fact(_("对草案的态度"), _ticks(*Stance.labels)),
        Fact(_("条件或理由"), ""),
        Fact(_("受理号"), ""),
        Fact(_("本人签名和日期"), ""),
    ]
    paper = Titled(
        _("办理草案征求意见表"), office_of(draft.place, draft.asked_on), draft.asked_on, draft.proposal.number
    )
    return _table(request, paper, lines, reverse("desk-proposal", args=[draft.proposal_id]), short=(_("受理号"),))


urlpatterns = [
    path("drafts/<uuid:pk>/papers/asking/", draft_paper, name="paper-draft"),
    path("p/<str:code>/papers/slip/", slip, name="paper-slip"),
    path("meetings/<uuid:pk>/papers/ballot/", satisfaction, name="paper-satisfaction"),
    path("meetings/<uuid:pk>/papers/notice/", meeting_notice, name="paper-notice"),
    path("meetings/<uuid:pk>/papers/told/", meeting_told, name="paper-told"),
    path("items/<uuid:pk>/papers/resolution/", resolution, name="paper-resolution"),
    path("projects/<uuid:pk>/papers/plan/", plan, name="paper-plan"),
    path("projects/<uuid:pk>/papers/acceptance/", acceptance, name="paper-acceptance"),
    path("proposals/<uuid:pk>/papers/text/", proposal_paper, name="paper-proposal"),
    path("suggestions/<uuid:pk>/papers/screening/", screening_paper, name="paper-screening"),
    path("terms/<uuid:pk>/papers/nomination/", nomination, name="paper-nomination"),
]
