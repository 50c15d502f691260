"""Key files: made once, whole or not at all."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from yishiting.ground.common.keyfiles import EmptyKeyFile, kept_key
from yishiting.ground.common.refused import Refused
from yishiting.ground.ledger.keys import signing_key


def test_a_key_is_made_once_and_read_by_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "one"
    assert kept_key(path, lambda: b"first") == b"first"
    assert kept_key(path, lambda: b"second") == b"first"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert os.listdir(path.parent) == ["one"]


def test_of_many_who_make_one_at_once_all_get_the_same(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: kept_key(tmp_path / "one", lambda: os.urandom(8).hex().encode()), range(64)))
    assert len(keys) == 1


def test_what_failed_half_way_leaves_nothing(tmp_path: Path) -> None:
    def full() -> bytes:
        raise OSError("No space left on device")

    with pytest.raises(OSError, match="No space"):
        kept_key(tmp_path / "one", full)
    assert list(tmp_path.iterdir()) == []
    assert kept_key(tmp_path / "one", lambda: b"now") == b"now"


@pytest.mark.parametrize("content", [b"", b"\n"])
def test_an_empty_key_file_is_refused_with_its_name(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "seal_key"
    path.write_bytes(content)
    with pytest.raises(EmptyKeyFile, match=r"seal_key 是空的"):
        kept_key(path, lambda: b"new")
    assert path.read_bytes() == content, "it may have to be looked into"


@pytest.mark.parametrize("content", [b"", b"no key at all"])
def test_a_ledger_key_that_is_none_is_a_sentence(settings, tmp_path: Path, content: bytes) -> None:
    settings.LEDGER_KEY_FILE = tmp_path / "ledger.pem"
    settings.LEDGER_KEY_FILE.write_bytes(content)
    with pytest.raises(Refused, match=r"ledger.pem"):
        signing_key()
