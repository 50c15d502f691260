"""What a review meeting hears of besides the projects it rates, each a link away."""

from collections.abc import Sequence

from django.db.models import Model
from django.urls import reverse

from yishiting.doors.web.shared.nouns import NOUNS
from yishiting.doors.web.shared.shapes import Fact
from yishiting.year.evaluation.queries import TO_COME, heard_besides
from yishiting.year.meetings.models import Meeting, MeetingKind


def heard_at(meeting: Meeting, room: str) -> Sequence[Fact]:
    """Everything the council dealt with and does not rate here, as lines; none once the meeting is over.

    It says how matters stand today, so it is for a meeting that is still to come or sits.
    """
    if meeting.kind != MeetingKind.REVIEW or meeting.state not in TO_COME:
        return []
    return [
        Fact(one.kind, f"{one.thing}{f'（{one.words}）' if one.words else ''}", _page(one.thing, room))
        for one in heard_besides(meeting.place, meeting.day.year)
    ]


def _page(thing: Model, room: str) -> str:
    pages = NOUNS[type(thing)].pages
    return reverse(pages["desk" if room == "desk" else "public"], args=[thing.pk])
