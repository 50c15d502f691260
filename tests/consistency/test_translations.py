"""English is complete: every sentence people see is in the catalogue, translated, with its places kept."""

import ast
import gettext
import re

import polib

from tests.consistency.source import HOUSE, tree

FOLDER = HOUSE / "locale/en/LC_MESSAGES"
CALLS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext"}
IN_TEMPLATES = re.compile(r"""\{%\s*translate\s+("([^"]*)"|'([^']*)')|_\(("([^"]*)"|'([^']*)')\)""")
PLACES = re.compile(r"%\(\w+\)[sd]|%%|%[sd]|\{\w+\}")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def catalogue() -> polib.POFile:
    return polib.pofile(str(FOLDER / "django.po"))


def said_in_python() -> set[str]:
    found = set()
    for path in HOUSE.rglob("*.py"):
        if "/migrations/" in path.as_posix() or "/methods/" in path.as_posix():
            continue
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
                found |= {a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)}
    return found


def said_in_templates() -> set[str]:
    found = set()
    for path in HOUSE.rglob("*.html"):
        for match in IN_TEMPLATES.finditer(path.read_text("utf8")):
            found.add(next(group for group in (match[2], match[3], match[5], match[6]) if group is not None))
    return found


def test_every_sentence_is_in_the_catalogue() -> None:
    """`make messages` collects them."""
    known = {entry.msgid for entry in catalogue()}
    missing = sorted(s for s in said_in_python() | said_in_templates() if CHINESE.search(s) and s not in known)
    assert missing == []


def test_no_sentence_hides_in_another_string() -> None:
    """What collects sentences does not look into f-strings: a sentence there would never reach the catalogue."""
    hidden = [
        f"{path.relative_to(HOUSE)}:{node.lineno} {ast.unparse(call)}"
        for path in HOUSE.rglob("*.py")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.JoinedStr)
        for call in ast.walk(node)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in CALLS
    ]
    assert hidden == []


def test_every_sentence_is_translated() -> None:
    untranslated = [e.msgid for e in catalogue() if CHINESE.search(e.msgid) and not (e.msgstr or e.msgstr_plural)]
    assert untranslated == []


def test_no_translation_is_unsure() -> None:
    assert [entry.msgid for entry in catalogue() if entry.fuzzy] == []


def test_every_place_is_kept() -> None:
    wrong = [
        (e.msgid, e.msgstr)
        for e in catalogue()
        if e.msgstr and sorted(PLACES.findall(e.msgid)) != sorted(PLACES.findall(e.msgstr))
    ]
    assert wrong == []


def test_the_compiled_catalogue_is_in_step() -> None:
    with (FOLDER / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    stale = [e.msgid for e in catalogue() if e.msgstr and not e.msgid_plural and compiled.gettext(e.msgid) != e.msgstr]
    assert stale == []
