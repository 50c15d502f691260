"""The mathematics as a distribution of its own: built here, installed without Django, its commands run."""

import json
import os
import re
import subprocess
import sys
import venv
from importlib import metadata
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2]
DOCS = HOUSE / "docs" / "methods"
pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment that has the built wheel and what it says it needs, and nothing else."""
    folder = tmp_path_factory.mktemp("distribution")
    built = subprocess.run(
        [sys.executable, HOUSE / "tools" / "methods_wheel.py", folder], check=True, capture_output=True, text=True
    )
    venv.create(folder / "venv", with_pip=False)
    python = folder / "venv" / "bin" / "python"
    quiet = ["--quiet", "--disable-pip-version-check", "--no-index", "--no-deps"]
    install = [sys.executable, "-m", "pip", "--python", python, "install", *quiet, built.stdout.strip()]
    subprocess.run(install, check=True, capture_output=True)
    _lay(needed("yishiting-methods", python), next((folder / "venv" / "lib").glob("python*/site-packages")))
    return folder / "venv" / "bin"


def needed(name: str, python: Path) -> set[str]:
    """What the installed wheel requires, and what that requires, by the names they say themselves."""
    asks = f"import importlib.metadata as m, json; print(json.dumps(m.requires({name!r})))"
    waiting = json.loads(subprocess.run([python, "-c", asks], check=True, capture_output=True, text=True).stdout)
    found: set[str] = set()
    while waiting:
        words = re.match(r"[\w.-]+", waiting.pop())
        if words and words[0] not in found and _installed(words[0]):
            found.add(words[0])
            waiting += [one for one in metadata.requires(words[0]) or [] if "extra ==" not in one]
    return found


def _installed(name: str) -> bool:
    try:
        metadata.version(name)
    except metadata.PackageNotFoundError:  # for another system or an older Python
        return False
    return True


def _lay(names: set[str], target: Path) -> None:
    """The packages of this environment laid into the fresh one, so that no registry is asked."""
    for name in names:
        found = metadata.distribution(name)
        tops = {file.parts[0] for file in found.files or [] if file.parts[0] not in ("..", "__pycache__")}
        for top in tops:
            source = Path(str(found.locate_file(top)))
            if not (target / top).exists():
                (target / top).symlink_to(source)


def run(alone: Path, *words: str) -> subprocess.CompletedProcess[str]:
    clean = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    line = [alone / words[0], *words[1:]]
    return subprocess.run(line, check=False, capture_output=True, text=True, env=clean, cwd=alone)


def example(name: str, kind: str) -> str:
    found = re.search(rf"```{kind}\n(.*?)```", (DOCS / f"{name}.md").read_text("utf-8"), re.S)
    assert found
    return found[1]


def test_there_is_no_django_and_the_types_are_told(alone: Path) -> None:
    assert "No module named 'django'" in run(alone, "python", "-c", "import django").stderr
    told = run(alone, "python", "-c", "import yishiting.methods as m; print(m.__path__[0])").stdout.strip()
    assert (Path(told) / "py.typed").exists()
    assert (Path(told) / "README.md").exists()


def test_every_module_can_be_imported(alone: Path) -> None:
    walk = (
        "import importlib, pkgutil, yishiting.methods as m\n"
        "for one in pkgutil.walk_packages(m.__path__, 'yishiting.methods.'):\n"
        "    one.name.endswith('__main__') or importlib.import_module(one.name)\n"
    )
    assert run(alone, "python", "-W", "error", "-c", walk).stderr == ""


def test_its_commands_run(alone: Path, tmp_path: Path) -> None:
    for name, document in (("seats", "seats"), ("elect", "elections"), ("lot", "lot")):
        (tmp_path / name).write_text(example(document, "json"), "utf-8")
        done = run(alone, "yishiting-methods", name, str(tmp_path / name), "--json")
        assert (done.returncode, done.stderr) == (0, "")
        assert json.loads(done.stdout)
    (tmp_path / "votes.csv").write_text(example("opinions", "csv"), "utf-8")
    assert "分为 2 组" in run(alone, "yishiting-methods", "opinions", str(tmp_path / "votes.csv")).stdout


def test_help_names_the_command_as_it_was_called(alone: Path) -> None:
    assert run(alone, "yishiting-methods", "--help").stdout.startswith("usage: yishiting-methods ")
    assert run(alone, "python", "-m", "yishiting.methods", "lot", "--help").stdout.startswith(
        "usage: yishiting methods"
    )
