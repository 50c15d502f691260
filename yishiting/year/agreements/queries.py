"""Agreements of a place, and what is broken of them."""

from datetime import date

from django.db.models import Count, Q, QuerySet

from yishiting.ground.places.models import Place
from yishiting.year.agreements.models import Agreement
from yishiting.year.agreements.states import BreachState, State

RELATED = ("place", "proposal__place")


def agreements_of(place: Place) -> "QuerySet[Agreement]":
    """The agreements of a place with how often they were reported broken and how many reports are open."""
    rows = Agreement.objects.filter(place=place).select_related(*RELATED)
    waiting = Count("breaches", filter=Q(breaches__state=BreachState.REPORTED))
    return rows.annotate(breach_count=Count("breaches"), open_breaches=waiting).order_by("state", "-in_force_from")


def to_review(place: Place, today: date) -> "QuerySet[Agreement]":
    """Those whose day of review has come."""
    return Agreement.objects.filter(place=place, state=State.IN_FORCE, review_due__lte=today)


def heard_in(place: Place, year: int) -> "QuerySet[Agreement]":
    """What the review meeting of a year hears of: in force by then, or ended in it."""
    held = Q(state=State.IN_FORCE, in_force_from__year__lte=year) | Q(ended_on__year=year)
    return agreements_of(place).filter(held)
