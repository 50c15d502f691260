"""What waits for the units somebody acts for: what was passed on to them, seats they have to name somebody for."""

from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext

from yishiting.ground.accounts.models import Person
from yishiting.ground.organisations.queries import offices_of, units_of
from yishiting.ground.organisations.rules import DESKS
from yishiting.ground.places.models import Place
from yishiting.overview.cycle.shapes import Wait, about
from yishiting.year.councils.queries import seats_to_send
from yishiting.year.directors.queries import directors_name
from yishiting.year.dossiers.models import Referral, ReferralKind
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.queries import passed_on
from yishiting.year.proposals.states import State


def for_units(person: Person, today: date) -> list[Wait]:
    """What a contact is asked for in the name of a unit."""
    units = [one.organisation for one in units_of(person, today) if one.organisation is not None]
    if not units:
        return []
    sent = Referral.objects.filter(unit__in=units, kind=ReferralKind.ACROSS, answered_on=None)
    proposals = Proposal.objects.filter(dossier=OuterRef("dossier"), state=State.PASSED_ON)
    rows = sent.filter(~Exists(proposals), dossier__suggestion__isnull=False)
    rows = rows.select_related("dossier__suggestion__place")
    adopted = passed_on().filter(sent_to_unit__in=[one.pk for one in units])
    return (
        [about("proposal.reply", one, one.title, one.sent_on, one.answer_by) for one in adopted]
        + [
            about("suggestion.reply", one.dossier.suggestion, one.dossier.suggestion.title, one.sent_on, one.due)
            for one in rows
        ]
        + [
            about("constituency.send", group, _seats_of(group, n), group.term.begins or today)
            for group, n in seats_to_send(units=units)
        ]
    )


def _seats_of(group: object, n: int) -> str:
    council = getattr(group, "term").council  # noqa: B009  # a constituency
    return gettext("%(council)s“%(name)s”还要推派%(n)s名代表") % {"council": council, "name": group, "n": n}


def named_to(person: Person | None, place: Place, today: date) -> Q:
    """Of the suggestions of a subdistrict: those this person was named for, as leader or by their section.

    What nobody is named for is everybody's, and the heads see all of it; so does a clerk without a section.
    """
    if person is None or not directors_name(place):
        return Q()
    held = [one for one in offices_of(person, today) if one.place_id == place.pk]
    units = {one.organisation_id for one in held if one.organisation_id}
    desk = DESKS[place.level]
    sees_all = any(one.office in desk.heads for one in held)
    if sees_all or not (units or any(one.office in desk.leads for one in held)):
        return Q()
    return Q(section__in=units) | Q(responsible=person) | Q(section=None, responsible=None)
