"""The lifecycles of a consultation, of a statement in it, and of a questionnaire."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.lifecycle import Lifecycle, transition


class State(models.TextChoices):
    """Where a consultation or a questionnaire stands."""

    DRAFT = "draft", _("起草")
    OPEN = "open", _("征求中")
    CLOSED = "closed", _("已截止")
    PUBLISHED = "published", _("已公布")


S = State

LIFECYCLE = Lifecycle(
    State,
    S.DRAFT,
    transition("consultation.amend", [S.DRAFT], S.DRAFT, _("修改题目、起止日期")),
    transition("statement.seed", [S.DRAFT], S.DRAFT, _("起草时写下几条看法")),
    transition("statement.seed", [S.OPEN], S.OPEN, _("征求中补充看法")),
    transition("consultation.open", [S.DRAFT], S.OPEN, _("开始征求")),
    transition("statement.propose", [S.OPEN], S.OPEN, _("参加的人补充看法")),
    transition("consultation.close", [S.OPEN], S.CLOSED, _("截止，打乱编号，封存表态表")),
    transition("consultation.publish", [S.CLOSED], S.PUBLISHED, _("公布结果")),
)


class StatementState(models.TextChoices):
    """Where a statement stands."""

    PROPOSED = "proposed", _("待审核")
    SHOWN = "shown", _("已展示")
    SET_ASIDE = "set_aside", _("已搁置")


T = StatementState

STATEMENT_LIFECYCLE = Lifecycle(
    StatementState,
    T.PROPOSED,
    transition("statement.moderate", [T.PROPOSED, T.SET_ASIDE], T.SHOWN, _("展示，请大家表态")),
    transition("statement.moderate", [T.PROPOSED, T.SHOWN], T.SET_ASIDE, _("搁置，写明原因")),
)

QUESTIONNAIRE_LIFECYCLE = Lifecycle(
    State,
    S.DRAFT,
    transition("questionnaire.amend", [S.DRAFT], S.DRAFT, _("修改题目和说明")),
    transition("questionnaire.open", [S.DRAFT], S.OPEN, _("开始填写，题目从此不改")),
    transition("questionnaire.answer", [S.OPEN], S.OPEN, _("填写一份")),
    transition("questionnaire.close", [S.OPEN], S.CLOSED, _("截止")),
    transition("questionnaire.publish", [S.CLOSED], S.PUBLISHED, _("公布结果")),
)
