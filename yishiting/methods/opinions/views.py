"""Common ground first, then where the groups differ, and always what the few say."""

from collections.abc import Sequence

from yishiting.methods.opinions.contract import (
    Difference,
    Group,
    MinorityView,
    Options,
    Shared,
    StatementRow,
)
from yishiting.methods.opinions.measures import agreed_by_all
from yishiting.methods.opinions.tallies import SIDES, Side


def opposite(side: Side) -> Side:
    """The other side."""
    return "disagree" if side == "agree" else "agree"


def common_ground(rows: Sequence[StatementRow], options: Options) -> tuple[Shared, ...]:
    """Statements on which over half of every group is on the same side, and everybody together beyond chance.

    The highest group-aware consensus comes first. Not cut off: what is shared is shown whole.
    """
    tallies = {row.id: row.groups for row in rows}
    chosen = [
        row
        for side in SIDES
        for row in agreed_by_all(rows, side, options)
        if all(tally.share(side) > options.over for tally in tallies[row.statement].values())
    ]
    return tuple(sorted(chosen, key=lambda row: -row.consensus))


def differences(rows: Sequence[StatementRow], options: Options) -> tuple[Difference, ...]:
    """Statements with one group over half for and another over half against, the widest apart first."""
    found = []
    for row in rows:
        sides = {
            side: tuple(name for name, tally in row.groups.items() if tally.share(side) > options.over)
            for side in SIDES
        }
        if sides["agree"] and sides["disagree"] and not row.set_aside:
            shares = [tally.share("agree") for tally in row.groups.values()]
            found.append(Difference(row.id, sides["agree"], sides["disagree"], max(shares) - min(shares)))
    return tuple(sorted(found, key=lambda row: -row.distance))


def minority_views(rows: Sequence[StatementRow], groups: Sequence[Group], options: Options) -> tuple[MinorityView, ...]:
    """What every smaller group says against the whole, or stands for; with one group only, the voices against.

    No group without a line: a group that contradicts nobody is shown by its own representative statements.
    """
    if len(groups) == 1:
        return dissent(rows, options)
    largest = max(groups, key=lambda group: group.people)
    views: list[MinorityView] = []
    for group in groups:
        if group is not largest:
            views.extend(contradictions(rows, group, options) or own_statements(group))
    return tuple(views)


def contradictions(rows: Sequence[StatementRow], group: Group, options: Options) -> list[MinorityView]:
    """Statements on which over half of the group takes the side that over half of everybody refuses."""
    found = []
    for row in rows:
        tally = row.groups[group.id]
        for side in SIDES:
            against_all = row.everybody.share(opposite(side)) > options.over
            if against_all and tally.share(side) > options.over and not row.set_aside:
                found.append(MinorityView(row.id, side, group.id, tally.count(side), tally.seen, "stands apart"))
    return sorted(found, key=lambda view: -view.count / view.seen)


def own_statements(group: Group) -> list[MinorityView]:
    """A group's representative statements, as its voice."""
    return [
        MinorityView(row.statement, row.side, group.id, row.count, row.seen, "own group")
        for row in group.representative
    ]


def dissent(rows: Sequence[StatementRow], options: Options) -> tuple[MinorityView, ...]:
    """The smaller side of each statement that has one, the nearest to half first."""
    found = []
    for row in rows:
        tally = row.everybody
        side: Side = "agree" if tally.agree < tally.disagree else "disagree"
        if tally.count(side) and not row.set_aside:
            found.append(MinorityView(row.id, side, None, tally.count(side), tally.seen, "dissent"))
    found.sort(key=lambda view: -view.count / view.seen)
    return tuple(found[: options.picks])
