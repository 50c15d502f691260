"""What is done in an assessment."""

from yishiting.overview.assessment.actions.sheets import (
    answer_appeal,
    appeal,
    check,
    exempt,
    self_score,
    withdraw_exemption,
)
from yishiting.overview.assessment.actions.years import (
    adopt_rules,
    announce,
    begin,
    count,
    draft,
    publish,
    reopen,
    withdraw,
)

__all__ = [
    "adopt_rules",
    "announce",
    "answer_appeal",
    "appeal",
    "begin",
    "check",
    "count",
    "draft",
    "exempt",
    "publish",
    "reopen",
    "self_score",
    "withdraw",
    "withdraw_exemption",
]
