"""Reference libraries live in an environment of their own (`make oracles`): ask them through it, in JSON."""

import json
import os
import subprocess
from pathlib import Path

import pytest

PYTHON = Path(os.environ.get("YISHITING_ORACLES") or Path(__file__).parents[2] / "var" / "oracles") / "bin" / "python"


def ask(program, question):
    """Run a program that reads the question on stdin and prints the answer; a missing library is a failure."""
    if not PYTHON.exists():
        pytest.fail(f"no reference libraries at {PYTHON.parents[1]}: type make oracles")
    answer = subprocess.run(
        [PYTHON, "-c", program], input=json.dumps(question), capture_output=True, text=True, check=True
    )
    return json.loads(answer.stdout)
