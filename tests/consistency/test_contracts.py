"""The contracts leave nothing out, and what they cannot see is seen here."""

import ast
import re

from tests.consistency.source import CONTRACTS, HOUSE, layers, modules

#: Plain decisions go by these names too; what else stands on their lines needs the framework, and why.
NEEDS_THE_FRAMEWORK = {
    "choices": "fixed words of a field are Django's choices",
    "second_factor": "the clock",
    "signals": "it is a signal",
    "labels": "sentences in the reader's language",
    "words": "values of rules in the reader's language; the words of suggestions are plain",
    "roster": "the sheet of a roster is a kind of parameter",
    "sealing": "the installation's key is a setting",
}
PLAIN_LINES = ("rules", "words", "screening")


def contract(name: str) -> dict[str, list[str]]:
    return next(one for one in CONTRACTS if one["name"].startswith(name))


def test_rules_are_plain_under_whatever_name() -> None:
    inner = "yishiting.year.suggestions"
    plain = {name for line in layers(inner) if set(line) & set(PLAIN_LINES) for name in line}
    covered = set(contract("Rules are plain Python")["source_modules"])
    missing = [
        module
        for container in contract("Inside a domain package")["containers"]
        for name in sorted(plain - set(NEEDS_THE_FRAMEWORK) - {"rules"})
        if (HOUSE.parent / (module := f"{container}.{name}").replace(".", "/")).with_suffix(".py").exists()
        and module not in covered
    ]
    assert missing == []


def test_every_contract_over_rooms_names_all_of_them() -> None:
    open_ended = [one["name"] for one in CONTRACTS if one["type"] == "layers" and not one.get("exhaustive")]
    assert open_ended == []


def test_every_folder_of_the_house_is_under_a_contract() -> None:
    """A package whose rooms are files of the house stands in a contract of layers, or is free of cycles by another."""
    contained = {name for one in CONTRACTS for name in one.get("containers", [])}
    domain = [
        f"yishiting.{path.parent.relative_to(HOUSE).as_posix().replace('/', '.')}"
        for group in ("ground", "instruments", "year", "overview")
        for path in (HOUSE / group).glob("*/__init__.py")
    ]
    assert [name for name in domain if name not in contained] == []


ADDRESS = re.compile(r"/[a-z][\w-]*/")


def test_the_domain_knows_no_addresses() -> None:
    """What a message or a line leads to is kept as audience, kind and key; the doors make the address of it."""
    found = []
    for path, tree in modules():
        if path.startswith(("/doors/", "/methods/")):
            continue
        for node in ast.walk(tree):
            address = isinstance(node, ast.Constant) and isinstance(node.value, str) and ADDRESS.match(node.value)
            named = isinstance(node, ast.ImportFrom) and node.module == "django.urls"
            if address or named:
                found.append(f"{path}:{node.lineno} {ast.unparse(node)}")
    assert found == []
