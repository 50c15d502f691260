"""Predicates about offices and places."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.models import Person
from yishiting.ground.accounts.permissions import administers, the_operator
from yishiting.ground.common.predicates import Permissions, Predicate, Question, Sentence, place_of
from yishiting.ground.organisations.models import Office, Organisation
from yishiting.ground.organisations.queries import offices_of, units_of
from yishiting.ground.organisations.rules import ACCOUNTS, DESKS, HEADS, OF_THE_LINE, SCREENING, WATCHING, WORKING, Desk
from yishiting.ground.places.models import Level, Place

READING = WORKING + WATCHING


def _names(offices: Iterable[str]) -> str:
    return "、".join(str(Office(office).label) for office in offices)


def holds_above(*offices: str) -> Predicate:
    """Holds one of these offices at a place that contains the place of the thing, or at it."""
    return Predicate(
        lambda ask: _held(ask, offices, lambda place, here: place.contains(here)),
        format_lazy(_("本地或上级{names}"), names=_names(offices)),
        format_lazy(_("这一步由本地或上级的{names}办理。"), names=_names(offices)),
    )


def of_the_level(label: Sentence, part: Callable[[Desk], tuple[str, ...]]) -> Predicate:
    """Holds, at the very place of the thing, one of the offices that this part of its level's desk has.

    For a place that is closed, the desk that goes on with what was open there.
    """

    def offices(ask: Question) -> tuple[str, ...]:
        here = place_of(ask.thing)
        return part(DESKS[here.acting.level]) if here is not None else ()

    return Predicate(
        lambda ask: _held(ask, offices(ask), lambda place, here: place.pk == (here.run_by_id or here.pk)),
        label,
        lambda ask: format_lazy(_("这一步由本地的{names}办理。"), names=_names(offices(ask))),
    )


def _held(ask: Question, offices: Iterable[str], reaches: Callable[[Place, Place], bool]) -> bool:
    here = place_of(ask.thing)
    if not isinstance(ask.actor, Person) or here is None:
        return False
    held = offices_of(ask.actor, ask.today)
    found = [a.office for a in held if a.office in offices and reaches(a.place, here)]
    ask.offices.extend(found)
    return bool(found)


def _keeps_accounts(ask: Question) -> bool:
    """Those of the place; of a community, those of its subdistrict too, who often keep its books (居财街管)."""
    return _held(ask, ACCOUNTS, lambda place, here: place.pk in _keepers(here))


def _keepers(here: Place) -> tuple[Any, ...]:
    own = here.run_by_id or here.pk
    return (own, here.parent_id) if here.level == Level.COMMUNITY else (own,)


def _of_the_line(ask: Question) -> bool:
    line = getattr(ask.thing, "line", "") or getattr(place_of(ask.thing), "line", "")
    return line in OF_THE_LINE and _held(ask, [OF_THE_LINE[line]], lambda place, here: place.contains(here))


def _screens(ask: Question) -> bool:
    return _held(ask, SCREENING, lambda place, here: place.pk == here.pk)


def _is_above(ask: Question) -> bool:
    here = place_of(ask.thing)
    if not isinstance(ask.actor, Person) or here is None:
        return False
    held = offices_of(ask.actor, ask.today)
    found = [a.office for a in held if a.place_id == here.parent_id and a.office in DESKS[a.place.level].working]
    ask.offices.extend(found)
    return bool(found)


#: Everybody at the desk of the place; those who lead it; the heads, who answer for what goes out; those who watch it.
at_desk = of_the_level(_("本地工作台"), lambda desk: desk.working)
leads_here = of_the_level(_("本地负责人"), lambda desk: desk.leading)
heads_here = of_the_level(_("本地主要负责人"), lambda desk: desk.heads)
#: What is the Party organisation's own: it founds the council, and its notice calls a meeting.
party_here = of_the_level(_("本地党组织负责人"), lambda desk: desk.party)
watches_here = of_the_level(_("本地监督人员"), lambda desk: desk.watches)
#: Those who keep the accounts of the place's money.
keeps_accounts = Predicate(
    _keeps_accounts,
    _("本地财务人员（社区的账也可以由街乡财务人员代管）"),
    _("这一步由本地的财务人员办理；社区（村）没有报账员的，由街乡财务人员办理。"),
)
#: Those who watch the place or a place above it.
watches_above = holds_above(*WATCHING)
#: The heads of the place or of a place above it.
heads_above = holds_above(*HEADS)
#: The desk of the place or of a place above it.
at_desk_or_above = Predicate(
    lambda ask: _held(ask, WORKING, lambda place, here: place.contains(here)),
    _("本地或上级工作台"),
    _("这一步由本地或上级工作台的工作人员办理。"),
)
#: The desk of the place directly above.
at_desk_above = Predicate(_is_above, _("上一级工作台"), _("这一步由上一级工作台的工作人员办理。"))
#: The work committee of the district that screens what this line of subdistricts and townships reports.
of_the_line = Predicate(
    _of_the_line,
    _("归口的区委工委"),
    _("这一步由归口的区委工委办理：街道的由社会工委，乡（地区）的由农工委。"),
)
#: Who reads what is not public: the desk of the place, those above it, those who watch either, and its work committee.
reads_here = Predicate(
    lambda ask: _held(ask, READING, lambda place, here: place.contains(here)) or _of_the_line(ask) or _screens(ask),
    _("本地或上级的工作人员、监督人员"),
    _("这里的内容由本地和上级的工作人员、监督人员查看。"),
)

#: Who reads where the money went and for what: those who read the rest too, and whoever keeps accounts here or above.
reads_money = reads_here | holds_above(*ACCOUNTS)


def acts_for(unit_of: Callable[[Any], Organisation | None], label: Sentence, refusal: Sentence) -> Predicate:
    """Is a contact of the unit that a thing has to do with."""

    def acts(ask: Question) -> bool:
        if not isinstance(ask.actor, Person) or (unit := unit_of(ask.thing)) is None:
            return False
        return any(one.organisation_id == unit.pk for one in units_of(ask.actor, ask.today))

    return Predicate(acts, label, refusal)


#: Whoever acts for the unit itself.
acts_for_it = acts_for(
    lambda thing: thing if isinstance(thing, Organisation) else None,
    _("单位联络人"),
    _("这一步由单位的联络人办理，联络人由所在社区（村）、街乡登记。"),
)
runs_the_system = administers("system", _("系统管理员")) | the_operator

#: The heads of the district.
heads_the_district = holds_above(*DESKS["district"].heads)

#: The three administrators are apart: the system administrator opens accounts and keeps the directory of
#: organisations; the security administrator gives and ends offices.
MAY: Permissions = {
    "organisation.register": at_desk | runs_the_system,
    "organisation.amend": at_desk | runs_the_system,
    "organisation.close": at_desk | runs_the_system,
    "organisation.reopen": at_desk | runs_the_system,
    "organisation.announce": at_desk | runs_the_system,
    "organisation.name_contact": at_desk | runs_the_system,
    "place.list_contacts": at_desk | runs_the_system,
    "place.register_person": at_desk,
    "place.list_residents_representatives": at_desk,
    "local_person.correct": at_desk,
    "local_person.leave": at_desk,
    "appointment.make": administers("security", _("安全管理员")) | the_operator,
    "appointment.end": administers("security", _("安全管理员")) | the_operator,
    "appointment.correct": administers("security", _("安全管理员")) | the_operator,
    "estate.list": at_desk | runs_the_system,
}

#: The directory of a place is read by its desk and by the offices above it, those that only watch among them.
reads_directory = reads_here | runs_the_system
