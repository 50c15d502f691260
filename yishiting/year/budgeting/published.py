"""The result in words and as a table: winners in the order they were taken in, and for every other option why not."""

import json
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.ground.common.money import FEN
from yishiting.methods.budgeting import Counting, choose, compare_outcomes
from yishiting.methods.budgeting.certificate import certificate
from yishiting.year.budgeting.models import BudgetOption, BudgetVote
from yishiting.year.budgeting.queries import election, file_hash, options_of
from yishiting.year.budgeting.rules import because, rule_of, would_have_won, yuan_text

RULE_NAMES = {
    "greedy": gettext_lazy("按得票从多到少依次列入，钱不够的跳过，接着看下一项"),
    "greedy-threshold": gettext_lazy("按得票从多到少依次列入，钱不够的跳过；不到最低得票的不列入"),
    "greedy-no-skip": gettext_lazy("按得票从多到少依次列入，遇到钱不够的就停"),
    "mes": gettext_lazy("均等份额法：每张选票分到同样多的钱，支持的人凑得出费用的项目列入"),
    "phragmen": gettext_lazy("均衡负担法：让选票的负担尽量平均，依次列入"),
}


@dataclass(frozen=True, slots=True)
class Won:
    """One option taken in: which in order, and how much money was left after it; amounts in fen."""

    nth: int
    option: BudgetOption
    votes: int
    left: int


@dataclass(frozen=True, slots=True)
class Lost:
    """One option not taken in: why, and what would have changed it."""

    option: BudgetOption
    votes: int
    why: str
    otherwise: str


def winners(vote: BudgetVote, options: list[BudgetOption]) -> list[Won]:
    """The options taken in, in order of purchase."""
    by_id = {str(one.number): one for one in options}
    return [
        Won(row["round"], by_id[row["project"]], vote.result["votes"][row["project"]], _fen(row["remaining"]))
        for row in vote.result["purchases"]
    ]


def losers(vote: BudgetVote, options: list[BudgetOption]) -> list[Lost]:
    """The options not taken in, most votes first, each with its reason."""
    by_id = {str(one.number): one for one in options}
    names = {str(one.number): one.title for one in options}
    rows = [
        Lost(by_id[row["project"]], row["votes"], because(row["reason"], names), would_have_won(row["counterfactual"]))
        for row in vote.result["losing"]
    ]
    return sorted(rows, key=lambda row: (-row.votes, row.option.number))


def ties(vote: BudgetVote, options: list[BudgetOption]) -> list[str]:
    """Every tie met, with what settled it, in a sentence."""
    names = {str(one.number): one.title for one in options}
    how = {"cost": _("费用少的在先"), "votes": _("得票多的在先"), "lot": _("抽签定先后"), "id": _("等待抽签")}
    return [
        _("%(names)s得票相同：%(how)s。")
        % {
            "names": "、".join(f"“{names[one]}”" for one in tie["projects"]),
            "how": "，".join(dict.fromkeys(str(how[by]) for by in tie["settled_by"])),
        }
        for tie in vote.result["ties"]
    ]


def spent(vote: BudgetVote) -> int:
    """What the winners cost together, in fen."""
    return _fen(vote.result["cost"])


def left(vote: BudgetVote) -> int:
    """What is left, in fen."""
    return _fen(vote.result["remaining"])


def overridden(vote: BudgetVote, options: list[BudgetOption]) -> list[BudgetOption]:
    """The options decided instead of the result, if there was an override."""
    chosen = set(vote.override.get("winners", []))
    return [one for one in options if one.number in chosen]


@dataclass(frozen=True, slots=True)
class Beside:
    """The result beside that of another rule: whom it would have served better, and who has nothing under either."""

    other: str
    same: bool
    better_here: int
    better_there: int
    equal: int
    nothing_here: int
    nothing_there: int


def beside(vote: BudgetVote, options: list[BudgetOption]) -> Beside:
    """What the same ballots give under the other way of counting: by votes, or by equal shares filled up by votes."""
    found = election(vote)
    name = "greedy" if vote.rule["name"] == "mes" else "mes"
    rule = replace(rule_of(vote.rule, vote.conflicts), name=name, completion="greedy" if name == "mes" else "none")
    there = choose(found, rule).winners
    compared = compare_outcomes(found, vote.result["winners"], there)
    titles = {str(one.number): one.title for one in options}
    return Beside(
        "、".join(titles[number] for number in there),
        set(there) == set(vote.result["winners"]),
        compared.better_one,
        compared.better_other,
        compared.equal,
        compared.one.with_nothing,
        compared.other.with_nothing,
    )


def proof(vote: BudgetVote, text: str) -> str:
    """The certificate of proportionality for the file of a counted vote, as JSON anyone checks."""
    order = vote.result.get("rule", {}).get("lot", [])
    counting = Counting(election(vote), rule_of(vote.rule, vote.conflicts, order))
    made = certificate(counting, counting.outcome(), sha256=file_hash(text))
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def rule_words(vote: BudgetVote) -> str:
    """The rule in a sentence."""
    minimum = vote.rule["minimum"]
    least = _("；至少%(n)s票") % {"n": minimum} if minimum else ""
    return f"{RULE_NAMES[vote.rule['name']]}{least}"


def result_table(vote: BudgetVote) -> dict[str, Any]:
    """Columns and rows of the published table: first what was taken in, then the rest with the reason."""
    options = options_of(vote)
    rows = [
        [str(one.option.number), one.option.title, _yuan(one.option.cost), str(one.votes), _("入选"),
         _("第%(n)s项，之后还剩%(left)s") % {"n": one.nth, "left": _yuan(one.left)}]
        for one in winners(vote, options)
    ]  # fmt: skip
    rows += [
        [str(one.option.number), one.option.title, _yuan(one.option.cost), str(one.votes), _("未入选"), one.why]
        for one in losers(vote, options)
    ]
    return {"columns": [_("编号"), _("项目"), _("费用"), _("得票"), _("结果"), _("说明")], "rows": rows}


def _fen(amount: int | float | str) -> int:
    return int(Fraction(str(amount)) * FEN)


def _yuan(fen: int) -> str:
    return yuan_text(Fraction(fen, FEN))
