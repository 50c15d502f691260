"""What is done with the money of a project."""

from yishiting.year.spending.actions.contracts import end_contract, sign_contract
from yishiting.year.spending.actions.files import allot_many, take_in_payments
from yishiting.year.spending.actions.gifts import enter_gift, withdraw_gift
from yishiting.year.spending.actions.grants import make_grant, release_grant
from yishiting.year.spending.actions.payments import approve, ask, pay, reverse, send_back

__all__ = [
    "allot_many",
    "approve",
    "ask",
    "end_contract",
    "enter_gift",
    "make_grant",
    "pay",
    "release_grant",
    "reverse",
    "send_back",
    "sign_contract",
    "take_in_payments",
    "withdraw_gift",
]
