"""The lifecycle of an agreement, and of a report that it was broken."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.lifecycle import Lifecycle, stays, transition


class State(models.TextChoices):
    """Whether it holds."""

    IN_FORCE = "in_force", _("执行中")
    ENDED = "ended", _("已终止")


LIFECYCLE = Lifecycle(
    State,
    State.IN_FORCE,
    transition("agreement.review", [State.IN_FORCE], State.IN_FORCE, _("回顾：继续执行，或修改后执行")),
    transition("agreement.review", [State.IN_FORCE], State.ENDED, _("回顾：终止")),
    *stays(
        "breach.report",
        [State.IN_FORCE],
        _("反映没有遵守的情况"),
        otherwise=_("这个公约已经终止。还有问题的，请“提建议”。"),
    ),
    usual={State.IN_FORCE: "agreement.review"},
)


class BreachState(models.TextChoices):
    """Whether somebody has answered."""

    REPORTED = "reported", _("等待答复")
    ANSWERED = "answered", _("已答复")


BREACH_LIFECYCLE = Lifecycle(
    BreachState,
    BreachState.REPORTED,
    transition("breach.answer", [BreachState.REPORTED], BreachState.ANSWERED, _("答复反映的人")),
    usual={BreachState.REPORTED: "breach.answer"},
)
