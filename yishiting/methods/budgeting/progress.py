"""A long count tells now and then how far it is."""

from collections.abc import Callable

#: Hears a sentence.
Progress = Callable[[str], None]
