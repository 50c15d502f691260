"""What was adopted and is kept to."""

from typing import Any

from tests.cast import Cast
from tests.factories.projects import adopted_proposal
from tests.put_back import kept
from yishiting.year.agreements.actions import make_agreement, report_breach
from yishiting.year.agreements.models import Agreement, Breach
from yishiting.year.proposals.models import Proposal

TEXT = "每晚九点以后，小广场不放音乐。"
WHO = {"kept_by": "舞蹈队全体队员", "looked_after_by": "楼门长和物业值班"}


@kept
def agreed(cast: Cast, proposal: Proposal | None = None, **given: Any) -> Agreement:
    found = proposal or adopted_proposal(cast)
    return make_agreement(found, by=cast.liu, **{"text": TEXT, "in_force_from": found.decided_on, **WHO, **given})


@kept
def broken(cast: Cast) -> Breach:
    return report_breach(agreed(cast), by=cast.lu, text="昨晚九点半还在放。")
