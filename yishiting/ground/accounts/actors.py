"""Who acts when no one is signed in."""

from dataclasses import dataclass
from typing import ClassVar

from yishiting.ground.accounts.models import Person


@dataclass(frozen=True, slots=True)
class Visitor:
    """Someone without an account: may read, suggest, object, and follow by receipt."""

    actor_kind: ClassVar[str] = "visitor"
    actor_id: ClassVar[str] = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """The daily command: does what the calendar alone decides."""

    actor_kind: ClassVar[str] = "clock"
    actor_id: ClassVar[str] = ""


@dataclass(frozen=True, slots=True)
class Operator:
    """Whoever runs a command on the machine itself: installs, loads places, opens the first accounts."""

    actor_kind: ClassVar[str] = "operator"
    actor_id: ClassVar[str] = ""


Actor = Person | Visitor | Clock | Operator
