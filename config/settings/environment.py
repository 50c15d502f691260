"""The environment, read once."""

import os
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

ROOT = Path(__file__).parents[2]
VAR = Path(os.environ.get("YISHITING_VAR") or ROOT / "var")


def text(name: str, usual: str = "") -> str:
    """A variable, or its usual value."""
    return os.environ.get(name, usual)


def flag(name: str) -> bool:
    """A variable that is yes or no."""
    return text(name).lower() in {"1", "yes", "true", "on"}


def listed(name: str) -> list[str]:
    """A variable holding several values separated by commas."""
    return [part.strip() for part in text(name).split(",") if part.strip()]


def database(url: str) -> dict[str, Any]:
    """Django's description of the database at this address; SQLite in the data folder when there is none."""
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
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


def sqlite(path: str) -> dict[str, Any]:
    """SQLite as an embedded database for many writers: write-ahead log, immediate transactions, durable."""
    with suppress(OSError):  # one that an earlier version made readable to all; where it is not ours, it is not
        Path(path).chmod(0o600)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32000;",
        },
    }
