"""The lifecycles of a consultation, of a statement in it, and of a questionnaire."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.lifecycle import Lifecycle, stays, transition


class State(models.TextChoices):
    """Where a consultation or a questionnaire stands."""

    DRAFT = "draft", _("起草")
    OPEN = "open", _("征求中")
    CLOSED = "closed", _("已截止")
    PUBLISHED = "published", _("已公布")
    VOID = "void", _("作废")
    DISCARDED = "discarded", _("草稿已删去")


S = State
#: What everybody may read: neither a draft nor a draft that was thrown away.
SEEN_BY_ALL = (S.OPEN, S.CLOSED, S.PUBLISHED, S.VOID)
FIXED = _("已经开始填写，题目和日期不能再改。写错了的，请“问卷作废”，再“起草问卷”。")
NO_DRAFT = _("只有还没有开始的草稿可以删去。已经开始的，请“意见征求作废”或“问卷作废”，写明原因。")

LIFECYCLE = Lifecycle(
    State,
    S.DRAFT,
    transition("consultation.open", [S.DRAFT], S.OPEN, _("开始征求")),
    transition("consultation.discard", [S.DRAFT], S.DISCARDED, _("删去草稿"), otherwise=NO_DRAFT),
    transition("consultation.close", [S.OPEN], S.CLOSED, _("截止，打乱编号，封存表态表")),
    transition("consultation.publish", [S.CLOSED], S.PUBLISHED, _("公布结果")),
    transition("consultation.void", [S.OPEN, S.CLOSED], S.VOID, _("作废，写明原因")),
    *stays(
        "consultation.amend",
        [S.DRAFT],
        _("修改题目、起止日期"),
        otherwise=_("已经开始征求，名称、问题和日期不能再改。写错了的，请“意见征求作废”，再“起草意见征求”。"),
    ),
    *stays("statement.seed", [S.DRAFT, S.OPEN], _("写下几条看法")),
    *stays("statement.propose", [S.OPEN], _("参加的人补充看法")),
    usual={
        S.DRAFT: ("consultation.open", "statement.seed"),
        S.OPEN: "consultation.close",
        S.CLOSED: "consultation.publish",
    },
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
    usual={T.PROPOSED: "statement.moderate"},
)

QUESTIONNAIRE_LIFECYCLE = Lifecycle(
    State,
    S.DRAFT,
    transition("questionnaire.open", [S.DRAFT], S.OPEN, _("开始填写，题目从此不改")),
    transition("questionnaire.discard", [S.DRAFT], S.DISCARDED, _("删去草稿"), otherwise=NO_DRAFT),
    transition("questionnaire.close", [S.OPEN], S.CLOSED, _("截止")),
    transition("questionnaire.publish", [S.CLOSED], S.PUBLISHED, _("公布结果")),
    transition("questionnaire.void", [S.OPEN, S.CLOSED], S.VOID, _("作废，写明原因")),
    *stays("questionnaire.amend", [S.DRAFT], _("修改名称、说明和日期"), otherwise=FIXED),
    *stays("questionnaire.set_questions", [S.DRAFT], _("编排题目"), otherwise=FIXED),
    *stays("questionnaire.answer", [S.OPEN], _("填写一份")),
    usual={
        S.DRAFT: ("questionnaire.open", "questionnaire.set_questions"),
        S.OPEN: "questionnaire.close",
        S.CLOSED: "questionnaire.publish",
    },
)
