"""From votes to the opinion map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from yishiting.methods.errors import Unusable
from yishiting.methods.opinions.contract import (
    Consultation,
    Group,
    OpinionMap,
    Options,
    Person,
    Point,
    StatementRow,
)
from yishiting.methods.opinions.grouping import DIGITS, OUTSIDE, Clusters, base_clusters, groups_of
from yishiting.methods.opinions.measures import agreed_by_all, consensus, representative
from yishiting.methods.opinions.space import positions
from yishiting.methods.opinions.table import VoteTable, natural, vote_table
from yishiting.methods.opinions.tallies import SIDES, together
from yishiting.methods.opinions.views import common_ground, differences, minority_views

if TYPE_CHECKING:
    from numpy import bool_, float64, intp
    from numpy.typing import NDArray

METHOD = "polis"
ORDER = "people and statements by number, then by name; equal figures in the order of statements"
STEMS = "甲乙丙丁戊己庚辛壬癸"


def opinion_map(
    consultation: Consultation,
    options: Options | None = None,
    groups: Mapping[str, str] | None = None,
) -> OpinionMap:
    """Draw the map of a consultation, with groups found from the votes or with the `groups` given (person → group).

    Votes are 1, 0, -1; the last of each person and statement counts. People with at least min(7, statements) votes are
    placed in groups; everybody's votes count for the consensus. Shares are exact fractions, tests are z values.
    Raises Unusable without votes, without anybody to place, or where the given groups name nobody who voted.
    Source: the mathematics of Polis (Small et al. 2021); grouping as described in `grouping`.
    """
    options = options or Options()
    table = vote_table(consultation)
    places = positions(table.cells, table.columns(consultation.set_aside))
    member, base, scores = placed(table, places, options, groups)
    names = named(member, given=groups is not None)
    rows = statement_rows(table, member, list(names), consultation.set_aside)
    charted = tuple(described(name, names[name], rows, member, places, options) for name in names)
    return OpinionMap(
        rule=rule(options, consultation),
        votes=sum(row.everybody.seen for row in rows),
        replaced=table.replaced,
        people=people(table, places, member),
        points=points(places, member, base),
        groups=charted,
        silhouettes=scores,
        clearly_apart=max(scores.values(), default=0.0) >= options.clear,
        statements=tuple(rows),
        consensus={side: tuple(agreed_by_all(rows, side, options)[: options.picks]) for side in SIDES},
        common_ground=common_ground(rows, options),
        differences=differences(rows, options),
        minority_views=minority_views(rows, charted, options),
        given_groups=groups is not None,
        apart=sum(one is None for one in member) - unplaced(table, options) if groups is None else 0,
    )


def rule(options: Options, consultation: Consultation) -> Mapping[str, Any]:
    """What anyone needs to compute the same map again from the same votes."""
    aside = sorted(consultation.set_aside, key=natural)
    return MappingProxyType({"method": METHOD, "options": options.as_dict(), "order": ORDER, "set_aside": aside})


def placed(
    table: VoteTable, places: NDArray[float64], options: Options, given: Mapping[str, str] | None
) -> tuple[list[str | None], Clusters, dict[int, float]]:
    """The group of every person (None: too few votes, or not in the given groups), base clusters, silhouettes."""
    import numpy as np

    if given is None:
        chosen = table.votes_cast() >= min(options.least_votes, len(table.statements))
    else:
        chosen = np.array([person in given for person in table.people], dtype=bool)
    if not chosen.any():
        raise Unusable(*(NOBODY if given is None else STRANGERS))
    base = base_clusters(places[chosen], options.base_clusters)
    member: list[str | None] = [None] * len(table.people)
    if given is not None:
        for row in np.flatnonzero(chosen).tolist():
            member[row] = given[table.people[row]]
        return member, base, {}
    labels, scores = groups_of(base, options.most_groups, options.least_group)
    for row, cluster in zip(np.flatnonzero(chosen).tolist(), base.labels.tolist(), strict=True):
        member[row] = letter(int(labels[cluster])) if labels[cluster] != OUTSIDE else None
    return member, _inside(base, labels), scores


def _inside(base: Clusters, labels: NDArray[intp]) -> Clusters:
    """The base clusters as the picture has them: without those who stand in no group."""
    return Clusters(base.labels[labels[base.labels] != OUTSIDE], base.centres, base.people)


def unplaced(table: VoteTable, options: Options) -> int:
    """How many have voted on too few statements to be placed in a group."""
    return int((table.votes_cast() < min(options.least_votes, len(table.statements))).sum())


NOBODY = ("没有人的表态够数，无法分组。", "Nobody has voted on enough statements to be placed in a group.")
STRANGERS = ("分组文件里没有一个人投过票。", "Nobody in the given groups has voted.")


def letter(number: int) -> str:
    """0 → A, 1 → B."""
    return chr(ord("A") + number)


def named(member: Sequence[str | None], *, given: bool) -> dict[str, str]:
    """Identifier → name of the groups, in order: 甲组, 乙组 for found groups, the given name for given ones."""
    groups = sorted({group for group in member if group is not None}, key=natural)
    return {group: group if given else f"{STEMS[place]}组" for place, group in enumerate(groups)}


def rows_of(member: Sequence[str | None], group: str) -> NDArray[bool_]:
    """A mask over the people of one group."""
    import numpy as np

    return np.array([own == group for own in member], dtype=bool)


def statement_rows(
    table: VoteTable, member: Sequence[str | None], groups: Sequence[str], set_aside: frozenset[str]
) -> list[StatementRow]:
    """Every statement with the answers of all and of each group."""
    everybody = table.tallies()
    inside = {group: table.tallies(rows_of(member, group)) for group in groups}
    rows = []
    for column, statement in enumerate(table.statements):
        tallies = {group: inside[group][column] for group in groups}
        shares = {side: consensus(tallies, side) for side in SIDES}
        aside = statement in set_aside
        rows.append(StatementRow(statement, aside, everybody[column], tallies, shares["agree"], shares["disagree"]))
    return rows


def described(
    group: str,
    name: str,
    rows: Sequence[StatementRow],
    member: Sequence[str | None],
    places: NDArray[float64],
    options: Options,
) -> Group:
    """One group: its size, its centre and what it stands for against the other groups together."""
    inside = rows_of(member, group)
    pairs = {
        row.id: (row.groups[group], together(row.groups.values()).minus(row.groups[group]))
        for row in rows
        if not row.set_aside
    }
    x, y = places[inside].mean(axis=0).round(DIGITS).tolist()
    return Group(group, name, int(inside.sum()), x, y, representative(pairs, options))


def people(table: VoteTable, places: NDArray[float64], member: Sequence[str | None]) -> tuple[Person, ...]:
    """Where everybody stands."""
    columns = zip(table.people, places.tolist(), table.votes_cast().tolist(), member, strict=True)
    return tuple(Person(name, x, y, votes, group) for name, (x, y), votes, group in columns)


def points(places: NDArray[float64], member: Sequence[str | None], base: Clusters) -> tuple[Point, ...]:
    """The dots of the picture: base clusters, split where given groups cut through them."""
    import numpy as np

    rows = [row for row, group in enumerate(member) if group is not None]
    keys = sorted((member[row] or "", cluster, row) for row, cluster in zip(rows, base.labels.tolist(), strict=True))
    starts = [0, *(i + 1 for i, (a, b) in enumerate(pairwise(keys)) if a[:2] != b[:2]), len(keys)]
    dots = []
    for start, end in pairwise(starts):
        x, y = np.round(places[[row for _, _, row in keys[start:end]]].mean(axis=0), DIGITS).tolist()
        dots.append(Point(x, y, end - start, keys[start][0]))
    return tuple(dots)
