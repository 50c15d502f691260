"""Papers are Chinese: what is kept or sent to others reads the same whoever did it, in whatever language their pages are."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.conf import settings
from django.utils.translation import override

P = ParamSpec("P")
R = TypeVar("R")


def in_chinese(function: Callable[P, R]) -> Callable[P, R]:
    """For functions that write notices, minutes and messages; sentences of refusal stay in the reader's language."""

    @wraps(function)
    def written(*args: P.args, **kwargs: P.kwargs) -> R:
        with override(settings.LANGUAGE_CODE):
            return function(*args, **kwargs)

    return written
