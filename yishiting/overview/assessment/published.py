"""The table of an assessment as it is shown and published: computed from the kept facts, in the order of codes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from yishiting.methods.assessment import Assessed, Scored, assess, told
from yishiting.overview.assessment.models import Assessment, Mark, UnitSheet
from yishiting.overview.assessment.queries import fact_of, live_marks, rules_of, sheets_of
from yishiting.overview.assessment.rules import as_row


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a sheet: the rule, what is kept, what came of it."""

    rule: Mapping[str, Any]
    mark: Mark
    scored: Scored


@dataclass(frozen=True, slots=True)
class Computed:
    """A sheet with everything computed."""

    sheet: UnitSheet
    lines: tuple[Line, ...]
    assessed: Assessed


def computed(sheet: UnitSheet, rules: list[dict[str, Any]]) -> Computed:
    """One sheet by the table."""
    marks = live_marks(sheet, rules)
    kept = [rule for rule in rules if rule["code"] in {one.code for one in marks}]
    done = assess([as_row(rule) for rule in kept], {one.code: fact_of(one) for one in marks})
    return Computed(sheet, tuple(map(Line, kept, marks, done.rows)), done)


def all_computed(assessment: Assessment) -> list[Computed]:
    """Every sheet, in the order of codes; there is no other order."""
    rules = rules_of(assessment)
    return [computed(sheet, rules) for sheet in sheets_of(assessment)]


def table_of(assessment: Assessment) -> dict[str, Any]:
    """What is published: the rules, and of every unit what was counted, what it came to, how much it had."""
    table = assessment.tables.order_by("-version").first()
    return {
        "title": str(assessment),
        "place": assessment.place.code,
        "year": assessment.year,
        "about": assessment.about,
        "since": assessment.since.isoformat(),
        "until": assessment.until.isoformat(),
        "counted_on": assessment.counted_on.isoformat() if assessment.counted_on else "",
        "version": table.version if table else 0,
        "document": table.document if table else "",
        "rules": [{name: one for name, one in rule.items() if one != ""} for rule in rules_of(assessment)],
        "units": [_unit(one) for one in all_computed(assessment)],
    }


def _unit(one: Computed) -> dict[str, Any]:
    came = told(one.assessed)
    return {
        "code": one.sheet.code,
        "name": one.sheet.name,
        "volumes": one.sheet.volumes,
        "marks": [_mark(line.mark, came["rows"][line.mark.code]) for line in one.lines],
        "total": came["total"],
        "vetoed": came["vetoed"],
    }


def _mark(mark: Mark, came: Mapping[str, str]) -> dict[str, Any]:
    return {
        "code": mark.code,
        "good": mark.good,
        "total": mark.total,
        **({"points": mark.score, "evidence": mark.evidence} if mark.score is not None else {}),
        **({"exempt": True, "document": mark.exempt_document} if mark.exempted_on else {}),
        **({"appeal": "upheld" if mark.upheld else "dismissed"} if mark.answered_on else {}),
        **came,
    }
