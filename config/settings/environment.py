"""The environment, read once."""

import os
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

ROOT = Path(__file__).parents[2]
VAR = Path(os.environ.get("YISHITING_VAR") or ROOT / "var")
#: Whether this process answers requests: config/wsgi.py says so.
AT_THE_WEB = os.environ.get("YISHITING_DOOR") == "web"
#: Seconds a connection is kept: commands keep their one, the threads of the web door give theirs back at once.
KEPT_OPEN = 0 if AT_THE_WEB else 60
#: Threads of a web worker; each may hold one connection to PostgreSQL while it answers, and none afterwards.
THREADS = 16
#: Seconds a request waits for a connection when all are in use, or when the database is away.
POOL_WAIT = 5
#: Seconds after which a connection nobody has used is given back to PostgreSQL.
IDLE_SECONDS = 300
#: Seconds after which PostgreSQL breaks off what a request asked, and what waits for a lock.
STATEMENT_SECONDS, LOCK_SECONDS = 30, 10


def text(name: str, usual: str = "") -> str:
    """A variable, or its usual value."""
    return os.environ.get(name, usual)


def flag(name: str) -> bool:
    """A variable that is yes or no."""
    return text(name).lower() in {"1", "yes", "true", "on"}


def whole(name: str, usual: int) -> int:
    """A variable that is a whole number."""
    given = text(name).strip()
    if given and not given.isdecimal():
        raise SystemExit(f"环境变量 {name} 要填整数，现在是“{given}”。说明见 docs/operations/settings.md。")
    return int(given) if given else usual


def listed(name: str) -> list[str]:
    """A variable holding several values separated by commas."""
    return [part.strip() for part in text(name).split(",") if part.strip()]


def database(url: str) -> dict[str, Any]:
    """Django's description of the database at this address; without one SQLite in the data folder, which it makes."""
    if not url:
        with suppress(OSError):  # on a first installation the data folder is not there yet
            VAR.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not url or url.startswith("sqlite"):
        return sqlite(url.partition("://")[2].removeprefix("/") or str(VAR / "yishiting.sqlite3"))
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise SystemExit(f"DATABASE_URL: 不认识的数据库 {parts.scheme}，请用 sqlite:///文件 或 postgresql://…")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.removeprefix("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": parts.port or "",
        "CONN_MAX_AGE": KEPT_OPEN,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**postgresql(), **{name: plain(value) for name, value in parse_qsl(parts.query)}},
    }


def postgresql() -> dict[str, Any]:
    """The server prepares what is asked often, and nothing waits for ever; the web door shares a few connections."""
    longest = whole("YISHITING_STATEMENT_SECONDS", STATEMENT_SECONDS if AT_THE_WEB else 0)
    limits = {"statement_timeout": longest, "lock_timeout": whole("YISHITING_LOCK_SECONDS", LOCK_SECONDS)}
    options: dict[str, Any] = {
        "server_side_binding": True,
        "prepare_threshold": 3,
        "options": " ".join(f"-c {name}={seconds}s" for name, seconds in limits.items()),
    }
    if AT_THE_WEB:
        most = whole("THREADS", THREADS)
        options["pool"] = {"min_size": 0, "max_size": most, "timeout": POOL_WAIT, "max_idle": IDLE_SECONDS}
    return options


def plain(value: str) -> str | int:
    """What stands behind a name in the address of the database: a number where it is one."""
    return int(value) if value.isdecimal() else value


def sqlite(path: str) -> dict[str, Any]:
    """SQLite as an embedded database for many writers: write-ahead log, immediate transactions, durable."""
    with suppress(OSError):  # one that an earlier version made readable to all; where it is not ours, it is not
        Path(path).chmod(0o600)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": KEPT_OPEN,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32000;",
        },
    }
