"""What belonged together and was parted: its steps until then stay in the path of both."""

from collections.abc import Callable, Iterable

from yishiting.ground.common.verbs import labelled
from yishiting.ground.ledger.models import Entry
from yishiting.ground.ledger.queries import history_of_keys
from yishiting.year.projects.models import Project
from yishiting.year.proposals.models import Proposal
from yishiting.year.suggestions.models import Suggestion

Kind = type[Suggestion] | type[Proposal] | type[Project]
#: The kind of a thing in the ledger, and its key.
Key = tuple[str, str]
KeysOf = Callable[[Kind, str], list[Key]]
#: The verbs that part; under which fact the entry of one side names the other, and what that is.
PARTS: dict[str, dict[str, Kind]] = {
    "suggestion.unmerge": {"out_of": Suggestion, "left_by": Suggestion},
    "proposal.remove_source": {"suggestion": Suggestion, "below": Proposal, "left": Proposal},
    "project.remove_basis": {"proposal": Proposal, "project": Project},
}


def before_they_parted(own: list[Entry], seen: set[Key], keys_of: KeysOf) -> list[Entry]:
    """These entries and, of everything that was parted from the matter, those from before that; in their order."""
    found, todo = {one.seq: one for one in own}, list(_parted(own))
    while todo:
        entry, kind, key = todo.pop()
        if (labelled(kind), key) in seen:
            continue
        seen.add((labelled(kind), key))
        rows = history_of_keys(keys_of(kind, key)).filter(seq__lt=entry.seq).prefetch_related("sealed")
        then = [one for one in rows if not _same_act(one, entry)]
        found |= {one.seq: one for one in then}
        todo += _parted(then)
    return [found[seq] for seq in sorted(found)]


def _same_act(one: Entry, entry: Entry) -> bool:
    """The act has an entry for each side, one behind the other: it is one step."""
    return (one.verb, one.at) == (entry.verb, entry.at) and entry.subject_id in one.facts.values()


def _parted(entries: Iterable[Entry]) -> list[tuple[Entry, Kind, str]]:
    return [
        (entry, kind, str(entry.facts[fact]))
        for entry in entries
        for fact, kind in PARTS.get(entry.verb, {}).items()
        if entry.facts.get(fact)
    ]
