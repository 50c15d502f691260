"""What goes into an opinion map and what comes out, with its JSON form."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Literal, NamedTuple

from yishiting.methods.exact import pair
from yishiting.methods.opinions.tallies import Side, Tally, compared, together

AGREE, PASS, DISAGREE = 1, 0, -1

Kind = Literal["own group", "stands apart", "dissent"]


class Vote(NamedTuple):
    """One person's answer to one statement: 1 agree, 0 pass, -1 disagree; `at` orders answers given twice."""

    person: str
    statement: str
    choice: int
    at: int = 0


@dataclass(frozen=True, slots=True)
class Consultation:
    """The votes of one consultation, in the order they came, and the statements moderation has set aside."""

    votes: tuple[Vote, ...]
    set_aside: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Options:
    """The numbers of the method; all of them are in the rule record of the result."""

    least_votes: int = 7
    base_clusters: int = 100
    most_groups: int = 5
    least_group: int = 5
    confidence: Fraction = Fraction(9, 10)
    over: Fraction = Fraction(1, 2)
    picks: int = 5
    clear: Fraction = Fraction(1, 4)

    def as_dict(self) -> dict[str, Any]:
        """The options as they stand in the rule record."""
        return {
            "least_votes": self.least_votes,
            "base_clusters": self.base_clusters,
            "most_groups": self.most_groups,
            "least_group": self.least_group,
            "confidence": str(self.confidence),
            "over": str(self.over),
            "picks": self.picks,
            "clear": str(self.clear),
        }


@dataclass(frozen=True, slots=True)
class Person:
    """Where one person stands; `group` is None for people with too few votes to be placed in one."""

    id: str
    x: float
    y: float
    votes: int
    group: str | None

    def as_dict(self) -> dict[str, Any]:
        """For the record of a consultation whose people have agreed to be listed."""
        return {"id": self.id, "x": self.x, "y": self.y, "votes": self.votes, "group": self.group}


@dataclass(frozen=True, slots=True)
class Point:
    """One dot of the picture: people who stand so close together that they are drawn as one."""

    x: float
    y: float
    people: int
    group: str

    def as_dict(self) -> dict[str, Any]:
        """Without names: this is what may be published."""
        return {"x": self.x, "y": self.y, "people": self.people, "group": self.group}


@dataclass(frozen=True, slots=True)
class Representative:
    """A statement a group stands for: the side it takes, how surely, and how much more than the others."""

    statement: str
    side: Side
    count: int
    seen: int
    share: Fraction
    share_test: float
    ratio: Fraction
    ratio_test: float
    best_agree: bool = False

    def as_dict(self) -> dict[str, Any]:
        """Exact shares beside their decimals; tests are z values."""
        return {
            "statement": self.statement,
            "side": self.side,
            "count": self.count,
            "seen": self.seen,
            "share": pair(self.share),
            "share_test": self.share_test,
            "ratio": pair(self.ratio),
            "ratio_test": self.ratio_test,
            "best_agree": self.best_agree,
        }


@dataclass(frozen=True, slots=True)
class Group:
    """People who answer alike: name, size, centre, and the statements that tell them from the others."""

    id: str
    name: str
    people: int
    x: float
    y: float
    representative: tuple[Representative, ...]

    def as_dict(self) -> dict[str, Any]:
        """A group without its members' names."""
        return {
            "id": self.id,
            "name": self.name,
            "people": self.people,
            "x": self.x,
            "y": self.y,
            "representative": [row.as_dict() for row in self.representative],
        }


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One statement: the answers of all, the answers of each group, and the consensus across the groups."""

    id: str
    set_aside: bool
    everybody: Tally
    groups: Mapping[str, Tally]
    consensus_agree: Fraction
    consensus_disagree: Fraction

    def as_dict(self) -> dict[str, Any]:
        """Counts are published for every statement, those set aside included, with all figures of every group."""
        grouped = together(self.groups.values())
        return {
            "id": self.id,
            "set_aside": self.set_aside,
            "everybody": self.everybody.as_dict(),
            "groups": {name: compared(tally, grouped.minus(tally)) for name, tally in self.groups.items()},
            "consensus_agree": pair(self.consensus_agree),
            "consensus_disagree": pair(self.consensus_disagree),
        }


@dataclass(frozen=True, slots=True)
class Shared:
    """A statement most people take the same side on; `against` is never left out."""

    statement: str
    side: Side
    count: int
    against: int
    seen: int
    share: Fraction
    share_test: float
    consensus: Fraction

    def as_dict(self) -> dict[str, Any]:
        """The side, the count for it, the count against it."""
        return {
            "statement": self.statement,
            "side": self.side,
            "count": self.count,
            "against": self.against,
            "seen": self.seen,
            "share": pair(self.share),
            "share_test": self.share_test,
            "consensus": pair(self.consensus),
        }


@dataclass(frozen=True, slots=True)
class Difference:
    """A statement on which one group is for and another against; `distance` is between their shares of agreement."""

    statement: str
    agreeing: tuple[str, ...]
    disagreeing: tuple[str, ...]
    distance: Fraction

    def as_dict(self) -> dict[str, Any]:
        """The groups over half for, the groups over half against."""
        return {
            "statement": self.statement,
            "agreeing": list(self.agreeing),
            "disagreeing": list(self.disagreeing),
            "distance": pair(self.distance),
        }


@dataclass(frozen=True, slots=True)
class MinorityView:
    """What the few say: a smaller group's view, or, where there is one group only, the voices against."""

    statement: str
    side: Side
    group: str | None
    count: int
    seen: int
    kind: Kind

    def as_dict(self) -> dict[str, Any]:
        """`kind` says why it is listed."""
        return {
            "statement": self.statement,
            "side": self.side,
            "group": self.group,
            "count": self.count,
            "seen": self.seen,
            "kind": self.kind,
        }


@dataclass(frozen=True, slots=True)
class OpinionMap:
    """The whole result; everything needed to compute it again is in `rule`."""

    rule: Mapping[str, Any]
    votes: int
    replaced: int
    people: tuple[Person, ...]
    points: tuple[Point, ...]
    groups: tuple[Group, ...]
    silhouettes: Mapping[int, float]
    clearly_apart: bool
    statements: tuple[StatementRow, ...]
    consensus: Mapping[Side, tuple[Shared, ...]]
    common_ground: tuple[Shared, ...]
    differences: tuple[Difference, ...]
    minority_views: tuple[MinorityView, ...]
    given_groups: bool = field(default=False)
    #: People who stand so far from everybody that fewer than `least_group` stand with them: in no group, not drawn.
    apart: int = field(default=0)

    def as_dict(self, *, people: bool = True) -> dict[str, Any]:
        """The stable JSON; without `people` it names nobody and may be published."""
        result: dict[str, Any] = {
            "rule": dict(self.rule),
            "votes": self.votes,
            "replaced_votes": self.replaced,
            "people_voting": len(self.people),
            "people_grouped": sum(group.people for group in self.groups),
            "people_apart": self.apart,
            "given_groups": self.given_groups,
            "groups": [group.as_dict() for group in self.groups],
            "silhouettes": {str(count): value for count, value in self.silhouettes.items()},
            "clearly_apart": self.clearly_apart,
            "common_ground": [row.as_dict() for row in self.common_ground],
            "consensus": {side: [row.as_dict() for row in rows] for side, rows in self.consensus.items()},
            "differences": [row.as_dict() for row in self.differences],
            "minority_views": [row.as_dict() for row in self.minority_views],
            "statements": [row.as_dict() for row in self.statements],
            "points": [point.as_dict() for point in self.points],
        }
        if people:
            result["people"] = [person.as_dict() for person in self.people]
        return result
