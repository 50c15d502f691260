"""Keys that an installation makes for itself and keeps in files: whole or not there at all, read by the service alone."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import mkstemp


class EmptyKeyFile(Exception):
    """The file is there and nothing is in it, as after a full disk; the text is a sentence for the operator."""


def kept_key(path: Path, make: Callable[[], bytes]) -> bytes:
    """The key in a file, made on first use. Raises EmptyKeyFile."""
    if not path.exists():
        _write_whole(path, make())
    key = path.read_bytes()
    if not key.strip():
        raise EmptyKeyFile(
            f"密钥文件 {path} 是空的。请从备份恢复它；如果这是第一次启动，还没有用过这个密钥，请删掉这个文件再启动一次。"
        )
    return key


def _write_whole(path: Path, key: bytes) -> None:
    """Beside it first, on the disk, then under its name; of two processes that make one at once the first wins."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, beside = mkstemp(prefix=f".{path.name}.", dir=path.parent)  # readable by its owner alone
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(key)
            file.flush()
            os.fsync(file.fileno())
        _named(beside, path)
    finally:
        Path(beside).unlink(missing_ok=True)


def _named(beside: str, path: Path) -> None:
    try:
        with suppress(FileExistsError):
            os.link(beside, path)
    except OSError:  # a file system on which a file has but one name
        os.replace(beside, path)
