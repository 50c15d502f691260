"""The one guarded reader of numbers people type: exact, bounded, and never a guess.

`120,000` may be a hundred and twenty thousand or a hundred and twenty: such a number is refused with both readings.
A number of five thousand digits, or `1e99999999`, is no number anybody meant.
"""

import re
import unicodedata
from fractions import Fraction

from yishiting.methods.errors import Unusable

#: Digits before and behind the point; powers of ten.
WHOLE_MOST, PART_MOST, POWER_MOST = 30, 20, 30
SPACES = re.compile(r"[\s\u00a0\u202f\u2009'’_]")
PLAIN = re.compile(
    rf"[+-]?(?:\d{{1,{WHOLE_MOST}}}(?:\.\d{{0,{PART_MOST}}})?|\.\d{{1,{PART_MOST}}})(?:[eE]([+-]?\d{{1,2}}))?", re.ASCII
)
RATIO = re.compile(rf"([+-]?\d{{1,{WHOLE_MOST}}})/(\d{{1,{WHOLE_MOST}}})", re.ASCII)
THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?|[+-]?\d{1,3}(?:,\d{3})+\.\d+", re.ASCII)
COMMA_POINT = re.compile(r"[+-]?\d+,(?:\d{1,2}|\d{4,})", re.ASCII)
EITHER = re.compile(r"[+-]?\d{1,3},\d{3}", re.ASCII)


def number(text: str, *, what: str = "") -> Fraction:
    """The exact number that was written: 1200, 1 200, 1,200,000, 1200.50, "1200,50", 1.5e3, 2/3, wide digits.

    `what` names it in the sentence. `Unusable` for anything else, and for what could mean two things.
    """
    bare = SPACES.sub("", unicodedata.normalize("NFKC", text))
    named = f"{what}" if what else ""
    if EITHER.fullmatch(bare):
        whole, part = bare.replace(",", ""), bare.replace(",", ".")
        raise Unusable(
            f"{named}“{text.strip()}”里的逗号看不出是千分位还是小数点，请写成 {whole} 或 {part}",
            f"{text.strip()!r}: is the comma a thousands separator or a decimal point? Write {whole} or {part}",
        )
    if THOUSANDS.fullmatch(bare):
        bare = bare.replace(",", "")
    elif COMMA_POINT.fullmatch(bare):
        bare = bare.replace(",", ".")
    if (ratio := RATIO.fullmatch(bare)) and int(ratio[2]):
        return Fraction(int(ratio[1]), int(ratio[2]))
    plain = PLAIN.fullmatch(bare)
    if plain is None or abs(int(plain[1] or 0)) > POWER_MOST:
        shown = text.strip()[:40]
        raise Unusable(f"{named}“{shown}”不是数", f"{shown!r} is no usable number")
    return Fraction(bare)
