"""`yishiting methods vote FILE.json`: whether a motion is carried, from the count or from an open roll call."""

import argparse
from collections import Counter
from enum import StrEnum

from yishiting.methods.commands.json_file import Record, distinct, read_json
from yishiting.methods.commands.main import show
from yishiting.methods.votes import VoteBase, VoteCount, VoteRule, decide


class Choice(StrEnum):
    """What stands beside a member's name in a roll call."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"
    SILENT = "silent"
    ABSENT = "absent"
    RECUSED = "recused"
    RECUSED_ABSENT = "recused_absent"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    parser.add_argument("file", help="rule, and count or roll, see docs/methods/votes.md 规则与票数")


def run(args: argparse.Namespace) -> int:
    """Judge the vote; what follows from it is in the result, not in the exit code."""
    file = read_json(args.file).only("title", "rule", "count", "roll")
    rule = _rule(file.get("rule"))
    if file.has("roll") and file.has("count"):
        raise file.get("count").bad("已经有 roll（逐人名单），不能再有 count")
    where = file.get("roll" if file.has("roll") else "count")
    count = _from_roll(list(where.items())) if file.has("roll") else _count(where)
    with where.blamed():
        result = decide(count, rule)
    show(result.as_dict(), as_json=args.json, text=result.sentence)
    return 0


def _rule(one: Record) -> VoteRule:
    one.only("share", "over", "base", "quorum", "quorum_over", "recused_in_quorum")
    return VoteRule(
        one.share("share"),
        one.yes("over", True),
        one.choice("base", VoteBase),
        one.share("quorum"),
        one.yes("quorum_over", True),
        one.yes("recused_in_quorum", True),
    )


def _count(one: Record) -> VoteCount:
    names = ("members", "present", "in_favour", "against", "abstained", "recused_present", "recused_absent")
    one.only(*names)
    return VoteCount(*(one.whole(name) for name in names[:4]), *(one.whole(name, 0) for name in names[4:]))


def _from_roll(rows: list[Record]) -> VoteCount:
    """The count of a roll call: one row a member."""
    said = Counter(row.only("name", "choice").choice("choice", Choice) for row in distinct(rows, _name))
    absent = said[Choice.ABSENT] + said[Choice.RECUSED_ABSENT]
    votes = (said[Choice.FOR], said[Choice.AGAINST], said[Choice.ABSTAIN])
    return VoteCount(len(rows), len(rows) - absent, *votes, said[Choice.RECUSED], said[Choice.RECUSED_ABSENT])


def _name(row: Record) -> str:
    return row.text("name")
