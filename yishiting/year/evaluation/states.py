"""The lifecycle of the review of one project."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.lifecycle import Lifecycle, stays, transition


class State(models.TextChoices):
    """Where a review stands."""

    LISTED = "listed", _("待评议")
    PASSED = "passed", _("评议达标")
    FAILED = "failed", _("未达标，再次整改")


LIFECYCLE = Lifecycle(
    State,
    State.LISTED,
    transition("review.declare", [State.LISTED], State.PASSED, _("满意率达到标准")),
    transition("review.declare", [State.LISTED], State.FAILED, _("满意率未达标准")),
    *stays(
        "review.take_vote",
        [State.LISTED],
        _("现场测评"),
        otherwise=_("这个项目已经测评过，或正在测评。计票以后“宣布评议结果”。"),
    ),
    usual={State.LISTED: ("review.declare", "review.take_vote")},
)
