"""Change the product a little at random places and see whether a test notices: `make mutate PACKAGES="projects meetings"`.

A fixed seed draws at least thirty changes in each package. The tests that stand beside the package run once, and it is
written down which of them call which function; then each change is made in a process of its own, and the tests that
call the changed function run until one fails. What survives is listed; what cannot be noticed, because it means the
same, stands with its reason in `tools/equivalent_mutants.txt`. Below nine tenths in a package the run fails.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

HOUSE = Path(__file__).parents[1]
sys.path.insert(0, str(HOUSE))

from tools.mutation_sites import Mutant, make, mutants_of  # noqa: E402 - the house is on the path now

SEED = 20261129
EACH = 40
GOAL = 0.9
#: How many of the sample are drawn from each kind of code; what a kind lacks the others give.
SHARES = {"rules": 0.4, "actions": 0.4, "queries": 0.2}
EQUIVALENT = HOUSE / "tools" / "equivalent_mutants.txt"
REPORTS = HOUSE / "var" / "mutation"
GROUPS = ("ground", "instruments", "year", "overview")


def packages() -> dict[str, str]:
    """Every package with models or rules, by its short name."""
    found = (path.parent for group in GROUPS for path in (HOUSE / "yishiting" / group).glob("*/__init__.py"))
    return {path.name: path.relative_to(HOUSE / "yishiting").as_posix() for path in found}


def tests_of(package: str) -> list[str]:
    """The tests that stand beside a package, and those of boards and doors that bear its name."""
    group, name = package.split("/")
    tests, stem = HOUSE / "tests", name.rstrip("s")
    if name in {"common", "accounts"}:
        return ["tests/ground", "tests/permissions"]
    found = [
        tests / group / name,
        *(tests / group).glob(f"test_*{stem}*.py"),
        *(tests / "doors").rglob(f"test_*{stem}*.py"),
    ]
    if group in {"year", "overview"}:
        found.append(tests / "overview")
    return sorted({str(path.relative_to(HOUSE)) for path in found if path.exists()})


def equivalent() -> set[str]:
    """What means the same, by name."""
    lines = EQUIVALENT.read_text("utf8").splitlines() if EQUIVALENT.exists() else []
    return {line.partition("  # ")[0].strip() for line in lines if line.strip() and not line.startswith("#")}


def sample(package: str, each: int) -> list[Mutant]:
    """The changes to be tried in a package."""
    drawn = random.Random(f"{SEED} {package}")
    known, pools = equivalent(), defaultdict(list)
    for mutant in mutants_of(package):
        if mutant.name not in known:
            pools[mutant.layer].append(mutant)
    chosen: list[Mutant] = []
    for layer, share in SHARES.items():
        drawn.shuffle(pools[layer])
        chosen += pools[layer][: round(each * share)]
    rest = [one for layer in SHARES for one in pools[layer] if one not in set(chosen)]
    drawn.shuffle(rest)
    return [*chosen, *rest[: each - len(chosen)]]


class Sampler:
    """Runs within pytest: once with an eye on who calls what, then once for each change."""

    def __init__(self, mutants: list[Mutant], report: Path, jobs: int) -> None:
        self.mutants, self.report, self.jobs = mutants, report, jobs
        self.failed: list[str] = []
        self.calls: dict[tuple[str, str], set[int]] = defaultdict(set)
        self.seconds: dict[int, float] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed.append(report.nodeid)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.watch(session)
        if self.failed:
            raise pytest.UsageError(f"these fail without any change: {self.failed}")
        waiting, running = list(self.mutants), {}
        with self.report.open("w", encoding="utf8") as file:
            while waiting or running:
                while waiting and len(running) < self.jobs:
                    mutant = waiting.pop(0)
                    running[self.start(session, mutant)] = mutant
                child, status = os.wait()
                mutant = running.pop(child)
                row = {"name": mutant.name, "line": mutant.line, "layer": mutant.layer, "outcome": outcome(status)}
                row["tests"] = len(self.calls[mutant.file, mutant.function])
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
                file.flush()
        return True

    def watch(self, session: pytest.Session) -> None:
        """Run everything unchanged, and note which test calls which function."""
        wanted = {(str(HOUSE / one.file), one.function): (one.file, one.function) for one in self.mutants}
        files = {file for file, _function in wanted}
        for number, item in enumerate(session.items):

            def note(frame: FrameType, event: str, _argument: Any, number: int = number) -> None:
                code = frame.f_code
                if event == "call" and code.co_filename in files:
                    key = wanted.get((code.co_filename, code.co_qualname.split(".<locals>")[0]))
                    if key is not None:
                        self.calls[key].add(number)

            began = time.monotonic()
            sys.setprofile(note)
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=item)
            sys.setprofile(None)
            self.seconds[number] = time.monotonic() - began
            session._setupstate.teardown_exact(session.items[number + 1] if number + 1 < len(session.items) else item)

    def start(self, session: pytest.Session, mutant: Mutant) -> int:
        """A process in which the change is made and the tests that call the function run, the quickest first."""
        sys.stdout.flush()
        child = os.fork()
        if child:
            return child
        numbers = sorted(self.calls[mutant.file, mutant.function], key=self.seconds.__getitem__)
        signal.alarm(60 + 20 * int(sum(self.seconds[one] for one in numbers)))
        os._exit(self.tried(session, mutant, numbers))

    def tried(self, session: pytest.Session, mutant: Mutant, numbers: list[int]) -> int:
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        try:
            make(mutant)
            items = [session.items[one] for one in numbers]
            for item in items:
                session._setupstate.teardown_exact(item)
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=item)
                if self.failed:
                    return KILLED
        except BaseException:
            return BROKEN
        return SURVIVED


SURVIVED, KILLED, BROKEN = 0, 1, 2


def outcome(status: int) -> str:
    """What came of a change; a run without end is noticed as well."""
    if os.WIFSIGNALED(status):
        return "killed"
    return {SURVIVED: "survived", KILLED: "killed", BROKEN: "broken"}[os.WEXITSTATUS(status)]


def run_here(package: str, each: int, jobs: int) -> int:
    """One package, in this process."""
    report = REPORTS / f"{Path(package).name}.jsonl"
    sampler = Sampler(sample(package, each), report, jobs)
    words = ["-q", "-p", "no:randomly", "-p", "no:cacheprovider", "--hypothesis-profile=ci", "--no-header"]
    chosen = ["-m", "not browser and not oracle and not long"]
    return int(pytest.main([*words, *chosen, *tests_of(package)], plugins=[sampler]))


def told(package: str) -> bool:
    """Say what came of a package; whether it reaches the goal."""
    report = REPORTS / f"{Path(package).name}.jsonl"
    rows = [json.loads(line) for line in report.read_text("utf8").splitlines()] if report.exists() else []
    killed = sum(row["outcome"] == "killed" for row in rows)
    for row in survivors(rows):
        print(f"  {row['outcome']} line {row['line']}, {row['tests']} tests: {row['name']}")
    reached = bool(rows) and killed >= GOAL * len(rows)
    print(f"{package}: {killed} of {len(rows)} noticed{'' if reached else '  BELOW THE GOAL'}", flush=True)
    return reached


def survivors(rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """What nobody noticed, file by file."""
    yield from sorted((row for row in rows if row["outcome"] != "killed"), key=lambda row: (row["name"], row["line"]))


def main() -> int:
    """All packages, or those named."""
    known = packages()
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("packages", nargs="*", help=f"of: {' '.join(known)}")
    asked.add_argument("--each", type=int, default=EACH, help="how many changes in each package")
    asked.add_argument("--jobs", type=int, default=2, help="how many at a time")
    asked.add_argument("--here", action="store_true", help="one package in this very process")
    given = asked.parse_args()
    chosen = [known.get(name, name) for name in given.packages] or list(known.values())
    REPORTS.mkdir(parents=True, exist_ok=True)
    if given.here:
        return run_here(chosen[0], given.each, given.jobs)
    reached = []
    for package in chosen:
        words = [sys.executable, __file__, package, "--here", f"--each={given.each}", f"--jobs={given.jobs}"]
        subprocess.run(words, cwd=HOUSE, stdout=subprocess.DEVNULL, check=False)
        reached.append(told(package))
    return 0 if all(reached) else 1


if __name__ == "__main__":
    raise SystemExit(main())
