"""`make bench`: every figure against its goal; `--json` for programs, names to measure only some."""

import argparse
import importlib
import json
import pkgutil
import sys
import time
from typing import Any

import bench


def measured(name: str) -> list[dict[str, Any]]:
    """The rows of one bench, each with the name of the bench."""
    print(f"measuring {name} …", file=sys.stderr, flush=True)
    begun = time.monotonic()
    rows = importlib.import_module(f"bench.{name}").measure()
    print(f"  {time.monotonic() - begun:.1f}s", file=sys.stderr, flush=True)
    return [{"bench": name, **row} for row in rows]


def line(row: dict[str, Any]) -> str:
    """One figure as a person reads it."""
    verdict = {True: "met", False: "MISSED", None: "-"}[row.get("met")]
    figure = f"{row['figure']:.4g}" if isinstance(row["figure"], float) else str(row["figure"])
    against = f"  against {row['against']}" if row.get("against") else ""
    goal = f"goal {row.get('goal', '')!s:<12} {verdict}"
    return f"{row['bench']:<14} {row['name']:<60} {figure:>12} {row['unit']:<8} {goal}{against}"


def main() -> int:
    """Measure and show; a missed goal is said, it is not an error of the command."""
    benches = sorted(found.name for found in pkgutil.iter_modules(bench.__path__) if not found.name.startswith("_"))
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", help=", ".join(benches))
    parser.add_argument("--json", action="store_true", help="figures for programs")
    asked = parser.parse_args()
    if unknown := set(asked.names) - set(benches):
        parser.error(f"no bench called {', '.join(sorted(unknown))}")
    rows = [row for name in asked.names or benches for row in measured(name)]
    print(json.dumps(rows, ensure_ascii=False, indent=2) if asked.json else "\n".join(map(line, rows)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
