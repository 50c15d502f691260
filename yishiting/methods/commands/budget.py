"""`yishiting methods budget FILE.pb`: which projects win, and why the others do not."""

import argparse
import sys
import time
from collections.abc import Callable, Iterable
from fractions import Fraction
from pathlib import Path
from typing import Any, TextIO

from yishiting.methods import budgeting
from yishiting.methods.budgeting.declared import declared, rule_of, stated_minimum
from yishiting.methods.budgeting.rule import THRESHOLD
from yishiting.methods.commands.budget_check import write_certificate
from yishiting.methods.commands.main import BadFile, drawn, separated, show, whole_file
from yishiting.methods.errors import Unusable
from yishiting.methods.numbers import number

#: Seconds of work before the first word on stderr; between words on a terminal, and where each stays as a line.
QUIET, PAUSE, LONG_PAUSE = 2.0, 0.5, 10.0
#: Back to the beginning of the line, which is emptied.
RENEW = "\r\x1b[K"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    add = parser.add_argument
    add("file", type=Path, metavar="FILE.pb", help="an election in Pabulib format 选举文件")
    add("--rule", choices=budgeting.RULES, help="the rule; without it the rule and minimum the file declares 规则")
    add("--completion", choices=budgeting.COMPLETIONS, default="none", help="what follows equal shares 补足方式")
    add("--satisfaction", choices=budgeting.MEASURES, default="cost", help="what equal shares counts 满意度")
    add("--minimum", type=_amount, metavar="N", help="fewest votes (points) a winner needs 最低票数")
    add("--conflict", action="append", default=[], metavar="ID,ID", help="at most one of these may win 互斥项目")
    add("--lot", default="", metavar="ID,ID,…", help="the order in which a public lot drew the projects 抽签次序")
    add("--increment", type=_amount, default=Fraction(1), metavar="N", help="the step of Add1 per ballot 每票增额")
    add("--explain", action="store_true", help="reasons, checked counterfactuals, every ballot 逐项说明")
    add("--certificate", type=Path, metavar="OUT.json", help="write a proof of proportionality 写出比例性证明")
    add("--only", action="append", default=[], metavar="ID", help="explain only this project 只说明此项目")


def run(args: argparse.Namespace) -> int:
    """Count the file and print the result."""
    progress, done = patient(sys.stderr)
    try:
        with whole_file():
            election, result = _counted(args, progress)
    finally:
        done()
    show(result, as_json=args.json, text=_text(election, result))
    return 0


def _counted(args: argparse.Namespace, progress: Callable[[str], None]) -> tuple[budgeting.Election, dict[str, Any]]:
    """The election in the file and its result."""
    reading = budgeting.read(args.file, voters=args.explain)
    rule, remarks = _rule(args, reading.election)
    counting = budgeting.Counting(reading.election, rule, progress)
    outcome = counting.outcome()
    result = outcome.as_dict() | {"declared": declared(counting, outcome)}
    result["remarks"] = [*reading.remarks, *remarks, *_unwanted(counting, outcome)]
    if args.explain or args.only:
        result["remarks"] += ["按分数计的均等份额法还不能逐项说明落选原因"] if counting.by_points else []
        result |= _explained(counting, outcome, args.only, progress)
    if args.certificate:
        write_certificate(args.certificate, args.file, counting, outcome)
    return reading.election, result


def _rule(args: argparse.Namespace, election: budgeting.Election) -> tuple[budgeting.Rule, list[str]]:
    """The rule asked for, or the one the file declares."""
    name, completion, minimum = args.rule, args.completion, args.minimum
    remarks: list[str] = []
    stated = stated_minimum(election)
    if name is None:
        name, completion, remarks = rule_of(election, completion)
        minimum = stated if minimum is None else minimum
    if name == THRESHOLD and minimum is None:
        minimum = stated
    if stated and not minimum:
        remarks = [*remarks, f"文件写有最低票数 {stated}，所选规则没有采用（--minimum {stated} 可采用）"]
    conflicts = tuple(tuple(separated(group)) for group in args.conflict)
    _all_known(election, "--conflict", (name for group in conflicts for name in group))
    lot = drawn(args.lot, [project.id for project in election.projects])
    options = {"conflicts": conflicts, "lot": lot, "increment": args.increment}
    return budgeting.Rule(name, completion, args.satisfaction, minimum or Fraction(0), **options), remarks


def _all_known(election: budgeting.Election, word: str, names: Iterable[str]) -> None:
    """Projects named on the command line are in the file."""
    known = {project.id for project in election.projects}
    for name in names:
        if name not in known:
            raise BadFile(f"{word}：没有编号为“{name}”的项目。")


def _unwanted(counting: budgeting.Counting, outcome: budgeting.Outcome) -> list[str]:
    """Greedy rules also buy what nobody chose."""
    tally = counting.tally
    unwanted = [name for name in outcome.winners if not tally.votes[tally.number[name]]]
    return [f"入选项目中 {'、'.join(unwanted)} 没有人选（--minimum 1 可排除）"] if unwanted else []


def _explained(
    counting: budgeting.Counting, outcome: budgeting.Outcome, only: list[str], progress: Callable[[str], None]
) -> dict[str, Any]:
    _all_known(counting.election, "--only", only)
    losses = [] if counting.by_points else budgeting.losses(counting, outcome, only, progress)
    found: dict[str, Any] = {"losing": [loss.as_dict() for loss in losses]}
    if not only:
        found["shares"] = [share.as_dict() for share in budgeting.shares(counting, outcome)]
        found["ballots"] = [account.as_dict() for account in budgeting.accounts(counting, outcome)]
    return found


def _text(election: budgeting.Election, result: dict[str, Any]) -> str:
    """The result in sentences."""
    names = {project.id: project.name for project in election.projects}
    said = [
        f"规则 {result['rule']['name']}，预算 {result['budget']}，有效票 {result['voters']}，空白票 {result['blank']}"
    ]
    said += [f"注意：{remark}" for remark in result["remarks"]]
    said += [f"入选 {len(result['winners'])} 项，共 {result['cost']}，余 {result['remaining']}："]
    said += [f"{p['round']:>4}  {p['project']}  {p['cost']}  {names[p['project']]}" for p in result["purchases"]]
    said += [
        f"同等：{'、'.join(tie['projects'])}，先后依次按 {'、'.join(tie['settled_by'])} 定" for tie in result["ties"]
    ]
    if result["declared"]["selected"]:
        said.append("与文件所列结果" + ("一致" if result["declared"]["same"] else "不一致"))
    for loss in result.get("losing", []):
        said.append(f"落选 {loss['project']}  {loss['name']}：{loss['reason']['sentence']}{_what_if(loss)}")
    return "\n".join(said)


def _what_if(loss: dict[str, Any]) -> str:
    what = loss["counterfactual"]
    votes, cost = what["more_votes"], what["cost_at_most"]
    said = [f"再多 {votes} 票"] if votes is not None else []
    said += [f"费用不超过 {cost}"] if cost is not None else []
    return f"如果{'，或'.join(said)}，就会入选（已复算）。" if said else "多得票或降低费用都不能使它入选（已复算）。"


def _amount(text: str) -> Fraction:
    try:
        return number(text)
    except Unusable as problem:
        raise argparse.ArgumentTypeError(problem.chinese) from None


def patient(stream: TextIO) -> tuple[Callable[[str], None], Callable[[], None]]:
    """What says how far the work is, once it takes a while, and what clears that away.

    On a terminal it is one line that renews itself; elsewhere a line now and then.
    """
    renewed = stream.isatty()
    following = time.monotonic() + QUIET
    said = False

    def say(sentence: str) -> None:
        nonlocal following, said
        if time.monotonic() >= following:
            print(f"{RENEW}{sentence}" if renewed else sentence, end="" if renewed else "\n", file=stream, flush=True)
            following, said = time.monotonic() + (PAUSE if renewed else LONG_PAUSE), True

    def done() -> None:
        if said and renewed:
            print(RENEW, end="", file=stream, flush=True)

    return say, done
