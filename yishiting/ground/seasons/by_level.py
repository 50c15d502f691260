"""The rules of every level side by side: one entry for a rule all levels share, one for each level where they differ."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext

from yishiting.ground.seasons.rule_kinds import RuleKind
from yishiting.ground.seasons.rules import KINDS
from yishiting.ground.seasons.words import said

LEVELS = ("community", "subdistrict", "district")
AT = "@"


def entry_key(key: str, level: str) -> str:
    """How one rule of one level is named: council.seats_min@subdistrict."""
    return f"{key}{AT}{level}" if level else key


#: Every entry by its name: the rule and its level, blank where all levels share it.
ENTRIES: Mapping[str, tuple[RuleKind, str]] = {
    entry_key(kind.key, level): (kind, level)
    for kind in KINDS.values()
    for level in (LEVELS if kind.by_level else ("",))
}
#: What holds where nobody adopted rules.
USUAL: Mapping[str, Any] = MappingProxyType({name: kind.at(level).value for name, (kind, level) in ENTRIES.items()})


def entry_label(name: str) -> str:
    """What an entry is called: 代表最少人数（街乡）."""
    kind, level = ENTRIES[name]
    words = {"rule": gettext(kind.label), "level": said(level)}
    return gettext("%(rule)s（%(level)s）") % words if level else words["rule"]


def entries_of(key: str, level: str = "") -> list[str]:
    """The entries a value is for: one level's, or all where none is said; none for a rule nobody knows."""
    return [name for name, (kind, own) in ENTRIES.items() if kind.key == key and level in ("", own)]


def spread(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Values by rule or by entry, as values by entry: a rule without a level is meant for all of them."""
    parted = [(*name.partition(AT)[::2], value) for name, value in changes.items()]
    return {name: value for key, level, value in parted for name in entries_of(key, level)}


def unknown(names: Iterable[str]) -> list[str]:
    """Those that name no entry."""
    return sorted(name for name in names if not entries_of(*name.partition(AT)[::2]))


def entries_for(level: str) -> list[str]:
    """What concerns a place of this level: its own rules and, above a community, those of the levels below."""
    known = LEVELS[: LEVELS.index(level) + 1]
    return [name for name, (_kind, own) in ENTRIES.items() if not own or own in known]


def of_level(values: Mapping[str, Any], level: str) -> Mapping[str, Any]:
    """The values one level goes by, by rule."""
    own = {kind.key: values[name] for name, (kind, at) in ENTRIES.items() if at in ("", level)}
    return MappingProxyType(own)
