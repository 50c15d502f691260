"""`yishiting methods margin FILE.json`: how far the answers to a questionnaire can be from those of all."""

import argparse

from yishiting.methods.commands.json_file import Record, distinct, read_json
from yishiting.methods.commands.main import show
from yishiting.methods.margins import CONFIDENCE, Margin, Sample, margin


def arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    parser.add_argument("file", help="population, asked, drawn, answers, see docs/methods/margins.md 问卷与人数")


def run(args: argparse.Namespace) -> int:
    """Compute the margin of every answer."""
    file = read_json(args.file).only("title", "population", "asked", "answered", "drawn", "confidence", "answers")
    rows = distinct(list(file.get("answers").items()), lambda row: row.only("name", "chosen").text("name"))
    found = [(row.text("name"), _margin(file, row)) for row in rows]
    written = [{"name": name} | one.as_dict() for name, one in found]
    show({"answers": written}, as_json=args.json, text="\n".join(f"{name}：{one.sentence()}" for name, one in found))
    return 0


def _margin(file: Record, row: Record) -> Margin:
    population, asked, answered = (file.whole(name) for name in ("population", "asked", "answered"))
    sample = Sample(row.whole("chosen"), answered, asked, population, file.yes("drawn", False))
    with row.blamed():
        return margin(sample, file.share("confidence") if file.has("confidence") else CONFIDENCE)
