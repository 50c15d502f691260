"""查进展: by number and four digits, or by the code on the slip; no account needed."""

from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yishiting.doors.common.files import served
from yishiting.doors.web.public.followup import followed_up
from yishiting.doors.web.public.suggest import own_files, own_hung, receipt_of
from yishiting.doors.web.public.suggest_forms import FollowForm
from yishiting.doors.web.shared.beside import beside
from yishiting.doors.web.shared.matters import matter_of
from yishiting.doors.web.shared.paths import steps, summary
from yishiting.doors.web.shared.posting import perform
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Fact, Link
from yishiting.doors.web.shared.templatetags.yishiting_ui import cn_date
from yishiting.doors.web.shared.timelines import seal_of, timeline
from yishiting.ground.places.speech import spoken_at
from yishiting.instruments.documents.rules import read_receipt, spoken
from yishiting.instruments.publicity.models import Objection, PublicNotice
from yishiting.instruments.publicity.queries import objection_with
from yishiting.overview.cycle.numbers import LONGEST, MOST, Paper, Seen, papers_with, things_with
from yishiting.year.projects.models import Project
from yishiting.year.proposals.queries import PUBLIC
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.suggestions.queries.receipts import by_slip, look_up, slip_token

#: What everybody may find by the number of a paper.
PUBLISHED = Seen(proposals=Q(state__in=PUBLIC))


def follow(request: Request) -> HttpResponse:
    """Question for the number and four digits, and go to the suggestion; papers are public and found by their number."""
    typed = request.POST.get("receipt", "") or request.GET.get("number", "")
    found = public_things_with(typed)
    if len(found) == 1:
        return redirect(found[0].url)
    if found or (typed.strip() and "number" in request.GET):
        return _numbered(request, typed, found)
    return perform(
        request,
        FollowForm(request.POST or None),
        lambda receipt, tail: _meant(request, receipt, tail),
        page="public/follow.html",
        to=lambda found: (
            reverse("objection", args=[found.receipt])
            if isinstance(found, Objection)
            else reverse("follow-one", args=[slip_token(found)])
        ),
        context={"crumbs": [Link(_("查进展"), "")]},
    )


def _numbered(request: Request, typed: str, found: list[Link]) -> HttpResponse:
    """Which of several is meant, or that there is none everybody may read."""
    shown = {
        "typed": typed[:LONGEST],
        "found": found,
        "cut": len(found) == MOST,
        "receipt": read_receipt(typed) is not None,
        "crumbs": [Link(_("查进展"), reverse("follow")), Link(_("按文件编号查"), "")],
    }
    return render(request, "public/follow_number.html", shown)


def public_things_with(typed: str) -> list[Link]:
    """The pages of what bears this number and everybody may read; words of a proposer are found by their digits only."""
    return [
        Link(
            f"{one.number}　{one.place}　{one.title}",
            reverse("public-project" if isinstance(one, Project) else "public-proposal", args=[one.pk]),
        )
        for one in things_with(typed, PUBLISHED)
        if not isinstance(one, Suggestion)
    ] + [_paper(one) for one in papers_with(typed)]


def _paper(one: Paper) -> Link:
    """The page of a notice, or of the meeting at which the resolution was taken."""
    if isinstance(one, PublicNotice):
        return Link(f"{one.number}　{one.place}　{one.title}", reverse("notice", args=[one.pk]))
    return Link(f"{one.resolution_number}　{one.place}　{one.title}", reverse("meeting", args=[one.meeting_id]))


def _meant(request: Request, receipt: str, tail: str) -> Suggestion | Objection:
    """The objection of this number, whose page says nothing of who objected, or the suggestion with these digits."""
    return objection_with(receipt) or look_up(receipt, tail, by=request.actor)


def follow_one(request: Request, token: str) -> HttpResponse:
    """What became of a suggestion: its own words, the path, the answers."""
    suggestion = by_slip(token)
    if suggestion is None:
        raise Http404
    request.place = suggestion.place
    with spoken_at(suggestion.place):
        return render(request, "public/follow_one.html", _shown(suggestion, token))


def _shown(suggestion: Suggestion, token: str) -> dict[str, object]:
    matter = matter_of(suggestion)
    own = [one for one in matter.entries if one.subject_id == str(suggestion.pk)]
    return {
        "suggestion": suggestion,
        "facts": _facts(suggestion),
        "steps": steps(matter, timezone.localdate()),
        "summary": summary(matter),
        "answers": matter.answers,
        "beside": beside(matter, "public", suggestion),
        **followed_up(suggestion, matter.answers),
        "timeline": timeline(matter.entries),
        "seal": seal_of(own[0]) if own else None,
        "hung": own_hung(suggestion, token),
        "receipt": receipt_of(suggestion),
        "receipt_url": reverse("suggestion-receipt", args=[token]),
        "crumbs": [Link(_("查进展"), reverse("follow")), Link(spoken(suggestion.receipt), "")],
    }


@require_safe
def own_file(request: Request, token: str, pk: UUID) -> HttpResponse:
    """A photograph or file that was handed in with a suggestion, for whoever holds its slip."""
    suggestion = by_slip(token)
    found = own_files(suggestion).filter(pk=pk).first() if suggestion is not None else None
    if found is None:
        raise Http404
    return served(found)


def _facts(suggestion: Suggestion) -> list[Fact]:
    facts = [
        Fact(_("受理号"), spoken(suggestion.receipt)),
        Fact(_("收到"), cn_date(suggestion.received_on)),
        Fact(_("现在"), suggestion.get_state_display()),
    ]
    return [*facts, Fact(_("地点"), suggestion.where)] if suggestion.where else facts


urlpatterns = [
    path("follow/", follow, name="follow"),
    path("follow/<str:token>/files/<uuid:pk>/", own_file, name="follow-file"),
    path("follow/<str:token>/", follow_one, name="follow-one"),
]
