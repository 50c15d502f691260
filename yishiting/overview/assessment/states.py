"""The lifecycle of a yearly assessment, and of an appeal in it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.lifecycle import Lifecycle, stays, transition


class State(models.TextChoices):
    """Where an assessment stands."""

    DRAFT = "draft", _("拟定规则")
    SCORING = "scoring", _("自评和核定")
    ANNOUNCED = "announced", _("结果已告知，可以申诉")
    PUBLISHED = "published", _("已公布")
    WITHDRAWN = "withdrawn", _("已撤销")


LIFECYCLE = Lifecycle(
    State,
    State.DRAFT,
    *stays(
        "assessment.adopt_rules",
        [State.DRAFT],
        _("定考核规则表"),
        otherwise=_("规则表在开始自评以前定。已经开始的，请“重新拟定”。"),
    ),
    transition("assessment.begin", [State.DRAFT], State.SCORING, _("列出单位、按事实计数、开始自评")),
    *stays("assessment.count", [State.SCORING, State.ANNOUNCED], _("按记录重新计数")),
    transition("assessment.announce", [State.SCORING], State.ANNOUNCED, _("把结果告知各单位，开始申诉")),
    transition("assessment.publish", [State.ANNOUNCED], State.PUBLISHED, _("公布")),
    transition(
        "assessment.reopen", [State.SCORING, State.ANNOUNCED, State.PUBLISHED], State.DRAFT, _("重新拟定，写明原因")
    ),
    transition("assessment.withdraw", [State.DRAFT], State.WITHDRAWN, _("撤销，写明原因")),
    usual={
        State.DRAFT: "assessment.begin",
        State.SCORING: "assessment.announce",
        State.ANNOUNCED: "assessment.publish",
    },
)
