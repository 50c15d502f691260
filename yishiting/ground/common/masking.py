"""Masking personal data in whatever is shown or exported."""

import re

PHONE_HEAD, PHONE_TAIL, PHONE_HIDDEN = 3, 4, 4
#: Also with the country's number before it, in groups, or in wide digits.
MOBILE = re.compile(r"(?<!\d)((?:\+?86|0086)?[ -]?[1１][3-9３-９]\d)[ -]?\d{4}[ -]?(\d{4})(?!\d)")
#: Numbers of identity cards and bank cards, these also in groups of four.
CARD = re.compile(r"(?<!\d)(\d{4})(?:\d{10,14}[\dXxＸｘ]|(?: \d{4}){3}(?: \d{1,3})?)(?![\dXxＸｘ])")


def mask_name(name: str) -> str:
    """The surname and two stars, whatever the length of the rest: 王小明 → 王**."""
    return f"{name[:1]}**" if name else ""


def mask_phone(phone: str) -> str:
    """The first three and last four digits: 138****5678; a number too short to hide four between them is all stars."""
    if len(phone) < PHONE_HEAD + PHONE_HIDDEN + PHONE_TAIL:
        return "*" * len(phone)
    return f"{phone[:PHONE_HEAD]}****{phone[-PHONE_TAIL:]}"


def mask_text(text: str) -> str:
    """Words with the mobile, identity and bank numbers in them masked: 找138****5678, 1101**************."""
    return CARD.sub(lambda found: found[1] + "*" * (len(found[0]) - 4), MOBILE.sub(r"\1****\2", text))
