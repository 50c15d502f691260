"""`similar FILE.csv`: propose which messages are one item, with reasons."""

import argparse
import csv
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yishiting.methods.commands.main import BadFile, show
from yishiting.methods.commands.rows import progress, read_rows

if TYPE_CHECKING:
    from yishiting.methods.similarity import Grouping, Text


def arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the command line."""
    columns(parser)
    parser.add_argument("--labels", metavar="COL", help="column of known groups: prints the B-cubed figures 已知分组")
    parser.add_argument("--out", metavar="OUT.csv", help="write id,cluster 写出分组")
    parser.add_argument("--pairs", metavar="PAIRS.csv", help="write candidate pairs with score and reasons 写出候选对")
    parser.add_argument("--threshold", type=float, help="mean score at which groups are proposed (default 0.38) 阈值")


def columns(parser: argparse.ArgumentParser) -> None:
    """The columns every command on messages needs."""
    parser.add_argument("file", metavar="FILE.csv")
    parser.add_argument("--id", default="留言编号", metavar="COL", help="column of the number 编号列")
    parser.add_argument("--title", default="留言主题", metavar="COL", help="column of the title 主题列")
    parser.add_argument("--body", default="留言详情", metavar="COL", help="column of the text 详情列")
    parser.add_argument("--place", metavar="COL", help="column of the place as filed, 街道/社区 地点列")


def read_texts(args: argparse.Namespace, labels: str | None = None) -> "tuple[list[Text], dict[str, str]]":
    """The messages of the file and their known groups; BadFile with the line where an id is missing or repeated."""
    from yishiting.methods.similarity import Text

    wanted = [name for name in (args.id, args.title, args.body, args.place, labels) if name]
    texts: list[Text] = []
    known: dict[str, str] = {}
    lines: dict[str, int] = {}
    for line, row in read_rows(args.file, wanted):
        text_id = row[args.id].strip()
        if not text_id:
            raise BadFile(f"第 {line} 行：没有编号（列“{args.id}”）")
        if text_id in lines:
            raise BadFile(f"第 {line} 行：编号 {text_id} 与第 {lines[text_id]} 行重复")
        lines[text_id] = line
        texts.append(Text(text_id, row[args.title], row[args.body], row[args.place] if args.place else ""))
        if labels:
            known[text_id] = row[labels].strip()
    return texts, known


def run(args: argparse.Namespace) -> int:
    """Group the messages of a file."""
    from yishiting.methods.similarity import Options, group

    texts, labels = read_texts(args, args.labels)
    options = Options() if args.threshold is None else Options(threshold=args.threshold)
    if not 0 < options.threshold <= 1:
        raise BadFile(f"阈值 {options.threshold} 不在 0 与 1 之间")
    grouping = group(texts, options, progress=progress)
    if args.out:
        _write(args.out, ("id", "cluster"), grouping.cluster_of.items())
    if args.pairs:
        header = ("id_a", "id_b", "score", "own_score", "same_place", "same_matter", "proposed", "reasons", "conflicts")
        _write(args.pairs, header, _pair_rows(grouping))
    result = _result(grouping, labels)
    show(result, as_json=args.json, text=_sentences(result))
    return 0


def _write(path: str, header: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> None:
    with Path(path).open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(header)
        writer.writerows(rows)


def _pair_rows(grouping: "Grouping") -> Iterator[tuple[object, ...]]:
    for pair, comparison in grouping.explained():
        yield (
            pair.a,
            pair.b,
            f"{pair.score:.4f}",
            f"{pair.own:.4f}",
            f"{comparison.same_place:.4f}",
            f"{comparison.same_matter:.4f}",
            int(pair.proposed),
            "；".join(reason.chinese for reason in comparison.reasons),
            "；".join(conflict.chinese for conflict in comparison.conflicts),
        )


def _result(grouping: "Grouping", labels: dict[str, str]) -> dict[str, Any]:
    from yishiting.methods.similarity import b_cubed
    from yishiting.methods.similarity.grouping import rule_record

    several = [group for group in grouping.groups if len(group) > 1]
    result: dict[str, Any] = {
        "messages": len(grouping.cluster_of),
        "groups": [list(group) for group in several],
        "alone": len(grouping.groups) - len(several),
        "candidate_pairs": len(grouping.pairs),
        "rule": rule_record(grouping.options),
    }
    if any(labels.values()):
        figures = b_cubed(grouping.cluster_of, labels)
        result["b_cubed"] = {**figures._asdict(), "pair_recall": _pair_recall(grouping, labels)}
    return result


def _pair_recall(grouping: "Grouping", labels: dict[str, str]) -> float:
    """The share of pairs with the same label that are in the same group."""
    members: dict[str, list[int]] = {}
    for message, label in labels.items():
        if label:
            members.setdefault(label, []).append(grouping.cluster_of[message])
    pairs = [one == other for clusters in members.values() for one, other in combinations(clusters, 2)]
    return sum(pairs) / len(pairs) if pairs else 0.0


def _sentences(result: dict[str, Any]) -> str:
    lines = [
        f"{result['messages']} 条留言：建议归并为 {len(result['groups'])} 组，另有 {result['alone']} 条单独成项。",
        "这是供人确认的建议，不是合并；文字完全相同的才可直接关联。",
    ]
    if "b_cubed" in result:
        figures = result["b_cubed"]
        lines.append(
            f"B-cubed（{figures['messages']} 条已知）：准确率 {figures['precision']:.4f}，"
            f"召回率 {figures['recall']:.4f}，F1 {figures['f1']:.4f}；同组对召回率 {figures['pair_recall']:.4f}"
        )
    return "\n".join(lines)
