"""Every part of a matter of the district, read once for a page, in two queries however many there are."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from yishiting.doors.web.shared.together import read_together
from yishiting.ground.common.request_cache import cached
from yishiting.ground.organisations.models import Organisation
from yishiting.year.matters.choices import Role
from yishiting.year.matters.models import (
    Contact,
    Coordination,
    Decision,
    Dispatch,
    Handling,
    Matter,
    Opinion,
    Rating,
    Reminder,
    Result,
    Special,
    Step,
    Withdrawable,
    WorkPlan,
)
from yishiting.year.matters.queries import SPEAKS_FOR_THEM
from yishiting.year.matters.states import DispatchState, OpinionState

PARTNER = Handling.partners.through
KINDS: tuple[Any, ...] = (
    Opinion, Handling, Decision, Special, Dispatch, WorkPlan, Step, Contact, Coordination, Reminder, Result, Rating,
)  # fmt: skip


@dataclass(slots=True)
class Parts:
    """What stands on the page of a matter; what was noted by mistake and taken back is left out."""

    opinions: list[Opinion]
    handlings: list[Handling]
    decisions: list[Decision]
    specials: list[Special]
    dispatches: list[Dispatch]
    plans: list[WorkPlan]
    steps: list[Step]
    contacts: list[Contact]
    coordinations: list[Coordination]
    reminders: list[Reminder]
    results: list[Result]
    ratings: list[Rating]
    partners: list[Organisation]

    @property
    def handling(self) -> Handling | None:
        """The proposed handling in force."""
        return self.handlings[-1] if self.handlings else None

    @property
    def in_force(self) -> list[Dispatch]:
        """To whom it is dispatched now, the lead first."""
        rows = [one for one in self.dispatches if one.state != DispatchState.REPLACED]
        return sorted(rows, key=lambda one: one.role)


def parts_of(matter: Matter) -> Parts:
    """The parts of a matter, read once in a request; whose it is and who was spoken to is known from then on."""
    return cached(f"parts of {matter.pk}", lambda: _read(matter))


def _read(matter: Matter) -> Parts:
    *rows, partners = read_together(
        *(one._default_manager.filter(matter=matter) for one in KINDS),
        PARTNER._default_manager.filter(handling__matter=matter),
    )
    _attach(matter, [one for some in rows for one in some], partners)
    handlings: list[Handling] = rows[1]
    last = handlings[-1].pk if handlings else None
    with_it = [one.organisation for one in partners if one.handling_id == last]
    everything: list[Any] = [*map(_standing, rows), with_it]
    parts = Parts(*everything)
    _know(matter, parts)
    return parts


def _standing(rows: list[Any]) -> list[Any]:
    return [one for one in rows if not isinstance(one, Withdrawable) or one.withdrawn_on is None]


def _attach(matter: Matter, rows: Iterable[Any], partners: list[Any]) -> None:
    """Each part knows its matter, its place and its unit without asking again."""
    named = {"unit": "unit_id", "lead": "lead_id"}
    rows = list(rows)
    keys = {getattr(one, key) for one in rows for key in named.values() if getattr(one, key, None)}
    units = Organisation.objects.in_bulk({*keys, *(one.organisation_id for one in partners)})
    for one in rows:
        one.matter, one.place = matter, matter.place
        for name, key in named.items():
            if getattr(one, key, None):
                setattr(one, name, units[getattr(one, key)])
    for one in partners:
        one.organisation = units[one.organisation_id]


def _know(matter: Matter, parts: Parts) -> None:
    """What the permissions and conditions of the buttons ask of a matter is at hand."""
    asked = {one.unit_id for one in parts.opinions if one.state != OpinionState.WITHDRAWN}
    lead = {one.unit_id for one in parts.in_force if one.role == Role.LEAD}
    spoken = any(one.round == matter.round and one.whom in SPEAKS_FOR_THEM for one in parts.contacts)
    ahead = [one for one in parts.specials if not one.verdict and not one.cancelled_because]
    given = [one for one in parts.results if one.round == matter.round]
    cached(f"asked about {matter.pk}", lambda: [one for one in parts.opinions if one.state != OpinionState.WITHDRAWN])
    cached(f"sent to {matter.pk}", lambda: parts.in_force)
    cached(f"special of {matter.pk}", lambda: next(iter(ahead), None))
    cached(f"result of {matter.pk} in {matter.round}", lambda: next(iter(given), None))
    cached(f"units of {matter.pk}", lambda: asked | {one.unit_id for one in parts.in_force})
    cached(f"lead of {matter.pk}", lambda: lead)
    cached(f"spoken of {matter.pk}", lambda: spoken)
