"""Keyed hashes of what was said and by whom: they find equal things again without revealing them."""

from dataclasses import dataclass
from datetime import datetime

from yishiting.ground.common.names import clean_name, name_key
from yishiting.ground.common.phones import phone_tail, phone_to_keep
from yishiting.ground.common.reading import plain
from yishiting.ground.common.secrets import sealer
from yishiting.year.suggestions.rules import TAIL, words_and_speaker, words_as_said


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who said it, as far as they told, in one spelling; all of it is kept sealed or hashed."""

    name: str = ""
    phone: str = ""
    door: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", clean_name(self.name))
        object.__setattr__(self, "phone", phone_to_keep(self.phone))


@dataclass(frozen=True, slots=True)
class Words:
    """What was said; never changed."""

    title: str
    text: str
    where: str = ""
    said_at: datetime | None = None

    @property
    def hash(self) -> str:
        """Of the words alone: the ledger keeps it, to show that they were never changed."""
        return sealer().look_up(words_as_said(self.title, self.text, self.where))


def content_hash(words: Words, speaker: Speaker) -> str:
    """Of the words, the moment and the speaker: the same again is the same message."""
    said = words_as_said(words.title, words.text, words.where)
    return sealer().look_up(words_and_speaker(said, words.said_at, speaker.name, speaker.phone))


def tail_hash(receipt: str, phone: str) -> str:
    """Of the four digits one follows a suggestion by: together with the number, so that equal digits do not look so."""
    return code_hash(receipt, phone_tail(phone) or spare_code(receipt))


def code_hash(receipt: str, code: str) -> str:
    """Of a number and four digits as somebody typed them."""
    return sealer().look_up(f"{receipt}:{plain(code)}")


def name_hash(name: str) -> str:
    """Of a name, however it is spelt: the desk finds by it what somebody said."""
    key = name_key(name)
    return sealer().look_up(f"name:{key}") if key else ""


def end_hash(phone: str) -> str:
    """Of the last four digits of a number: what people say when they are asked for it."""
    tail = phone_tail(phone)
    return sealer().look_up(f"end:{tail}") if tail else ""


def spare_code(receipt: str) -> str:
    """Four digits printed on the slip of somebody who left no telephone number."""
    return f"{int(sealer().look_up(f'spare:{receipt}')[:8], 16) % 10**TAIL:0{TAIL}d}"
