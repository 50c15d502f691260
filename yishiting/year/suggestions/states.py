"""The lifecycle of a suggestion."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.lifecycle import Lifecycle, transition


class State(models.TextChoices):
    """Where a suggestion stands."""

    RECEIVED = "received", _("已受理，等待初审")
    MORE_WORK = "more_work", _("待补充")
    SETTLED = "settled", _("当场解决")
    VALID = "valid", _("有效建议")
    TRANSFERRED = "transferred", _("已转办")
    NOT_ADMISSIBLE = "not_admissible", _("不予受理")
    APPEALED = "appealed", _("申请复核")
    MERGED = "merged", _("已并入同项")
    SPLIT = "split", _("已拆分")
    STRUCK = "struck", _("录入有误，已撤销")


R, W, V = State.RECEIVED, State.MORE_WORK, State.VALID
T, N, A = State.TRANSFERRED, State.NOT_ADMISSIBLE, State.APPEALED

LIFECYCLE = Lifecycle(
    State,
    R,
    transition("suggestion.strike", [R], State.STRUCK, _("录入有误，当天撤销")),
    transition("suggestion.settle", [R], State.SETTLED, _("当场解决并答复")),
    transition("suggestion.screen", [R, W], V, _("初审有效")),
    transition("suggestion.screen", [R, W], W, _("初审退回补充")),
    transition("suggestion.screen", [R, W], T, _("初审转办")),
    transition("suggestion.screen", [R, W], N, _("初审不予受理，说明理由")),
    transition("suggestion.supplement", [W], R, _("补充材料")),
    transition("suggestion.appeal", [T, N], A, _("不服结果，申请复核")),
    transition("suggestion.decide_appeal", [A], V, _("复核改为有效")),
    transition("suggestion.decide_appeal", [A], N, _("复核维持原结果，说明理由")),
    transition("suggestion.merge", [R, V], State.MERGED, _("同项合并")),
    transition("suggestion.unmerge", [State.MERGED], R, _("撤销合并，回到初审")),
    transition("suggestion.unmerge", [State.MERGED], V, _("撤销合并，恢复有效")),
    transition("suggestion.split", [R, V], State.SPLIT, _("一事一件，拆分")),
    transition("suggestion.unsplit", [State.SPLIT], R, _("撤销拆分")),
    transition("suggestion.unsplit", [State.SPLIT], V, _("撤销拆分，恢复有效")),
    transition("suggestion.unsplit", [R, V], State.STRUCK, _("撤销拆分，拆出的部分作废")),
)
