"""What of suggestions is made public: words only once somebody has screened them."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from yishiting.ground.common.masking import public_words
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.suggestions.states import State

#: A resident's words are public once somebody has screened them; before that, and where they are no public matter,
#: only that something was said, and what became of it.
WORDS_ARE_PUBLIC = (State.VALID, State.SETTLED, State.MERGED, State.SPLIT)


def words_are_public(suggestion: Suggestion) -> bool:
    """Whether somebody has screened the words and found them a public matter."""
    screened = suggestion.screened_on is not None or suggestion.state == State.SETTLED
    return screened and suggestion.state in WORDS_ARE_PUBLIC


def public_title(suggestion: Suggestion) -> str:
    """What the public reads of a suggestion: its title when its words are public, otherwise how it came."""
    if words_are_public(suggestion):
        return public_words(suggestion.title, blacks_of([suggestion]))
    return _("%(channel)s收到的一条建议") % {"channel": suggestion.get_channel_display()}


def blacks_of(suggestions: Iterable[Suggestion]) -> list[str]:
    """What the desk has blacked out in these, beyond what the masker hides by itself."""
    return [black for one in suggestions for black in one.blacks.splitlines()]


def seen_by_all(suggestion: Suggestion) -> str:
    """The words as everyone will read them once they are public."""
    return public_words(f"{suggestion.title}\n{suggestion.text}", blacks_of([suggestion]))
