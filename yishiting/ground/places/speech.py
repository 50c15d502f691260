"""In a village a page speaks of the village: every sentence of ours passes here on its way out, no word people typed.

The sentences name the bodies and the people of a community, often with those of a village in brackets beside them. What
people type never goes through gettext, nor do the names of places, so both stay as they are.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from django.utils.translation import trans_real
from django.utils.translation.reloader import translation_file_changed

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


def _local(said: str) -> str:
    return village_words(said) if _in_a_village.get() else said


class LocalTranslation(trans_real.DjangoTranslation):
    """The translations of one language; what they give is said as where one is."""

    def gettext(self, message: str) -> str:
        """A sentence."""
        return _local(super().gettext(message))

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """A sentence about so many."""
        return _local(super().ngettext(msgid1, msgid2, n))


def install() -> None:
    """Put them in the place of Django's own, which offers no other way to say one language in two ways."""
    vars(trans_real)["DjangoTranslation"] = LocalTranslation
    translation_file_changed(None, Path("django.mo"))  # what was read already is read again, as one of these


@contextmanager
def spoken_at(place: Place | None) -> Iterator[None]:
    """Within, sentences are said as at this place."""
    before = _in_a_village.set(place is not None and place.kind == Kind.VILLAGE)
    try:
        yield
    finally:
        _in_a_village.reset(before)
