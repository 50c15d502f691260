"""`yishiting methods speakers FILE.json`: who has the floor next, and why."""

import argparse

from yishiting.methods.commands.json_file import Record, distinct, read_json
from yishiting.methods.commands.main import show
from yishiting.methods.speakers import Request, SpeakingRule, Speech, Stance, queue


def arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    parser.add_argument("file", help="rule, requests, speeches, see docs/methods/speakers.md 规则、举手与已发言")


def run(args: argparse.Namespace) -> int:
    """Order those who wait."""
    file = read_json(args.file).only("title", "rule", "requests", "speeches")
    one = file.get("rule").only("most_speeches", "seconds")
    rule = SpeakingRule(one.whole_or_none("most_speeches"), one.whole("seconds"))
    rows = distinct(list(file.get("requests").items()), lambda row: row.text("person"))
    requests = [_request(row, place) for place, row in enumerate(rows, start=1)]
    speeches = [_speech(row) for row in file.each("speeches")]
    with file.get("requests").blamed():
        found = queue(requests, speeches, rule)
    lines = [f"{place}. {turn.person}：{turn.reason}" for place, turn in enumerate(found.turns, start=1)]
    lines += [f"{'、'.join(found.used_up)}已用完发言次数。"] if found.used_up else []
    show(found.as_dict(), as_json=args.json, text="\n".join(lines) or "没有人要求发言。")
    return 0


def _request(row: Record, place: int) -> Request:
    """A raised hand; where no number is written they asked in the order of the file."""
    row.only("person", "constituency", "stance", "asked")
    stance = row.choice("stance", Stance, Stance.NEITHER)
    return Request(row.text("person"), row.text("constituency", ""), stance, row.whole("asked", place))


def _speech(row: Record) -> Speech:
    row.only("person", "constituency", "stance", "seconds")
    stance = row.choice("stance", Stance, Stance.NEITHER)
    return Speech(row.text("person"), row.text("constituency", ""), stance, row.whole("seconds"))
