"""`yishiting methods assessment FILE`: recompute a published 1,000-point assessment, from its JSON or its CSV."""

import argparse
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

from yishiting.methods.assessment import Assessed, Fact, Row, assess, check_table, told, written
from yishiting.methods.commands.json_file import Record, distinct, read_json
from yishiting.methods.commands.main import BadFile, show, whole_file
from yishiting.methods.numbers import number
from yishiting.methods.tables import decoded, records

#: The columns of the published CSV: one line for each unit and row of the table.
COLUMNS = (
    "单位代码", "单位", "指标代码", "指标", "权重", "满分", "目标", "斜率", "保底分", "加分上限", "一票否决线", "最少样本",
    "做到", "合计", "核定得分", "容错免考", "比率", "指标得分", "折算权重", "折算得分", "总分",
)  # fmt: skip
YES = "是"
Units = list[tuple[str, str, dict[str, Fact], str]]


def arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    parser.add_argument("file", help="the published table, .json or .csv, see docs/methods/assessment.md 公布的考核表")


def run(args: argparse.Namespace) -> int:
    """Compute every unit anew; 1 where a sum is not the one that was published."""
    rows, units = from_csv(args.file) if args.file.lower().endswith(".csv") else from_json(args.file)
    with whole_file():
        check_table(rows)
        found = [(code, name, assess(rows, facts), stated) for code, name, facts, stated in units]
    wrong = {code for code, _name, one, stated in found if written(one.total) != stated}
    units_told = [
        {"code": code, "name": name, "stated": stated, "agrees": code not in wrong, **told(one)}
        for code, name, one, stated in found
    ]
    show({"agrees": not wrong, "units": units_told}, as_json=args.json, text="\n".join(_says(found, wrong)))
    return 1 if wrong else 0


def _says(found: list[tuple[str, str, Assessed, str]], wrong: set[str]) -> Iterator[str]:
    for code, name, one, stated in found:
        total = "没有可以计分的事项，单列" if one.total is None else f"{written(one.total)} 分"
        veto = f"，一票否决：{'、'.join(one.vetoed)}" if one.vetoed else ""
        yield f"{code} {name}：{total}{veto}" + (f"（公布的是 {stated or '空'}，不一致）" if code in wrong else "")
    yield f"共 {len(found)} 个单位，" + (f"{len(wrong)} 个与公布的不一致。" if wrong else "与公布的完全一致。")


def from_json(path: str) -> tuple[list[Row], Units]:
    """The table and the units of a published JSON file."""
    file = read_json(path)
    rows = [_row(one) for one in distinct(list(file.get("rules").items()), lambda one: one.text("code"))]
    units = distinct(list(file.get("units").items()), lambda one: one.text("code"))
    return rows, [_unit(one, {row.code for row in rows}) for one in units]


def _row(one: Record) -> Row:
    numbers = {name: _number(one, name) for name in ("full", "target", "slope", "floor", "bonus")}
    veto = _number(one, "veto") if one.has("veto") else None
    return Row(
        one.text("code"), one.text("label"), one.whole("weight"), **numbers, veto=veto, fewest=one.whole("fewest")
    )


def _number(one: Record, key: str) -> Fraction:
    with one.get(key).blamed():
        return number(str(one.get(key).value))


def _unit(one: Record, known: set[str]) -> tuple[str, str, dict[str, Fact], str]:
    marks = distinct(list(one.get("marks").items()), lambda mark: mark.text("code"))
    if strange := next((mark for mark in marks if mark.text("code") not in known), None):
        raise strange.bad(f"规则里没有“{strange.text('code')[:40]}”这个指标")
    facts = {mark.text("code"): _fact(mark) for mark in marks}
    return one.text("code"), one.text("name"), facts, str(one.value.get("total") or "")


def _fact(mark: Record) -> Fact:
    points = _number(mark, "points") if mark.has("points") else None
    return Fact(mark.whole("good", 0), mark.whole("total", 0), points, mark.yes("exempt", False))


def from_csv(path: str) -> tuple[list[Row], Units]:
    """The table and the units of a published CSV file."""
    lines = [(at, row) for at, row in records(decoded(Path(path).read_bytes())) if any(row)]
    if not lines or tuple(lines[0][1]) != COLUMNS:
        raise BadFile(f"第 1 行：表头应为 {'、'.join(COLUMNS)}。")
    rows: dict[str, Row] = {}
    units: dict[str, tuple[str, str, dict[str, Fact], str]] = {}
    for at, cells in lines[1:]:
        if len(cells) != len(COLUMNS):
            raise BadFile(f"第 {at} 行：应有 {len(COLUMNS)} 列，现有 {len(cells)} 列。")
        one = dict(zip(COLUMNS, cells, strict=True))
        row = _row_of(one, at)
        if rows.setdefault(row.code, row) != row:
            raise BadFile(f"第 {at} 行：“{row.label}”的规则和前面的行不一样。")
        unit = units.setdefault(one["单位代码"], (one["单位代码"], one["单位"], {}, one["总分"]))
        if row.code in unit[2] or unit[1:2] + unit[3:] != (one["单位"], one["总分"]):
            raise BadFile(f"第 {at} 行：“{one['单位'][:40]}”的这个指标前面已经有了，或总分、名称和前面的行不一样。")
        unit[2][row.code] = _fact_of(one, at)
    return list(rows.values()), list(units.values())


def _row_of(one: dict[str, str], at: int) -> Row:
    words = {"full": "满分", "target": "目标", "slope": "斜率", "floor": "保底分", "bonus": "加分上限"}
    numbers = {name: _cell(one, word, at) for name, word in words.items()}
    veto = _cell(one, "一票否决线", at) if one["一票否决线"] else None
    weight, fewest = _whole(one, "权重", at), _whole(one, "最少样本", at)
    return Row(one["指标代码"], one["指标"], weight, **numbers, veto=veto, fewest=fewest)


def _fact_of(one: dict[str, str], at: int) -> Fact:
    points = _cell(one, "核定得分", at) if one["核定得分"] else None
    return Fact(_whole(one, "做到", at), _whole(one, "合计", at), points, one["容错免考"] == YES)


def _whole(one: dict[str, str], name: str, at: int) -> int:
    if (value := _cell(one, name, at)).denominator != 1:
        raise BadFile(f"第 {at} 行，{name}：“{one[name][:40]}”应为整数。")
    return int(value)


def _cell(one: dict[str, str], name: str, at: int) -> Fraction:
    try:
        return number(one[name] or "0")
    except ValueError as problem:
        raise BadFile(f"第 {at} 行，{name}：{problem}。") from None


def csv_lines(told_table: dict[str, Any]) -> Iterator[list[str]]:
    """The lines of the CSV of a published table, the heading first."""
    yield list(COLUMNS)
    for unit in told_table["units"]:
        marks = {mark["code"]: mark for mark in unit["marks"]}
        for rule in told_table["rules"]:
            yield _line(unit, rule, marks.get(rule["code"], {}))


def _line(unit: dict[str, Any], rule: dict[str, Any], mark: dict[str, Any]) -> list[str]:
    own = [
        rule.get(name)
        for name in ("code", "label", "weight", "full", "target", "slope", "floor", "bonus", "veto", "fewest")
    ]
    facts = [mark.get("good", 0), mark.get("total", 0), mark.get("points"), YES if mark.get("exempt") else ""]
    came = [mark.get(name) for name in ("rate", "score", "share", "brings")]
    return [
        "" if cell is None else str(cell) for cell in (unit["code"], unit["name"], *own, *facts, *came, unit["total"])
    ]
