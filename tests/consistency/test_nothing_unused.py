"""No empty rooms: what is written is used, by the product and not by its tests alone."""

import ast
import re
from collections import Counter
from collections.abc import Iterator

from tests.consistency.source import HOUSE, modules

#: Called by a framework under this name, or by whoever uses the methods as a library.
CALLED_BY_NAME = {
    "handle", "add_arguments", "ready", "process_exception", "clean", "to_python", "prepare_value", "get_context",
    "value_from_datadict", "format_value", "from_db_value", "redirect_request", "has_key",
    "handle_starttag", "handle_endtag", "handle_data", "doctype",
}  # fmt: skip
#: Named in the settings, or made ready for what comes next.
NOT_HERE = {
    "_checkpoint", "_export", "_verify", "touch", "not_found", "forget_everything", "unreachable", "person_with_token", "link_of", "top_place", "estates_of",
}  # fmt: skip
#: Django, ninja and pydantic find these by how they begin.
BY_PREFIX = re.compile(r"(clean|get|resolve|validate|visit|do|log)_")
REGISTERED = re.compile(r"verb|operation|router|api|register|receiver|validator|guards|door|signed_in|require|fixture")
WORD = re.compile(r"[a-z_][a-z0-9_]*")


def defined(path: str, tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Functions and methods of a module that are called by their name or not at all."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or node.name.startswith("__"):
            continue
        registered = any(REGISTERED.search(ast.unparse(one)) for one in node.decorator_list)
        by_name = node.name in CALLED_BY_NAME | NOT_HERE or BY_PREFIX.match(node.name)
        if not registered and not by_name:
            yield node.name, f"{path}:{node.lineno}"


def used(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.ImportFrom):
            yield from (one.name for one in node.names if one.asname)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and "." in node.value:
            yield from WORD.findall(node.value)


def test_every_function_is_called() -> None:
    trees = [(path, tree) for path, tree in modules()]
    calls = Counter(name for _path, tree in trees for name in used(tree))
    for page in HOUSE.rglob("*.html"):
        calls.update(WORD.findall(page.read_text("utf8")))
    lonely = [
        f"{where} {name}"
        for path, tree in trees
        if not path.startswith(("/methods/", "/doors/commands/demo/"))
        for name, where in defined(path, tree)
        if not calls[name]
    ]
    assert lonely == []
