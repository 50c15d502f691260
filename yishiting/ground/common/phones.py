"""Telephone numbers in one spelling: what was typed, the number that was meant, and what can be done with it.

Everything that keeps, compares, finds or rings a number goes through `read_number`. 138 0013 8000, +86-13800138000,
(86)138.0013.8000 and wide digits are one number; only a mobile of the mainland can be sent a text.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.reading import visible

#: Eight digits without an area code are a line of this city.
AREA = "010"
LONGEST = 40
TAIL = 4
#: Digits with what people put between them; a plus or brackets may stand before.
SPELT = re.compile(r"(?<![A-Za-z0-9_@.])[(+]{0,2}\d(?:[ \t().·•/‧-]{0,4}\d)*(?![A-Za-z_@])")
DASHES = re.compile(r"[\u2010-\u2015\u2212\u2500\ufe58\uff0d~_—－-]+")
EXTENSION = re.compile(r"\s*(?:转|分机|ext\.?|#|x)\s*(\d{1,6})\b", re.IGNORECASE)
COUNTRY = re.compile(r"^(?:\+|00)?86(?=1[3-9]\d{9}$|0?[1-9]\d{8,10}$)")
MOBILE = re.compile(r"1[3-9]\d{9}")
FIXED = re.compile(r"0(?:10|2\d)[2-8]\d{7}|0[3-9]\d{2}[2-8]\d{6,7}|[48]00\d{7}")
SHORT = re.compile(r"1\d{4}|9[56]\d{3,6}")
FOREIGN = re.compile(r"(?:\+|00)(?!86)([1-9]\d{6,14})|((?:852[2-9]|853[26])\d{7}|8869\d{8})")
MASKED = re.compile(r"\d[*＊xX×●•]{2,}\d|[*＊●]{2,}\d{2,4}$")
SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.IGNORECASE)


class Kind(Enum):
    """What can be done with a number."""

    MOBILE = "mobile"
    FIXED = "fixed"
    SERVICE = "service"
    FOREIGN = "foreign"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Number:
    """The number that was meant, in its normal form; empty where none was."""

    digits: str
    kind: Kind

    @property
    def takes_texts(self) -> bool:
        """Whether a text message can be sent to it."""
        return self.kind == Kind.MOBILE


NO_NUMBER = Number("", Kind.NONE)


def read_number(typed: str) -> Number:
    """The first number of these words, a mobile before all others."""
    words = DASHES.sub("-", unicodedata.normalize("NFKC", visible(typed)))[: 5 * LONGEST]
    words = re.sub(r"(?<=\d)\.0\b", "", words)
    if SCIENTIFIC.search(words) or MASKED.search(words):
        return NO_NUMBER
    found = [number for match in SPELT.finditer(words) for number in _meant(match.group(), words[match.end() :])]
    return next((one for one in found if one.takes_texts), found[0] if found else NO_NUMBER)


def _meant(spelt: str, after: str) -> list[Number]:
    """The number these digits are, or the numbers they are when a stroke parts them."""
    for parting in (r"$^", "/", r"[/\s]+"):
        found = [_classed(part) for part in re.split(parting, spelt)]
        if all(one.digits for one in found):
            break
    else:
        line, _dash, inner = spelt.rpartition("-")
        found, after = [_classed(line)], f"转{inner}"
    found = [one for one in found if one.digits]
    extension = EXTENSION.match(after)
    if extension and found and found[-1].kind == Kind.FIXED:
        found[-1] = Number(f"{found[-1].digits}-{extension[1]}", Kind.FIXED)
    return found


def _classed(spelt: str) -> Number:
    raw = re.sub(r"[^+\d]", "", spelt)
    digits = COUNTRY.sub("", raw)
    if MOBILE.fullmatch(digits):
        return Number(digits, Kind.MOBILE)
    if foreign := FOREIGN.fullmatch(raw):
        return Number(f"+{foreign[1] or foreign[2]}", Kind.FOREIGN)
    if SHORT.fullmatch(digits):
        return Number(digits, Kind.SERVICE)
    if re.fullmatch(r"[2-8]\d{7}", digits):
        digits = AREA + digits
    elif re.fullmatch(r"(?:10|2\d)[2-8]\d{7}|[3-9]\d{2}[2-8]\d{7}", digits) and not re.match("[48]00", digits):
        digits = f"0{digits}"  # a sheet has taken the nought away
    return Number(digits, Kind.FIXED) if FIXED.fullmatch(digits) else NO_NUMBER


def phone_digits(typed: str) -> str:
    """The number in its normal form; empty for one that is masked, damaged, or none at all."""
    return read_number(typed).digits


def phone_to_keep(typed: str) -> str:
    """The normal form, or the words as they were typed where they are none: nothing anybody left is thrown away."""
    return phone_digits(typed) or " ".join(visible(typed).split())


def takes_texts(typed: str) -> bool:
    """Whether a text message can be sent to this number."""
    return read_number(typed).takes_texts


def phone_tail(typed: str) -> str:
    """The last four digits, also of a masked number; empty when they are not there."""
    words = (phone_digits(typed) or unicodedata.normalize("NFKC", visible(typed)).strip()).partition("-")[0]
    return words[-TAIL:] if len(words) >= TAIL and words[-TAIL:].isascii() and words[-TAIL:].isdigit() else ""


def is_masked(typed: str) -> bool:
    """Whether somebody has put stars into the number."""
    return MASKED.search(unicodedata.normalize("NFKC", visible(typed))) is not None


def why_not_reached(typed: str) -> str | Promise:
    """Empty when somebody can be rung under this; otherwise what is wrong with it and what to do."""
    if phone_digits(typed) or not visible(typed).strip():
        return ""
    if SCIENTIFIC.search(unicodedata.normalize("NFKC", visible(typed))):
        return _("号码被表格改成了科学计数，后几位已经丢了。请把这一列设成“文本”格式，照原件重新填写。")
    if is_masked(typed):
        return _("号码中间打了星号，打不通。请填写完整的号码。")
    return _("请检查电话号码：手机号是 11 位数字，座机请带区号，例如 010-65001234；境外号码请以 + 开头。")
