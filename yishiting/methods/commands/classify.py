"""`classify TRAIN.csv --label COL TEST.csv`: learn classes from examples and propose them."""

import argparse
import csv
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yishiting.methods.commands.main import BadFile, show, whole_file
from yishiting.methods.commands.rows import progress, read_rows

if TYPE_CHECKING:
    from yishiting.methods.classification import Example, Proposal


def arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the command line."""
    parser.add_argument("train", metavar="TRAIN.csv")
    parser.add_argument("test", metavar="TEST.csv")
    parser.add_argument("--label", required=True, metavar="COL", help="column of the class 类别列")
    parser.add_argument("--id", default="留言编号", metavar="COL", help="column of the number 编号列")
    parser.add_argument("--title", default="留言主题", metavar="COL", help="column of the title 主题列")
    parser.add_argument("--body", default="留言详情", metavar="COL", help="column of the text 详情列")
    parser.add_argument("--out", metavar="OUT.csv", help="write id,label,confidence,unsure 写出建议")


def _examples(args: argparse.Namespace, path: str, with_label: bool) -> "tuple[list[str], list[Example]]":
    """(ids, messages); the class is "" where the file has no such column."""
    from yishiting.methods.classification import Example

    ids: list[str] = []
    examples: list[Example] = []
    for line, row in read_rows(path, [args.id, args.title, args.body, *([args.label] if with_label else [])]):
        label = row.get(args.label, "").strip()
        if with_label and not label:
            raise BadFile(f"{path} 第 {line} 行：没有类别（列“{args.label}”）")
        ids.append(row[args.id].strip())
        examples.append(Example(row[args.title], row[args.body], label))
    return ids, examples


def run(args: argparse.Namespace) -> int:
    """Learn from one file, propose for the other."""
    from yishiting.methods.classification import Classifier, figures

    _, examples = _examples(args, args.train, with_label=True)
    ids, messages = _examples(args, args.test, with_label=False)
    progress(f"学习：{len(examples)} 条")
    with whole_file(args.train):
        classifier = Classifier(examples)
    proposals = classifier.propose_all([(message.title, message.body) for message in messages])
    known = [message for message in messages if message.label]
    measured = figures(classifier, known)._asdict() if known else None
    if args.out:
        _write(args.out, ids, proposals)
    result = _result(ids, proposals, measured)
    show(result, as_json=args.json, text=_sentences(result))
    return 0


def _write(path: str, ids: Sequence[str], proposals: "Sequence[Proposal]") -> None:
    with Path(path).open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(("id", "label", "confidence", "unsure"))
        for message, proposal in zip(ids, proposals, strict=True):
            writer.writerow((message, proposal.label, f"{proposal.likely[0].confidence:.4f}", int(proposal.unsure)))


def _result(ids: Sequence[str], proposals: "Sequence[Proposal]", measured: dict[str, Any] | None) -> dict[str, Any]:
    rows = [{"id": message, **proposal.as_dict()} for message, proposal in zip(ids, proposals, strict=True)]
    return {"proposals": rows, **({"figures": measured} if measured else {})}


def _sentences(result: dict[str, Any]) -> str:
    lines = []
    for row in result["proposals"]:
        likely = "、".join(f"{one['label']} {one['confidence']:.0%}" for one in row["likely"])
        lines.append(f"{row['id']}\t{'（拿不准）' if row['unsure'] else ''}{likely}\t{'、'.join(row['words'])}")
    if "figures" in result:
        known = result["figures"]
        lines.append(
            f"已知类别的 {known['messages']} 条：宏平均 F1 {known['macro_f1']:.4f}，准确率 {known['accuracy']:.4f}，"
            f"拿不准 {known['unsure']:.1%}，其余准确率 {known['accuracy_when_sure']:.4f}"
        )
    return "\n".join(lines)
