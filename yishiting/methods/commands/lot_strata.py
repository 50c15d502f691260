"""`yishiting methods lot-strata FILE.json`: a public lot by place and group."""

import argparse

from yishiting.methods.commands.json_file import Record, distinct, read_json
from yishiting.methods.commands.lot import sources_of
from yishiting.methods.commands.main import show
from yishiting.methods.stratified_lot import Entrant, draw_in_strata


def arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    parser.add_argument("file", help="title, by, people, draw and sources, see docs/methods/lot.md 名单与分层")


def run(args: argparse.Namespace) -> int:
    """Draw each stratum by its part of the list."""
    file = read_json(args.file).only("title", "by", "people", "draw", "least_each", "sources")
    by = file.names("by")
    if not by:
        raise file.bad('“by”要写明按什么分层，例如 ["社区", "性别"]')
    rows = distinct(list(file.get("people").items()), lambda row: row.text("name"))
    entrants = [_entrant(row, by) for row in rows]
    with file.get("draw").blamed():
        found = draw_in_strata(
            file.text("title"),
            entrants,
            file.whole("draw", least=1),
            sources_of(file),
            least_each=file.whole("least_each", 0),
        )
    parts = [f"{kind}：名单 {listed} 人，抽中 {drawn} 人" for kind, (listed, drawn) in found.parts.items()]
    show(found.as_dict(), as_json=args.json, text="\n".join([*found.sentences(), "；".join(parts) + "。"]))
    return 0


def _entrant(row: Record, by: tuple[str, ...]) -> Entrant:
    row.only("name", *by)
    return Entrant(row.text("name"), tuple(row.text(kind) for kind in by))
