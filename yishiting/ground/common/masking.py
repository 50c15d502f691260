"""Masking personal data in whatever is shown or exported."""

PHONE_HEAD, PHONE_TAIL = 3, 4


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
