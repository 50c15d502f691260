"""The search for the number at which something begins to be so."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache


def frontier(wins: Callable[[int], bool], guess: int, top: int) -> int | None:
    """A number n from 1 to `top` with wins(n) and not wins(n - 1), sought around a guess; None where there is none.

    wins(0) is known to be false. The search doubles its steps away from the guess and then halves the interval, so
    where `wins` is not monotone the number found is true but need not be the smallest.
    """
    if top < 1:
        return None
    ask = cache(wins)
    low, high, step = 0, max(min(guess, top), 1), 1
    if ask(high):
        while (near := high - step) > 0 and ask(near):
            high, step = near, step * 2
        low = max(near, 0)
    else:
        while not ask(high):
            if high == top:
                return None
            low, high, step = high, min(high + step, top), step * 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if ask(middle) else (middle, high)
    return high
