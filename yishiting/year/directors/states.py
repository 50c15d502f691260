"""The lifecycle of a sitting of the directors' meeting."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.lifecycle import Lifecycle, stays, transition


class State(models.TextChoices):
    """Where a sitting stands."""

    CALLED = "called", _("已召集")
    OPEN = "open", _("正在开")
    ISSUED = "issued", _("纪要已印发")
    CANCELLED = "cancelled", _("已取消")


S = State

NOT_OPEN = _("主任办公会还没有开。请先“开会”，登记谁到会，再记录决定。")

LIFECYCLE = Lifecycle(
    State,
    S.CALLED,
    *stays("sitting.amend", [S.CALLED], _("改日期、地点")),
    *stays("sitting.put_down", [S.CALLED, S.OPEN], _("把要研究的建议、建议案列入议程")),
    *stays("sitting.add_topic", [S.CALLED, S.OPEN], _("增加其他议题")),
    *stays("sitting.take_off", [S.CALLED, S.OPEN], _("从议程撤下")),
    transition("sitting.begin", [S.CALLED], S.OPEN, _("开会，登记谁到会")),
    *stays("sitting.name_leaders", [S.OPEN], _("定下责任领导和科室"), otherwise=NOT_OPEN),
    *stays("sitting.conclude", [S.OPEN], _("记录其他议题的决定"), otherwise=NOT_OPEN),
    transition("sitting.issue", [S.OPEN], S.ISSUED, _("核对无误，编号印发纪要")),
    transition("sitting.cancel", [S.CALLED], S.CANCELLED, _("取消，写明原因")),
    usual={S.CALLED: "sitting.begin", S.OPEN: ("sitting.name_leaders", "sitting.issue")},
)
