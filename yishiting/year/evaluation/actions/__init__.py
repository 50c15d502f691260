"""What is done in the review, and by a third party before it."""

from yishiting.year.evaluation.actions.reviews import (
    declare_review,
    list_for_review,
    make_reward,
    publicise_reviews,
    take_vote,
)
from yishiting.year.evaluation.actions.third_parties import (
    hand_in_report,
    invite_third_party,
    withdraw_third_party,
)

__all__ = [
    "declare_review",
    "hand_in_report",
    "invite_third_party",
    "list_for_review",
    "make_reward",
    "publicise_reviews",
    "take_vote",
    "withdraw_third_party",
]
