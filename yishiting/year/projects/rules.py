"""What a plan must say, how progress is judged, when work is accepted."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from yishiting.ground.common.days import chinese
from yishiting.methods.workdays import Holidays, workdays_between

FULL = 100


@dataclass(frozen=True, slots=True)
class Plan:
    """One project, one plan. Costs in fen."""

    content: str = ""
    responsible_name: str = ""
    starts_on: date | None = None
    deadline: date | None = None
    completion_standard: str = ""
    maintenance_owner: str = ""
    maintenance_yearly_cost: int | None = None
    planned_cost: int | None = None
    cost_source: str = ""


MUST_SAY = (
    ("content", "项目内容"),
    ("responsible_name", "责任人"),
    ("deadline", "完成时限"),
    ("completion_standard", "完成标准"),
    ("maintenance_owner", "后期维护责任人"),
    ("maintenance_yearly_cost", "每年维护费用（没有费用填0）"),
    ("planned_cost", "计划费用（没有费用填0）"),
)


def missing(plan: Plan) -> list[tuple[str, str]]:
    """What a plan still lacks: field and name. A cost of nothing is said by 0, not left out."""
    return [(name, label) for name, label in MUST_SAY if getattr(plan, name) in (None, "")]


def wrong_dates(plan: Plan, today: date) -> tuple[str, str] | None:
    """The field at fault and the sentence, when the dates cannot be."""
    if plan.deadline and plan.deadline < today:
        return "deadline", f"完成时限{chinese(plan.deadline, 'plain')}已经过去，请改为今天以后的日期。"
    if plan.starts_on and plan.deadline and plan.starts_on > plan.deadline:
        return "starts_on", "计划开工不能晚于完成时限，请核对两个日期。"
    return None


@dataclass(frozen=True, slots=True)
class Pace:
    """How a project stands on a day: working days left (negative when late), and whether it is due soon, stalled, late."""

    left: int
    due_soon: bool
    stalled: bool
    late: bool


def pace(deadline: date, last_heard: date, today: date, holidays: Holidays, *, soon: int, stalled: int) -> Pace:
    """Judge the pace in working days: late after the deadline, due soon within `soon`, stalled without news for `stalled`."""
    late = today > deadline
    left = -workdays_between(deadline, today, holidays) if late else workdays_between(today, deadline, holidays)
    silent = workdays_between(last_heard, today, holidays) if last_heard < today else 0
    return Pace(left=left, due_soon=not late and left <= soon, stalled=silent >= stalled, late=late)


#: What the file of an acceptance sheet is for.
SHEET = "acceptance_sheet"


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What the supervision group's signatures amount to."""

    accepted: bool
    sentence: str
    signed: int
    say_met: int


#: By the rule's name: whether so many of those who signed are enough.
ENOUGH: Mapping[str, Callable[[int, int], bool]] = {
    "over_half_of_signed": lambda yes, signed: 2 * yes > signed,
    "two_thirds_of_signed": lambda yes, signed: 3 * yes >= 2 * signed,
    "all_signed": lambda yes, signed: yes == signed,
}


def accept(
    signatures: Sequence[bool], members: int, open_findings: int, *, least: int = 1, by: str = "over_half_of_signed"
) -> Acceptance | str:
    """Accepted when every member has signed, enough say the standard is met and no finding is open.

    `members` are those who serve and those who signed before leaving; there are at least `least` of them, or nothing
    is concluded. `by` names the rule of `ENOUGH`. Gives the sentence why it cannot be concluded yet.
    """
    if members < least:
        return f"监督小组在任的和离任前签过字的只有{members}人，少于规定的{least}人。请先“组成监督小组”，增补代表后再验收。"
    if len(signatures) < members:
        return f"监督小组{members}人，还有{members - len(signatures)}人没有签字。"
    if open_findings:
        return f"还有{open_findings}条监督意见没有确认整改，确认后再验收。"
    yes = sum(signatures)
    says = f"监督小组{members}人签字，{yes}人认为达到标准，{members - yes}人认为没有达到"
    return Acceptance(accepted=ENOUGH[by](yes, members), sentence=says, signed=members, say_met=yes)


#: How a proposal is called when it is said what it proposes.
PROPOSING = re.compile(r"关于(.{2,}?)的?(?:建议案|建议|提案|议案)|(.{2,}?)的(?:建议案|建议|提案|议案)")


def name_of(proposed: str) -> str:
    """A project's own name, from the title of the proposal: 关于加装路灯的建议案 → 加装路灯."""
    bare = proposed.strip().removesuffix("。")
    found = PROPOSING.fullmatch(bare)
    return found[1] or found[2] if found else bare.removeprefix("关于") or proposed
