"""The lifecycles of the review of one project, and of a third party's evaluation of it."""

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


class ThirdPartyState(models.TextChoices):
    """Where a third party's evaluation stands."""

    INVITED = "invited", _("已邀请，等待报告")
    HANDED_IN = "handed_in", _("已提交报告")
    WITHDRAWN = "withdrawn", _("已撤回邀请")


THIRD_PARTY_LIFECYCLE = Lifecycle(
    ThirdPartyState,
    ThirdPartyState.INVITED,
    transition("third_party.hand_in", [ThirdPartyState.INVITED], ThirdPartyState.HANDED_IN, _("提交评价报告")),
    transition("third_party.withdraw", [ThirdPartyState.INVITED], ThirdPartyState.WITHDRAWN, _("撤回邀请，写明原因")),
)
