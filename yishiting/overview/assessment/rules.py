"""The usual rule tables, and what a table must keep to besides its arithmetic."""

from collections.abc import Mapping, Sequence
from typing import Any

from yishiting.methods.assessment import Row, check_table
from yishiting.methods.errors import Unusable
from yishiting.methods.exact import decimal
from yishiting.methods.numbers import number

#: The item that is checked by hand, and what is said of the source of a row that is.
CHECKED = "checked"
#: The rows by which residents and proposers judge, for each kind of unit.
VOICE: Mapping[str, str] = {"subdistricts": "satisfaction", "departments": "rated_by_proposers"}
NUMBERS = ("target", "slope", "floor", "bonus", "veto")

#: source, label of what is checked, weight, full, target, slope, floor, bonus, veto, fewest
USUAL: Mapping[str, tuple[tuple[str, str, int, int, str, str, str, str, str, int], ...]] = {
    "subdistricts": (
        ("satisfaction", "", 300, 100, "95", "2", "0", "0", "60", 5),
        ("reviews_passed", "", 100, 100, "100", "1", "0", "0", "", 5),
        ("works_in_time", "", 150, 100, "100", "1", "0", "0", "", 5),
        ("answers_in_time", "", 150, 100, "100", "1", "0", "0", "", 5),
        ("screening_in_time", "", 80, 100, "100", "1", "0", "0", "", 5),
        ("findings_in_time", "", 80, 100, "100", "1", "0", "0", "", 5),
        ("reported_in_time", "", 60, 100, "100", "1", "0", "0", "", 5),
        ("objections_in_time", "", 40, 100, "100", "1", "0", "0", "", 5),
        (CHECKED, "议事协商制度落实", 40, 100, "", "", "", "", "", 5),
    ),
    "departments": (
        ("rated_by_proposers", "", 350, 100, "95", "2", "0", "0", "60", 5),
        ("matters_in_time", "", 250, 100, "100", "1", "0", "0", "", 5),
        ("opinions_in_time", "", 200, 100, "100", "1", "0", "0", "", 5),
        ("signed_in_time", "", 150, 100, "100", "1", "0", "0", "", 5),
        (CHECKED, "跨部门配合", 50, 100, "", "", "", "", "", 5),
    ),
}
COLUMNS = ("source", "label", "weight", "full", *NUMBERS, "fewest")


def usual_table(about: str) -> list[dict[str, Any]]:
    """The table a district begins with."""
    return [dict(zip(COLUMNS, row, strict=True)) for row in USUAL[about]]


def written_row(row: Mapping[str, Any], label: str, n: int) -> dict[str, Any]:
    """A row as it is kept: its code, its label, and every number as exact text."""
    checked = row["source"] == CHECKED
    kept = {name: str(row.get(name) or "").strip() for name in NUMBERS}
    if checked:
        kept = {"target": "0", "slope": "0", "floor": "0", "bonus": "0", "veto": ""}
    return {
        "code": f"{CHECKED}{n}" if checked else row["source"],
        "label": label,
        "source": row["source"],
        "weight": row["weight"],
        "full": row["full"],
        **{name: _exact(value or ("" if name == "veto" else "0")) for name, value in kept.items()},
        "fewest": row["fewest"],
    }


def _exact(text: str) -> str:
    return decimal(number(text)) if text else ""


def as_row(kept: Mapping[str, Any]) -> Row:
    """A kept row for the arithmetic."""
    values = {name: number(kept[name]) for name in ("target", "slope", "floor", "bonus")}
    veto = number(kept["veto"]) if kept["veto"] else None
    full = number(str(kept["full"]))
    return Row(kept["code"], kept["label"], kept["weight"], full, **values, veto=veto, fewest=kept["fewest"])


def check(kept: Sequence[Mapping[str, Any]], about: str) -> None:
    """`Unusable` where the arithmetic does not come out, or something weighs as much as what residents say."""
    rows = [as_row(one) for one in kept]
    check_table(rows)
    voice = next((row for row in rows if row.code == VOICE[about]), None)
    if voice is None:
        raise Unusable("居民的满意率要列入考核，而且权重最大。", "What residents say is missing.")
    if heavier := next((row for row in rows if row is not voice and row.weight >= voice.weight), None):
        raise Unusable(
            f"“{voice.label}”的权重要最大：现在是 {voice.weight}，“{heavier.label}”是 {heavier.weight}。",
            "Something weighs as much as what residents say.",
        )
