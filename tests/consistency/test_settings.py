"""The settings for production: whole, or not at all."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WHOLE = {
    "YISHITING_SECRET_KEY": "one, with a comma in it",
    "YISHITING_SEAL_KEYS": "new, old,",
    "YISHITING_HOSTS": "yishiting.example.cn, .example.cn",
}
SAYS = (
    "import json, config.settings.production as p;"
    "print(json.dumps([p.SECRET_KEY, p.SEAL_KEYS, p.ALLOWED_HOSTS, p.CSRF_TRUSTED_ORIGINS, p.DEBUG, p.DEMO]))"
)


def started_with(given: dict[str, str]) -> subprocess.CompletedProcess[str]:
    plain = {name: value for name, value in os.environ.items() if not name.startswith("YISHITING_")}
    return subprocess.run(
        [sys.executable, "-c", SAYS], cwd=ROOT, env=plain | given, capture_output=True, text=True, check=False
    )


def test_a_comma_too_many_is_no_key() -> None:
    """The last key makes the hash by which telephone numbers are found: an empty one would be known to everybody."""
    secret, seals, hosts, origins, debug, demo = json.loads(started_with(WHOLE).stdout)
    assert secret == WHOLE["YISHITING_SECRET_KEY"]
    assert seals == ["new", "old"]
    assert hosts == ["yishiting.example.cn", ".example.cn"]
    assert origins == ["https://yishiting.example.cn", "https://*.example.cn"]
    assert not debug
    assert not demo


@pytest.mark.parametrize(
    ("name", "value"), [*((name, "") for name in WHOLE), ("YISHITING_SEAL_KEYS", " , "), ("YISHITING_HOSTS", ",")]
)
def test_what_is_missing_is_named(name: str, value: str) -> None:
    done = started_with(WHOLE | {name: value})
    assert done.returncode == 1
    assert name in done.stderr
