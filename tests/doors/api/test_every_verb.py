"""Every verb a person can do is a request, or stands here with the reason why not."""

import ast
import inspect
import pkgutil
import re
from collections import Counter
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

from pydantic import BaseModel

from tests.consistency.source import HOUSE, modules
from yishiting.doors.api import v1
from yishiting.doors.commands.catalogue import openapi
from yishiting.doors.commands.management.commands.docs import load_everything
from yishiting.ground.common.verbs import VERBS

load_everything()

PART_OF = "done only as a part of "
NOT_BY_REQUEST = {}
ASKING = {"needs", "allows", "person_of"}
#: What is on the board, in the roster, in the record: shown with only what is public of it.
READ_BY_EVERYONE = {
    "agreements.agreement", "agreements.agreements", "budgeting.votes", "by_elections.by_election", "by_elections.by_election_candidates",
    "by_elections.by_elections", "constituencies.constituencies", "funds.funds", "funds.project_money", "hearings.hearing", "hearings.hearings",
    "consultations.consultations", "consultations.statements", "consultations.votes", "councils.council",
    "councils.councils", "dossiers.papers", "ledger.checkpoint", "ledger.entries", "ledger.export", "meetings.meetings",
    "notices.notices", "objections.objection", "organisations.organisations", "places.estates", "places.place",
    "place_changes.place_changes", "places.places", "places.rule_answers", "places.rules", "places.seasons", "places.special_intakes", "projects.progress", "projects.project",
    "projects.projects", "proposals.proposals", "questionnaires.questionnaires",
    "representatives.representatives", "reviews.reviews", "scoring.rounds", "terms.candidates",
    "terms.representatives",
}  # fmt: skip
CODES = {one.function: code for code, one in VERBS.items()}
MODULES = [import_module(f"{v1.__name__}.{info.name}") for info in pkgutil.iter_modules(v1.__path__)]


@cache
def described() -> dict:
    return v1.api.get_openapi_schema()


def operations() -> list[tuple[str, str, dict]]:
    return [
        (path, method, operation)
        for path, methods in described()["paths"].items()
        for method, operation in methods.items()
    ]


def verbs_in(tree: ast.AST, module: ModuleType) -> set[str]:
    """The codes of the verbs that a piece of source names, as the module it stands in understands the names."""
    return {code for node in ast.walk(tree) if (code := CODES.get(getattr(meant(node, module), "__wrapped__", None)))}


def meant(node: ast.AST, module: ModuleType) -> object:
    """What a name, or a name in an imported module, stands for."""
    if isinstance(node, ast.Name):
        return vars(module).get(node.id)
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return getattr(vars(module).get(node.value.id), node.attr, None)
    return None


def endpoints() -> list[tuple[str, ast.FunctionDef, set[str]]]:
    """Every function that answers a request: its module, its tree, the verbs it does."""
    found = []
    for module in MODULES:
        for node in ast.parse(Path(module.__file__).read_text("utf8")).body:
            if isinstance(node, ast.FunctionDef) and any("router" in ast.unparse(d) for d in node.decorator_list):
                found.append((module.__name__, node, verbs_in(node, module)))
    return found


def done_on_pages() -> set[str]:
    """The verbs of the pages: one without a page yet needs no request either."""
    found = set()
    for path, tree in modules(under=HOUSE / "doors" / "web"):
        module = import_module(f"yishiting{path.removesuffix('.py').removesuffix('/__init__').replace('/', '.')}")
        found |= verbs_in(tree, module)
    return found


def test_every_verb_of_the_pages_is_a_request_or_says_why_not() -> None:
    made = {operation["operationId"] for _path, _method, operation in operations()} & set(VERBS)
    done = made.union(*(verbs for _module, _node, verbs in endpoints()))
    internal = {code for code, one in VERBS.items() if one.internal or one.by_page}
    assert sorted((done_on_pages() | set(VERBS)) - done - set(NOT_BY_REQUEST) - internal) == [], (
        "no request does these verbs"
    )
    assert sorted(set(NOT_BY_REQUEST) & done) == [], "a request does these verbs after all"
    assert sorted(set(NOT_BY_REQUEST) - set(VERBS)) == [], "these verbs are gone"


def test_an_operation_does_the_verb_it_is_named_after() -> None:
    wrong = []
    for module, node, verbs in endpoints():
        for decorator in node.decorator_list:
            if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "operation":
                code = ast.literal_eval(decorator.args[2])
                if code not in verbs:
                    wrong.append(f"{module}.{node.name}: {code}")
    assert wrong == []


def test_a_request_that_does_a_verb_carries_its_name() -> None:
    """By `operation`, or with a name of its own where two requests do the same verb."""
    nameless = [
        f"{module}.{node.name}"
        for module, node, verbs in endpoints()
        if verbs
        and not any("operation(" in ast.unparse(d) or "operation_id=" in ast.unparse(d) for d in node.decorator_list)
    ]
    assert nameless == []


def test_what_is_read_without_asking_who_reads_is_listed() -> None:
    """A request that reads asks who reads, or stands in this list, which is read again whenever it grows."""
    found = set()
    for module in MODULES:
        named = {one.name: one for one in ast.parse(Path(module.__file__).read_text("utf8")).body if is_function(one)}
        for one in named.values():
            reads = any("router.get(" in ast.unparse(decorator) for decorator in one.decorator_list)
            if reads and not asks_who(one, named):
                found.add(f"{module.__name__.rpartition('.')[2]}.{one.name}")
    assert found == READ_BY_EVERYONE


def is_function(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef)


def asks_who(function: ast.FunctionDef, named: dict[str, ast.FunctionDef]) -> bool:
    """Whether a function asks who reads, itself or by another of its module."""
    called = {ast.unparse(node.func) for node in ast.walk(function) if isinstance(node, ast.Call)}
    return bool(called & ASKING) or any(
        asks_who(named[name], named) for name in called & named.keys() - {function.name}
    )


def test_every_operation_has_its_own_name_and_says_what_it_is() -> None:
    found = operations()
    names = Counter(operation["operationId"] for _path, _method, operation in found)
    assert [name for name, times in names.items() if times > 1] == []
    assert [path for path, _method, operation in found if not operation.get("description")] == []
    assert [path for path, _method, operation in found if not operation.get("tags")] == []


def test_reading_changes_nothing_and_writing_is_a_post() -> None:
    assert {method for _path, method, _operation in operations()} == {"get", "post"}


def test_two_shapes_never_share_a_name() -> None:
    """Shapes of one name would overwrite each other in the description."""
    shapes = [
        name
        for module in MODULES
        for name, shape in vars(module).items()
        if inspect.isclass(shape) and issubclass(shape, BaseModel) and shape.__module__ == module.__name__
    ]
    assert [name for name, times in Counter(shapes).items() if times > 1] == []


def test_every_shape_that_is_sent_refuses_what_it_does_not_know() -> None:
    loose = []
    for _path, method, operation in operations():
        body = operation.get("requestBody", {}).get("content", {}).get("application/json")
        if method == "post" and body:
            name = body["schema"].get("$ref", "").rsplit("/", 1)[-1]
            shape = described()["components"]["schemas"][name] if name else body["schema"]
            if shape.get("additionalProperties") is not False:
                loose.append(name or _path)
    assert loose == []


def test_every_reference_of_the_description_leads_somewhere() -> None:
    references = set(re.findall(r'"\$ref": "#/components/(\w+)/([^"]+)"', openapi()))
    parts = described()["components"]
    assert references
    assert [ref for ref in sorted(references) if ref[1] not in parts[ref[0]]] == []
