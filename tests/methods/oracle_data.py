"""Where the real data lies: beside the repository, never inside it."""

import os
from pathlib import Path

import pytest

FOLDER = Path(os.environ.get("YISHITING_DATA") or Path(__file__).parents[3] / "shared" / "data")


def data(name: str) -> Path:
    """The path of one real file; the test is left out, visibly, where the data is not beside the project."""
    path = FOLDER / name
    if not path.exists():
        pytest.skip(f"left out: {name} is not beside the project (set YISHITING_DATA)")
    return path
