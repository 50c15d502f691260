"""A unit as its pages show it: at the desk, in public, to those who act for it."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from yishiting.doors.web.shared.shapes import Fact
from yishiting.ground.organisations.models import Organisation
from yishiting.year.councils.models import Representative
from yishiting.year.councils.published import representative_name
from yishiting.year.dossiers.models import Referral
from yishiting.year.meetings.models import Invitation
from yishiting.year.meetings.states import State as MeetingState
from yishiting.year.projects.models import Partner, Project
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.suggestions.published import public_title

NEWEST = 20


def facts_of(unit: Organisation) -> list[Fact]:
    """What kind of unit it is, of which place, and how everyone reaches it; what nobody has said is left out."""
    told = {
        _("类别"): str(unit.get_kind_display()),
        _("所在地方"): unit.place.name,
        _("对外电话"): unit.telephone,
        _("地址"): unit.address,
        _("办公时间"): unit.hours,
        _("备注"): unit.remark,
    }
    return [Fact(label, words) for label, words in told.items() if words]


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat of a council that is a unit's, and who holds it from when until when."""

    representative: Representative
    name: str
    serves: bool


def seats_of_unit(unit: Organisation, *, public: bool) -> list[Seat]:
    """Whom a unit has sent to councils, those who serve now first."""
    today = timezone.localdate()
    rows = Representative.objects.filter(constituency__unit=unit).select_related("place", "term", "candidate")
    rows = rows.order_by("-since")
    seats = [Seat(one, representative_name(one) if public else one.name, one.serves(today)) for one in rows]
    return sorted(seats, key=lambda one: not one.serves)


def said_by_unit(unit: Organisation) -> list[tuple[Suggestion, str]]:
    """What the unit has suggested, each by its public title, the newest first."""
    rows = Suggestion.objects.filter(unit=unit).select_related("place").order_by("-received_on")[:NEWEST]
    return [(one, public_title(one)) for one in rows]


def passed_on_to(unit: Organisation) -> list[Referral]:
    """What was passed on to the unit, what it has not answered first."""
    rows = Referral.objects.filter(unit=unit, dossier__suggestion__isnull=False)
    found = list(rows.select_related("dossier__suggestion__place", "from_place").order_by("-sent_on")[:NEWEST])
    return sorted(found, key=lambda one: one.answered_on is not None)


def invited_to(unit: Organisation) -> list[Invitation]:
    """The meetings the unit is invited to, the newest first."""
    known = (
        MeetingState.CONVENED,
        MeetingState.OPEN,
        MeetingState.CLOSED,
        MeetingState.APPROVED,
        MeetingState.PUBLISHED,
    )
    rows = Invitation.objects.filter(organisation=unit, meeting__state__in=known).select_related("meeting")
    return list(rows.order_by("-meeting__starts_at")[:NEWEST])


def works_of_unit(unit: Organisation) -> list[tuple[Project, str]]:
    """The works a unit leads, or works on as a partner, each with what it gives; those it has left are left out."""
    led = Project.objects.filter(lead=unit).select_related("place").order_by("-created_at")[:NEWEST]
    rows = Partner.objects.filter(organisation=unit, until=None).select_related("project__place")
    return [(one, _("承办")) for one in led] + [(one.project, one.gives) for one in rows[:NEWEST]]


def parts_of(unit: Organisation) -> dict[str, Any]:
    """What a unit has a part in, for those who act for it and for the desk."""
    return {
        "seats": seats_of_unit(unit, public=False),
        "suggestions": [(one, one.title) for one, _title in said_by_unit(unit)],
        "referrals": passed_on_to(unit),
        "invitations": invited_to(unit),
        "works": works_of_unit(unit),
    }
