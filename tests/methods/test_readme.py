"""The README of the methods knows every command and every module."""

from pathlib import Path

from yishiting.methods.commands.main import COMMANDS

METHODS = Path(__file__).parents[2] / "yishiting" / "methods"
DOCS = Path(__file__).parents[2] / "docs" / "methods"
README = (METHODS / "README.md").read_text("utf-8")
#: What other modules are made of; nobody calls them by themselves.
PARTS = {"__init__", "__main__", "errors", "exact", "numbers", "packing", "strokes", "tables"}


def test_every_command_module_and_document_is_named() -> None:
    modules = {path.stem for path in METHODS.glob("*.py")} - PARTS
    packages = {path.parent.name for path in METHODS.glob("*/__init__.py")} - {"commands"}
    for name in (*COMMANDS, *modules, *packages):
        assert f"`{name}`" in README or f"`{name}," in README, name
    for path in DOCS.glob("*.md"):
        assert path.name in README
