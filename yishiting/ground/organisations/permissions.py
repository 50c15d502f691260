"""Predicates about offices and places."""

from collections.abc import Callable

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.models import Person
from yishiting.ground.accounts.permissions import administers, the_operator
from yishiting.ground.common.predicates import Permissions, Predicate, Question, place_of
from yishiting.ground.organisations.models import COMMUNITY_OFFICES, Office
from yishiting.ground.organisations.queries import offices_of
from yishiting.ground.places.models import Place


def holds_here(*offices: Office) -> Predicate:
    """Holds one of these offices at the very place of the thing."""
    names = "、".join(str(office.label) for office in offices)
    return Predicate(
        lambda ask: _held(ask, offices, lambda place, here: place.pk == here.pk),
        format_lazy(_("本地{names}"), names=names),
        format_lazy(_("这一步由本地的{names}办理。"), names=names),
    )


def holds_above(*offices: Office) -> Predicate:
    """Holds one of these offices at a place that contains the place of the thing, or at it."""
    names = "、".join(str(office.label) for office in offices)
    return Predicate(
        lambda ask: _held(ask, offices, lambda place, here: place.contains(here)),
        format_lazy(_("本地或上级{names}"), names=names),
        format_lazy(_("这一步由本地或上级的{names}办理。"), names=names),
    )


def _held(ask: Question, offices: tuple[Office, ...], reaches: Callable[[Place, Place], bool]) -> bool:
    if not isinstance(ask.actor, Person):
        return False
    here = place_of(ask.thing)
    found = [a.office for a in offices_of(ask.actor, ask.today) if a.office in offices and reaches(a.place, here)]
    ask.offices.extend(found)
    return bool(found)


#: The desk of a community: its secretary, its committee's director and its workers.
at_community_desk = holds_here(*COMMUNITY_OFFICES)
community_secretary = holds_here(Office.COMMUNITY_SECRETARY)

runs_the_system = administers("system", _("系统管理员")) | the_operator

#: The three administrators are apart: the system administrator opens accounts and keeps the directory of
#: organisations; the security administrator gives and ends offices.
MAY: Permissions = {
    "organisation.register": at_community_desk | runs_the_system,
    "organisation.amend": at_community_desk | runs_the_system,
    "organisation.close": at_community_desk | runs_the_system,
    "organisation.reopen": at_community_desk | runs_the_system,
    "appointment.make": administers("security", _("安全管理员")) | the_operator,
    "appointment.end": administers("security", _("安全管理员")) | the_operator,
    "appointment.correct": administers("security", _("安全管理员")) | the_operator,
    "estate.list": at_community_desk | runs_the_system,
    "identity.note": at_community_desk | administers("security", _("安全管理员")) | the_operator,
    "identity.correct": at_community_desk | administers("security", _("安全管理员")) | the_operator,
}

#: The directory of a place is read by its desk and by the offices above it, those that only watch among them.
reads_directory = (
    at_community_desk | runs_the_system | holds_above(*(one for one in Office if one != Office.HANDLING_OFFICER))
)
