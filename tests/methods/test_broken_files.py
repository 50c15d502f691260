"""Every command on broken files: no traceback, no hang; what is refused is one sentence with a line number.

`FUZZ=100 pytest tests/methods/test_broken_files.py` tries a hundred times as many; each number of a file tries one.
"""

import io
import json
import os
import random
import re
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.methods.test_ledger_export import checkpoint, rows
from yishiting.methods.commands import main
from yishiting.methods.commands.main import COMMANDS
from yishiting.methods.ledger_export import HEAD

DOCS = Path(__file__).parents[2] / "docs" / "methods"
TIMES = 12 * int(os.environ.get("FUZZ", "1"))
#: So long one file may take; on this one no honest file takes a tenth of it.
SECONDS = 10.0


def documented(name: str, kind: str = "json") -> str:
    found = re.search(rf"```{kind}\n(.*?)```", (DOCS / f"{name}.md").read_text(encoding="utf-8"), re.S)
    assert found, name
    return found[1]


MESSAGES = "留言编号,留言主题,留言详情,类\n" + "".join(
    f"{k},{place}小区{matter},请解决{place}小区的{matter}问题,{matter}\n"
    for k, (place, matter) in enumerate([(p, m) for p in ("柳荫", "团结", "呼家楼") for m in ("电梯", "停车", "烧烤")])
)
BUDGET = """META
key;value
budget;1000
vote_type;approval
rule;greedy
max_length;2
PROJECTS
project_id;cost;name
1;400;花坛
2;600;"长椅;带靠背"
3;300.5;路灯
VOTES
voter_id;vote
a;1,2
b;2,3
c;3
"""
POINTS = BUDGET.replace("approval", "cumulative").replace("voter_id;vote", "voter_id;vote;points")
POINTS = POINTS.replace("a;1,2", "a;1,2;3,2").replace("b;2,3", "b;2,3;1,4").replace("c;3", "c;3;5")
SHEETS = "评委,项目,受益×0.6/10,可行×0.4/10,回避\n甲,花坛,8,7,\n乙,花坛,9,6,\n甲,路灯,,,是\n乙,路灯,5.5,10,\n"
LEDGER = "".join(json.dumps(line) + "\n" for line in (HEAD, *rows(5), {"checkpoint": checkpoint(rows(5), 4)}))


def proof() -> str:
    """A certificate of the good budget."""
    with TemporaryDirectory() as folder:
        file, made = Path(folder) / "file.pb", Path(folder) / "proof.json"
        file.write_text(BUDGET, "utf-8")
        with redirect_stdout(io.StringIO()):
            main(["budget", str(file), "--rule", "mes", "--certificate", str(made)])
        return made.read_text("utf-8")


#: Command → a good file, its name, and the words after it.
GOOD: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "seats": (documented("seats"), "file.json", ()),
    "elect": (documented("elections"), "file.json", ()),
    "vote": (documented("votes"), "file.json", ()),
    "satisfaction": (documented("satisfaction"), "file.json", ()),
    "assessment": (documented("assessment"), "file.json", ()),
    "speakers": (documented("speakers"), "file.json", ()),
    "workdays": (documented("workdays"), "file.json", ()),
    "lot": (documented("lot"), "file.json", ()),
    "lot-strata": (documented("lot", "jsonc"), "file.json", ()),
    "margin": (documented("margins"), "file.json", ()),
    "score": (SHEETS, "file.csv", ("--funded", "1")),
    "budget": (BUDGET, "file.pb", ("--explain",)),
    "budget-compare": (BUDGET, "file.pb", ("--one", "greedy", "--other", "mes+add1")),
    "budget-check": (proof(), "proof.json", ()),
    "opinions": (documented("opinions", "csv"), "votes.csv", ()),
    "similar": (MESSAGES, "file.csv", ()),
    "similar-to": (MESSAGES, "file.csv", ("--text", "柳荫小区停车")),
    "classify": (MESSAGES, "file.csv", ("{file}", "--label", "类")),
    "ledger-verify": (LEDGER, "ledger.jsonl", ()),
}
FURTHER = {("budget", "points"): (POINTS, "file.pb", ("--rule", "mes", "--completion", "add1"))}
CASES = [*((name, "", *made) for name, made in GOOD.items()), *((*name, *made) for name, made in FURTHER.items())]

NASTY = [
    b"", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b'"', b"'", b",", b";", b"\t", b"\r", b"\n\n", b"{", b"[" * 2000, b"}", b":",
    b"-1", b"0", b"1/0", b"1e999", b"1e99999999", b"NaN", b"Infinity", b"9" * 5000, b"120,000", b"12,5", b"0.1", b"null",
    b"true", b"\\ud800", b"\xe2\x80\xa8", b"\x0b", b"\x0c", "，".encode(), "１２".encode(), "无".encode(), b"#REF!",
    "甲".encode("gb18030"), b"2026-13-45", b"x" * 140_000, b"VOTES", b"META", b"PROJECTS", b"\xf0\x9f\x92\xa9", b"%",
]  # fmt: skip


def broken(good: bytes, dice: random.Random) -> bytes:
    """The file after one to four accidents."""
    for _ in range(dice.randint(1, 4)):
        good = dice.choice(ACCIDENTS)(good, dice)
    return good


def _cut(file: bytes, dice: random.Random) -> bytes:
    return file[: dice.randint(0, len(file))]


def _flip(file: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(file) or 1)
    return file[:at] + bytes([dice.randrange(256)]) + file[at + 1 :]


def _put(file: bytes, dice: random.Random) -> bytes:
    at = dice.randint(0, len(file))
    return file[:at] + dice.choice(NASTY) + file[at + dice.randint(0, 3) :]


def _number(file: bytes, dice: random.Random) -> bytes:
    found = list(re.finditer(rb"\d+", file))
    if not found:
        return file
    one = dice.choice(found)
    return file[: one.start()] + dice.choice(NASTY) + file[one.end() :]


def _line(file: bytes, dice: random.Random) -> bytes:
    lines = file.splitlines(keepends=True) or [b""]
    at, other = dice.randrange(len(lines)), dice.randrange(len(lines))
    lines[at : at + dice.randint(0, 1)] = dice.choice([[], [lines[other]], [lines[other], lines[at]]])
    return b"".join(lines)


def _spelling(file: bytes, dice: random.Random) -> bytes:
    text = file.decode("utf-8", "replace")
    return text.encode(dice.choice(["utf-16", "utf-16-le", "gb18030", "utf-8-sig"]))


def _swap(file: bytes, dice: random.Random) -> bytes:
    one, other = dice.choice([(b";", b","), (b",", b";"), (b'"', b""), (b"\n", b"\r"), (b" ", b""), (b"[", b"{")])
    return file.replace(one, other, dice.randint(1, 5))


ACCIDENTS: list[Callable[[bytes, random.Random], bytes]] = [_cut, _flip, _put, _number, _line, _spelling, _swap]


@contextmanager
def no_longer_than(seconds: float) -> Iterator[None]:
    def late(*_: object) -> None:
        raise TimeoutError(f"more than {seconds} s")

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def run(file: Path, name: str, words: tuple[str, ...]) -> int:
    if name == "budget-check":
        election = file.with_name("election.pb")
        election.write_text(BUDGET, encoding="utf-8")
        return main([name, str(election), str(file)])
    return main([name, str(file), *(word.format(file=file) for word in words)])


def test_every_command_is_tried() -> None:
    assert set(GOOD) == set(COMMANDS)


@pytest.mark.parametrize(("name", "which", "good", "called", "words"), CASES, ids=[f"{c[0]}{c[1]}" for c in CASES])
def test_a_broken_file_is_a_sentence(
    name: str,
    which: str,
    good: str,
    called: str,
    words: tuple[str, ...],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = tmp_path / called
    file.write_text(good, encoding="utf-8")
    assert run(file, name, words) == 0
    for number in range(TIMES):
        capsys.readouterr()
        content = broken(good.encode(), random.Random(f"{name}{which}{number}"))
        file.write_bytes(content)
        kept = tmp_path / f"{name}{which}.{number}"
        kept.write_bytes(content)
        with no_longer_than(SECONDS):
            status = run(file, name, words)
        said = capsys.readouterr()
        assert status in (0, 1, 3), kept
        if refused := [line for line in said.err.splitlines() if line.startswith(f"yishiting methods {name}: ")]:
            assert re.search(r"第 \d+ 行", refused[0]), (kept, refused[0])
        kept.unlink()
