"""Verbs of the entrance: residents by code, staff by password and second factor, accounts, consent."""

from yishiting.ground.entrance.actions.accounts import (
    change_password,
    close_account,
    confirm_second_factor,
    open_account,
    reopen_account,
    reset_password,
    reset_second_factor,
    unlock,
)
from yishiting.ground.entrance.actions.privacy import (
    consent,
    correct_information,
    erase,
    publish_privacy_notice,
    purge,
    withdraw_consent,
)
from yishiting.ground.entrance.actions.residents import enter_code, send_code
from yishiting.ground.entrance.actions.staff import enter_password
from yishiting.ground.entrance.actions.tokens import issue_token, revoke_token
from yishiting.ground.entrance.attempts import Attempt

__all__ = [
    "Attempt",
    "change_password",
    "close_account",
    "confirm_second_factor",
    "consent",
    "correct_information",
    "enter_code",
    "enter_password",
    "erase",
    "issue_token",
    "open_account",
    "publish_privacy_notice",
    "purge",
    "reopen_account",
    "reset_password",
    "reset_second_factor",
    "revoke_token",
    "send_code",
    "unlock",
    "withdraw_consent",
]
