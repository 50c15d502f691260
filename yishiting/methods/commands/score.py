"""`yishiting methods score FILE.csv|xlsx`: figures and order of the projects from the judges' sheets."""

import argparse

from yishiting.methods.commands.main import BadFile, drawn, positive, show, whole_file
from yishiting.methods.commands.score_file import read_sheets
from yishiting.methods.exact import decimal
from yishiting.methods.line_stability import line_stability
from yishiting.methods.score_sheets import AGGREGATION_NAMES, Aggregation, ScoreRule, compare_sheets
from yishiting.methods.scoring import ProjectScore, ScoreResult, score


def arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    parser.add_argument("file", help="sheets as CSV or XLSX, see docs/methods/scoring.md 评分表")
    parser.add_argument("--second", help="the same sheets entered a second time; differences are named 第二次录入")
    parser.add_argument("--method", type=Aggregation, choices=list(Aggregation), default=Aggregation.TRIMMED)
    parser.add_argument(
        "--drop-from", type=positive, default=5, metavar="N", help="drop extremes from N sheets on 去高低分"
    )
    parser.add_argument("--fewest", type=positive, default=1, metavar="N", help="fewer sheets give no place 最少份数")
    parser.add_argument("--funded", type=positive, metavar="N", help="so many places get money 入围数")
    parser.add_argument("--stability", action="store_true", help="how firm the funding line is 入围线稳不稳")
    parser.add_argument("--lot", default="", help="projects in the order drawn, separated by commas 抽签次序")


def run(args: argparse.Namespace) -> int:
    """Score; 1 where two entries differ, then nothing is scored."""
    criteria, sheets = read_sheets(args.file)
    rule = ScoreRule(criteria, args.method, args.drop_from, args.fewest, args.funded)
    if args.second:
        other, again = read_sheets(args.second)
        if other != criteria:
            raise BadFile(f"{args.second}：评分标准与第一份文件不同。")
        if found := compare_sheets(sheets, again, rule):
            show({"differences": list(found)}, as_json=args.json, text="两次录入不一致：\n" + "\n".join(found))
            return 1
    lot = drawn(args.lot, [sheet.project for sheet in sheets])
    with whole_file():
        result = score(sheets, rule, lot)
    written, lines = result.as_dict(), _lines(result)
    if args.stability:
        firm = line_stability(sheets, rule)
        written, lines = written | {"stability": firm.as_dict()}, [*lines, *firm.sentences()]
    show(written, as_json=args.json, text="\n".join(lines))
    return 0


def _lines(result: ScoreResult) -> list[str]:
    rule = result.rule
    few = f"（不足 {rule.drop_from} 份的不去）" if rule.method is Aggregation.TRIMMED else ""
    lines = [f"按{AGGREGATION_NAMES[rule.method]}{few}排序："]
    lines += [_line(row) for row in result.rows]
    if result.tied and not result.lot:
        lines.append(f"入围线上得分相同，待公开抽签：{'、'.join(result.tied)}。")
    return [*lines, *result.left_out, *result.warnings]


def _line(row: ProjectScore) -> str:
    if row.mean is None or row.median is None or row.adjusted is None:
        return f"—  {row.project}：没有有效评分表。"
    place = "—" if row.place is None else str(row.place)
    figure = decimal(row.mean if row.figure is None else row.figure)
    funded = "" if row.funded is None else ("，入围" if row.funded else "，未入围")
    return (
        f"{place}  {row.project}：{figure}（平均 {decimal(row.mean)}，中位 {decimal(row.median)}，"
        f"校正 {decimal(row.adjusted)}；{row.sheets} 份，回避 {row.recused}，缺 {row.missing}）{funded}"
    )
