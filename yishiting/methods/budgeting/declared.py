"""What a Pabulib file itself declares: its rule, its winners, its votes; and whether a count agrees."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from yishiting.methods.budgeting.rule import (
    ADD_ONE,
    ADD_ONE_EXHAUSTIVE,
    EQUAL_SHARES,
    GREEDY,
    NO_COMPLETION,
    NO_SKIP,
    PHRAGMEN,
    RULES,
    THRESHOLD,
)
from yishiting.methods.errors import Unusable
from yishiting.methods.numbers import number

if TYPE_CHECKING:
    from yishiting.methods.budgeting.counting import Counting
    from yishiting.methods.budgeting.election import Election
    from yishiting.methods.budgeting.outcome import Outcome

#: Names of rules in real files → (our rule, completion, what is not known from the file).
IN_FILES = {
    GREEDY: (GREEDY, NO_COMPLETION, ""),
    NO_SKIP: (NO_SKIP, NO_COMPLETION, ""),
    THRESHOLD: (THRESHOLD, NO_COMPLETION, ""),
    "greedy-exclusive": (GREEDY, NO_COMPLETION, "文件没有写明哪些项目互斥，请用 --conflict 给出"),
    "greedy-custom": (NO_SKIP, NO_COMPLETION, "文件用的是当地自定的规则，按“放不下即止”计"),
    "equalshares": (EQUAL_SHARES, NO_COMPLETION, ""),
    "equalshares/add1": (EQUAL_SHARES, ADD_ONE, ""),
    "equalshares/add1-exhaustive": (EQUAL_SHARES, ADD_ONE_EXHAUSTIVE, ""),
    EQUAL_SHARES: (EQUAL_SHARES, NO_COMPLETION, ""),
    PHRAGMEN: (PHRAGMEN, NO_COMPLETION, ""),
}


def rule_of(election: Election, completion: str) -> tuple[str, str, list[str]]:
    """The rule the file declares, its completion, and remarks. Raises `Unusable` where it declares none we know."""
    said = election.meta.get("rule", "").strip().lower()
    if said not in IN_FILES:
        raise Unusable(
            f"文件的规则是“{said or '未写'}”，请用 --rule 指定 {'、'.join(RULES)} 之一",
            f"the file declares the rule {said!r}; choose one with --rule",
        )
    name, own, remark = IN_FILES[said]
    if name == THRESHOLD and not stated_minimum(election):
        name, remark = GREEDY, "文件的规则有最低票数，却没有写明是多少"
    return name, own if completion == NO_COMPLETION else completion, [remark] if remark else []


def stated_minimum(election: Election) -> Fraction:
    """The minimum of votes (points) the file states; 0 where it states none, or nothing that is a number."""
    try:
        return number(election.meta.get("min_project_score_threshold", ""))
    except Unusable:
        return Fraction(0)


def declared(counting: Counting, outcome: Outcome) -> dict[str, Any]:
    """The winners the file lists (`selected` = 1), whether they are the same, and projects counted otherwise.

    `otherwise`: projects with a mark above 1, which cities give to those funded by other means. `miscounted`: projects
    whose declared votes or score differ from the ballots in the file.
    """
    marks = {project.id: project.extras.get("selected", "") for project in counting.election.projects}
    selected = [name for name, mark in marks.items() if mark == "1"]
    return {
        "selected": selected,
        "same": set(selected) == set(outcome.winners) if any(marks.values()) else None,
        "otherwise": [name for name, mark in marks.items() if mark not in ("", "0", "1")],
        "miscounted": _miscounted(counting),
    }


def _miscounted(counting: Counting) -> list[str]:
    tally = counting.tally
    found = []
    for at, project in enumerate(counting.election.projects):
        counted = {"votes": Fraction(tally.votes[at]), "score": tally.score[at]}
        if any(_differs(project.extras.get(key, ""), count) for key, count in counted.items()):
            found.append(project.id)
    return found


def _differs(said: str, counted: Fraction) -> bool:
    try:
        return bool(said.strip()) and number(said) != counted
    except Unusable:
        return True
