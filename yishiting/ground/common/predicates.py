"""Who may do what: small readable predicates, joined with & and |, each with a reason for its refusal.

A predicate answers one `Question`. `why_not` gives None (allowed) or the sentence to show.
Predicates read only what is already loaded on the actor and the thing, so that a list of
things can be asked about without a query for each.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from django.utils import timezone
from django.utils.functional import Promise

Sentence = str | Promise


class Actor(Protocol):
    """Whoever acts: a person, a visitor without account, or the clock of the daily command."""

    @property
    def actor_kind(self) -> str: ...
    @property
    def actor_id(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Question:
    """One question: may this actor do this to this thing on this day?

    `offices` collects the offices that let the actor through: they are what the ledger names.
    """

    actor: Actor
    thing: Any
    today: date = field(default_factory=timezone.localdate)
    offices: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Predicate:
    """A named condition. `label` is how the permission table names it; `refusal` what a person is told."""

    test: Callable[[Question], bool]
    label: Sentence
    refusal: Sentence | Callable[[Question], Sentence]

    def why_not(self, ask: Question) -> Sentence | None:
        """None when allowed."""
        if self.test(ask):
            return None
        return self.refusal(ask) if callable(self.refusal) else self.refusal

    def __and__(self, other: "Rule") -> "All":
        return All((self, other))

    def __or__(self, other: "Rule") -> "AnyOf":
        return AnyOf((self, other))

    def says(self) -> str:
        """The words of the permission table."""
        return str(self.label)


@dataclass(frozen=True, slots=True)
class All:
    """Every part must hold; the first that does not gives the reason."""

    parts: tuple["Rule", ...]

    def why_not(self, ask: Question) -> Sentence | None:
        """None when allowed."""
        return next((reason for part in self.parts if (reason := part.why_not(ask)) is not None), None)

    def __and__(self, other: "Rule") -> "All":
        return All((*self.parts, other))

    def __or__(self, other: "Rule") -> "AnyOf":
        return AnyOf((self, other))

    def says(self) -> str:
        """The words of the permission table."""
        return " 且 ".join(f"（{part.says()}）" if isinstance(part, AnyOf) else part.says() for part in self.parts)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One part must hold; the first part's reason is told, it being the usual way."""

    parts: tuple["Rule", ...]

    def why_not(self, ask: Question) -> Sentence | None:
        """None when allowed."""
        first: Sentence | None = None
        for part in self.parts:
            reason = part.why_not(ask)
            if reason is None:
                return None
            first = reason if first is None else first
        return first

    def __and__(self, other: "Rule") -> "All":
        return All((self, other))

    def __or__(self, other: "Rule") -> "AnyOf":
        return AnyOf((*self.parts, other))

    def says(self) -> str:
        """The words of the permission table."""
        return " 或 ".join(part.says() for part in self.parts)


Rule = Predicate | All | AnyOf
Permissions = dict[str, Rule]


def place_of(thing: Any) -> Any:
    """The place a thing belongs to: the thing itself when it is a place."""
    return thing if hasattr(thing, "division_path") else getattr(thing, "place", None)
