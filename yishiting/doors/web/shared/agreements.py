"""An agreement as its pages show it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from yishiting.doors.web.shared.shapes import Fact
from yishiting.doors.web.shared.templatetags.yishiting_ui import cn_date
from yishiting.year.agreements.models import Agreement


def facts_of(agreement: Agreement, room: str) -> list[Fact]:
    """Who keeps to it, who looks after it, from when, when it is looked at again, and the proposal it comes from."""
    proposal = agreement.proposal
    ended = agreement.ended_on
    return [
        Fact(_("谁来遵守"), agreement.kept_by),
        Fact(_("谁来照看"), agreement.looked_after_by),
        Fact(_("施行日期"), cn_date(agreement.in_force_from)),
        Fact(_("终止日期"), cn_date(ended)) if ended else Fact(_("回顾日期"), cn_date(agreement.review_due)),
        Fact(_("来自建议案"), proposal.number, reverse(f"{room}-proposal", args=[proposal.pk])),
        Fact(_("决议编号"), proposal.resolution_number),
    ]
