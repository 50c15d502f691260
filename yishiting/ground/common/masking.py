"""Masking personal data in whatever is shown or exported."""

import re

PHONE_HEAD, PHONE_TAIL = 3, 4
MOBILE = re.compile(r"(?<!\d)(1[3-9]\d)[ -]?\d{4}[ -]?(\d{4})(?!\d)")
#: Numbers of identity cards and bank cards.
CARD = re.compile(r"(?<!\d)(\d{4})\d{10,14}[\dXx](?![\dXx])")


def mask_name(name: str) -> str:
    """The surname and two stars, whatever the length of the rest: 王小明 → 王**."""
    return f"{name[:1]}**" if name else ""


def mask_phone(phone: str) -> str:
    """The first three and last four digits: 138****5678; anything shorter is all stars."""
    if len(phone) < PHONE_HEAD + PHONE_TAIL:
        return "*" * len(phone)
    return f"{phone[:PHONE_HEAD]}****{phone[-PHONE_TAIL:]}"


def last_four(phone: str) -> str:
    """The last four digits, by which a receipt is found again."""
    return phone[-PHONE_TAIL:]


def mask_text(text: str) -> str:
    """Words with the mobile, identity and bank numbers in them masked: 找138****5678, 1101**************."""
    return CARD.sub(lambda found: found[1] + "*" * (len(found[0]) - 4), MOBILE.sub(r"\1****\2", text))
