"""Chinese search over the words of suggestions, by either database's own word index."""

import re
from collections.abc import Sequence
from typing import TypeVar

from django.db import connections
from django.db.models import Min, Q, QuerySet
from django.db.models.expressions import RawSQL

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.names import LONGEST_NAME, clean_search, name_key
from yishiting.ground.common.phones import phone_digits, phone_tail
from yishiting.ground.common.predicates import Actor
from yishiting.ground.common.request_cache import cached
from yishiting.ground.common.secrets import sealer
from yishiting.ground.organisations.queries import offices_of
from yishiting.ground.organisations.rules import WORKING
from yishiting.ground.places.models import Place
from yishiting.instruments.documents.rules import read_receipt
from yishiting.year.suggestions.hashes import end_hash
from yishiting.year.suggestions.models import SearchText, Suggestion
from yishiting.year.suggestions.rules import TAIL
from yishiting.year.suggestions.words import Phrase, phrases

#: Whatever kind of set was given comes back.
Rows = TypeVar("Rows", bound="QuerySet[Suggestion]")
#: Fewer digits than these are part of every number.
SHORTEST = 3
SQLITE = "SELECT rowid FROM suggestions_words WHERE suggestions_words MATCH %s"
#: An array, so that the words are looked up once whatever the planner thinks of tables it has no figures of yet.
POSTGRESQL = (
    "SELECT unnest(ARRAY(SELECT suggestion_id FROM suggestions_searchtext WHERE words @@ to_tsquery('simple', %s)))"
)


def search(suggestions: Rows, words: str) -> Rows:
    """Those that say every one of these words, in the order they had; all of them when nothing is looked for.

    A receipt number, with or without its blanks, finds the one suggestion it was given.
    """
    number = None if any(c.isalpha() for c in words) else read_receipt(words)
    if number is not None:
        return suggestions.filter(receipt=number)
    wanted = phrases(words)
    if not wanted:
        return suggestions.none() if words.strip() else suggestions
    if connections[suggestions.db].vendor == "postgresql":
        words_found = " & ".join(map(_tsquery, wanted))
        return suggestions.filter(pk__in=RawSQL(POSTGRESQL, [words_found]))  # noqa: S611  # tokens are letters and digits
    found = RawSQL(SQLITE, [" AND ".join(map(_fts, wanted))])  # noqa: S611  # tokens are letters and digits
    # nested, not joined: SQLite then starts from the words found, not from every suggestion of the place
    return suggestions.filter(pk__in=SearchText.objects.filter(id__in=found).values("suggestion_id"))


def search_known(suggestions: "QuerySet[Suggestion]", words: str, actor: Actor) -> "QuerySet[Suggestion]":
    """The same, and by part of a number; for the desk of a place also by the name and telephone of whoever said it.

    Nobody else finds anything by a name or telephone, not even that there is something to find.
    """
    found, others = search(suggestions, words), _by_number(words) | _by_person(words, desk_places(actor))
    if not others or not suggestions.filter(others).exists():
        return found
    return suggestions.filter(Q(pk__in=found.order_by().values("pk")) | others)


def desk_places(actor: Actor) -> list[Place]:
    """The places at whose desks somebody works: there names and telephones are read."""
    if not isinstance(actor, Person):
        return []
    return [one.place for one in offices_of(actor) if one.office in WORKING]


def _by_number(words: str) -> Q:
    """Whose number here or elsewhere has these digits in it, three or more."""
    plain = clean_search(words).replace(" ", "")
    if len(plain) < SHORTEST or not re.fullmatch(r"[\w-]*\d[\w-]*", plain, re.ASCII):
        return Q()
    digits = Q(receipt__contains=plain) if plain.isdecimal() else Q()
    return digits | Q(outside_number__icontains=plain)


def _by_person(words: str, places: Sequence[Place]) -> Q:
    """What was said at these places under this name, this number, or a number that ends like this."""
    if not places:
        return Q()
    asked, digits = clean_search(words), "" if any(c.isalpha() for c in words) else phone_digits(words)
    tail = phone_tail(asked) if len(asked) == TAIL else ""
    told = Q(name_hash__in=_names_like(places, asked))
    told |= Q(phone_hash=sealer().look_up(digits)) if digits else Q()
    told |= Q(phone_end_hash=end_hash(tail)) if tail else Q()
    return Q(place__in=places) & told


def _names_like(places: Sequence[Place], words: str) -> list[str]:
    """The hashes of the names in which these words stand: all of a name, a surname, or the two characters one remembers.

    Names are sealed, and stay without hashes of their parts: keyed or not, how often each part stands there would tell
    the surnames of a place. So the names of these places, each once, are opened and looked through: a few thousand.
    """
    key = name_key(words)
    if not key or len(key) > LONGEST_NAME or any(sign.isdigit() for sign in key):
        return []
    at = ",".join(place.code for place in places)
    return cached(f"suggestions.names_like:{at}:{key}", lambda: _opened(places, key))


def _opened(places: Sequence[Place], key: str) -> list[str]:
    said = Suggestion.objects.filter(place__in=places).exclude(name_hash="").order_by()
    names = said.values("name_hash").annotate(name=Min("proposer_name")).values_list("name_hash", "name")
    return [hashed for hashed, name in names.iterator() if key in name_key(name)]


def _fts(phrase: Phrase) -> str:
    return f'"{" ".join(phrase.tokens)}"' + (" *" if phrase.open_end else "")


def _tsquery(phrase: Phrase) -> str:
    *before, last = phrase.tokens
    return (
        "(" + " <-> ".join([*(f"'{token}'" for token in before), f"'{last}'" + (":*" if phrase.open_end else "")]) + ")"
    )
