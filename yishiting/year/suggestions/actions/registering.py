"""Giving a suggestion its number, its dates, its hashes and its place in the index. Not verbs: verbs call these."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from yishiting.ground.common.phones import phone_digits
from yishiting.ground.common.secrets import sealer
from yishiting.ground.places.models import Estate, Place
from yishiting.ground.places.queries import estates_of, top_place
from yishiting.ground.seasons.due_days import due_after
from yishiting.ground.seasons.models import Season, SpecialIntake
from yishiting.ground.seasons.queries import open_seasons, rules_for
from yishiting.instruments.documents.actions import number_at_the_end
from yishiting.instruments.documents.models import Series
from yishiting.instruments.documents.rules import receipt_number
from yishiting.year.dossiers.actions import open_dossiers
from yishiting.year.dossiers.models import Dossier
from yishiting.year.suggestions.hashes import Speaker, Words, content_hash, end_hash, name_hash, tail_hash
from yishiting.year.suggestions.models import SearchText, Suggestion
from yishiting.year.suggestions.queries.intake import special_on
from yishiting.year.suggestions.rules import household, longest_named
from yishiting.year.suggestions.words import bigrams

#: How many rows go to the database in one statement.
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Desk:
    """What is the same for everything taken in at a place on a day."""

    place: Place
    received_on: date
    screen_due: date
    special: SpecialIntake | None
    estates: dict[str, Estate]

    @classmethod
    def at(cls, place: Place, received_on: date) -> "Desk":
        """The desk of this place on this day: its rules, what is open, its estates."""
        days = rules_for(place, received_on).number("suggestion.screen_workdays")
        in_season = Season.CONSULTATION in open_seasons(place, received_on)
        return cls(
            place,
            received_on,
            due_after(received_on, days),
            None if in_season else special_on(place, received_on),
            estates_of(place),
        )

    def suggestion(self, words: Words, speaker: Speaker, **more: object) -> Suggestion:
        """A new suggestion, not yet saved and without its number."""
        return Suggestion(
            place=self.place,
            year=self.received_on.year,
            title=words.title,
            text=words.text,
            where=words.where,
            estate=self.estates.get(longest_named(words.where, self.estates)),
            said_at=words.said_at,
            received_on=self.received_on,
            screen_due=self.screen_due,
            special=self.special,
            household=household_of(self.place, speaker),
            **said_by(speaker),
            content_hash=content_hash(words, speaker),
            **more,
        )


def said_by(speaker: Speaker) -> dict[str, str]:
    """What is kept of who said it, and by what they are found again."""
    return {
        "proposer_name": speaker.name,
        "proposer_phone": speaker.phone,
        "phone_hash": sealer().look_up(phone_digits(speaker.phone)),
        "phone_end_hash": end_hash(speaker.phone),
        "name_hash": name_hash(speaker.name),
    }


def household_of(place: Place, speaker: Speaker) -> str:
    """By what a household is counted: its door, or the telephone number."""
    return sealer().look_up(household(place.code, speaker.door) or phone_digits(speaker.phone))


def keep(suggestions: Sequence[Suggestion], then: Callable[[], None] = lambda: None) -> None:
    """Save new suggestions of one place and year and what is searched of them.

    They get their numbers when all else of the verb at work is done. Numbers run through the whole installation, so
    that one alone finds its suggestion, and everybody who takes one waits for the others. `then` follows at once.
    """
    SearchText.objects.bulk_create([index_text(one) for one in suggestions], batch_size=AT_ONCE)
    if not suggestions:
        return
    _open_files(suggestions)
    place, year = suggestions[0].place, suggestions[0].year

    def number(serials: range) -> None:
        give_receipts(suggestions, serials)
        Suggestion.objects.bulk_create(suggestions, batch_size=AT_ONCE)
        then()

    number_at_the_end(top_place() or place, Series.RECEIPT, year, number, count=len(suggestions))


def _open_files(suggestions: Sequence[Suggestion]) -> None:
    """A file for each, before anybody has to wait for the numbers."""
    for one in suggestions:
        split_from = one.split_from.dossier_id if one.split_from else None
        one.dossier = Dossier(origin=one.place, lies_at=one.place, opened_on=one.received_on, split_from_id=split_from)
    open_dossiers([one.dossier for one in suggestions])


def give_receipts(suggestions: Sequence[Suggestion], serials: range) -> None:
    """Write each its number, and what is looked up by number and telephone."""
    for one, serial in zip(suggestions, serials, strict=True):
        one.receipt = receipt_number(one.year, serial)
        one.phone_tail_hash = tail_hash(one.receipt, one.proposer_phone)


def index_text(suggestion: Suggestion) -> SearchText:
    """What the word index holds of a suggestion."""
    return SearchText(suggestion=suggestion, bigrams=bigrams(suggestion.title, suggestion.text, suggestion.where))
