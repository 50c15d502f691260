"""Find the command that was asked for and run it."""

import argparse
import importlib
import io
import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from yishiting.methods.errors import Unusable, WrongOptions

#: Name of the command → what it does. The module of the same name holds `arguments` and `run`.
COMMANDS = {
    "seats": "allot seats to constituencies 席位分配",
    "elect": "count an election round 选举计票",
    "vote": "judge a vote on a motion 表决",
    "satisfaction": "compute satisfaction 满意率",
    "assessment": "recompute a published 1,000-point assessment 千分制考核复算",
    "speakers": "order those who want to speak 发言次序",
    "workdays": "when terms end 工作日",
    "score": "add up score sheets 评分汇总",
    "lot": "draw a public lot 公开抽签",
    "lot-strata": "draw a public lot by place and group 分层抽签",
    "margin": "margin of error of a questionnaire 问卷误差",
    "budget": "choose projects within a budget 预算表决",
    "budget-compare": "compare two outcomes of a budget vote 比较两种结果",
    "budget-check": "check a proof of proportionality 核对比例性证明",
    "opinions": "draw the opinion map of a consultation 意见图谱",
    "similar": "group suggestions on the same matter 同项归并",
    "similar-to": "find suggestions like a text 查找相似建议",
    "classify": "learn classes from examples and propose them 自动分类",
    "ledger-verify": "verify an exported ledger 核对账册",
}
#: The command of the distribution of its own.
ALONE = "yishiting-methods"
#: No count has more digits.
MOST_DIGITS = 9
#: Module → the package that brings it, where the two differ.
PACKAGES = {"sklearn": "scikit-learn", "sparse_dot_topn": "sparse-dot-topn"}


class BadFile(Exception):
    """The file cannot be read; the sentence says where and what is wrong."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one method on files; 0 done, 1 the data cannot be used, 2 wrong words on the command line."""
    program = program_name()
    parser = argparse.ArgumentParser(prog=program, description="The mathematics of deliberation, on files 议事的算法")
    commands = parser.add_subparsers(dest="command", required=True, metavar="METHOD")
    for name, says in COMMANDS.items():
        commands.add_parser(name, help=says, add_help=False)
    words = list(sys.argv[1:] if argv is None else argv)
    chosen = parser.parse_args(words[:1]).command
    module = importlib.import_module(f"yishiting.methods.commands.{chosen.replace('-', '_')}")
    inner = argparse.ArgumentParser(prog=f"{program} {chosen}", description=COMMANDS[chosen])
    inner.add_argument("--json", action="store_true", help="print the whole result as JSON 以 JSON 输出")
    module.arguments(inner)
    args = inner.parse_args(words[1:])
    _print_anything()
    try:
        return int(module.run(args))
    except ModuleNotFoundError as problem:
        sentence = (
            f"这个方法还需要 {problem.name}，请先安装（pip install {PACKAGES.get(str(problem.name), problem.name)}）。"
        )
    except BrokenPipeError:  # whoever reads has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left is written there at the end
        return 0
    except FileNotFoundError as problem:
        sentence = f"没有找到文件 {problem.filename or problem}"
    except OSError as problem:
        sentence = f"打不开文件 {problem.filename or ''}：{problem.strerror or problem}"
    except (BadFile, Unusable) as problem:
        sentence = str(problem)
    return _refused(chosen, sentence, as_json=args.json)


def program_name() -> str:
    """How the commands were called: under the house's own command, or as the distribution of their own."""
    return ALONE if Path(sys.argv[0]).stem == ALONE else "yishiting methods"


def _print_anything() -> None:
    """A character that cannot be written is shown by its number; it does not end the program."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _refused(chosen: str, sentence: str, *, as_json: bool) -> int:
    print(f"{program_name()} {chosen}: {sentence}", file=sys.stderr)
    if as_json:
        print(json.dumps({"refused": True, "remarks": [sentence]}, ensure_ascii=False))
    return 1


def positive(text: str) -> int:
    """A whole number from 1 on the command line."""
    if not text.strip().isdecimal() or len(text) > MOST_DIGITS or not int(text):
        raise argparse.ArgumentTypeError(f"“{text[:20]}”应为 1 以上的整数")
    return int(text)


def separated(text: str) -> list[str]:
    """Names written one after another with commas."""
    return [part.strip() for part in text.replace("，", ",").split(",") if part.strip()]


def drawn(text: str, names: Sequence[str]) -> tuple[str, ...]:
    """The order of a lot: names that are all known, each once. A typing error would change ties unseen."""
    order = separated(text)
    if strange := [name for name in order if name not in names]:
        raise BadFile(f"抽签次序里的“{strange[0]}”不在名单上。")
    if twice := [name for name in dict.fromkeys(order) if order.count(name) > 1]:
        raise BadFile(f"抽签次序里的“{twice[0]}”写了两次。")
    return tuple(order)


@contextmanager
def whole_file(path: Path | str = "") -> Iterator[None]:
    """What a method finds wrong with a file as a whole is told from its first line on; a fault of one line with that.

    Options that do not go together are no fault of the file.
    """
    try:
        yield
    except WrongOptions:
        raise
    except Unusable as problem:
        said = problem.chinese if problem.chinese.startswith("第 ") else f"第 1 行起：{problem.chinese}"
        raise BadFile(f"{path}，{said}" if path else said) from problem


def show(result: Any, *, as_json: bool, text: str) -> None:
    """Print a result: the stable JSON for programs, or the sentences for people."""
    print(json.dumps(result, ensure_ascii=False, indent=2) if as_json else text, flush=True)
