"""`yishiting methods budget-check FILE.pb CERTIFICATE.json`: does the proof of proportionality hold for these ballots?"""

import argparse
import hashlib
import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path

from yishiting.methods import budgeting
from yishiting.methods.budgeting.certificate import Prices, Step, certificate, faults
from yishiting.methods.commands.json_file import Record, distinct, read_json
from yishiting.methods.commands.main import show

HOLDS, DOES_NOT = 0, 1
#: A price is a fraction that may be long; longer than this it is no price.
LONGEST = 20_000
FRACTION = re.compile(r"(\d+)(?:/(\d+))?", re.ASCII)


def arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    parser.add_argument("file", type=Path, metavar="FILE.pb", help="the election in Pabulib format 选举文件")
    parser.add_argument("certificate", metavar="CERTIFICATE.json", help="written by budget --certificate 比例性证明")


def run(args: argparse.Namespace) -> int:
    """0: the outcome is proportional and the prices are right. 1: it is not, and every fault is named."""
    said = read_json(args.certificate)
    election = budgeting.read(args.file).election
    _same_file(said, args.file)
    rule, winners = _rule(said.get("rule")), said.names("winners")
    for one in said.each("winners"):
        if one.as_text() not in {project.id for project in election.projects}:
            raise one.bad(f"选举文件里没有项目“{one.as_text()}”")
    prices = _prices(said.get("prices"), winners) if said.has("prices") else None
    with long_numbers():
        found = faults(election, rule, winners, prices)
    result = {"holds": not found, "faults": found, "winners": list(winners), "prices_checked": prices is not None}
    show(result, as_json=args.json, text=_text(found, prices, winners))
    return DOES_NOT if found else HOLDS


def write_certificate(path: Path, file: Path, counting: budgeting.Counting, outcome: budgeting.Outcome) -> None:
    """Write the proof of an outcome beside it."""
    with long_numbers():
        made = certificate(counting, outcome, sha256=_sha256(file))
    path.write_text(json.dumps(made, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _same_file(said: Record, file: Path) -> None:
    said.only(
        "certificate", "version", "file_sha256", "rule", "budget", "voters", "winners", "set_aside",
        "ejr_plus_up_to_one", "prices",
    )  # fmt: skip
    if (said.text("certificate"), said.whole("version")) != ("yishiting-budget", 1):
        raise said.get("certificate").bad("不是这个程序认得的比例性证明")
    if said.text("file_sha256") != _sha256(file):
        raise said.get("file_sha256").bad("证明是为另一份选举文件写的，或者选举文件改动过")


def _rule(one: Record) -> budgeting.Rule:
    one.only("name", "completion", "satisfaction", "minimum", "increment", "conflicts", "lot", "tie_order")
    conflicts = tuple(tuple(name.as_text() for name in group.items()) for group in one.each("conflicts"))
    with one.blamed():
        return budgeting.Rule(
            one.text("name"),
            one.text("completion", "none"),
            one.text("satisfaction"),
            _fraction(one.get("minimum")) if one.has("minimum") else Fraction(0),
            conflicts,
        )


def _prices(one: Record, winners: tuple[str, ...]) -> Prices:
    one.only("endowment", "purchases", "outside")
    rows = distinct(one.each("purchases"), lambda row: row.only("project", "price").text("project"))
    for row in rows:
        if row.text("project") not in winners:
            raise row.bad(f"“{row.text('project')}”不在入选项目里")
    steps = tuple(Step(row.text("project"), _fraction(row.get("price"))) for row in rows)
    return Prices(_fraction(one.get("endowment")), steps, one.names("outside"))


def _fraction(one: Record) -> Fraction:
    """An exact figure, written 7 or 22/7, not negative; the fractions of long counts have many digits."""
    text = str(one.value) if isinstance(one.value, int | float) else one.as_text()
    found = FRACTION.fullmatch(text)
    if found is None or len(text) > LONGEST or not (found[2] or "1").strip("0"):
        raise one.bad("应为不小于 0 的整数或分数，例如 22/7")
    with long_numbers():
        return Fraction(text)


@contextmanager
def long_numbers() -> Iterator[None]:
    """Exact prices after many purchases have thousands of digits, more than Python reads or writes unasked."""
    before = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(LONGEST)
    try:
        yield
    finally:
        sys.set_int_max_str_digits(before)


def _text(found: list[str], prices: Prices | None, winners: tuple[str, ...]) -> str:
    if found:
        return "不成立：\n" + "\n".join(f"  {one}。" for one in found)
    held = f"入选 {len(winners)} 项，符合 EJR+（至多差一项）：没有哪一群选民应得某个落选项目而没有得到。"
    if prices is None:
        return held + "证明里没有价格表。"
    outside = f"另有 {len(prices.outside)} 项用余款补足，不在价格表内。" if prices.outside else ""
    return f"{held}价格表成立：{len(prices.steps)} 项都由各自的支持者付清，落选项目的支持者余款都不够。{outside}"
