"""Exact numbers in and out: shares are fractions until they are shown."""

from fractions import Fraction

from yishiting.methods.errors import Unusable
from yishiting.methods.numbers import number as number_of


def share(value: Fraction | int | float | str) -> Fraction:
    """An exact share from "2/3", "95%", "0.95", a whole number or a decimal as written; else `Unusable`."""
    text = str(value).strip()
    scale, text = (100, text[:-1]) if text.endswith(("%", "％")) else (1, text)
    try:
        return number_of(text) / scale
    except Unusable:
        raise Unusable(f"“{value}”不是可用的比例，请写成 2/3、95% 或 0.95。", f"{value!r} is no share.") from None


def decimal(number: Fraction | int, places: int = 2) -> str:
    """The number rounded half away from zero to `places`, as text with exactly so many digits."""
    scaled = abs(Fraction(number)) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    digits = str(whole).rjust(places + 1, "0")
    sign = "-" if number < 0 and whole else ""
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)


def percent(number: Fraction, places: int = 2, *, gate: Fraction | None = None) -> str:
    """The share as a percentage; never rounded up onto a gate it does not reach (94.996 % under 95 % is 94.99 %)."""
    text = decimal(number * 100, places)
    if gate is not None and number < gate <= Fraction(text) / 100:
        text = decimal(Fraction(number * 100 * 10**places // 1, 10**places), places)
    return f"{text}%"


def pair(number: Fraction, places: int = 4) -> dict[str, str]:
    """A number for JSON: the exact fraction and a rounded decimal, both as text."""
    return {"exact": str(number), "decimal": decimal(number, places)}
