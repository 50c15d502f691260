"""A lifecycle is a table: which verb moves a thing from which state to which.

The table is data: the diagram, the database constraint, the buttons a person sees,
the sentence that says why not, and the exhaustive test are all made from it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import models
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.refused import WrongState

type_of_label = str | Promise
#: What each verb is called, so that a refusal can name the one that leads on; each enters itself.
VERB_LABELS: dict[str, type_of_label] = {}


class HasState(Protocol):
    """Anything whose row carries a state."""

    state: str


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of the table. `otherwise` says what to do where the state does not allow the verb.

    A row that goes `along` moves another thing than the one the verb is done to: a part, or what is merged into it.
    """

    verb: str
    sources: tuple[str, ...]
    target: str
    says: type_of_label
    otherwise: type_of_label = ""
    along: bool = False


def transition(
    verb: str,
    sources: Iterable[str],
    target: str,
    says: type_of_label,
    *,
    otherwise: type_of_label = "",
    along: bool = False,
) -> Transition:
    """One row: this verb takes a thing in one of these states to that state."""
    return Transition(verb, tuple(str(source) for source in sources), str(target), says, otherwise, along)


def stays(verb: str, states: Iterable[str], says: type_of_label, *, otherwise: type_of_label = "") -> list[Transition]:
    """Rows of a verb that is done in these states and leaves them as they are."""
    return [transition(verb, [state], state, says, otherwise=otherwise) for state in states]


class Lifecycle:
    """The table of one noun. One verb may lead to several states; a (verb, target) pair stands once.

    `usual` names, for a state, the verb that comes next as a rule; of several, the first that can be done.
    """

    def __init__(
        self,
        states: type[models.TextChoices],
        initial: str,
        *steps: Transition,
        usual: Mapping[Any, str | tuple[str, ...]] | None = None,
    ) -> None:
        self.choices = states
        self.initial = str(initial)
        self.steps = steps
        self.usual = {str(state): (one,) if isinstance(one, str) else one for state, one in (usual or {}).items()}
        pairs = [(row.verb, row.target) for row in steps]
        if len(set(pairs)) != len(pairs):
            raise ValueError("two rows share a verb and a target")
        if strange := [one for state, codes in self.usual.items() for one in codes if not self._has(one, state)]:
            raise ValueError(f"no row for what is usual: {strange}")

    def states(self) -> set[str]:
        """Every state the table speaks of."""
        return {self.initial}.union(*({row.target, *row.sources} for row in self.steps))

    def unreachable(self) -> set[str]:
        """States no chain of verbs leads to; a sound table has none."""
        seen, todo = {self.initial}, [self.initial]
        while todo:
            here = todo.pop()
            for row in self.steps:
                if here in row.sources and row.target not in seen:
                    seen.add(row.target)
                    todo.append(row.target)
        return self.states() - seen

    def verbs_from(self, state: str) -> list[str]:
        """The verbs this state allows, in the order of the table, each once."""
        return list(dict.fromkeys(row.verb for row in self.steps if state in row.sources and not row.along))

    def _has(self, verb: str, state: str) -> bool:
        return any(row.verb == verb and state in row.sources for row in self.steps)

    def rows_of(self, verb: str) -> list[Transition]:
        """The rows of one verb."""
        return [row for row in self.steps if row.verb == verb]

    def why_not(self, thing: HasState, verb: str) -> str | Promise | None:
        """None when the state allows the verb, otherwise the sentence that says why not."""
        rows = [row for row in self.rows_of(verb) if not row.along]
        if not rows or any(thing.state in row.sources for row in rows):
            return None
        if said := next((row.otherwise for row in rows if row.otherwise), ""):
            return said
        first = self.way(thing.state, {source for row in rows for source in row.sources})
        done = any(thing.state == row.target for row in rows)
        if done or first is None:
            return self._not_from_here(thing)
        allowed = "、".join(dict.fromkeys(str(self.label(s)) for row in rows for s in row.sources))
        return format_lazy(
            _("现在的状态是“{state}”，这一步只能在“{allowed}”时办理，要先“{first}”。"),
            state=self.label(thing.state),
            allowed=allowed,
            first=VERB_LABELS[first],
        )

    def way(self, state: str, wanted: set[str]) -> str | None:
        """The first verb on the shortest way from a state to one of these; None where no way leads there."""
        seen, todo = {state}, [(state, "")]
        while todo:
            here, first = todo.pop(0)
            if here in wanted and first:
                return first
            for row in self.steps:
                if here in row.sources and row.target not in seen and row.verb in VERB_LABELS and not row.along:
                    seen.add(row.target)
                    todo.append((row.target, first or row.verb))
        return None

    def advance(self, thing: HasState, verb: str, to: str | None = None) -> None:
        """Move the thing along the row of this verb (and target), or refuse with the sentence."""
        open_rows = [row for row in self.rows_of(verb) if thing.state in row.sources]
        if not open_rows and (refusal := self.why_not(thing, verb)) is not None:
            raise WrongState(refusal)
        targets = [row.target for row in open_rows if to is None or row.target == str(to)]
        if not targets:
            raise WrongState(self._not_from_here(thing))
        if len(targets) > 1:
            raise ValueError(f"{verb} from {thing.state} needs one target, found {targets}")
        thing.state = targets[0]

    def _not_from_here(self, thing: HasState) -> Promise:
        return format_lazy(
            _("现在的状态是“{state}”，这一步已经办过或不能从这里办。请刷新页面查看最新情况。"),
            state=self.label(thing.state),
        )

    def label(self, state: str) -> str | Promise:
        """The Chinese word of a state."""
        return self.choices(state).label

    def field(self) -> "models.CharField[str, str]":
        """The model field that holds the state."""
        return models.CharField(_("状态"), max_length=24, choices=self.choices.choices, default=self.initial)

    def constraint(self, name: str) -> models.CheckConstraint:
        """The database refuses a state that is not in the table."""
        return models.CheckConstraint(
            name=name,
            condition=models.Q(state__in=sorted(self.states())),
            violation_error_message=_("没有这样的状态。请刷新页面再办。"),
        )

    def as_mermaid(self) -> str:
        """The picture of the table, in Mermaid's state diagram notation."""
        lines = ["stateDiagram-v2"]
        lines += [f"    {state}: {self.label(state)}" for state in self.choices.values if state in self.states()]
        lines.append(f"    [*] --> {self.initial}")
        for row in self.steps:
            lines += [f"    {source} --> {row.target}: {row.says}" for source in row.sources]
        return "\n".join(lines)
