"""建议案 at the desk: the list, drafting from suggestions, one proposal with its next step."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.doors.lists.proposals import PROPOSALS, REPORTED
from yishiting.doors.web.desk import proposals_parts as parts
from yishiting.doors.web.desk.proposals_forms import (
    DraftForm,
    SourceForm,
)
from yishiting.doors.web.shared.beside import beside
from yishiting.doors.web.shared.declared import said_after
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.lists import Around, list_page
from yishiting.doors.web.shared.matters import matter_of
from yishiting.doors.web.shared.nouns import Noun, know, trail
from yishiting.doors.web.shared.paths import steps, summary
from yishiting.doors.web.shared.posting import perform
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Link
from yishiting.doors.web.shared.timelines import timeline
from yishiting.doors.web.shared.visits import heard_at_desk
from yishiting.ground.common.verbs import VERBS
from yishiting.ground.organisations.permissions import reads_here
from yishiting.ground.places.models import Place
from yishiting.year.proposals import actions
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.queries import (
    blacked_out_in,
    joined_from,
    pending,
    ready_below,
    ready_suggestions,
    sources_of,
)
from yishiting.year.visits.models import Reply, SentDraft, SiteVisit

OFFERED = 60
RELATED = ("place__parent", "category", "responsible", "dossier", "agenda_item__meeting", "agenda_item__poll")
PART = ("place", "proposal__place")

know(
    Noun(
        Proposal,
        pages={"desk": "desk-proposal", "public": "public-proposal"},
        lists={"desk": ("desk-proposals", gettext_lazy("建议案"))},
        related=RELATED,
        by_hand={"proposal.add_source": "proposal-add-source"},
        called=lambda proposal: proposal.number,
    ),
    Noun(Place, by_hand={"proposal.draft": "proposal-draft"}),
    Noun(SiteVisit, part_of="proposal", related=PART, called=lambda visit: visit.proposal.title),
    Noun(SentDraft, part_of="proposal", related=PART, called=lambda draft: draft.title),
    Noun(Reply, part_of="proposal", related=PART, called=lambda reply: reply.proposal.title),
)


def _around(request: Request, place: Place) -> Around:
    """Every proposal of the place, what is pending for too long on top."""
    draft = parts.draft_verb(request, place)
    return Around(
        _("建议案"),
        parts.crumbs(place),
        verbs=[draft] if draft else [],
        more={"pending": [row for row in pending(place, timezone.localdate()) if row.overdue]},
    )


def _around_reported(request: Request, place: Place) -> Around:
    """What communities have reported to this place and is not answered."""
    title = _("社区报送的建议案")
    return Around(
        title,
        [Link(_("工作台"), reverse("desk-home")), Link(title, "")],
        words=_("社区协商会已经通过、社区自己不能解决的事，在这里等您答复。"),
    )


@door(Place, needs="proposal.draft")
def proposal_draft(request: Request, place: Place) -> HttpResponse:
    """Draft a proposal from valid suggestions; `?suggestion=` picks some already, `?q=` narrows the choice."""
    picked, year = request.GET.getlist("suggestion"), timezone.localdate().year
    below = list(ready_below(place)[:OFFERED])
    ready = parts.offered(ready_suggestions(place), picked, request.GET.get("q", ""), OFFERED)
    first = next((one for one in ready if str(one.pk) in picked), None)
    form = DraftForm(
        place,
        ready,
        below,
        (year, year + 1),
        request.POST or None,
        initial={
            **parts.from_suggestion(first),
            "suggestions": picked,
            "below": request.GET.getlist("below"),
            "for_year": year,
        },
    )
    return perform(
        request,
        form,
        lambda **words: actions.draft_proposal(place, by=request.actor, **words),
        page="desk/proposal_draft.html",
        to=lambda proposal: reverse("desk-proposal", args=[proposal.pk]),
        done=lambda proposal: said_after(VERBS["proposal.draft"], proposal),
        context={
            "ready": bool(ready or below),
            "q": request.GET.get("q", ""),
            "picked": picked,
            "back": reverse("desk-proposals", args=[place.code]),
            "crumbs": parts.crumbs(place, Link(_("草拟建议案"), "")),
        },
    )


@door(Proposal, needs=reads_here, related=RELATED)
def proposal(request: Request, proposal: Proposal) -> HttpResponse:
    """One proposal: its path, its text and every amendment, its sources, and what can be done."""
    matter, today = matter_of(proposal), timezone.localdate()
    works = list(proposal.projects.order_by("created_at"))
    shown = {
        "proposal": proposal,
        "steps": steps(matter, today),
        "summary": summary(matter),
        "beside": beside(matter, "desk", proposal, request.actor),
        "verbs": parts.verbs(request, proposal, works),
        "facts": parts.facts(proposal, works, request.actor),
        "text": parts.text(proposal),
        "blacked_out": _("、").join(blacked_out_in(proposal)),
        "sources": sources_of(proposal),
        "joined": joined_from(proposal),
        "joined_in": parts.joined_in(proposal),
        "amendments": parts.amendments(proposal),
        "heard": heard_at_desk(request, proposal),
        "timeline": timeline(matter.entries),
        "crumbs": parts.crumbs(proposal.place, Link(proposal.number, "")),
    }
    return render(request, "desk/proposal.html", shown)


@door(Proposal, needs="proposal.add_source", related=RELATED)
def proposal_add_source(request: Request, proposal: Proposal) -> HttpResponse:
    """Let the draft rest on one more suggestion."""
    ready = parts.offered(ready_suggestions(proposal.place), [], request.GET.get("q", ""), OFFERED)
    back, verb = reverse("desk-proposal", args=[proposal.pk]), VERBS["proposal.add_source"]
    context = {
        "title": f"{verb.label}：{proposal.title}",
        "submit": _("补充"),
        "back": back,
        "revision": proposal.token,
        "crumbs": trail(request, proposal, "desk", verb.label),
    }
    return perform(
        request,
        SourceForm(ready, list(ready_below(proposal.place)[:OFFERED]), request.POST or None),
        lambda **given: actions.add_source(proposal, by=request.actor, **given),
        page="desk/form.html",
        to=back,
        done=lambda result: said_after(verb, result),
        context=context,
    )


urlpatterns = [
    path("p/<str:code>/proposals/", list_page(PROPOSALS, _around, "desk/proposals.html"), name="desk-proposals"),
    path("p/<str:code>/proposals/draft/", proposal_draft, name="proposal-draft"),
    path("p/<str:code>/reported/", list_page(REPORTED, _around_reported), name="desk-reported"),
    path("proposals/<uuid:pk>/", proposal, name="desk-proposal"),
    path("proposals/<uuid:pk>/source/", proposal_add_source, name="proposal-add-source"),
]
