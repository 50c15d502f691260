"""我的: what I suggested and what became of it, where I stand, and what I was told."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from yishiting.doors.common.message_pages import message_page
from yishiting.doors.web.shared.doors import signed_in
from yishiting.doors.web.shared.requests import Request, person_of
from yishiting.doors.web.shared.shapes import Link, TimelineEntry
from yishiting.ground.accounts.models import Person
from yishiting.ground.notices.queries import inbox
from yishiting.ground.organisations.models import Organisation
from yishiting.ground.organisations.queries import units_of
from yishiting.instruments.publicity.queries import objections_of
from yishiting.overview.cycle.units import for_units
from yishiting.year.councils.queries import candidacies_of
from yishiting.year.evaluation.queries import asked_of
from yishiting.year.matters.queries import to_be_rated_by
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.suggestions.queries.intake import suggestions_of
from yishiting.year.suggestions.queries.receipts import slip_token
from yishiting.year.visits.queries import drafts_to_reply_to

PAGE = 20
NEWEST = 10


@signed_in
def home(request: Request) -> HttpResponse:
    """My suggestions with the state each is in, and my newest messages."""
    person = person_of(request)
    page = Paginator(suggestions_of(person), PAGE).get_page(request.GET.get("page"))
    shown = {
        "page": page,
        "rows": [_row(one) for one in page],
        "candidacies": candidacies_of(person),
        "objections": objections_of(person)[:PAGE],
        "answers": to_be_rated_by(person),
        "drafts": drafts_to_reply_to(person),
        "evaluations": asked_of(person, timezone.localdate()),
        "units": _units(person),
        "messages_read": _told(person),
        "crumbs": [Link(_("我的"), "")],
    }
    return render(request, "resident/home.html", shown)


def _units(person: Person) -> list[tuple[Organisation, int]]:
    """The units this person acts for, each with how much waits there."""
    waits = for_units(person, timezone.localdate()) if units_of(person) else []
    return [(one.organisation, len(waits)) for one in units_of(person) if one.organisation is not None]


def _row(suggestion: Suggestion) -> dict[str, object]:
    return {"suggestion": suggestion, "url": reverse("follow-one", args=[slip_token(suggestion)])}


def _told(person: Person) -> list[TimelineEntry]:
    return [
        TimelineEntry(row.created_at, row.subject, text=row.body, url=message_page(row))
        for row in inbox(person)[:NEWEST]
    ]


urlpatterns = [path("", home, name="my-home")]
