"""The lifecycle of a change of places."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.lifecycle import Lifecycle, stays, transition


class State(models.TextChoices):
    """Whether the day has come."""

    WAITING = "waiting", _("待生效")
    IN_FORCE = "in_force", _("已生效")
    WITHDRAWN = "withdrawn", _("已撤销")


LIFECYCLE = Lifecycle(
    State,
    State.WAITING,
    transition("place_change.take_effect", [State.WAITING], State.IN_FORCE, _("生效日期到了")),
    *stays("place_change.amend", [State.WAITING, State.IN_FORCE], _("更正依据文号")),
    transition("place_change.withdraw", [State.WAITING, State.IN_FORCE], State.WITHDRAWN, _("登记错了，撤销")),
)
