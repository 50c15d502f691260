"""The lifecycle of a score round."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.lifecycle import Lifecycle, stays, transition


class State(models.TextChoices):
    """Where a score round stands."""

    OPEN = "open", _("打分中")
    CLOSED = "closed", _("已截止，得出结果")
    PUBLISHED = "published", _("已公布")
    VOID = "void", _("作废")


S = State

LIFECYCLE = Lifecycle(
    State,
    S.OPEN,
    *stays("score_sheet.enter", [S.OPEN], _("评委在手机上打分，或由两人各录一遍纸质评分表")),
    *stays("score_sheet.recuse", [S.OPEN], _("评委对有利害关系的建议案回避")),
    transition("score_round.close", [S.OPEN], S.CLOSED, _("截止打分，按规则得出结果")),
    *stays("score_round.draw_lot", [S.CLOSED], _("入围线上并列的，按事先公布的号码抽签")),
    transition("score_round.publish", [S.CLOSED], S.PUBLISHED, _("公布结果")),
    transition("score_round.void", [S.OPEN, S.CLOSED], S.VOID, _("作废，写明原因")),
    usual={S.OPEN: "score_round.close", S.CLOSED: ("score_round.draw_lot", "score_round.publish")},
)
