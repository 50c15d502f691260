"""Hearings of a place, what was said at them, and the questions nobody has answered."""

from datetime import date

from django.db.models import Count, F, Q, QuerySet

from yishiting.ground.places.models import Place
from yishiting.year.hearings.models import Hearing, Speech, SpeechKind
from yishiting.year.hearings.states import State

RELATED = ("place", "session")


def hearings_of(place: Place) -> "QuerySet[Hearing]":
    """The hearings of a place, newest first, with how many spoke, what was taken in and what is still to be answered."""
    stands = Q(speeches__withdrawn_on=None)
    taken, asked = stands & Q(speeches__suggestion__isnull=False), stands & Q(speeches__kind=SpeechKind.QUESTION)
    rows = Hearing.objects.filter(place=place).select_related(*RELATED)
    return rows.annotate(
        came=F("session__participant_count"),
        spoke=Count("speeches", filter=stands),
        taken=Count("speeches", filter=taken),
        unanswered=Count("speeches", filter=asked & Q(speeches__answered_on=None)),
    ).order_by("-starts_at", "-created_at")


def speeches_of(hearing: Hearing) -> "QuerySet[Speech]":
    """Who spoke, in order."""
    return (
        Speech.objects.standing().filter(hearing=hearing).select_related("place", "suggestion", "asked_of", "hearing")
    )


def to_hold(place: Place, today: date) -> "QuerySet[Hearing]":
    """Announced, and the day has come."""
    return Hearing.objects.filter(place=place, state=State.ANNOUNCED, starts_at__date__lte=today)


def to_publish(place: Place) -> "QuerySet[Hearing]":
    """Held, and the record is not public yet."""
    return Hearing.objects.filter(place=place, state=State.HELD)


def to_answer(place: Place) -> "QuerySet[Speech]":
    """Questions asked at a hearing that nobody has answered."""
    return Speech.objects.standing().filter(place=place, kind=SpeechKind.QUESTION, answered_on=None)
