"""Writes an election as a Pabulib `.pb` file: what anyone needs to count it again, and nothing about the voters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path

from yishiting.methods import exact
from yishiting.methods.budgeting.election import CUMULATIVE, ORDINAL, SCORING, Ballot, Election, Project
from yishiting.methods.errors import Unusable

#: Keys that say what is counted; they are written from the election, not copied.
OWN_KEYS = ("num_projects", "num_votes", "budget", "vote_type")


def write(election: Election, path: Path) -> None:
    """Write the election to a file, in UTF-8."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(line + "\n" for line in lines(election))


def written(election: Election) -> str:
    """The election as the text of a `.pb` file; reading it again gives the same election, equal ballots together."""
    return "\n".join(lines(election)) + "\n"


def lines(election: Election) -> Iterator[str]:
    """The lines of the file. Raises `Unusable` for an amount no decimal can show or an id with a comma."""
    yield from ("META", "key;value")
    yield from (_line(pair) for pair in _meta(election))
    yield "PROJECTS"
    columns = list(dict.fromkeys(key for project in election.projects for key in project.extras))
    yield _line(["project_id", "cost", "name", *columns])
    yield from (_line(_project(project, columns)) for project in election.projects)
    yield "VOTES"
    points = election.vote_type in (CUMULATIVE, SCORING, ORDINAL)
    yield _line(["voter_id", "vote", *(["points"] if points else [])])
    yield from _votes(election.ballots, points)


def _meta(election: Election) -> Iterator[tuple[str, str]]:
    yield from ((key, value) for key, value in election.meta.items() if key not in OWN_KEYS)
    yield "num_projects", str(len(election.projects))
    yield "num_votes", str(election.voters + election.blank)
    yield "budget", _number(election.budget)
    yield "vote_type", election.vote_type


def _project(project: Project, columns: Iterable[str]) -> list[str]:
    if "," in project.id:
        raise Unusable(f"项目编号“{project.id}”含逗号，写不进选票", f"project id {project.id!r} contains a comma")
    return [project.id, _number(project.cost), project.name, *(project.extras.get(key, "") for key in columns)]


def _votes(ballots: Iterable[Ballot], points: bool) -> Iterator[str]:
    """One line a ballot, under its published id or else numbered."""
    number = 0
    for ballot in ballots:
        cells = [",".join(ballot.choices), *([",".join(map(_number, ballot.points))] if points else [])]
        for one in range(ballot.count):
            number += 1
            yield _line([ballot.voters[one] if one < len(ballot.voters) else str(number), *cells])


def _number(amount: Fraction) -> str:
    """An amount in plain decimals, exactly."""
    places = 0
    while (amount * 10**places).denominator != 1:
        places += 1
        if places > 12:  # noqa: PLR2004 - no currency has smaller coins
            raise Unusable(f"金额 {amount} 不能写成小数", f"{amount} has no exact decimal form")
    return exact.decimal(amount, places)


def _line(cells: Iterable[str]) -> str:
    return ";".join(_cell(cell) for cell in cells)


def _cell(cell: str) -> str:
    """A cell, quoted where it must be."""
    if any(mark in cell for mark in ';"\n\r'):
        return '"' + cell.replace('"', '""') + '"'
    return cell
