"""A matter from first words to result, for everyone."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone

from yishiting.doors.web.public.queries import crumbs_of
from yishiting.doors.web.shared.beside import beside, first_words
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.happened import votes_told
from yishiting.doors.web.shared.matters import Matter, matter_of
from yishiting.doors.web.shared.paths import steps, summary
from yishiting.doors.web.shared.projects import works_told
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Link
from yishiting.doors.web.shared.timelines import seal_of, timeline
from yishiting.doors.web.shared.visits import heard_by_everyone
from yishiting.ground.places.models import Place
from yishiting.year.projects.models import Project
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.queries import PUBLIC
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.suggestions.published import blacks_of, public_title, words_are_public

RELATED = ("place", "place__parent", "place__parent__parent")


@door(Suggestion, related=(*RELATED, "merged_into"))
def suggestion(request: Request, suggestion: Suggestion) -> HttpResponse:
    """A suggestion and what became of it; its words only once somebody has screened them."""
    matter = matter_of(suggestion)
    told = matter.proposal is not None or words_are_public(matter.head or suggestion)
    return _page(request, matter, suggestion.place, told=told)


@door(Proposal, related=(*RELATED, "agenda_item__meeting"))
def proposal(request: Request, proposal: Proposal) -> HttpResponse:
    """A proposal, where it came from and what became of it."""
    return _page(request, matter_of(proposal), proposal.place)


@door(Project, related=(*RELATED, "notice", "lead", "responsible"))
def project(request: Request, project: Project) -> HttpResponse:
    """A practical project, from the first suggestion to the review."""
    return _page(request, matter_of(project), project.place)


def _open_to_all(matter: Matter) -> list[Proposal]:
    """The proposals that a council has had before it, and the one the page is about; other drafts are the desk's own."""
    return [one for one in matter.proposals if one.state in PUBLIC or one == matter.proposal]


def _page(request: Request, matter: Matter, place: Place, *, told: bool = True) -> HttpResponse:
    today = timezone.localdate()
    request.blacks = blacks_of(matter.suggestions)
    title = matter.title if told else public_title(matter.suggestions[0])
    shown = {
        "matter": matter,
        "title": title,
        "answers": matter.answers if told else [],
        "steps": steps(matter, today, told=told),
        "summary": summary(matter),
        "timeline": timeline(matter.entries),
        "seal": seal_of(matter.entries[-1]) if matter.entries else None,
        "crumbs": crumbs_of(place, Link(title, "")),
        "works": works_told(matter.projects),
        "heard": heard_by_everyone(_open_to_all(matter)),
        "beside": beside(matter, "public"),
        "votes": votes_told(matter, "meeting"),
        "reviews": [one for one in matter.reviews if one.result],
        "words": first_words(matter) if told else [],
        "follow": reverse("follow"),
    }
    return render(request, "public/matter.html", shown)


urlpatterns = [
    path("suggestions/<uuid:pk>/", suggestion, name="public-suggestion"),
    path("proposals/<uuid:pk>/", proposal, name="public-proposal"),
    path("projects/<uuid:pk>/", project, name="public-project"),
]
