"""Money is an integer number of fen."""

FEN = 100


def yuan(fen: int) -> str:
    """Fen as yuan with two decimals and thousands separated: 1234567 → 12,345.67."""
    sign = "-" if fen < 0 else ""
    whole, rest = divmod(abs(fen), FEN)
    return f"{sign}{whole:,}.{rest:02d}"


def amount(fen: int) -> str:
    """An amount as every page and paper writes it, never rounded: 9,600元, 12,800.50元."""
    return f"{yuan(fen).removesuffix('.00')}元"
