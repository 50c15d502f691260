"""What else belongs to a matter, one click away from each of its pages: suggestions, proposals, meetings, project, result."""

from collections.abc import Callable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from yishiting.doors.web.shared.matters import Matter
from yishiting.doors.web.shared.shapes import Fact
from yishiting.doors.web.shared.templatetags.yishiting_ui import cn_date
from yishiting.ground.common.predicates import Actor, Question
from yishiting.ground.organisations.permissions import reads_here
from yishiting.instruments.documents.rules import spoken
from yishiting.year.evaluation.models import Review
from yishiting.year.meetings.models import Meeting
from yishiting.year.meetings.states import State as MeetingState
from yishiting.year.projects.models import Project
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.queries import PUBLIC
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.suggestions.published import public_title, words_are_public

#: In which room the reader opens a thing.
RoomOf = Callable[[Any], str]
#: The page of each kind of thing, by room.
PAGES: Mapping[str, Mapping[str, str]] = {
    "desk": {
        "suggestion": "desk-suggestion",
        "proposal": "desk-proposal",
        "meeting": "desk-meeting",
        "project": "desk-project",
        "agreement": "desk-agreement",
        "notice": "notice",  # those above read it too, but only its own desk has a page of it
    },
    "public": {
        "suggestion": "public-suggestion",
        "proposal": "public-proposal",
        "meeting": "meeting",
        "project": "public-project",
        "agreement": "public-agreement",
        "notice": "notice",
    },
}


def beside(matter: Matter, room: str, here: object = None, actor: Actor | None = None) -> list[Fact]:
    """Everything that belongs to the matter but the page one is on, in the order of the year.

    At a desk, what lies with another place leads to its public page for whoever does not read the desk there.
    """

    def room_of(thing: Any) -> str:
        closed = actor is not None and reads_here.why_not(Question(actor, thing)) is not None
        return "public" if room == "desk" and closed else room

    whole = next(iter(matter.projects), None) or matter.proposal or matter.head
    at_desk = room == "desk" and here is not None and whole is not None
    return [
        *(
            [Fact(_("案卷"), _("整件事的案卷"), reverse("desk-file", args=[whole.dossier_id]))]
            if whole and at_desk
            else []
        ),
        *(
            _fact(room_of(one), "suggestion", _("建议"), _called(one, room_of(one)), one.pk)
            for one in matter.suggestions
            if one != here
        ),
        *_deliberated(matter, room_of, here),
        *(_fact(room_of(one), "agreement", _("公约"), one.title, one.pk) for one in matter.agreements if one != here),
        *_carried_out(matter, room_of, here),
    ]


def _fact(room: str, kind: str, label: str, words: str, key: object) -> Fact:
    return Fact(label, words, reverse(PAGES[room][kind], args=[key]))


def _called(one: Suggestion, room: str) -> str:
    title = one.title if room == "desk" else public_title(one)
    return _("%(number)s %(title)s") % {"number": spoken(one.receipt), "title": title}


def _deliberated(matter: Matter, room_of: RoomOf, here: object) -> list[Fact]:
    every = [*matter.proposals, *(one for one in matter.beside if isinstance(one, Proposal))]
    shown = [one for one in every if one != here and (room_of(one) == "desk" or one.state in PUBLIC)]
    found = [_fact(room_of(one), "proposal", _("建议案"), f"{one.number} {one.title}", one.pk) for one in shown]
    meetings = {item.meeting_id: item.meeting for item in matter.items if _may_be_read(item.meeting, room_of)}
    return found + [
        _fact(
            room_of(one),
            "meeting",
            _("会议"),
            _("%(title)s，%(day)s") % {"title": one.title, "day": cn_date(one.day)},
            one.pk,
        )
        for one in meetings.values()
    ]


def _carried_out(matter: Matter, room_of: RoomOf, here: object) -> list[Fact]:
    found = list[Fact]()
    for project in (*matter.projects, *(one for one in matter.beside if isinstance(one, Project))):
        words = f"{project.number} {project.title}"
        found += [_fact(room_of(project), "project", _("实事项目"), words, project.pk)] if project != here else []
        if project.notice is not None and project in matter.projects:
            found.append(_fact("public", "notice", _("方案公示"), project.notice.number, project.notice_id))
    return found + [
        _fact(room_of(one.meeting), "meeting", _("年终评议"), _rated(one, matter), one.meeting_id)
        for one in matter.reviews
        if _may_be_read(one.meeting, room_of)
    ]


def _rated(review: Review, matter: Matter) -> str:
    """What the review came to; of several projects, of which."""
    words = str(review.result.get("says") or review.meeting.title)
    if len(matter.projects) == 1:
        return words
    return _("%(project)s：%(words)s") % {"project": review.project.title, "words": words}


def _may_be_read(meeting: Meeting, room_of: RoomOf) -> bool:
    """The public reads of a meeting once notice of it is given."""
    return room_of(meeting) == "desk" or meeting.state != MeetingState.PLANNED


def first_words(matter: Matter) -> list[Suggestion]:
    """The suggestions whose words everybody may read, as they were said."""
    return [one for one in matter.suggestions if words_are_public(one)]
