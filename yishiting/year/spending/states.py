"""The lifecycles of a contract and of a payment."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.lifecycle import Lifecycle, stays, transition


class ContractState(models.TextChoices):
    """Whether a contract binds."""

    IN_FORCE = "in_force", _("履行中")
    ENDED = "ended", _("已终止")


CONTRACT_LIFECYCLE = Lifecycle(
    ContractState,
    ContractState.IN_FORCE,
    *stays("payment.ask", [ContractState.IN_FORCE], _("申请支付一期款")),
    transition("contract.end", [ContractState.IN_FORCE], ContractState.ENDED, _("合同终止，没有付的不再付")),
)


class State(models.TextChoices):
    """Where a payment stands."""

    ASKED = "asked", _("已申请，等待审批")
    APPROVED = "approved", _("已审批，等待支付")
    PAID = "paid", _("已支付")
    SENT_BACK = "sent_back", _("已退回")
    REVERSED = "reversed", _("已冲正")


#: In which a milestone is taken: nobody asks for the same part of a contract again.
LIVE = (State.ASKED, State.APPROVED, State.PAID)
#: In which money is still to be paid.
TO_BE_PAID = (State.ASKED, State.APPROVED)

LIFECYCLE = Lifecycle(
    State,
    State.ASKED,
    transition("payment.approve", [State.ASKED], State.APPROVED, _("审批同意支付")),
    transition("payment.pay", [State.APPROVED], State.PAID, _("财务支付，登记凭证号")),
    transition("payment.send_back", [State.ASKED, State.APPROVED], State.SENT_BACK, _("退回申请，写明原因")),
    transition("payment.reverse", [State.PAID], State.REVERSED, _("支付登记错了或钱退回来了，冲正")),
    usual={State.ASKED: "payment.approve", State.APPROVED: "payment.pay"},
)
