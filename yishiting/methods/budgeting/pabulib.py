"""Reads Pabulib `.pb` files, with all that real ones do: quotes, stray columns, decimals, blank ballots.

Format: http://pabulib.org/format (Stolicki, Szufa, Talmon, "Pabulib: A Participatory Budgeting Library").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from unicodedata import normalize

from yishiting.methods.budgeting import pabulib_lines as lines
from yishiting.methods.budgeting.election import (
    APPROVAL,
    CHOOSE_ONE,
    CUMULATIVE,
    ORDINAL,
    SCORING,
    VOTE_TYPES,
    Ballot,
    Election,
    Project,
    natural,
    short,
)
from yishiting.methods.budgeting.pabulib_lines import BadLine, Row

#: How files say that there is no limit.
NO_LIMIT = ("none", "unlimited", "-", "inf")


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as read: the election, and what was odd in it without making it unusable."""

    election: Election
    remarks: tuple[str, ...]


def read(path: Path, *, voters: bool = False) -> Reading:
    """The election in a `.pb` file; with `voters` each ballot keeps the ids under which it was cast.

    Raises `BadLine` (line number and what is wrong). Personal columns of the votes (age, sex, …) are not kept.
    """
    text, remarks = lines.decoded(path.read_bytes())
    return parse(text, voters=voters, remarks=remarks)


def parse(text: str, *, voters: bool = False, remarks: tuple[str, ...] = ()) -> Reading:
    """The election in the text of a `.pb` file."""
    said = list(remarks)
    parts = lines.sections(text)
    meta = _meta(parts.meta)
    projects = _projects(parts.projects, parts.last_line)
    vote_type = _vote_type(meta, parts.votes_header, said)
    budget = _budget(meta, parts.last_line)
    ballots = _Box(projects, vote_type, meta, parts.votes_header, said, voters).ballots(parts.votes)
    election = Election(budget, tuple(projects.values()), ballots, vote_type, {k: v for k, (v, _) in meta.items()})
    said.extend(_miscounted(election))
    return Reading(election, tuple(said))


def _meta(rows: list[Row]) -> dict[str, tuple[str, int]]:
    """Key → value and line; the first row is only a heading where it says so."""
    meta: dict[str, tuple[str, int]] = {}
    for row in rows:
        key = row.cells[0].strip().lower()
        value = ";".join(row.cells[1:]).strip().rstrip(";").strip()
        if key in meta and meta[key][0] != value:
            raise BadLine(
                row.line, f"META 里 {key} 写了两次，第 {meta[key][1]} 行是“{meta[key][0]}”，这一行是“{value}”"
            )
        if key and key != "key":
            meta[key] = (value, row.line)
    return meta


def _budget(meta: Mapping[str, tuple[str, int]], last: int) -> Fraction:
    if "budget" not in meta:
        raise BadLine(last, "META 中没有 budget（预算）")
    value, line = meta["budget"]
    return lines.amount(value, line, "budget")


def _limit(meta: Mapping[str, tuple[str, int]], key: str) -> Fraction | None:
    """A limit the head of the file sets; None where it sets none."""
    value, line = meta.get(key, ("", 0))
    return lines.amount(value, line, key) if value and value.lower() not in NO_LIMIT else None


def _vote_type(meta: Mapping[str, tuple[str, int]], header: list[str], said: list[str]) -> str:
    value, line = meta.get("vote_type", ("", 0))
    wanted = value.strip().lower().replace("_", "-").replace("choose-one", CHOOSE_ONE)
    if wanted in VOTE_TYPES:
        return wanted
    if wanted:
        raise BadLine(line, f"不认识的投票方式“{value}”，应为 {'、'.join(VOTE_TYPES)} 之一")
    guess = CUMULATIVE if "points" in header else APPROVAL
    said.append(f"META 没有 vote_type，按 {guess} 计")
    return guess


def _projects(rows: list[Row], last: int) -> dict[str, Project]:
    if len(rows) < 1:
        raise BadLine(last, "没有 PROJECTS 部分或其中没有表头")
    header = [cell.strip().lower() for cell in rows[0].cells]
    if "cost" not in header:
        raise BadLine(rows[0].line, "PROJECTS 的表头没有 cost（费用）一列")
    key = header.index("project_id") if "project_id" in header else 0
    projects: dict[str, Project] = {}
    for row in rows[1:]:
        project = _project(row, header, key)
        if project.id in projects:
            raise BadLine(row.line, f"项目编号“{project.id}”重复")
        projects[project.id] = project
    return projects


def _project(row: Row, header: list[str], key: int) -> Project:
    cells = lines.aligned(row, header)
    name = cells[key].strip()
    if not name:
        raise BadLine(row.line, "项目没有编号")
    cost = lines.amount(cells[header.index("cost")], row.line, f"项目“{name}”的 cost")
    known = {column: cell.strip() for column, cell in zip(header, cells, strict=False) if column}
    extras = {k: v for k, v in known.items() if k not in ("cost", "name", header[key]) and v and v.lower() != "none"}
    return Project(name, cost, known.get("name", ""), extras)


class _Box:
    """The VOTES part, equal rows put together while reading."""

    def __init__(
        self,
        projects: Mapping[str, Project],
        vote_type: str,
        meta: Mapping[str, tuple[str, int]],
        header: list[str],
        said: list[str],
        voters: bool,
    ) -> None:
        self.ids = {name: name for name in projects}
        self.place = {name: place for place, name in enumerate(sorted(projects, key=natural))}
        self.vote_type = vote_type
        self.header = header
        self.said = said
        self.vote = header.index("vote") if "vote" in header else -1
        self.points = header.index("points") if "points" in header and vote_type != APPROVAL else -1
        self.keep = voters
        self.voter = header.index("voter_id") if "voter_id" in header else -1
        self.cast_on: dict[str, int] = {}
        self.longest = _limit(meta, "max_length") if vote_type != CHOOSE_ONE else Fraction(1)
        self.most = len(projects) if self.longest is None else int(self.longest)
        self.most_points = _limit(meta, "max_sum_points")
        self.repeated = 0

    def ballots(self, rows: Iterator[Row]) -> tuple[Ballot, ...]:
        """Equal ballots together, in the order of their first appearance."""
        raw: dict[tuple[str, str], list[int]] = {}
        names: dict[tuple[str, str], list[str]] = {}
        for row in rows:
            marks = self._marks(row)
            self._once_each(row)
            if (seen := raw.get(marks)) is None:
                raw[marks] = [row.line, 1]
            else:
                seen[1] += 1
            if self.keep:
                names.setdefault(marks, []).append(row.cells[0].strip())
        box = self._together(raw, names)
        if self.repeated:
            self.said.append(f"有 {self.repeated} 张选票重复写了同一项目，只计一次（分数相加）")
        return box

    def _marks(self, row: Row) -> tuple[str, str]:
        cells = row.cells
        if self.vote < 0:
            raise BadLine(row.line, "VOTES 的表头没有 vote 一列")
        if len(cells) <= self.vote:
            return ("", "")
        return cells[self.vote], cells[self.points] if 0 <= self.points < len(cells) else ""

    def _once_each(self, row: Row) -> None:
        """Nobody votes twice. Rows without an id cannot be told apart."""
        name = row.cells[self.voter].strip() if 0 <= self.voter < len(row.cells) else ""
        same = "".join(normalize("NFKC", name).split())
        if same and (before := self.cast_on.setdefault(same, row.line)) != row.line:
            raise BadLine(row.line, f"投票人“{name}”重复，第 {before} 行已有他的一票。一人一票，请核对后只留一张")

    def _together(
        self, raw: dict[tuple[str, str], list[int]], names: dict[tuple[str, str], list[str]]
    ) -> tuple[Ballot, ...]:
        found: dict[tuple[tuple[str, ...], tuple[Fraction, ...]], int] = {}
        voters: dict[tuple[tuple[str, ...], tuple[Fraction, ...]], list[str]] = {}
        for marks, (line, count) in raw.items():
            key = self._read(*marks, line, count)
            found[key] = found.get(key, 0) + count
            if self.keep:
                voters.setdefault(key, []).extend(names[marks])
        return tuple(Ballot(*key, count, tuple(voters.get(key, ()))) for key, count in found.items())

    def _read(self, vote: str, points: str, line: int, count: int) -> tuple[tuple[str, ...], tuple[Fraction, ...]]:
        choices = self._choices(vote, line)
        if self.longest is not None and len(set(choices)) > self.longest:
            raise BadLine(line, f"这张票选了 {len(set(choices))} 项，按规定最多选 {self.longest} 项")
        if self.points < 0 and self.vote_type in (CUMULATIVE, SCORING) and choices:
            raise BadLine(line, "VOTES 的表头没有 points（分数）一列")
        if self.vote_type in (APPROVAL, CHOOSE_ONE) or not choices:
            return tuple(sorted(self._once(choices, count), key=self.place.__getitem__)), ()
        if self.vote_type == ORDINAL:
            return self._ranked(choices, points, line, count)
        return self._summed(choices, self._scores(points, len(choices), line), count)

    def _choices(self, vote: str, line: int) -> list[str]:
        ids = self.ids
        found = [ids.get(part) or part.strip() for part in vote.split(",")]
        if unknown := [part for part in found if part and part not in ids]:
            if [part.lower() for part in found] == ["none"]:
                return []
            raise BadLine(line, f"选票写了不存在的项目“{unknown[0]}”")
        return [ids[part] for part in found if part]

    def _once(self, choices: list[str], count: int) -> tuple[str, ...]:
        once = tuple(dict.fromkeys(choices))
        self.repeated += count if len(once) != len(choices) else 0
        return once

    def _ranked(
        self, choices: list[str], points: str, line: int, count: int
    ) -> tuple[tuple[str, ...], tuple[Fraction, ...]]:
        """A ranking; its points are those written, else most for the first place (`max_length`) and one less each."""
        once = self._once(choices, count)
        if points.strip() and len(once) == len(choices):
            return once, tuple(self._scores(points, len(choices), line))
        return once, tuple(Fraction(max(self.most - place, 0)) for place in range(len(once)))

    def _scores(self, points: str, wanted: int, line: int) -> list[Fraction]:
        scores = [lines.amount(part, line, "points", negative=True) for part in points.split(",") if part.strip()]
        if len(scores) != wanted:
            raise BadLine(line, f"选了 {wanted} 个项目，却写了 {len(scores)} 个分数")
        if self.vote_type == CUMULATIVE and min(scores) < 0:
            raise BadLine(line, f"分数不能是负数：{points.strip()}")
        if self.most_points is not None and sum(scores) > self.most_points:
            raise BadLine(
                line, f"这张票共打 {short(sum(scores, Fraction(0)))} 分，按规定最多 {short(self.most_points)} 分"
            )
        return scores

    def _summed(
        self, choices: list[str], scores: list[Fraction], count: int
    ) -> tuple[tuple[str, ...], tuple[Fraction, ...]]:
        total: dict[str, Fraction] = {}
        for choice, score in zip(choices, scores, strict=True):
            total[choice] = total.get(choice, Fraction(0)) + score
        self.repeated += count if len(total) != len(choices) else 0
        ordered = sorted(total, key=self.place.__getitem__)
        return tuple(ordered), tuple(total[choice] for choice in ordered)


def _miscounted(election: Election) -> Iterator[str]:
    """Where the head of the file says another number of projects or votes than it holds."""
    held = {"num_projects": len(election.projects), "num_votes": election.voters + election.blank}
    for key, number in held.items():
        said = election.meta.get(key, "").strip()
        if said and said != str(number):
            yield f"META 写 {key} = {said}，文件中实有 {number}"
