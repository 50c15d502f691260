"""In a village a page speaks of the village: every sentence of ours passes here on its way out, no word people typed.

The sentences name the bodies and the people of a community, often with those of a village in brackets beside them. What
people type never goes through gettext, nor do the names of places, so both stay as they are.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.utils.translation import trans_real

from yishiting.ground.places.models import Kind, Place

#: In a sentence of ours, from the longest to the shortest: what a community calls it, and what a village does.
IN_A_VILLAGE = (
    ("社区（村）", "村"),
    ("居（村）", "村"),
    ("社区工作者", "村务工作者"),
    ("社区居民委员会", "村民委员会"),
    ("社区居委会", "村委会"),
    ("社区为什么", "村里为什么"),
    ("社区没有", "村里没有"),
    ("社区不能", "村里不能"),
    ("居民委员会", "村民委员会"),
    ("居委会", "村委会"),
    ("居务", "村务"),
    ("居民", "村民"),
    ("社区", "村"),
    ("residents' committee", "villagers' committee"),
    ("residents' representative", "villagers' representative"),
)


def village_words(said: str) -> str:
    """A sentence of ours as it is said in a village."""
    for here, there in IN_A_VILLAGE:
        said = said.replace(here, there)
    return said


_in_a_village: ContextVar[bool] = ContextVar("in_a_village", default=False)


class LocalTranslations:
    """The translations of one language; what they give is said as where one is."""

    def __init__(self, whole: Any) -> None:
        self.whole = whole

    def gettext(self, message: str) -> str:
        """A sentence."""
        return _local(self.whole.gettext(message))

    def ngettext(self, one: str, many: str, count: int) -> str:
        """A sentence about so many."""
        return _local(self.whole.ngettext(one, many, count))

    def __getattr__(self, name: str) -> Any:
        return getattr(self.whole, name)


def _local(said: str) -> str:
    return village_words(said) if _in_a_village.get() else said


def install() -> None:
    """Put them in the place of Django's own, which offers no other way to say one language in two ways."""
    known: dict[str, Any] = trans_real._translations  # type: ignore[attr-defined]
    for language, _name in settings.LANGUAGES:
        if not isinstance(used := trans_real.translation(language), LocalTranslations):
            known[language] = LocalTranslations(used)
    trans_real._default = None  # type: ignore[attr-defined]  # read again, from those


@contextmanager
def spoken_at(place: Place | None) -> Iterator[None]:
    """Within, sentences are said as at this place."""
    before = _in_a_village.set(place is not None and place.kind == Kind.VILLAGE)
    try:
        yield
    finally:
        _in_a_village.reset(before)
