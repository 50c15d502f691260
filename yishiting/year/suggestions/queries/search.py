"""Chinese search over the words of suggestions, by either database's own word index."""

from django.db import connections
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from yishiting.ground.common.phones import phone_digits
from yishiting.ground.common.secrets import sealer
from yishiting.instruments.documents.rules import read_receipt
from yishiting.year.suggestions.models import SearchText, Suggestion
from yishiting.year.suggestions.words import Phrase, phrases

SQLITE = "SELECT rowid FROM suggestions_words WHERE suggestions_words MATCH %s"
#: An array, so that the words are looked up once whatever the planner thinks of tables it has no figures of yet.
POSTGRESQL = (
    "SELECT unnest(ARRAY(SELECT suggestion_id FROM suggestions_searchtext WHERE words @@ to_tsquery('simple', %s)))"
)


def search(suggestions: "QuerySet[Suggestion]", words: str) -> "QuerySet[Suggestion]":
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


def search_with_numbers(suggestions: "QuerySet[Suggestion]", words: str) -> "QuerySet[Suggestion]":
    """The same for those who read telephone numbers anyway: a whole number, however spelt, finds what was said under it."""
    digits = "" if any(c.isalpha() for c in words) else phone_digits(words)
    said = suggestions.filter(phone_hash=sealer().look_up(digits)) if digits else suggestions.none()
    return said if digits and said.exists() else search(suggestions, words)


def _fts(phrase: Phrase) -> str:
    return f'"{" ".join(phrase.tokens)}"' + (" *" if phrase.open_end else "")


def _tsquery(phrase: Phrase) -> str:
    *before, last = phrase.tokens
    return (
        "(" + " <-> ".join([*(f"'{token}'" for token in before), f"'{last}'" + (":*" if phrase.open_end else "")]) + ")"
    )
