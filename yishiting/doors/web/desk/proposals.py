"""建议案 at the desk: the list, drafting from suggestions, one proposal with its next step."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.doors.web.desk import proposals_parts as parts
from yishiting.doors.web.desk.agenda_forms import OffForm
from yishiting.doors.web.desk.proposals_forms import (
    AmendProposalForm,
    AnswerForm,
    DecideForm,
    DraftForm,
    NotNowForm,
    ProposalFilters,
    ReportForm,
    SourceForm,
    TableForm,
)
from yishiting.doors.web.desk.proposals_sheet import as_xlsx
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.matters import matter_of
from yishiting.doors.web.shared.nouns import Noun, know
from yishiting.doors.web.shared.paths import steps, summary
from yishiting.doors.web.shared.posting import act, perform
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Link
from yishiting.doors.web.shared.timelines import timeline
from yishiting.ground.places.models import Place
from yishiting.year.meetings.queries import upcoming
from yishiting.year.proposals import actions
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.permissions import at_subdistrict, reads_proposals
from yishiting.year.proposals.queries import (
    pending,
    proposals_of_place,
    ready_suggestions,
    reported_to,
    sources_of,
    words_of,
)

know(
    Noun(
        Proposal,
        pages={"desk": "desk-proposal", "public": "public-proposal"},
        lists={"desk": ("desk-proposals", gettext_lazy("建议案"))},
        related=("place__parent",),
    )
)

PAGE = 30
OFFERED = 60
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RELATED = ("place__parent", "category", "responsible", "reported_to", "agenda_item__meeting", "agenda_item__poll")


@door(Place, needs=reads_proposals)
def proposal_list(request: Request, place: Place) -> HttpResponse:
    """Every proposal of the place, what is pending for too long on top; as a sheet with ?as=xlsx."""
    filters, today = ProposalFilters(request.GET), timezone.localdate()
    rows = proposals_of_place(place)
    if filters.is_valid():
        rows = rows.filter(**{name: value for name, value in filters.cleaned_data.items() if value})
    if request.GET.get("as") == "xlsx":
        return HttpResponse(
            as_xlsx(place, rows, str(request.person), today),
            content_type=SPREADSHEET,
            headers={"Content-Disposition": 'attachment; filename="proposals.xlsx"'},
        )
    shown = {
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "pending": [row for row in pending(place, today) if row.overdue],
        "filters": filters,
        "draft": parts.draft_verb(request, place),
        "crumbs": parts.crumbs(place),
    }
    return render(request, "desk/proposals.html", shown)


@door(Place, needs=at_subdistrict)
def reported_list(request: Request, place: Place) -> HttpResponse:
    """What communities have reported to this place and is not answered."""
    page = Paginator(reported_to(place), PAGE).get_page(request.GET.get("page"))
    crumbs = [Link(_("工作台"), reverse("desk-home")), Link(_("社区报送的建议案"), "")]
    return render(request, "desk/reported.html", {"page": page, "crumbs": crumbs})


@door(Place, needs="proposal.draft")
def proposal_draft(request: Request, place: Place) -> HttpResponse:
    """Draft a proposal from valid suggestions; `?suggestion=` picks some already, `?q=` narrows the choice."""
    picked, year = request.GET.getlist("suggestion"), timezone.localdate().year
    ready = parts.offered(ready_suggestions(place), picked, request.GET.get("q", ""), OFFERED)
    first = next((one for one in ready if str(one.pk) in picked), None)
    form = DraftForm(
        ready,
        (year, year + 1),
        request.POST or None,
        initial={**parts.from_suggestion(first), "suggestions": picked, "for_year": year},
    )
    return perform(
        request,
        form,
        lambda **words: actions.draft_proposal(place, by=request.actor, **words),
        page="desk/proposal_draft.html",
        to=lambda proposal: reverse("desk-proposal", args=[proposal.pk]),
        done=lambda proposal: _("已草拟，编号%(number)s，已告知提建议的人。") % {"number": proposal.number},
        context={
            "ready": bool(ready),
            "q": request.GET.get("q", ""),
            "picked": picked,
            "back": reverse("desk-proposals", args=[place.code]),
            "crumbs": parts.crumbs(place, Link(_("草拟建议案"), "")),
        },
    )


@door(Proposal, needs=reads_proposals, related=RELATED)
def proposal(request: Request, proposal: Proposal) -> HttpResponse:
    """One proposal: its path, its text and every amendment, its sources, and what can be done."""
    matter, today = matter_of(proposal), timezone.localdate()
    shown = {
        "proposal": proposal,
        "steps": steps(matter, today),
        "summary": summary(matter),
        "verbs": parts.verbs(request, proposal, matter.project),
        "facts": parts.facts(proposal, matter.project),
        "text": parts.text(proposal),
        "sources": sources_of(proposal),
        "amendments": parts.amendments(proposal),
        "timeline": timeline(matter.entries),
        "crumbs": parts.crumbs(proposal.place, Link(proposal.number, "")),
    }
    return render(request, "desk/proposal.html", shown)


@door(Proposal, needs="proposal.amend", related=RELATED)
def proposal_amend(request: Request, proposal: Proposal) -> HttpResponse:
    """Change the text before the vote."""
    person: Any = request.person
    return ask(
        request, proposal, AmendProposalForm(request.POST or None, initial=words_of(proposal)),
        lambda **words: actions.amend_proposal(proposal, by=person, **words),
        title=_("修改文本"), submit=_("保存修改"), done=_("已修改，议程上的文本也已更新。"),
    )  # fmt: skip


@door(Proposal, needs="proposal.add_source", related=RELATED)
def proposal_add_source(request: Request, proposal: Proposal) -> HttpResponse:
    """Let the draft rest on one more suggestion."""
    ready = parts.offered(ready_suggestions(proposal.place), [], request.GET.get("q", ""), OFFERED)
    return ask(
        request, proposal, SourceForm(ready, request.POST or None),
        lambda suggestion: actions.add_source(proposal, by=request.actor, suggestion=suggestion),
        title=_("补充来源建议"), submit=_("补充"), done=_("已补充，并告知提建议的人。"),
    )  # fmt: skip


@door(Proposal, needs="proposal.table", related=RELATED)
def proposal_table(request: Request, proposal: Proposal) -> HttpResponse:
    """Put the proposal on an agenda."""
    meetings = upcoming(proposal.place)
    words = "" if meetings else _("还没有筹备中的会议。请先筹备一次会议，再列入议程。")
    return ask(
        request, proposal, TableForm(meetings, request.POST or None),
        lambda **given: actions.table_proposal(proposal, by=request.actor, **given),
        title=_("提请审议"), submit=_("列入议程"), done=_("已列入议程，并告知提建议的人。"), words=words,
    )  # fmt: skip


@door(Proposal, needs="proposal.take_off", related=RELATED)
def proposal_take_off(request: Request, proposal: Proposal) -> HttpResponse:
    """Take the proposal off the agenda."""
    return ask(
        request, proposal, OffForm(request.POST or None),
        lambda reason: actions.take_off_proposal(proposal, by=request.actor, reason=reason),
        title=_("从议程撤下"), submit=_("撤下"), done=_("已从议程撤下。"),
    )  # fmt: skip


@door(Proposal, needs="proposal.decide", related=RELATED)
def proposal_decide(request: Request, proposal: Proposal) -> HttpResponse:
    """Note what the vote means: adopted at once when it carried, otherwise pending or declined with the reason."""
    item = proposal.agenda_item
    if item is not None and item.carried and request.method == "POST":
        back = reverse("desk-proposal", args=[proposal.pk])
        return act(
            request, lambda: actions.decide_proposal(proposal, by=request.actor), to=back, done=_("已登记为通过。")
        )
    return ask(
        request, proposal, DecideForm(request.POST or None),
        lambda **words: actions.decide_proposal(proposal, by=request.actor, **words),
        title=_("登记审议结果"), submit=_("登记"), done=_("已登记，并告知提建议的人。"), words=item.outcome if item else "",
    )  # fmt: skip


@door(Proposal, needs="proposal.report_up", related=RELATED)
def proposal_report(request: Request, proposal: Proposal) -> HttpResponse:
    """Report up what the community cannot solve."""
    return ask(
        request, proposal, ReportForm(request.POST or None, initial={"responsible_level": proposal.responsible_level}),
        lambda **words: actions.report_up(proposal, by=request.actor, **words),
        title=_("报送街乡"), submit=_("报送"), done=_("已报送，街乡科长已收到通知。"),
    )  # fmt: skip


@door(Proposal, needs="proposal.bring_back", related=RELATED)
def proposal_answer(request: Request, proposal: Proposal) -> HttpResponse:
    """Answer what a community reported up."""
    return ask(
        request, proposal, AnswerForm(request.POST or None),
        lambda **words: actions.bring_back(proposal, by=request.actor, **words),
        title=_("答复社区"), submit=_("答复"), done=_("已答复，社区和提建议的人已收到通知。"), words=proposal.report_reason,
    )  # fmt: skip


@door(Proposal, needs="proposal.put_off", related=RELATED)
def proposal_put_off(request: Request, proposal: Proposal) -> HttpResponse:
    """Put the proposal on the list of what is not done now."""
    return ask(
        request, proposal, NotNowForm(request.POST or None),
        lambda **words: actions.put_off_proposal(proposal, by=request.actor, **words),
        title=_("暂不办理"), submit=_("列入暂不办理清单"), done=_("已列入清单并公开，已告知提建议的人。"),
    )  # fmt: skip


def ask(
    request: Request,
    proposal: Proposal,
    form: Any,
    verb: Callable[..., Any],
    *,
    title: str,
    submit: str,
    done: str,
    words: str = "",
) -> HttpResponse:
    """A form about a proposal, and back to its page."""
    back = reverse("desk-proposal", args=[proposal.pk])
    context = {
        "title": f"{title}：{proposal.title}",
        "submit": submit,
        "words": words,
        "back": back,
        "revision": proposal.token,
        "crumbs": parts.crumbs(proposal.place, Link(proposal.number, back), Link(title, "")),
    }
    return perform(request, form, verb, page="desk/form.html", to=back, done=done, context=context)


urlpatterns = [
    path("p/<str:code>/proposals/", proposal_list, name="desk-proposals"),
    path("p/<str:code>/proposals/draft/", proposal_draft, name="proposal-draft"),
    path("p/<str:code>/reported/", reported_list, name="desk-reported"),
    path("proposals/<uuid:pk>/", proposal, name="desk-proposal"),
    path("proposals/<uuid:pk>/amend/", proposal_amend, name="proposal-amend"),
    path("proposals/<uuid:pk>/source/", proposal_add_source, name="proposal-add-source"),
    path("proposals/<uuid:pk>/table/", proposal_table, name="proposal-table"),
    path("proposals/<uuid:pk>/take-off/", proposal_take_off, name="proposal-take-off"),
    path("proposals/<uuid:pk>/decide/", proposal_decide, name="proposal-decide"),
    path("proposals/<uuid:pk>/report/", proposal_report, name="proposal-report"),
    path("proposals/<uuid:pk>/answer/", proposal_answer, name="proposal-answer"),
    path("proposals/<uuid:pk>/put-off/", proposal_put_off, name="proposal-put-off"),
]
