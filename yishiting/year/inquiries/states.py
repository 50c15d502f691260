"""The lifecycle of an inquiry."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.lifecycle import Lifecycle, transition


class State(models.TextChoices):
    """Whose turn it is."""

    ASKED = "asked", _("等待答复")
    RETURNED = "returned", _("等待补充说明")
    ANSWERED = "answered", _("已答复")
    WITHDRAWN = "withdrawn", _("已撤回")


LIFECYCLE = Lifecycle(
    State,
    State.ASKED,
    transition("inquiry.answer", [State.ASKED, State.ANSWERED], State.ANSWERED, _("答复，或再作一次答复")),
    transition("inquiry.ask_back", [State.ASKED], State.RETURNED, _("问题不清楚，请补充说明")),
    transition(
        "inquiry.follow_up", [State.ASKED, State.RETURNED, State.ANSWERED], State.ASKED, _("补充说明，或对答复追问")
    ),
    transition("inquiry.withdraw", [State.ASKED, State.RETURNED], State.WITHDRAWN, _("撤回问题")),
    usual={State.ASKED: "inquiry.answer", State.RETURNED: "inquiry.follow_up"},
)
