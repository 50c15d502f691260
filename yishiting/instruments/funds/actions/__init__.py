"""Booking, and what is done with the money of a place."""

from yishiting.instruments.funds.actions.booking import account_of, book, reverse_posting
from yishiting.instruments.funds.actions.handing import allot, carry_over, give_back, open_fund, set_budget

__all__ = ["account_of", "allot", "book", "carry_over", "give_back", "open_fund", "reverse_posting", "set_budget"]
