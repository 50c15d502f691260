"""Predicates about representatives, and who may do what for the council."""

from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.asking import Ask, Predicate, place_of
from yishiting.year.councils.queries import seats_of


def _represents(ask: Ask) -> bool:
    if not isinstance(ask.actor, Person):
        return False
    here = place_of(ask.thing)
    return any(seat.place_id == here.pk for seat in seats_of(ask.actor, ask.today))


represents_here = Predicate(
    _represents,
    _("本地在任议事代表"),
    _("这一步由本地在任的议事代表办理；任期届满或离任的代表不能办理。"),
)
