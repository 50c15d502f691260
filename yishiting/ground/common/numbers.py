"""Whole numbers as strangers send them."""

#: No number anybody means is longer; Python refuses to read thousands of digits, databases keep nineteen.
DIGITS_MOST = 18


def whole_number(text: str) -> int | None:
    """The number these digits stand for, or None when they stand for none, or for one nobody could mean."""
    return int(text) if text.isdecimal() and len(text) <= DIGITS_MOST else None
