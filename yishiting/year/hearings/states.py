"""The lifecycle of a hearing."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.lifecycle import Lifecycle, stays, transition


class State(models.TextChoices):
    """How far a hearing has come."""

    ANNOUNCED = "announced", _("已通知")
    HELD = "held", _("已召开")
    PUBLISHED = "published", _("记录已公开")
    CALLED_OFF = "called_off", _("已取消")


A, H, P = State.ANNOUNCED, State.HELD, State.PUBLISHED
HELD_FIRST = _("先“登记召开”，再记录会上的发言。")

LIFECYCLE = Lifecycle(
    State,
    A,
    *stays("hearing.amend", [A], _("更正通知"), otherwise=_("已经开过的，人数和记录请在场次里更正。")),
    transition("hearing.hold", [A], H, _("登记召开")),
    transition("hearing.call_off", [A, H], State.CALLED_OFF, _("取消，写明原因")),
    *stays("hearing.note_speech", [H, P], _("记录发言"), otherwise=HELD_FIRST),
    *stays("hearing.note_many", [H, P], _("成批记录意见"), otherwise=HELD_FIRST),
    transition("hearing.publish", [H, P], P, _("公开记录，或更正记录"), otherwise=HELD_FIRST),
    usual={A: "hearing.hold", H: "hearing.publish"},
)
