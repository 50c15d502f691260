"""Running a bench in a process of its own, on a throw-away database of either kind."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]


def has_postgres():
    """Whether a PostgreSQL is installed; the bench installs nothing."""
    return bool(shutil.which("initdb") or list(Path("/usr/lib/postgresql").glob("*/bin/initdb")))


def inside(module, database="sqlite"):
    """What `python -m module --inside` gives back on a fresh database; an empty list where there is no PostgreSQL."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", module, "--inside"]
        settings = {"DJANGO_SETTINGS_MODULE": "config.settings.test", "YISHITING_VAR": folder}
        if database == "postgresql":
            if not has_postgres():
                print("  no PostgreSQL here: left out", file=sys.stderr)
                return []
            command = ["sh", str(ROOT / "tools/postgres.sh"), *command]
        else:
            settings["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
        out = subprocess.run(
            command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT, env={**os.environ, **settings}
        )
    return json.loads(out.stdout.splitlines()[-1])


def everywhere(module):
    """The rows of a bench on both databases; each row says on which."""
    return [
        {**row, "name": f"{name}: {row['name']}"}
        for name, database in (("SQLite", "sqlite"), ("PostgreSQL", "postgresql"))
        for row in inside(module, database)
    ]
