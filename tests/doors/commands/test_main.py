"""`yishiting` offers the commands of the house, and touches no data unless it is said whose."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.consistency.source import ROOT
from yishiting.doors.commands.main import COMMANDS, main, ours


def run(*words: str, **named: str) -> subprocess.CompletedProcess[str]:
    plain = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    start = "from yishiting.doors.commands.main import main; main()"
    return subprocess.run(
        [sys.executable, "-c", start, *words], cwd=ROOT, env=plain | named, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("words", [[], ["help"], ["--help"]])
def test_help_lists_our_own_commands_and_no_others(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["yishiting", *words])
    said = capsys.readouterr().out
    assert ended.value.code == 0
    listed = {line.split()[0] for line in said.splitlines() if line.startswith("  ")}
    assert listed == {*(path.stem for path in COMMANDS.glob("[!_]*.py")), "methods"}
    assert all(ours().values()), "each says what it does"


@pytest.mark.parametrize("name", ["flush", "createsuperuser", "changepassword", "shell", "loaddata", "dali"])
def test_what_goes_round_the_verbs_is_no_command_of_ours(name: str) -> None:
    with pytest.raises(SystemExit, match=f"没有 {name} 这个命令"):
        main(["yishiting", name])


@pytest.mark.parametrize("name", ["serve", "daily", "deliver", "init", "open-account", "migrate"])
def test_nothing_runs_on_data_nobody_named(name: str, tmp_path: Path) -> None:
    done = run(name, YISHITING_VAR=str(tmp_path))
    assert (done.returncode, done.stdout) == (1, "")
    assert "DJANGO_SETTINGS_MODULE" in done.stderr
    assert list(tmp_path.iterdir()) == [], "not even a key was made"


def test_settings_may_be_named_in_the_command(tmp_path: Path) -> None:
    done = run("migrate", "--check", "--settings=config.settings.test", DATABASE_URL=f"sqlite:///{tmp_path}/new")
    assert "DJANGO_SETTINGS_MODULE" not in done.stderr
    assert done.returncode == 1, "its tables are not there yet"
