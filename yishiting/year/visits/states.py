"""The lifecycle of a question to the council of a community."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.lifecycle import Lifecycle, transition


class QuestionState(models.TextChoices):
    """Whose turn it is."""

    ASKED = "asked", _("等社区（村）议事协商会的意见")
    ANSWERED = "answered", _("已有意见")
    WITHDRAWN = "withdrawn", _("不再征求")


Q = QuestionState

QUESTION_LIFECYCLE = Lifecycle(
    QuestionState,
    Q.ASKED,
    transition("council_question.answer", [Q.ASKED], Q.ANSWERED, _("社区（村）议事协商会讨论过，答复意见")),
    transition("council_question.withdraw", [Q.ASKED], Q.WITHDRAWN, _("不用再问了，撤回，写明原因")),
    usual={Q.ASKED: "council_question.answer"},
)
