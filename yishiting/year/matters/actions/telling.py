"""Telling units, places and proposers of the steps of a matter. Not verbs: verbs call these."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils import timezone

from yishiting.ground.common.models import BaseRecord
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.notices.actions import reach
from yishiting.ground.notices.models import Audience
from yishiting.ground.notices.queries import Whom, told_of
from yishiting.ground.organisations.models import Appointment, Office, Organisation
from yishiting.ground.organisations.rules import DESKS
from yishiting.year.matters.models import Matter
from yishiting.year.matters.queries import bases_of, people_of
from yishiting.year.matters.states import State
from yishiting.year.proposals.actions.telling import tell_all
from yishiting.year.suggestions.actions.telling import told_in_words

SUBJECT = "区级办理事项"
#: Where it stands when what was decided has been answered to those who proposed it.
ANSWERS = (State.SENT_BACK, State.DECLINED, State.DECIDED, State.ANSWERED)


def _step(of: BaseRecord, step: str) -> str:
    return f"matter.{step}:{of.pk}:{of.revision}"


def tell_units(
    matter: Matter, step: str, units: Iterable[Organisation], body: str, of: BaseRecord | None = None
) -> None:
    """The people who handle matters for these units are told; a unit nobody signs in for is rung."""
    told_units(matter, _step(of or matter, step), units, body, f"matter.{step}")


def tell_offices(matter: Matter, step: str, offices: Iterable[str], body: str, of: BaseRecord | None = None) -> None:
    """Those who hold one of these offices of the district are told."""
    told_offices(matter, _step(of or matter, step), offices, body, f"matter.{step}")


def told_units(
    matter: Matter, step: str, units: Iterable[Organisation], body: str, template: str = "matter.oversight"
) -> None:
    """The same under a step of its own name, once for that."""
    held = Appointment.objects.in_force(timezone.localdate()).filter(office=Office.HANDLING_OFFICER)
    for unit in units:
        here = held.filter(organisation=unit).select_related("person")
        people = [Whom(name=one.person.name, person=one.person) for one in here]
        ring = Whom(name=unit.contact_name, phone=unit.contact_phone or unit.telephone, unit=unit.name)
        for whom in people or [ring]:
            _reach(matter, step, template, whom, body)


def told_offices(
    matter: Matter, step: str, offices: Iterable[str], body: str, template: str = "matter.oversight"
) -> None:
    """The same for offices of the district."""
    held = Appointment.objects.in_force(timezone.localdate()).filter(place=matter.place, office__in=list(offices))
    _reach_all(matter, step, template, held, body)


def tell_heads(matter: Matter, step: str, body: str, of: BaseRecord | None = None) -> None:
    """The heads of the office of the leading group are told."""
    tell_offices(matter, step, DESKS[matter.place.level].heads, body, of)


def tell_those_who_reported(matter: Matter, step: str, body: str) -> None:
    """The desks that reported it are told: the heads of each place and whoever works there on it."""
    for proposal in bases_of(matter):
        desk = DESKS[proposal.place.level]
        held = Appointment.objects.in_force(timezone.localdate()).filter(
            place=proposal.place, office__in=(*desk.heads, Office.SECTION_HEAD)
        )
        _reach_all(matter, _step(matter, step), f"matter.{step}", held, body)


def tell_proposers_of(matter: Matter, step: str, body: str) -> None:
    """Everybody whose words a matter rests on is told of a step."""
    for proposal in bases_of(matter):
        tell_all(proposal, f"matter_{step}", body)


def told_of_step(of: BaseRecord, step: str) -> str:
    """Who of offices and units was really told of a step of a matter, an opinion or a dispatch."""
    return str(told_of(_step(of, step)).words)


#: Under these names the proposers hear what the district decided or answers: the verbs of their proposals tell them.
ANSWERED = tuple(f"proposal.{one}" for one in ("hear_above", "explain", "bring_back", "answer_joined"))


def proposers_told(matter: Matter, step: str) -> Sentence:
    """Which proposers were really told of a step, or were answered with it."""
    return told_in_words(f"proposal.matter_{step}", people_of(matter), *ANSWERED)


def proposers_answered(matter: Matter) -> Sentence:
    """Which proposers were really answered; nothing while what was decided is no answer yet."""
    return proposers_told(matter, "answer") if matter.state in ANSWERS else ""


def _reach_all(matter: Matter, step: str, template: str, held: "QuerySet[Appointment]", body: str) -> None:
    for person in {one.person_id: one.person for one in held.select_related("person")}.values():
        _reach(matter, step, template, Whom(name=person.name, person=person), body)


def _reach(matter: Matter, step: str, template: str, whom: Whom, body: str) -> None:
    reach(
        whom,
        step=step,
        template=template,
        subject=SUBJECT,
        body=body,
        audience=Audience.DESK,
        about=matter,
        place=matter.place,
    )
