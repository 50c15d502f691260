"""`yishiting methods elect FILE.json`: judge one election round from a tally, from ballots, or from two entries."""

import argparse
from dataclasses import asdict
from typing import Any

from yishiting.methods.ballot_count import Ballot, InvalidBallot, Mark, compare_tallies, count_ballots
from yishiting.methods.commands.json_file import Record, distinct, read_json
from yishiting.methods.commands.main import show
from yishiting.methods.elections import Base, CandidateCount, Contest, ElectionRule, Kind, Tally, count_round


def arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    parser.add_argument("file", help="rule, contest and tally or ballots, see docs/methods/elections.md 规则与票数")


def run(args: argparse.Namespace) -> int:
    """Judge the round; 1 where two entries differ, then nothing is judged."""
    names = ("title", "rule", "contest", "tally", "second_tally", "entitled", "issued", "ballots")
    file = read_json(args.file).only(*names)
    rule, contest = _rule(file.get("rule")), _contest(file.get("contest"))
    invalid: tuple[InvalidBallot, ...] = ()
    if file.has("ballots"):
        if file.has("tally"):
            raise file.get("tally").bad("已经有 ballots，不能再有 tally；要对照请写成 second_tally")
        ballots = [_ballot(one) for one in file.get("ballots").items()]
        entitled, issued = file.whole("entitled"), file.whole("issued")
        with file.get("ballots").blamed():
            tally, invalid = count_ballots(ballots, contest, rule, entitled=entitled, issued=issued)
    else:
        tally = _tally(file.get("tally"))
    if file.has("second_tally") and (found := compare_tallies(tally, _tally(file.get("second_tally")))):
        text = "两次录入不一致：\n" + "\n".join(one.sentence for one in found)
        show({"differences": [one.as_dict() for one in found]}, as_json=args.json, text=text)
        return 1
    with file.get("tally" if file.has("tally") else "contest").blamed():
        result = count_round(contest, tally, rule)
    written: dict[str, Any] = result.as_dict() | {"invalid_ballots": [asdict(one) for one in invalid]}
    lines = [*result.sentences, *(f"第 {one.number} 张票无效：{one.reason}。" for one in invalid)]
    show(written, as_json=args.json, text="\n".join(lines))
    return 0


def _rule(one: Record) -> ElectionRule:
    shares = ("turnout_over", "winners_over", "supplementary_least")
    one.only(*shares, "base", "extra_candidates", "most_rounds", "write_ins")
    turnout, winners, supplementary = (one.share(name) for name in shares)
    extra, rounds = one.whole("extra_candidates"), one.whole("most_rounds", least=1)
    base = one.choice("base", Base)
    return ElectionRule(turnout, winners, supplementary, base, extra, rounds, one.yes("write_ins", False))


def _contest(one: Record) -> Contest:
    one.only("seats", "candidates", "kind", "number")
    kind = one.choice("kind", Kind, Kind.FIRST)
    return Contest(one.whole("seats"), one.names("candidates"), kind, one.whole("number", 1, least=1))


def _tally(one: Record) -> Tally:
    one.only("entitled", "issued", "returned", "valid", "invalid", "counts")
    entitled, issued, returned = one.whole("entitled"), one.whole("issued"), one.whole("returned")
    counts = tuple(_count(count) for count in distinct(list(one.get("counts").items()), lambda row: row.text("name")))
    return Tally(entitled, issued, returned, one.whole("valid"), one.whole("invalid"), counts)


def _count(one: Record) -> CandidateCount:
    one.only("name", "in_favour", "against", "abstained", "write_in")
    against, abstained = one.whole("against", 0), one.whole("abstained", 0)
    return CandidateCount(one.text("name"), one.whole("in_favour"), against, abstained, one.yes("write_in", False))


def _ballot(one: Record) -> Ballot:
    """A list of approved names, or an object with for, against, write_ins, unreadable."""
    if isinstance(one.value, list):
        return Ballot.choosing(*(name.as_text() for name in one.items()))
    one.only("for", "against", "write_ins", "unreadable")
    marks = [(name, Mark.FOR) for name in one.texts("for")] + [(name, Mark.AGAINST) for name in one.texts("against")]
    return Ballot(tuple(marks), one.texts("write_ins"), one.yes("unreadable", False))
