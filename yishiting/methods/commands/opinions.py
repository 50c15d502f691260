"""`yishiting methods opinions VOTES.csv`: the opinion map of a consultation, as JSON, as sentences, as a picture."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Mapping
from pathlib import Path

from yishiting.methods.commands.main import BadFile, positive, show, whole_file
from yishiting.methods.opinions import CHINESE, Consultation, OpinionMap, Options, Vote, draw, opinion_map, stability
from yishiting.methods.opinions.telling import told
from yishiting.methods.tables import Garbled, decoded, delimiter_of, records

#: What a column may be called; the first name is ours, the others are those of Polis and its friends.
PERSON = ("person", "voter-id", "participant", "participant_id", "voter", "居民", "投票人")
STATEMENT = ("statement", "comment-id", "statement_id", "tid", "意见", "陈述")
CHOICE = ("vote", "choice", "表态")
MOMENT = ("at", "timestamp", "modified", "时间")
GROUP = ("group", "group-id", "group_id", "组")
TEXT = ("text", "comment-body", "内容")
MODERATED = ("moderated", "审核")
CHOICES = {
    "1": 1, "0": 0, "-1": -1,
    "agree": 1, "pass": 0, "disagree": -1,
    "同意": 1, "赞成": 1, "不表态": 0, "弃权": 0, "跳过": 0, "不同意": -1, "反对": -1,
}  # fmt: skip
SET_ASIDE, LET_IN = "-1", "1"
SAY_EVERY = 200_000


def arguments(parser: ArgumentParser) -> None:
    """VOTES.csv, and the files that may go with it."""
    parser.add_argument("votes", type=Path, metavar="VOTES.csv", help="person, statement, vote 1/0/-1[, time] 表态")
    parser.add_argument("--groups", type=Path, metavar="FILE", help="person, group: use these groups 指定分组")
    parser.add_argument(
        "--statements",
        type=Path,
        metavar="FILE",
        help="statement, text, moderated; otherwise comments.csv beside VOTES.csv, if there is one 意见原文与审核结果",
    )
    parser.add_argument("--no-statements", action="store_true", help="do not look for comments.csv 不读意见文件")
    parser.add_argument(
        "--strict", action="store_true", help="only statements moderation let in (1) 只用审核通过的意见"
    )
    parser.add_argument(
        "--least-votes", type=positive, default=Options().least_votes, metavar="N", help="to be grouped 入图最少表态数"
    )
    parser.add_argument("--stability", action="store_true", help="how firm the groups are 分组稳不稳")
    parser.add_argument("--svg", type=Path, metavar="OUT.svg", help="draw the picture there 画图")


def run(args: Namespace) -> int:
    """Read, draw, show."""
    texts, set_aside = statements(args)
    groups = given_groups(args.groups) if args.groups else None
    consultation = Consultation(tuple(votes(args.votes)), set_aside)
    options = Options(least_votes=args.least_votes)
    with whole_file(args.votes):
        result = opinion_map(consultation, options, groups=groups)
    firm = stability(consultation, options) if args.stability and not groups else None
    if args.svg:
        args.svg.write_text(draw(result, texts, CHINESE), encoding="utf-8")
    written, text = named(result, texts), told(result, texts)
    if firm:
        written, text = written | {"stability": firm.as_dict()}, f"{text}\n\n{firm.sentence()}"
    show(written, as_json=args.json, text=text)
    return 0


def named(result: OpinionMap, texts: Mapping[str, str]) -> dict[str, object]:
    """The JSON, with the wording of the statements where it is known."""
    shown = result.as_dict()
    for row in shown["statements"]:
        row["text"] = texts.get(row["id"], "")
    return shown


def statements(args: Namespace) -> tuple[dict[str, str], frozenset[str]]:
    """Wording by statement, and the statements set aside (moderated -1)."""
    path = args.statements or args.votes.with_name("comments.csv")
    if args.no_statements or (not args.statements and not path.exists()):
        if args.strict:
            raise BadFile("只用审核通过的意见（--strict）时，要有意见文件（--statements）。")
        return {}, frozenset()
    if not args.statements:
        print(f"意见原文与审核结果取自 {path}（--no-statements 可不用）", file=sys.stderr)
    texts, set_aside = {}, set()
    for _, row in rows(path, [STATEMENT], [TEXT, MODERATED]):
        texts[row[0]] = row[1]
        if row[2] == SET_ASIDE or (args.strict and row[2] != LET_IN):
            set_aside.add(row[0])
    return texts, frozenset(set_aside)


def given_groups(path: Path) -> dict[str, str]:
    """Person → group; people without a group are left out."""
    return {person: group for _, (person, group) in rows(path, [PERSON, GROUP], []) if group}


def votes(path: Path) -> Iterator[Vote]:
    """The votes in the order of the file."""
    for number, (person, statement, choice, moment) in rows(path, [PERSON, STATEMENT, CHOICE], [MOMENT]):
        if number % SAY_EVERY == 0:
            print(f"已读 {number} 行", file=sys.stderr)
        if choice.lower() not in CHOICES:
            raise BadFile(f"{path}，第 {number} 行：表态“{choice}”看不懂，应为 1（同意）、0（不表态）或 -1（不同意）")
        if not person or not statement:
            raise BadFile(f"{path}，第 {number} 行：缺少{'投票人' if not person else '意见'}编号")
        yield Vote(person, statement, CHOICES[choice.lower()], at(path, number, moment))


def at(path: Path, number: int, moment: str) -> int:
    """Milliseconds, seconds or any other whole number that grows with time; 0 where there is none."""
    try:
        return int(moment) if moment else 0
    except ValueError:
        raise BadFile(f"{path}，第 {number} 行：时间“{moment}”应为整数") from None


def rows(path: Path, needed: list[tuple[str, ...]], wished: list[tuple[str, ...]]) -> Iterator[tuple[int, list[str]]]:
    """Line number and the wanted cells of every row; a wished column that is not there is empty."""
    known = {name for some in [*needed, *wished] for name in some}
    text = text_of(path)
    lines = table(path, text, delimiter_of(text, lambda cell: cell.strip().lower() in known))
    header = [name.strip().lower() for name in next(lines, (1, []))[1]]
    columns = [place(header, names) for names in [*needed, *wished]]
    for names, column in zip(needed, columns, strict=False):
        if column is None:
            raise BadFile(f"{path}，第 1 行：没有“{names[0]}”这一列（也可以叫 {'、'.join(names[1:])}）")
    for line, cells in lines:
        if not cells:
            continue
        if len(cells) != len(header):
            raise BadFile(f"{path}，第 {line} 行：应有 {len(header)} 列，实有 {len(cells)} 列")
        yield line, ["" if column is None else cells[column].strip() for column in columns]


def place(header: list[str], names: tuple[str, ...]) -> int | None:
    """Which column has one of these names."""
    return next((header.index(name) for name in names if name in header), None)


def table(path: Path, text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of a file with their lines."""
    try:
        yield from records(text, delimiter)
    except Garbled as problem:
        raise BadFile(f"{path}，{problem.chinese}") from problem


def text_of(path: Path) -> str:
    """UTF-8, or the encodings Chinese spreadsheets still write."""
    try:
        return decoded(path.read_bytes())
    except Garbled as problem:
        raise BadFile(f"{path}，{problem.chinese}") from problem
