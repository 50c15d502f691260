"""Commitments: what stands in the public event for what is not told there. Nothing here reads or writes the database.

Each entry has a random salt of its own, kept beside it and never published. The salt works only together with the
installation's key, so that neither the export nor a stolen database lets anybody try out accounts, numbers or words.
"""

import secrets
from collections.abc import Mapping
from typing import Any

from yishiting.ground.common.secrets import sealer
from yishiting.methods import merkle


def new_salt() -> str:
    """Sixteen random bytes, in hex."""
    return secrets.token_hex(16)


def pseudonym(kind: str, identifier: str, salt: str) -> str:
    """What stands for the account of whoever acted: another one in each entry. Empty for those without an account."""
    return merkle.commitment([kind, identifier], _keyed(salt, "actor")) if identifier else ""


def word_hash(text: str, salt: str) -> str:
    """What stands for private words."""
    return merkle.commitment(text, _keyed(salt, "word"))


def record_hash(name: str, values: Mapping[str, Any] | None, salt: str) -> str:
    """What stands for a row as it was after the verb, `name` being its kind and key; empty for a row that is gone."""
    return "" if values is None else merkle.commitment(values, _keyed(salt, name))


def records_hash(records: Mapping[str, str]) -> str:
    """The one hash by which the event holds the hashes of all rows it changed; which rows these are stays here."""
    return merkle.leaf_hash(merkle.canonical(records)).hex() if records else ""


def _keyed(salt: str, purpose: str) -> bytes:
    """The salt of one commitment: telling one of them to somebody opens no other."""
    return bytes.fromhex(sealer().look_up(f"ledger:{salt}:{purpose}"))
