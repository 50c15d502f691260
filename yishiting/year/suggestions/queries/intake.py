"""What has been taken in: lists and counts for the desk."""

from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from yishiting.ground.accounts.models import Person
from yishiting.ground.entrance.rules import NUMBER_KEPT_DAYS
from yishiting.ground.places.models import Place
from yishiting.ground.seasons.models import SpecialIntake
from yishiting.ground.seasons.queries import special_intake_open
from yishiting.year.suggestions.models import ImportBatch, ImportFile, SolicitationSession, Suggestion
from yishiting.year.suggestions.states import State

#: What a list shows; the long words and the sealed names stay in the database.
LISTED = (
    "id", "revision", "receipt", "title", "where", "channel", "state", "received_on", "screen_due", "place__name",
    "place__code", "place__level", "place__run_by", "place__division_path", "session__title", "recorded_by_id",
)  # fmt: skip


def suggestions_at(place: Place) -> "QuerySet[Suggestion]":
    """Suggestions of a place, newest first, as a list shows them."""
    rows = Suggestion.objects.standing().filter(place=place)
    return rows.select_related("place", "session").only(*LISTED)


def suggestions_of(person: Person) -> "QuerySet[Suggestion]":
    """What a resident has suggested themselves, newest first: signed in, or with the number they sign in with.

    A number has owners one after the other: what was left with it long before the account was opened is another's.
    """
    own = Q(proposer=person)
    if person.phone_hash:
        since = timezone.localdate(person.created_at) - timedelta(days=NUMBER_KEPT_DAYS)
        own |= Q(proposer=None, phone_hash=person.phone_hash, received_on__gte=since)
    rows = Suggestion.objects.standing().filter(own)
    return rows.select_related("place", "merged_into").order_by("-received_on", "-receipt")


def typed_in(person: Person, place: Place, day: date) -> "QuerySet[Suggestion]":
    """The slips a person has typed in at a place on a day, the last one first; struck ones too."""
    start = timezone.make_aware(datetime.combine(day, time()))
    rows = Suggestion.objects.filter(
        recorded_by=person, place=place, created_at__gte=start, created_at__lt=start + timedelta(days=1)
    )
    return rows.only("id", "revision", "receipt", "title", "where", "state", "channel", "created_at").order_by(
        "-created_at"
    )


def sessions_at(place: Place) -> "QuerySet[SolicitationSession]":
    """The solicitation sessions of a place, with how many suggestions were taken there; one split later counts once."""
    standing = Count("suggestions", filter=~Q(suggestions__state=State.STRUCK) & Q(suggestions__split_from=None))
    rows = SolicitationSession.objects.standing().filter(place=place).annotate(suggestion_count=standing)
    return rows.order_by("-held_on", "-created_at")


def imports_at(place: Place) -> "QuerySet[ImportBatch]":
    """The files brought in at a place, newest first."""
    return ImportBatch.objects.filter(place=place).select_related("imported_by").defer("errors")


def files_waiting(place: Place) -> "QuerySet[ImportFile]":
    """Files handed in at a place and neither brought in nor thrown away, newest first."""
    return ImportFile.objects.filter(place=place, batch=None).exclude(content="").defer("content")


def special_on(place: Place, day: date) -> SpecialIntake | None:
    """The special intake open at a place on a day, the nearest to it."""
    if not special_intake_open(place, day):
        return None
    rows = SpecialIntake.objects.taking_in(day).filter(place__division_path__in=place.ancestor_paths())
    return rows.order_by("-place__division_path", "-opens").first()
