"""The source as the consistency tests read it."""

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
HOUSE = ROOT / "yishiting"
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf8"))["tool"]["importlinter"]["contracts"]
GROUPS = ("methods", "ground", "instruments", "year", "overview", "doors")


def modules(*, under: Path = HOUSE) -> Iterator[tuple[str, ast.Module]]:
    """Every module of the house: path from the house's door, and its tree."""
    for path in sorted(under.rglob("*.py")):
        if "/migrations/" not in path.as_posix():
            yield "/" + path.relative_to(HOUSE).as_posix(), tree(path)


@cache
def tree(path: Path) -> ast.Module:
    """Reading the whole house takes seconds: once for all tests, none of which changes it."""
    return ast.parse(path.read_text("utf8"))


def layers(container: str) -> list[list[str]]:
    """The packages of one contract, lowest first."""
    contract = next(c for c in CONTRACTS if container in c.get("containers", []))
    return [[name.strip(" ()") for name in row.split("|")] for row in reversed(contract["layers"])]


@cache
def height(package: str) -> tuple[int, int]:
    """How high a package (group.name) stands in the house."""
    group, _, name = package.partition(".")
    within = {}
    if group not in {"methods", "doors"}:
        within = {n: i for i, row in enumerate(layers(f"yishiting.{group}")) for n in row}
    return GROUPS.index(group), within.get(name, 0)
