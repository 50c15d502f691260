"""The tests' own rules: what each must say, so that it can fail for one reason alone."""

import ast
from pathlib import Path

from tests.consistency.source import ROOT, tree

#: Files that have to be gone through yet; nothing is added here.
NOT_YET = {
    "tests/doors/desk/test_place_changes.py", "tests/ground/test_place_changes.py",
    "tests/year/councils/test_roster_mended.py", "tests/year/proposals/test_answers.py",
}  # fmt: skip


def refusals_nobody_looks_at(path: Path) -> list[str]:
    """`with pytest.raises(Refused):` that reads neither the sentence (`match=`) nor the field (`as refused`).

    Anything may be refused for many reasons; `NotAllowed` and `WrongState` are one already.
    """
    return [
        f"{path.relative_to(ROOT)}:{one.lineno}"
        for one in ast.walk(tree(path))
        if isinstance(one, ast.With | ast.AsyncWith)
        for item in one.items
        if item.optional_vars is None and isinstance(item.context_expr, ast.Call) and is_bare(item.context_expr)
    ]


def is_bare(call: ast.Call) -> bool:
    expected = call.args[0] if call.args else None
    raises = ast.unparse(call.func) == "pytest.raises" and isinstance(expected, ast.Name) and expected.id == "Refused"
    return raises and not any(one.arg == "match" for one in call.keywords)


def test_a_refusal_is_the_one_that_is_meant() -> None:
    found = [one for path in sorted((ROOT / "tests").rglob("*.py")) for one in refusals_nobody_looks_at(path)]
    assert {one.partition(":")[0] for one in found} == NOT_YET, f"say with match= which sentence refuses: {found}"


def test_what_is_bare_is_seen() -> None:
    """So that the rule above is one."""
    bare, said = (ast.parse(f"pytest.raises({given})").body[0] for given in ("Refused", "Refused, match='已经'"))
    assert isinstance(bare, ast.Expr)
    assert isinstance(said, ast.Expr)
    assert isinstance(bare.value, ast.Call)
    assert isinstance(said.value, ast.Call)
    assert (is_bare(bare.value), is_bare(said.value)) == (True, False)
