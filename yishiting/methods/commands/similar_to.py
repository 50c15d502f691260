"""`similar-to FILE.csv --text "…"`: the messages most like a text, with reasons."""

import argparse

from yishiting.methods.commands.main import BadFile, show
from yishiting.methods.commands.similar import columns, read_texts
from yishiting.methods.errors import Unusable


def arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the command line."""
    columns(parser)
    parser.add_argument("--text", required=True, help="what somebody has written so far 已写的文字")
    parser.add_argument("--limit", type=int, default=5, help="how many to show 条数")


def run(args: argparse.Namespace) -> int:
    """Find the messages of a file most like a text."""
    from yishiting.methods.similarity import Index, Text

    texts, _ = read_texts(args)
    try:
        matches = Index(texts).similar_to(Text("", args.text), args.limit)
    except Unusable as problem:
        raise BadFile(problem.chinese) from problem
    lines = [
        f"{number}. {match.text.id} {match.text.title}（{match.comparison.score:.2f}）"
        + "；".join(reason.chinese for reason in (*match.comparison.reasons, *match.comparison.conflicts))
        for number, match in enumerate(matches, 1)
    ]
    result = {"text": args.text, "matches": [match.as_dict() for match in matches]}
    show(result, as_json=args.json, text="\n".join(lines) or "没有相近的留言。")
    return 0
