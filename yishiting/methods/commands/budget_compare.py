"""`yishiting methods budget-compare FILE.pb --one greedy --other mes+add1`: who is better off under which outcome."""

import argparse
from fractions import Fraction
from pathlib import Path
from typing import Any

from yishiting.methods import budgeting
from yishiting.methods.budgeting.comparing import Side
from yishiting.methods.commands.main import BadFile, separated, show
from yishiting.methods.exact import decimal, percent
from yishiting.methods.numbers import number

#: Instead of a rule: the winners the file marks.
DECLARED = "declared"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    add = parser.add_argument
    says = "RULE, RULE+COMPLETION, declared (what the file marks), or ids: 1,4,7 规则或入选编号"
    add("file", type=Path, metavar="FILE.pb", help="an election in Pabulib format 选举文件")
    add("--one", required=True, metavar="OUTCOME", help=says)
    add("--other", required=True, metavar="OUTCOME", help=says)
    add("--measure", choices=budgeting.MEASURES, default="cost", help="what satisfaction counts 满意度")
    add("--minimum", default="0", metavar="N", help="fewest votes a winner needs, where a rule is named 最低票数")


def run(args: argparse.Namespace) -> int:
    """Count both, compare ballot by ballot."""
    election = budgeting.read(args.file).election
    one, other = (_winners(election, said, args) for said in (args.one, args.other))
    found = budgeting.compare_outcomes(election, one, other, measure=args.measure)
    result = {"named": {"one": args.one, "other": args.other}} | found.as_dict()
    show(result, as_json=args.json, text=_text(found, args.one, args.other))
    return 0


def _winners(election: budgeting.Election, said: str, args: argparse.Namespace) -> tuple[str, ...]:
    """The winners of a rule, those the file marks, or those listed."""
    name, _, completion = said.partition("+")
    if name in budgeting.RULES:
        satisfaction = args.measure if name == "mes" else "cost"
        rule = budgeting.Rule(name, completion or "none", satisfaction, number(args.minimum, what="最低票数"))
        return budgeting.choose(election, rule).winners
    if said == DECLARED:
        marked = tuple(project.id for project in election.projects if project.extras.get("selected") == "1")
        if not marked:
            raise BadFile("文件没有标明入选项目（selected 一列）。")
        return marked
    return tuple(separated(said))


def _text(found: budgeting.BudgetComparison, one: str, other: str) -> str:
    """The comparison in sentences."""
    lines = [_side(f"甲（{one}）", found.one, found), _side(f"乙（{other}）", found.other, found)]
    lines.append(
        f"{found.voters} 张票里：甲方案更好的 {_of(found.better_one, found)}，乙方案更好的 {_of(found.better_other, found)}，"
        f"一样的 {_of(found.equal, found)}；两个方案下都一无所得的 {_of(found.nothing_under_both, found)}。"
    )
    shown: dict[str, Any] = found.as_dict()
    lines += [f"只在甲入选：{'、'.join(shown['only_one'])}。"] if shown["only_one"] else []
    lines += [f"只在乙入选：{'、'.join(shown['only_other'])}。"] if shown["only_other"] else []
    for column, values in shown["spending"].items():
        lines.append(
            f"按 {column}：" + "；".join(f"{value} 甲 {mine}、乙 {its}" for value, (mine, its) in values.items()) + "。"
        )
    return "\n".join(lines)


def _side(name: str, side: Side, found: budgeting.BudgetComparison) -> str:
    return (
        f"{name}：入选 {len(side.winners)} 项，费用 {decimal(side.cost)}；每票平均所得 {decimal(side.mean)}；"
        f"一无所得的 {_of(side.with_nothing, found)}。"
    )


def _of(ballots: int, found: budgeting.BudgetComparison) -> str:
    share = percent(Fraction(ballots, found.voters), 1) if found.voters else "0%"
    return f"{ballots} 张（{share}）"
