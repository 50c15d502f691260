"""What nobody should send and somebody does, and what fits where a shape asks for it."""

from random import Random
from typing import Any

DIGITS = "9" * 4400
#: Each was once an answer of 500 somewhere, or is of the same family.
NASTY: tuple[Any, ...] = (
    None, True, False, 0, -1, 2**31, 2**63, 10**30, 1.5, 1e308, "", " ", "　", "\u0000", "a\u0000b", "\ud800", "\u202e反",
    "x", "#", DIGITS, "-" + DIGITS, "9999-12-31", "0001-01-01", "2026-02-30", "2026-13-01", "2026-12-20T14:00:00",
    "9999-12-31T23:59:59+14:00", "0001-01-01T00:00:00+08:00", "24:61", "NaN", "Infinity", "1e999", "１２３", "120,000",
    "00000000-0000-0000-0000-000000000000", "../../etc/passwd", "'; DROP TABLE x; --", "<script>alert(1)</script>", "%s%n{0}",
    "{{ 7*7 }}", "=1+1", "𠮷" * 3000, "很" * 70000, "\r\nBcc: x@y", [], [[]], {}, {"": None}, [None], ["x", "x"], [{}], [1, "2", None],
)  # fmt: skip
WORDS = ("路灯坏了半个月", "请在三号楼前装一盏灯", "同意", "2026-11-30", "1", "3", "13900000001", "yes")


def fitting(shape: dict[str, Any], parts: dict[str, Any], keys: list[str], chance: Random, depth: int = 0) -> Any:
    """A value of the shape, sometimes beside it: `keys` are those of real things."""
    if chance.random() < 0.25 or depth > 4:
        return chance.choice(NASTY)
    if "$ref" in shape:
        return fitting(parts[shape["$ref"].rpartition("/")[2]], parts, keys, chance, depth + 1)
    if "enum" in shape:
        return chance.choice(shape["enum"])
    if choices := shape.get("anyOf") or shape.get("oneOf") or shape.get("allOf"):
        return fitting(chance.choice(choices), parts, keys, chance, depth + 1)
    return _of_a_kind(shape, parts, keys, chance, depth)


def _of_a_kind(shape: dict[str, Any], parts: dict[str, Any], keys: list[str], chance: Random, depth: int) -> Any:
    kind = shape.get("type")
    if kind == "object":
        fields = shape.get("properties", {})
        return {name: fitting(one, parts, keys, chance, depth + 1) for name, one in fields.items()}
    if kind == "array":
        return [fitting(shape.get("items", {}), parts, keys, chance, depth + 1) for _ in range(chance.randrange(4))]
    if kind in ("integer", "number"):
        return chance.choice((0, 1, 2, 7, 100, -5, 2**40))
    if kind == "boolean":
        return chance.random() < 0.5
    if shape.get("format") == "uuid":
        return chance.choice(keys)
    return chance.choice((*WORDS, chance.choice(keys)))
