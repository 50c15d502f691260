"""`yishiting methods seats FILE.json`: compute a seat plan, or check one set by hand."""

import argparse

from yishiting.methods.commands.json_file import Record, distinct, known, read_json
from yishiting.methods.commands.main import show
from yishiting.methods.seat_rules import Constituency, GroupRule, Method, SeatRule
from yishiting.methods.seats import allot, broken_rules


def arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    parser.add_argument("file", help="rule and constituencies, see docs/methods/seats.md 规则与推选单位")


def run(args: argparse.Namespace) -> int:
    """Compute or check; 1 where a plan set by hand breaks a rule."""
    file = read_json(args.file).only("total", "rule", "constituencies", "lot", "seats", "title")
    rule = _rule(file.get("rule"))
    rows = distinct(list(file.get("constituencies").items()), lambda one: one.text("name"))
    constituencies = [_constituency(one) for one in rows]
    if file.has("seats"):
        seats = [one.as_whole(0) for one in file.each("seats")]
        with file.get("seats").blamed():
            return _check(seats, constituencies, rule, as_json=args.json)
    lot = known(file, "lot", [one.name for one in constituencies])
    with file.get("rule").blamed():
        found = allot(file.whole("total"), constituencies, rule, lot)
    show(found.as_dict(), as_json=args.json, text="\n".join(found.sentences))
    return 0


def _check(seats: list[int], constituencies: list[Constituency], rule: SeatRule, *, as_json: bool) -> int:
    broken = broken_rules(seats, constituencies, rule)
    text = f"违反：{'；'.join(broken)}。" if broken else f"合计 {sum(seats)} 席，符合全部规则。"
    show({"total": sum(seats), "broken": list(broken), "rule": rule.as_dict()}, as_json=as_json, text=text)
    return 1 if broken else 0


def _rule(one: Record) -> SeatRule:
    one.only("method", "fewest", "most", "least_each", "groups")
    groups = tuple(_group(group) for group in one.each("groups"))
    method = one.choice("method", Method)
    return SeatRule(method, one.whole("fewest"), one.whole("most"), one.whole("least_each"), groups)


def _group(one: Record) -> GroupRule:
    one.only("group", "sentence", "over", "at_least", "at_most")
    over = one.share("over") if one.has("over") else None
    most = one.whole_or_none("at_most")
    return GroupRule(one.text("group"), one.text("sentence"), over, one.whole("at_least", 0), most)


def _constituency(one: Record) -> Constituency:
    one.only("name", "weight", "groups", "least", "most")
    least, most = one.whole("least", 0), one.whole_or_none("most")
    return Constituency(one.text("name"), one.whole("weight"), one.texts("groups"), least, most)
