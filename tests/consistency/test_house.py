"""The repository tests itself: what the linters cannot see."""

import ast
import inspect
import re
from collections.abc import Callable, Iterator

import pytest
from django.apps import apps
from django.core.management import call_command
from django.urls import URLPattern, URLResolver, get_resolver

from tests.consistency.source import CONTRACTS, GROUPS, HOUSE, ROOT, height, modules
from yishiting.doors.commands.catalogue import lifecycles
from yishiting.doors.commands.management.commands.docs import load_everything
from yishiting.ground.common.models import BaseRecord
from yishiting.ground.common.verbs import VERBS

load_everything()
WRITES = {
    "save", "create", "bulk_create", "update", "bulk_update", "delete", "get_or_create", "update_or_create",
    "aget_or_create", "acreate",
}  # fmt: skip
MAY_WRITE = ("/actions", "/receivers.py", "/migrations/", "/management/", "/demo/")
#: Writes that are no writes to the database, or are the doors' own bookkeeping.
NOT_A_WRITE = {
    "/doors/web/shared/posting.py": {"create", "save"},
    "/doors/web/shared/bulk.py": {"create"},
    "/ground/common/verbs.py": {"update"},
    "/ground/common/models.py": {"save", "update", "bulk_create"},
    "/ground/common/changes.py": {"update"},
    "/ground/ledger/checking.py": {"update"},
    "/doors/api/v1/idempotency.py": {"create", "save"},
    "/doors/commands/working.py": {"update", "delete"},
    "/ground/common/process_cache.py": {"bulk_create", "update"},
    "/ground/common/shared_cache.py": {"bulk_create", "create", "save", "update", "delete"},
}
ACTIVITY = re.compile(r"(^|_)(likes?|points?|check_?ins?|ranks?|ranking|online_time|visit_counts?|page_views?)($|_)")


def test_only_actions_write() -> None:
    found = []
    for path, tree in modules():
        if path.startswith("/methods/") or any(part in path for part in MAY_WRITE):
            continue
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES):
                continue
            if node.func.attr in NOT_A_WRITE.get(path, set()) or is_plain(node):
                continue
            found.append(f"{path}:{node.lineno} .{node.func.attr}()")
    assert found == []


ONE_BY_ONE = {"get_or_create", "update_or_create"}
LOOPS = (ast.For, ast.While, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def test_nothing_is_looked_for_and_made_one_by_one() -> None:
    """Four statements a row; `bulk_create(update_conflicts=True)` is one for all rows. Nor by a function called in a loop."""
    found = []
    for path, tree in modules():
        functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
        slow = ONE_BY_ONE | {one.name for one in functions if ONE_BY_ONE & set(called(one))}
        for loop in ast.walk(tree):
            if isinstance(loop, LOOPS):
                found += [f"{path}:{loop.lineno} {name}" for name in called(loop) if name in slow]
    assert found == []


def called(tree: ast.AST) -> Iterator[str]:
    """The names of what is called anywhere in a piece of source."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func
            yield name.attr if isinstance(name, ast.Attribute) else name.id if isinstance(name, ast.Name) else ""


def is_plain(node: ast.Call) -> bool:
    """`dict.update(mapping)`, a hash fed with bytes, a workbook or a picture saved: not rows."""
    fed = r"(values|digest|hasher|attrs|context|self\.fields|found|kept|hashes|counted)\.update\("
    return re.match(rf"{fed}|(workbook|book|image|picture|drawn)\.save\(", ast.unparse(node)) is not None


def test_foreign_keys_point_back_in_time() -> None:
    wrong = []
    for model in apps.get_models():
        if not model.__module__.startswith("yishiting."):
            continue
        here = package_of(model)
        for field in model._meta.get_fields():
            target = field.related_model if field.is_relation and field.concrete else None
            if target is None or isinstance(target, str) or not target.__module__.startswith("yishiting."):
                continue
            if package_of(target) != here and height(package_of(target)) >= height(here):
                wrong.append(f"{model._meta.label}.{field.name} -> {target._meta.label}")
    assert wrong == []


def package_of(model: type) -> str:
    return ".".join(model.__module__.split(".")[1:3])


def test_the_contents_list_every_group_in_order() -> None:
    import yishiting

    listed = re.findall(r"^ {4}(\w+) +\S", yishiting.__doc__ or "", flags=re.MULTILINE)
    on_disk = {p.name for p in HOUSE.iterdir() if (p / "__init__.py").exists()}
    assert listed == list(GROUPS)
    assert set(listed) == on_disk


def test_every_domain_package_is_in_the_inner_contract() -> None:
    inner = next(c for c in CONTRACTS if c["name"] == "Inside a domain package")["containers"]
    packages = {
        f"yishiting.{path.relative_to(HOUSE).parent.as_posix().replace('/', '.')}"
        for group in ("ground", "instruments", "year")
        for path in (HOUSE / group).glob("*/apps.py")
        if path.parent.name != "common"
    }
    assert packages == set(inner)


def test_every_app_with_models_has_migrations() -> None:
    lacking = [
        path.parent.name
        for path in HOUSE.rglob("models.py")
        if path.parent.name != "common" and not (path.parent / "migrations/__init__.py").exists()
    ]
    assert lacking == []


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize(("name", "table"), list(lifecycles()), ids=lambda v: v if isinstance(v, str) else "")
def test_every_lifecycle_is_sound(name: str, table) -> None:
    assert table.states() == set(table.choices.values)
    assert table.unreachable() == set()
    assert {row.verb for row in table.steps} <= set(VERBS), "a step names a verb that does not exist"


@pytest.mark.parametrize("code", sorted(VERBS))
def test_every_verb_takes_by_and_says_what_it_is(code: str) -> None:
    one = VERBS[code]
    by = inspect.signature(one.function).parameters["by"]
    assert by.kind is inspect.Parameter.KEYWORD_ONLY
    assert one.sentence.endswith((".", "。"))
    assert re.fullmatch(r"[a-z_]+\.[a-z_]+", code)
    assert str(one.label)


def test_every_lifecycle_state_is_guarded_by_the_database() -> None:
    unguarded = []
    for model in apps.get_models():
        table = getattr(model, "LIFECYCLE", None)
        if table is not None and not any(
            "state" in str(c.condition) for c in model._meta.constraints if hasattr(c, "condition")
        ):
            unguarded.append(model._meta.label)
    assert unguarded == []


def test_nobody_is_measured_by_activity() -> None:
    """No likes, points, check-ins, rankings of activity anywhere in the schema."""
    found = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("yishiting.")
        for field in model._meta.get_fields()
        if ACTIVITY.search(field.name)
    ]
    assert found == []


def test_public_things_are_not_counted_by_their_key() -> None:
    plain = [
        model._meta.label
        for model in apps.get_models()
        if model.__module__.startswith("yishiting.year")
        and not issubclass(model, BaseRecord)
        and not model._meta.auto_created
    ]
    assert set(plain) <= {"suggestions.Scheme", "suggestions.Category", "suggestions.SearchText"}


def addresses(resolver: URLResolver, above: str = "") -> Iterator[tuple[str, Callable[..., object]]]:
    for one in resolver.url_patterns:
        here = above + str(one.pattern)
        if isinstance(one, URLPattern):
            yield here, one.callback
        else:
            yield from addresses(one, here)


def test_every_page_of_a_room_says_what_it_needs() -> None:
    """One comes into the rooms of residents, representatives, desk and administration through a door, never around it."""
    rooms = {at: view for at, view in addresses(get_resolver()) if at.startswith(("me/", "council/", "desk/"))}
    open_to_all = {at for at, view in rooms.items() if getattr(view, "needs", None) is None}
    assert len(rooms) > 100
    says_nothing = {"desk/imports/template.xlsx", "desk/on-site/worker.js"}
    assert open_to_all == says_nothing, "an empty sheet to fill in, a script that names nobody"


def test_no_view_loads_its_thing_by_itself() -> None:
    found = []
    for path, tree in modules(under=HOUSE / "doors" / "web"):
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and ast.unparse(node).endswith("objects.get"):
                found.append(f"{path}:{node.lineno}")
    assert found == []


def test_every_template_is_used() -> None:
    templates = {
        p.relative_to(p.parents[[q.name for q in p.parents].index("templates")]).as_posix()
        for p in HOUSE.rglob("templates/**/*.html")
    }
    text = "\n".join(p.read_text("utf8") for p in HOUSE.rglob("*.py")) + "\n".join(
        p.read_text("utf8") for p in HOUSE.rglob("*.html")
    )
    unused = {name for name in templates if name not in text and not name.startswith("django/")}
    assert unused == set()


def test_no_page_carries_script_or_style() -> None:
    wrong = []
    for path in HOUSE.rglob("*.html"):
        text = path.read_text("utf8")
        if re.search(r"<style|<[a-z][^>{%]*\s(style|on[a-z]+)=|<script(?![^>]*src=)|https?://(?!www\.w3\.org)", text):
            wrong.append(path.name)
    assert wrong == []


def test_every_setting_from_the_environment_is_described() -> None:
    described = (ROOT / "docs/operations/settings.md").read_text("utf8")
    source = "\n".join(p.read_text("utf8") for p in (ROOT / "config").rglob("*.py"))
    names = set(re.findall(r'(?:text|flag|listed|needed|whole|get)\(\s*"([A-Z_]+)"', source))
    assert {name for name in names if name not in described} == set()


def test_no_file_names_this_machine_or_a_registry() -> None:
    import subprocess

    reg = "|".join(["py" + "pi[.]org", "python" + "hosted", "npm" + "js[.]", "deb[.]" + "debian"])
    found = subprocess.run(
        ["git", "grep", "-nIE", f"{reg}|/(work|farm)/", "--", ".", ":!tests/consistency"],
        check=False,
        cwd=ROOT,
        capture_output=True,
        text=True,
    ).stdout
    assert found == ""


def test_a_moment_becomes_a_day_by_the_clock_on_the_wall() -> None:
    """`moment.date()` is the day in London; `timezone.localdate(moment)` is the day here. Other dates of naive texts and of today stay."""
    moments = re.compile(r"(_at|moment|now\(\))$")
    found = [
        f"{path}:{node.lineno} {ast.unparse(node)}"
        for path, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "date"
        and not node.args
        and moments.search(ast.unparse(node.func.value))
        and not path.startswith(("/methods/", "/doors/commands/demo/", "/year/suggestions/rows.py"))
    ]
    assert found == []
