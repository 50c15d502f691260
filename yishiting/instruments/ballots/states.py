"""The lifecycle of a poll."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.lifecycle import Lifecycle, transition


class State(models.TextChoices):
    """Where a poll stands."""

    PREPARED = "prepared", _("已准备")
    OPEN = "open", _("投票中")
    COUNTING = "counting", _("录入计票")
    DIFFERENT = "different", _("两次录入不一致")
    COUNTED = "counted", _("已计票")
    VOID = "void", _("本次投票无效")


LIFECYCLE = Lifecycle(
    State,
    State.PREPARED,
    transition("poll.open", [State.PREPARED], State.OPEN, _("开始投票，冻结应到名单")),
    transition("poll.enter_tally", [State.OPEN], State.COUNTING, _("录入第一遍计票")),
    transition("poll.enter_tally", [State.COUNTING, State.DIFFERENT], State.COUNTED, _("两遍一致，得出结果")),
    transition("poll.enter_tally", [State.COUNTING, State.DIFFERENT], State.DIFFERENT, _("两遍不一致，再录一遍")),
    transition("poll.enter_tally", [State.COUNTING, State.DIFFERENT], State.VOID, _("两遍都是收回多于发出，整次无效")),
    transition(
        "poll.redo_tally",
        [State.COUNTING, State.DIFFERENT, State.COUNTED],
        State.OPEN,
        _("录入有误，结果宣布以前重新录入"),
    ),
    transition(
        "poll.void", [State.PREPARED, State.OPEN, State.COUNTING, State.DIFFERENT], State.VOID, _("作废，写明原因")
    ),
    usual={
        State.OPEN: "poll.enter_tally",
        State.COUNTING: "poll.enter_tally",
        State.DIFFERENT: "poll.enter_tally",
    },
)
