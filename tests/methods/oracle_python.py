"""Reference libraries live in an environment of their own (`make oracles`): ask them through it, in JSON."""

import json
import os
import subprocess
from pathlib import Path

import pytest

PYTHON = Path(os.environ.get("YISHITING_ORACLES") or Path(__file__).parents[2] / "var" / "oracles") / "bin" / "python"


def ask(library, program, question):
    """Run a program that reads the question on stdin and prints the answer; left out, visibly, without the library."""
    if not PYTHON.exists():
        pytest.skip(f"left out: no reference libraries at {PYTHON.parents[1]} (make oracles)")
    found = subprocess.run([PYTHON, "-c", f"import {library}"], capture_output=True, check=False)
    if found.returncode:
        pytest.skip(f"left out: {library} is not among the reference libraries (make oracles)")
    answer = subprocess.run(
        [PYTHON, "-c", program], input=json.dumps(question), capture_output=True, text=True, check=True
    )
    return json.loads(answer.stdout)
