"""Money is an integer number of fen."""

FEN = 100
WAN = 1_000_000


def yuan(fen: int) -> str:
    """Fen as yuan with two decimals and thousands separated: 1234567 → 12,345.67."""
    sign = "-" if fen < 0 else ""
    whole, rest = divmod(abs(fen), FEN)
    return f"{sign}{whole:,}.{rest:02d}"


def wan(fen: int) -> str:
    """Fen as ten thousands of yuan with two decimals, half up: 123_500_00 → 12.35."""
    sign = "-" if fen < 0 else ""
    hundredths = (abs(fen) * 100 + WAN // 2) // WAN
    return f"{sign}{hundredths // 100:,}.{hundredths % 100:02d}"
