"""A command shown in a document runs; an address in a document leads somewhere."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.consistency.source import ROOT
from yishiting.ground.common.verbs import VERBS
from yishiting.ground.seasons.rules import KINDS

DOCS = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "README.zh-Hans.md",
    *sorted((ROOT / "docs").rglob("*.md")),
]
LINK = re.compile(r"\]\((?!https?://|#|mailto:)([^)#\s]+)")


@pytest.mark.parametrize("document", DOCS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_leads_to_a_file(document: Path) -> None:
    broken = [link for link in LINK.findall(document.read_text("utf8")) if not (document.parent / link).exists()]
    assert broken == []


@pytest.mark.parametrize("document", DOCS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_make_target_shown_exists(document: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf8"), flags=re.MULTILINE))
    shown = set(re.findall(r"(?:^|`)make ([a-z-]+)", document.read_text("utf8"), flags=re.MULTILINE))
    assert shown <= targets


CODE = re.compile(r"`([a-z_]+\.[a-z_]+)`")
CASE_STUDIES = sorted((ROOT / "docs").glob("case-study-*.md"))


@pytest.mark.parametrize("document", CASE_STUDIES, ids=lambda path: path.name)
def test_every_code_in_a_case_study_is_a_verb_or_a_rule(document: Path) -> None:
    codes = set(CODE.findall(document.read_text("utf8")))
    assert codes
    assert codes - set(VERBS) - set(KINDS) == set()


def test_the_generated_documents_are_in_step() -> None:
    call_command("docs", check=True)


def run(folder: Path, *words: str) -> str:
    env = {
        **os.environ,
        "YISHITING_VAR": str(folder),
        "DJANGO_SETTINGS_MODULE": "config.settings.demo",
        "DATABASE_URL": f"sqlite:///{folder}/installed.sqlite3",
    }
    done = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *words],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_installation_of_the_manual_works(tmp_path: Path) -> None:
    """The commands of docs/operations/deploy.md, in their order, on an empty machine; each may be repeated."""
    manual = (ROOT / "docs/operations/deploy.md").read_text("utf8")
    for command in (
        "yishiting init",
        "yishiting open-account",
        "yishiting daily",
        "yishiting deliver",
        "yishiting serve",
    ):
        assert command in manual
    assert "朝阳区" in run(tmp_path, "init")
    assert "朝阳区" in run(tmp_path, "init")
    assert "初始密码" in run(tmp_path, "open-account", "first", "--name", "张三", "--administration", "system")
    assert '"signed": true' in run(tmp_path, "daily", "--json")
    assert '"signed": false' in run(tmp_path, "daily", "--json")
    run(tmp_path, "deliver", "--json")
    run(tmp_path, "ledger", "export", str(tmp_path / "ledger.jsonl"))
    assert "核对通过" in run(tmp_path, "ledger", "verify", str(tmp_path / "ledger.jsonl"))
