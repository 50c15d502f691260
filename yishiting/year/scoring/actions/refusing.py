"""What the verbs share: a refusal at its field, and a method's own sentence as a refusal."""

from collections.abc import Callable
from typing import TypeVar

from yishiting.ground.common.refused import Refused
from yishiting.methods.errors import Unusable

T = TypeVar("T")


def usable(work: Callable[[], T]) -> T:
    """What a method answers; where it cannot, its own sentence refuses."""
    try:
        return work()
    except Unusable as wrong:
        raise Refused(wrong.chinese) from None
