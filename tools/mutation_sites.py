"""What can be changed in a function so that a good test should notice, and the function with the change made."""

import ast
import copy
import importlib
import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HOUSE = Path(__file__).parents[1]
#: Not functions that decide anything: tables, fields, names.
NOT_MUTATED = {"__init__.py", "apps.py", "models.py"}
OPPOSITE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
SWAPPED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult,
}  # fmt: skip
Change = Callable[[Any], None]


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change in one function."""

    file: str
    function: str
    kind: str
    at: int
    line: int
    before: str
    after: str

    @property
    def name(self) -> str:
        """How the list of equivalent ones knows it: without line numbers, which move."""
        return f"{self.file} {self.function} {self.kind}: {self.before} -> {self.after}"

    @property
    def layer(self) -> str:
        """What kind of code it is in, by which the sample is drawn."""
        return next((part for part in ("actions", "queries", "rules") if part in self.file), "rules")


def is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def changes_of(node: ast.AST) -> Iterator[tuple[str, Change]]:
    """The ways in which this piece of code may be changed, each by its kind."""
    yield from changes_of_logic(node)
    yield from changes_of_values(node)
    yield from changes_of_statements(node)


def changes_of_logic(node: ast.AST) -> Iterator[tuple[str, Change]]:
    """Another comparison, another connection, the other way round."""
    match node:
        case ast.Compare(ops=[first, *_]) if type(first) in OPPOSITE:
            yield "compare", lambda one: one.ops.__setitem__(0, OPPOSITE[type(first)]())
        case ast.BoolOp(op=op):
            yield "and-or", lambda one: setattr(one, "op", ast.Or() if isinstance(op, ast.And) else ast.And())
        case ast.UnaryOp(op=ast.Not()):
            yield "not", lambda one: setattr(one, "operand", ast.UnaryOp(ast.Not(), one.operand))
        case ast.If():
            yield "never", lambda one: setattr(one, "test", ast.Constant(False))
        case ast.IfExp():
            yield "swapped", lambda one: one.__dict__.update(body=one.orelse, orelse=one.body)


def changes_of_values(node: ast.AST) -> Iterator[tuple[str, Change]]:
    """Another number, another truth, minus for plus."""
    match node:
        case ast.BinOp(op=op, left=left, right=right) if type(op) in SWAPPED and not (is_text(left) or is_text(right)):
            yield "arithmetic", lambda one: setattr(one, "op", SWAPPED[type(op)]())
        case ast.Constant(value=bool()):
            yield "truth", lambda one: setattr(one, "value", not one.value)
        case ast.Constant(value=int()):
            yield "number", lambda one: setattr(one, "value", one.value + 1)


def changes_of_statements(node: ast.AST) -> Iterator[tuple[str, Change]]:
    """Something is not done, not kept, not given back."""
    match node:
        case ast.keyword(arg="update_fields", value=ast.List(elts=[_, _, *_])):
            yield "one field less", lambda one: one.value.elts.pop()
        case ast.Expr(value=ast.Call()):
            yield "call left out", lambda one: setattr(one, "value", ast.Constant(None))
        case ast.Assign(targets=[ast.Attribute()]):
            yield "not kept", lambda one: setattr(one, "targets", [ast.Name("_nothing", ast.Store())])
        case ast.Return(value=value) if value is not None and not isinstance(value, ast.Constant):
            yield "nothing given", lambda one: setattr(one, "value", ast.Constant(None))


def inside(function: ast.FunctionDef) -> Iterator[ast.AST]:
    """The pieces of a function's body: no annotations, no docstring."""
    for statement in function.body:
        yield from within(statement)


def within(node: ast.AST) -> Iterator[ast.AST]:
    yield node
    for name, value in ast.iter_fields(node):
        if name in {"annotation", "returns", "decorator_list"}:
            continue
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, ast.AST):
                yield from within(part)


def functions(tree: ast.AST, above: str = "") -> Iterator[tuple[str, ast.FunctionDef]]:
    """The functions of a module and the methods of its classes, by their qualified name."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef):
            yield above + node.name, node
        elif isinstance(node, ast.ClassDef):
            yield from functions(node, f"{above}{node.name}.")


def files_of(package: str) -> list[Path]:
    """The modules of a package (`year/projects`) that decide something."""
    found = (HOUSE / "yishiting" / package).rglob("*.py")
    return sorted(one for one in found if "migrations" not in one.parts and one.name not in NOT_MUTATED)


def mutants_of(package: str) -> Iterator[Mutant]:
    """Every change that could be made in a package."""
    for path in files_of(package):
        file, tree = path.relative_to(HOUSE).as_posix(), ast.parse(path.read_text("utf8"))
        for name, function in functions(tree):
            yield from _of_function(file, name, function)


def _of_function(file: str, name: str, function: ast.FunctionDef) -> Iterator[Mutant]:
    for at, node in enumerate(inside(function)):
        for kind, change in changes_of(node):
            changed = copy.deepcopy(node)
            change(changed)
            yield Mutant(file, name, kind, at, getattr(node, "lineno", function.lineno), told(node), told(changed))


def told(node: ast.AST) -> str:
    """The code on one line, shortened."""
    head = ast.If(node.test, [ast.Pass()], []) if isinstance(node, ast.If) else node
    text = ast.unparse(head.value if isinstance(head, ast.keyword) else head)
    return " ".join(text.split())[:120]


def make(mutant: Mutant) -> None:
    """Change the running function."""
    path = HOUSE / mutant.file
    tree = ast.parse(path.read_text("utf8"))
    node = list(inside(dict(functions(tree))[mutant.function]))[mutant.at]
    dict(changes_of(node))[mutant.kind](node)
    compiled: types.CodeType = compile(ast.fix_missing_locations(tree), str(path), "exec")
    for part in mutant.function.split("."):
        compiled = next(c for c in compiled.co_consts if isinstance(c, types.CodeType) and c.co_name == part)
    running_function(mutant).__code__ = compiled


def running_function(mutant: Mutant) -> types.FunctionType:
    """The function object behind decorators, properties and class methods."""
    thing: Any = importlib.import_module(mutant.file.removesuffix(".py").replace("/", "."))
    for part in mutant.function.split("."):
        thing = vars(thing)[part]
    while not isinstance(thing, types.FunctionType) or hasattr(thing, "__wrapped__"):
        thing = next(
            getattr(thing, name) for name in ("__wrapped__", "__func__", "fget", "func") if hasattr(thing, name)
        )
    return thing
