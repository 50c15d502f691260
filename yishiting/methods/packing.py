"""Arrays of numbers as words, to stand in JSON: little-endian on every machine."""

import base64
import sys
from array import array
from typing import Any


def packed(numbers: "array[Any]") -> str:
    """The bytes of an array, as words."""
    straight = numbers if sys.byteorder == "little" else _turned(numbers)
    return base64.b64encode(straight.tobytes()).decode("ascii")


def unpacked(kind: str, words: str) -> "array[Any]":
    """The array of a kind (as `array` calls it) that `packed` made words of."""
    numbers = array(kind)
    numbers.frombytes(base64.b64decode(words))
    return numbers if sys.byteorder == "little" else _turned(numbers)


def _turned(numbers: "array[Any]") -> "array[Any]":
    turned = array(numbers.typecode, numbers)
    turned.byteswap()
    return turned
