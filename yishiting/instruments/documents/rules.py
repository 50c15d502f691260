"""How numbers and the names of files are written, and how a mistyped receipt number is noticed."""

import re

CHECK_BASE = 10
#: What Excel does not take in the name of a page, and disks in the name of a file.
NOT_IN_A_PAGE_NAME = re.compile(r"[:\\/?*\[\]\x00-\x1f]")
NOT_IN_A_FILE_NAME = re.compile(r'[:\\/?*"<>|\x00-\x1f]')
LONGEST_PAGE_NAME = 31
LONGEST_FILE_NAME = 80
#: Excel keeps this name for itself.
RESERVED = "history"


def check_digit(digits: str) -> int:
    """The ISO 7064 MOD 11,10 check digit of a string of digits; finds every single wrong digit and most swaps."""
    product = CHECK_BASE
    for digit in digits:
        total = (int(digit) + product) % CHECK_BASE or CHECK_BASE
        product = (2 * total) % (CHECK_BASE + 1)
    return (CHECK_BASE + 1 - product) % CHECK_BASE


def receipt_number(year: int, serial: int) -> str:
    """Two digits of the year, seven of the serial, one check digit: easy to read out on the phone."""
    digits = f"{year % 100:02d}{serial:07d}"
    return f"{digits}{check_digit(digits)}"


def spoken(receipt: str) -> str:
    """A receipt number in groups: 26 0000 1234."""
    return f"{receipt[:2]} {receipt[2:6]} {receipt[6:]}"


def read_receipt(typed: str) -> str | None:
    """The digits of a typed receipt number, whatever blanks, dashes and wide digits; None when the check digit is wrong."""
    digits = "".join(str(int(c)) for c in typed if c.isdecimal())
    if len(digits) != CHECK_BASE or check_digit(digits[:-1]) != int(digits[-1]):
        return None
    return digits


def resolution_number(place_name: str, year: int, serial: int) -> str:
    """The number of a resolution in the form offices use: 枣营北里社区议〔2026〕3号."""
    return f"{place_name}议〔{year}〕{serial}号"


def paper_number(word: str, year: int, serial: int) -> str:
    """The number of any other paper: 公示〔2026〕3号."""
    return f"{word}〔{year}〕{serial}号"


def page_name(title: str, otherwise: str = "1") -> str:
    """A title as the name of a page of a workbook: without what Excel refuses there, at most 31 characters."""
    name = " ".join(NOT_IN_A_PAGE_NAME.sub(" ", title).split())[:LONGEST_PAGE_NAME].strip("' ")
    return f"{name} " if name.casefold() == RESERVED else name or otherwise


def file_name(title: str, kind: str) -> str:
    """A title as the name of a file: without what a disk refuses; `kind` is what stands after the dot."""
    name = " ".join(NOT_IN_A_FILE_NAME.sub(" ", title).split())[:LONGEST_FILE_NAME].strip(". ")
    return f"{name or kind}.{kind}"
