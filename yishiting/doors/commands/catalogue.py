"""The documents made from code: what the verbs are, who may, which states and rules there are, what the API offers."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from django.utils import translation

import yishiting
from yishiting.ground.common.lifecycle import Lifecycle
from yishiting.ground.common.verbs import VERBS, Verb
from yishiting.ground.seasons.by_level import ENTRIES, entry_label
from yishiting.ground.seasons.permissions import OPENS

MADE = "<!-- Made from the code by `make docs`; do not edit. -->\n\n"
ROOT = Path(yishiting.__file__).parents[1]
#: Between these words stands what is made from the code.
SEASONS_BETWEEN = ("<!-- what each season opens: made by `make docs` -->", "<!-- end -->")
TABLE_RULE = "| --- | --- | --- | --- | --- |"


def pages() -> dict[str, str]:
    """Every generated page by its path."""
    with translation.override("zh-hans"):
        return {
            "docs/verbs.md": verbs(),
            "docs/permissions.md": permissions(),
            "docs/rules.md": rules(),
            "docs/api/openapi.json": openapi(),
            "docs/the-year.md": the_year(),
            **{f"docs/lifecycles/{name}.md": drawn(name, table) for name, table in lifecycles()},
        }


def the_year() -> str:
    """The page about the year, with the table of what each season opens as it stands in the code."""
    path, (begin, end) = ROOT / "docs/the-year.md", SEASONS_BETWEEN
    before, _begin, rest = path.read_text(encoding="utf-8").partition(begin)
    table = ["", "| season | 季 | opens |", "| --- | --- | --- |"]
    for season, codes in OPENS.items():
        opened = "、".join(f"`{code}` {VERBS[code].label}" for code in codes)
        table.append(f"| {season.value} | {season.label} | {opened} |")
    return before + begin + "\n".join([*table, ""]) + end + rest.partition(end)[2]


def verbs() -> str:
    """The catalogue of verbs: code, word, what it means, who may, from where to where."""
    lines = [MADE + "# 动作目录 Verbs\n"]
    for package, members in by_package().items():
        lines += [f"\n## {package}\n", "| verb | 中文 | what it means | who may | from → to |", TABLE_RULE]
        lines += [
            f"| `{one.code}` | {one.label} | {one.sentence} | {one.may.says()} | {moves(one.code)} |" for one in members
        ]
    return "\n".join(lines) + "\n"


def permissions() -> str:
    """Who may do what, as an official reads it; the tested matrix is tests/permissions/matrix.csv."""
    lines = [MADE + "# 权限 Permissions\n", "| 事项 | 动作 | 谁可以 |", "| --- | --- | --- |"]
    lines += [
        f"| {one.label} | `{one.code}` | {one.may.says()} |" for one in sorted(VERBS.values(), key=lambda v: v.code)
    ]
    return "\n".join(lines) + "\n"


def rules() -> str:
    """Every rule that may be set by place and year, with its usual value and its source."""
    lines = [MADE + "# 规则目录 Rules\n", "| 规则 | 名称 | 通常取值 | 依据原文 | 出处 |", TABLE_RULE]
    lines += [
        f"| `{name}` | {entry_label(name)} | {usual.value}{kind.unit} | {usual.sentence} | {usual.source} |"
        for name, (kind, level) in ENTRIES.items()
        for usual in [kind.at(level)]
    ]
    return "\n".join(lines) + "\n"


def openapi() -> str:
    """The API as programs read it: every operation, every shape."""
    from yishiting.doors.api.v1 import api

    return json.dumps(api.get_openapi_schema(), ensure_ascii=False, indent=1) + "\n"


def drawn(name: str, table: Lifecycle) -> str:
    """One lifecycle as a picture and as a table."""
    lines = [MADE + f"# {name}\n", "```mermaid", table.as_mermaid(), "```\n"]
    lines += ["| 从 | 到 | 动作 | 说明 |", "| --- | --- | --- | --- |"]
    for row in table.steps:
        sources = "、".join(str(table.label(source)) for source in row.sources)
        lines.append(f"| {sources} | {table.label(row.target)} | `{row.verb}` | {row.says} |")
    return "\n".join(lines) + "\n"


def lifecycles() -> Iterator[tuple[str, Lifecycle]]:
    """Every lifecycle of the house, named by its package (and its noun, where a package has several)."""
    for module_name in sorted(
        name for name in sys.modules if name.startswith("yishiting.") and name.endswith(".states")
    ):
        for attribute, value in vars(sys.modules[module_name]).items():
            if isinstance(value, Lifecycle):
                noun = attribute.removesuffix("LIFECYCLE").strip("_").lower()
                package = module_name.split(".")[-2]
                yield (f"{package}-{noun}" if noun else package), value


def by_package() -> dict[str, list[Verb]]:
    """Verbs by the package that holds them, packages in the order of the house."""
    found: dict[str, list[Verb]] = {}
    for one in VERBS.values():
        found.setdefault(one.function.__module__.split(".actions")[0].removeprefix("yishiting."), []).append(one)
    order = ["ground", "instruments", "year", "overview"]
    return dict(sorted(found.items(), key=lambda item: (order.index(item[0].split(".")[0]), item[0])))


def moves(code: str) -> str:
    """From where to where a verb moves its thing; a dash for verbs that only add."""
    rows = [
        f"{'、'.join(str(table.label(source)) for source in row.sources)} → {table.label(row.target)}"
        for _name, table in lifecycles()
        for row in table.rows_of(code)
    ]
    return "<br>".join(rows) or "—"
