"""`yishiting methods satisfaction FILE.json`: the satisfaction of one or more projects or units."""

import argparse
from fractions import Fraction

from yishiting.methods.commands.json_file import Record, distinct, read_json
from yishiting.methods.commands.main import show
from yishiting.methods.satisfaction import Answers, Formula, Satisfaction, SatisfactionRule, satisfaction


def arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    parser.add_argument("file", help="rule and judged, see docs/methods/satisfaction.md 规则与各项评价")


def run(args: argparse.Namespace) -> int:
    """Compute the rate of each."""
    file = read_json(args.file).only("title", "rule", "judged")
    rule = _rule(file.get("rule"))
    rows = distinct(list(file.get("judged").items()), lambda one: one.text("name"))
    found = [(row.text("name"), _judged(row, rule)) for row in rows]
    written = [{"name": name} | one.as_dict() for name, one in found]
    show({"judged": written}, as_json=args.json, text="\n".join(f"{name}：{one.sentence}" for name, one in found))
    return 0


def _judged(one: Record, rule: SatisfactionRule) -> Satisfaction:
    one.only("name", "satisfied", "mostly", "dissatisfied", "unrated", "members", "present")
    satisfied, mostly, dissatisfied = (one.whole(name) for name in ("satisfied", "mostly", "dissatisfied"))
    people = one.whole_or_none("members"), one.whole_or_none("present")
    answers = Answers(satisfied, mostly, dissatisfied, one.whole("unrated", 0), *people)
    with one.blamed():
        return satisfaction(answers, rule)


def _rule(one: Record) -> SatisfactionRule:
    one.only("formula", "gate", "fewest_valid", "weights")
    gate = one.share("gate") if one.has("gate") else None
    weights = _weights(one) if one.has("weights") else (Fraction(1), Fraction(1), Fraction(0))
    return SatisfactionRule(one.choice("formula", Formula), gate, one.whole("fewest_valid", 5), weights)


def _weights(one: Record) -> tuple[Fraction, Fraction, Fraction]:
    names = one.get("weights").only("satisfied", "mostly", "dissatisfied")
    return names.share("satisfied"), names.share("mostly"), names.share("dissatisfied")
