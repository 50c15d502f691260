"""Changes of places in law."""

from yishiting.ground.rezoning.actions.changing import (
    amend_change,
    become_community,
    close_place,
    found_place,
    merge_place,
    move_place,
    rename_place,
    split_off,
    take_effect,
    withdraw_change,
)

__all__ = [
    "amend_change",
    "become_community",
    "close_place",
    "found_place",
    "merge_place",
    "move_place",
    "rename_place",
    "split_off",
    "take_effect",
    "withdraw_change",
]
