"""Checks, then the tests on SQLite, on PostgreSQL and in a browser; the last line adds them all up.

Nothing is left out silently: a missing database or browser is an error, and skipped tests are listed with reasons.
`all` tries what takes long as well: nonsense at length, how much of the rules is tried, changes at random places.
"""

import os
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

HOUSE = Path(__file__).parents[1]
PYTHON = str(HOUSE / ".venv" / "bin" / "python")
ORDER = ("failed", "passed", "skipped", "error")
REPORTS = HOUSE / "var" / "test"


@dataclass(frozen=True, slots=True)
class Suite:
    """One run of pytest: what is chosen, on what it runs, and how many at a time."""

    name: str
    chosen: str
    at_a_time: int
    before: tuple[str, ...] = ()

    @property
    def report(self) -> Path:
        return REPORTS / f"{self.name}.xml"

    def words(self) -> list[str]:
        spread = ["-n", str(self.at_a_time), "--dist", "worksteal"] if self.at_a_time > 1 else []
        pytest = [PYTHON, "-m", "pytest", "-m", self.chosen, *spread, f"--junitxml={self.report}", "--color=no"]
        return [*self.before, *pytest]


PRIVATE_POSTGRES = ("sh", "tools/postgres.sh")
#: With `all`: so many times as much nonsense is sent (tests/fuzz).
NONSENSE = "20"
#: What decides: each of its branches is tried by some test.
DECIDES = "*/rules.py,*/states.py,*/permissions.py,*/actions.py,*/actions/*.py,*/guards.py"
BRANCHES = 100
SUITES = (
    Suite("browser", "browser", 1, PRIVATE_POSTGRES),  # one at a time: the checks have the other processor
    Suite("sqlite", "not browser and not long", 2),  # the quicker one: what is tried once is tried here
    Suite("postgresql", "not browser and not once and not long", 2, PRIVATE_POSTGRES),
)


def counted(report: Path) -> Counter[str]:
    """How many tests of a finished run passed, failed, broke or were skipped."""
    total: Counter[str] = Counter()
    for suite in ET.parse(report).getroot().iter("testsuite"):
        figures = {name: int(suite.get(name, 0)) for name in ("tests", "failures", "errors", "skipped")}
        total["failed"] += figures["failures"]
        total["error"] += figures["errors"]
        total["skipped"] += figures["skipped"]
        total["passed"] += figures["tests"] - figures["failures"] - figures["errors"] - figures["skipped"]
    return total


def run(suite: Suite) -> Counter[str]:
    """Run one suite; a run that ends badly without a failed test counts as one error."""
    print(f"\n══ tests: {suite.name}", flush=True)
    suite.report.unlink(missing_ok=True)
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    if suite.name == "browser":
        found = subprocess.run(["sh", "tools/browser.sh"], cwd=HOUSE, stdout=subprocess.PIPE, text=True, check=False)
        if found.returncode:
            return Counter(error=1)
        environment["CHROMIUM"] = found.stdout.strip()
    code = subprocess.run(suite.words(), cwd=HOUSE, env=environment, check=False).returncode
    total = counted(suite.report) if suite.report.exists() else Counter()
    if code and not total["failed"] and not total["error"]:
        total["error"] += 1
    return total


def check() -> Counter[str]:
    """The checks without a database; one error when any of them fails. They are told in one piece, at their end."""
    words = [PYTHON, "tools/check.py"]
    done = subprocess.run(words, cwd=HOUSE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    print(f"\n══ checks\n{done.stdout}", flush=True)
    return Counter(error=1) if done.returncode else Counter()


def cover() -> Counter[str]:
    """The tests once more with an eye on which branches they take; one error where some that decide are taken by none."""
    print("\n══ coverage", flush=True)
    data = f"--data-file={REPORTS / 'coverage'}"
    coverage = [PYTHON, "-m", "coverage"]
    tests = [*coverage, "run", data, "-m", "pytest", "-q", "-m", "not browser and not oracle", "--ignore=tests/fuzz"]
    report = [*coverage, "report", data, f"--include={DECIDES}", f"--fail-under={BRANCHES}", "-m", "--skip-covered"]
    codes = [subprocess.run(words, cwd=HOUSE, check=False).returncode for words in (tests, report)]
    return Counter(error=1) if any(codes) else Counter()


def mutate() -> Counter[str]:
    """Changes at random places; one error where fewer than nine of ten are noticed in a package."""
    print("\n══ mutations", flush=True)
    code = subprocess.run([PYTHON, "tools/mutation_sample.py"], cwd=HOUSE, check=False).returncode
    return Counter(error=1) if code else Counter()


LONG = {"coverage": cover, "mutations": mutate}


def main(asked: list[str]) -> int:
    """Everything, or only the parts named: checks, sqlite, postgresql, browser, coverage, mutations; `all` of these."""
    begun = time.monotonic()
    REPORTS.mkdir(parents=True, exist_ok=True)
    if "all" in asked:
        os.environ.setdefault("FUZZ", NONSENSE)
        asked = ["checks", *(suite.name for suite in SUITES), *LONG]
    parts: dict[str, Counter[str]] = {}
    with ThreadPoolExecutor(1) as beside:
        checks = beside.submit(check) if not asked or "checks" in asked else None
        for suite in SUITES:
            if not asked or suite.name in asked:
                parts[suite.name] = run(suite)
            if checks is not None:
                parts["checks"] = checks.result()
    parts |= {name: tried() for name, tried in LONG.items() if name in asked}
    print("\n══ all together")
    for name, total in parts.items():
        print(f"{name}: {spelled(total) or 'ok'}")
    everything = sum(parts.values(), Counter[str]())
    print(f"==== {spelled(everything)} in {time.monotonic() - begun:.2f}s ====")
    return 1 if everything["failed"] or everything["error"] or not everything["passed"] else 0


def spelled(total: Counter[str]) -> str:
    """`3 failed, 812 passed, 1 skipped, 2 errors`, as pytest says it."""
    words = ((name, "errors" if name == "error" and total[name] > 1 else name) for name in ORDER)
    return ", ".join(f"{total[name]} {word}" for name, word in words if total[name])


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
