"""Each file says under which licence it may be used, by REUSE's convention."""

import re
import subprocess
import tomllib
from pathlib import PurePosixPath
from typing import Any

from tests.consistency.source import ROOT

ANNOTATIONS: list[dict[str, Any]] = tomllib.loads((ROOT / "REUSE.toml").read_text("utf8"))["annotations"]
HEADER = re.compile("SPDX-" r"License-Identifier: ([\w.-]+)")


def tracked() -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [name for name in listed.split("\0") if name and (ROOT / name).exists()]


def covers(pattern: str, name: str) -> bool:
    return pattern == "**" or PurePosixPath(name).match(pattern)


def licence_of(name: str) -> str:
    """The last annotation that speaks of a file wins."""
    return next((one["SPDX-License-Identifier"] for one in reversed(ANNOTATIONS) if covers(one["path"], name)), "")


def test_every_file_has_a_licence_and_an_owner() -> None:
    assert [name for name in tracked() if not licence_of(name)] == []
    assert all(one["SPDX-FileCopyrightText"] for one in ANNOTATIONS)


def test_every_licence_named_is_here_in_full_and_no_other() -> None:
    named = {one["SPDX-License-Identifier"] for one in ANNOTATIONS}
    assert {path.stem for path in (ROOT / "LICENSES").iterdir()} == named
    assert (ROOT / "LICENSE").read_text("utf8") == (ROOT / "LICENSES/AGPL-3.0-or-later.txt").read_text("utf8")


def test_the_package_says_the_same() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf8"))["project"]
    assert project["license"] == ANNOTATIONS[0]["SPDX-License-Identifier"]


def test_no_annotation_speaks_of_nothing() -> None:
    names = tracked()
    assert [one["path"] for one in ANNOTATIONS if not any(covers(one["path"], name) for name in names)] == []


def test_no_file_says_otherwise_of_itself() -> None:
    texts = ((name, (ROOT / name).read_bytes().decode("utf8", "replace")) for name in tracked())
    said = [(name, HEADER.findall(text)) for name, text in texts if name != "tests/consistency/test_licences.py"]
    assert [(name, found) for name, found in said if found and set(found) != {licence_of(name)}] == []
