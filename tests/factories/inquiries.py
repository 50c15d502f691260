"""Questions of policy and procedure."""

from typing import Any

from tests.cast import Cast
from tests.put_back import kept
from yishiting.year.inquiries.actions import ask
from yishiting.year.inquiries.models import Inquiry, RuleName

QUORUM = RuleName("meeting.quorum_over")


@kept
def asked(cast: Cast, **given: Any) -> Inquiry:
    """枣营北里 asks the district how the quorum is counted."""
    words = {"title": "请假的代表算不算应到", "text": "三位代表请了长假，到会一半怎么算？", "rule": QUORUM}
    return ask(given.pop("place", cast.zaobei), by=given.pop("by", cast.liu), **{**words, **given})
