"""Run every check that needs no database, show them all, and fail if one failed."""

import subprocess
import sys
import time
from pathlib import Path

HOUSE = Path(__file__).parents[1]
BIN = HOUSE / ".venv" / "bin"

CHECKS = {
    "style": "ruff check .",
    "layout": "ruff format --check .",
    "types": "mypy",
    "the year flows one way": "lint-imports --no-logo",
    "templates": "djlint --lint --quiet yishiting",
    "migrations": "python -m django makemigrations --check --dry-run --settings=config.settings.test",
    "documents made from code": "yishiting docs --check",
}


def passes(name: str, command: str) -> bool:
    """Run one check where everybody can see it."""
    print(f"── {name}: {command}", flush=True)
    program, *words = command.split()
    begun = time.monotonic()
    found = (BIN / program).exists()
    code = subprocess.run([BIN / program, *words], cwd=HOUSE, check=False).returncode if found else f"no {program}"
    print(f"   {'ok' if code == 0 else f'FAILED ({code})'} in {time.monotonic() - begun:.1f}s", flush=True)
    return code == 0


def main(asked: list[str]) -> int:
    """All checks, or those named; the last lines say which failed."""
    chosen = {name: command for name, command in CHECKS.items() if not asked or name in asked}
    failed = [name for name, command in chosen.items() if not passes(name, command)]
    print(
        f"{len(chosen) - len(failed)} of {len(chosen)} checks passed", *(f"FAILED {name}" for name in failed), sep="\n"
    )
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
