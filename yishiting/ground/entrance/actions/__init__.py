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
from yishiting.ground.entrance.actions.factors import (
    add_passkey,
    enter_passkey,
    remove_passkey,
    renew_recovery_codes,
)
from yishiting.ground.entrance.actions.joining import join_accounts, undo_join
from yishiting.ground.entrance.actions.privacy import (
    consent,
    correct_information,
    erase,
    publish_privacy_notice,
    purge,
    withdraw_consent,
)
from yishiting.ground.entrance.actions.residents import change_phone, enter_code, send_code
from yishiting.ground.entrance.actions.sign_on import enter_sign_on, link_sign_on, unlink_sign_on
from yishiting.ground.entrance.actions.staff import enter_password
from yishiting.ground.entrance.actions.tokens import issue_token, revoke_token
from yishiting.ground.entrance.attempts import Attempt

__all__ = [
    "Attempt",
    "add_passkey",
    "change_password",
    "change_phone",
    "close_account",
    "confirm_second_factor",
    "consent",
    "correct_information",
    "enter_code",
    "enter_passkey",
    "enter_password",
    "enter_sign_on",
    "erase",
    "issue_token",
    "join_accounts",
    "link_sign_on",
    "open_account",
    "publish_privacy_notice",
    "purge",
    "remove_passkey",
    "renew_recovery_codes",
    "reopen_account",
    "reset_password",
    "reset_second_factor",
    "revoke_token",
    "send_code",
    "undo_join",
    "unlink_sign_on",
    "unlock",
    "withdraw_consent",
]
