"""What a rule is: its name for people, its usual value, where it comes from, and what it may be set to."""

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field
from typing import Any

from yishiting.methods.satisfaction import Formula
from yishiting.methods.score_sheets import Aggregation
from yishiting.methods.votes import VoteBase

CASE = "朝阳区党政群共商共治案例"
ELECTION = "北京市居民委员会选举办法"
USAGE = "基层通行做法，由区里确认"
#: The sectors of the composition; `IdentityKind` has their names.
SECTORS = (
    "two_committees_one_station", "party_delegate", "peoples_deputy", "cppcc_member", "resident", "owners_committee",
    "resident_unit", "social_organisation", "migrant_resident", "invited_member",
)  # fmt: skip
SECTORS_OF_A_SUBDISTRICT = tuple(
    one for one in SECTORS if one not in ("two_committees_one_station", "owners_committee")
)
SECTORS_OF_THE_DISTRICT = (
    "two_committees_one_station", "peoples_deputy", "cppcc_member", "resident", "invited_member",
)  # fmt: skip
WHO_COMES_TO_THE_DISTRICT = (
    "参会范围包括提出建议的群众代表、人大代表、政协委员、街乡和社区（村）干部代表、专家学者、相关政府部门、相关区领导等"
)
MAJORITIES = tuple(f"{share}_of_{base}" for share in ("over_half", "two_thirds") for base in VoteBase)
AGGREGATIONS = tuple(Aggregation)
FORMULAS = ("satisfied_and_mostly_of_valid", *Formula)


@dataclass(frozen=True, slots=True)
class AtLevel:
    """What is usual at one level, with its own sentence and source where it has them."""

    value: Any
    sentence: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class RuleKind:
    """One rule: its name for people, its usual value, where it comes from. Shares are texts like "1/2".

    `among`: the names its value, or each of a list, may have. `least`: the smallest number that makes sense.
    `by_level`: the levels differ; each has a value of its own. Levels that are not named go by the rule itself.
    """

    key: str
    label: str
    value: Any
    sentence: str
    source: str
    unit: str = ""
    _: KW_ONLY
    among: tuple[str, ...] = ()
    least: int = 1
    by_level: Mapping[str, AtLevel] = field(default_factory=dict)

    def at(self, level: str) -> AtLevel:
        """What is usual at a level, from where."""
        own = self.by_level.get(level, AtLevel(self.value))
        return AtLevel(own.value, own.sentence or self.sentence, own.source or self.source)
