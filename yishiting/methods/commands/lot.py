"""`yishiting methods lot FILE.json`: the announcement of a lot, or its result once the numbers are known."""

import argparse

from yishiting.methods.commands.json_file import Record, distinct, read_json
from yishiting.methods.commands.main import show
from yishiting.methods.lot import Lot, Source, draw


def arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    parser.add_argument("file", help="title, names, draw and sources, see docs/methods/lot.md 名单与号码来源")


def run(args: argparse.Namespace) -> int:
    """Announce while the numbers are missing, draw when they are there."""
    file = read_json(args.file).only("title", "names", "draw", "sources")
    sources = sources_of(file)
    lot = Lot(file.text("title"), file.names("names"), file.whole("draw", least=1), sources)
    if sources and not any(source.numbers for source in sources):
        text = f"{lot.title}：待号码公布后抽签。公告指纹 {lot.fingerprint()}"
        show({"announcement": lot.announcement(), "fingerprint": lot.fingerprint()}, as_json=args.json, text=text)
        return 0
    with file.get("names").blamed():
        found = draw(lot)
    lines = [found.sentence(), f"公告指纹 {lot.fingerprint()}"]
    lines += [
        f"{k}. SHA-256 {s.digest} 除以 {s.left} 余 {s.remainder}：{s.number} 号{s.name}"
        for k, s in enumerate(found.steps, 1)
    ]
    show(found.as_dict(), as_json=args.json, text="\n".join(lines))
    return 0


def sources_of(file: Record) -> tuple[Source, ...]:
    """The public sources of numbers, each named once."""
    return tuple(_source(one) for one in distinct(file.each("sources"), lambda one: one.text("name")))


def _source(one: Record) -> Source:
    one.only("name", "day", "numbers")
    return Source(
        one.text("name"),
        one.get("day").as_day().isoformat(),
        tuple(number.as_whole(0) for number in one.each("numbers")),
    )
