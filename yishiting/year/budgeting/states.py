"""The lifecycle of a budget vote."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.lifecycle import Lifecycle, stays, transition


class State(models.TextChoices):
    """Where a budget vote stands."""

    OPEN = "open", _("表决中")
    CLOSED = "closed", _("已截止，得出结果")
    PUBLISHED = "published", _("已公布")
    VOID = "void", _("作废")


S = State

LIFECYCLE = Lifecycle(
    State,
    S.OPEN,
    *stays("budget_ballot.issue", [S.OPEN], _("在名册上登记领取纸质选票")),
    *stays("budget_voter.correct", [S.OPEN], _("名册上写错的姓名、楼院，更正")),
    *stays("budget_ballot.cast", [S.OPEN], _("代表在手机上投票")),
    *stays("budget_ballot.enter_paper", [S.OPEN], _("一沓纸质选票由两人各录一遍")),
    *stays("budget_ballot.take_back", [S.OPEN], _("领取登记错了的，撤销")),
    *stays("budget_ballot.redo_bundle", [S.OPEN], _("一沓选票录错了的，两人重新录")),
    transition("budget_vote.close", [S.OPEN], S.CLOSED, _("截止表决，按规则得出结果")),
    *stays("budget_vote.draw_lot", [S.CLOSED], _("并列的，按事先公布的号码抽签")),
    *stays("budget_vote.override", [S.CLOSED], _("不按表决结果办的，写明理由，两个结果都留着")),
    transition("budget_vote.publish", [S.CLOSED], S.PUBLISHED, _("公布结果")),
    transition("budget_vote.void", [S.OPEN, S.CLOSED], S.VOID, _("作废，写明原因")),
    usual={S.OPEN: "budget_vote.close", S.CLOSED: ("budget_vote.draw_lot", "budget_vote.publish")},
)
