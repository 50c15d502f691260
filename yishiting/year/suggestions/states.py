"""The lifecycle of a suggestion."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.lifecycle import Lifecycle, stays, transition


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
#: Among these the same matter may stand twice.
MERGEABLE = (R, V)
NOT_MERGEABLE = _("只有等待初审或有效的建议可以合并。请换一条，或先“初审”。")
NOT_SCREENED = _("请先“初审”，再答复。已并入同项的，请在主案上答复，所有提出人都会收到。")
NOT_OPEN = _("阶段答复用于还在办的有效建议。没有初审的请先“初审”，已经办结的请用“答复”。")
NOT_CLASSED = _("请先“初审”，再分类、确定责任人。已并入同项或已拆分的，请到主案或拆出的那几条办理。")
ANSWER_IT = _("这一步只在初审以前办理一次。已经初审或当场解决的，请用“答复”说明情况。")
NOT_PASSED_ON = _("这一步用于已转办的建议。还没有初审的请先“初审”，结果选“转办”。")
NOT_ASKED = _("现在不用补充材料。“初审”时请您补充的，才在这里补充。")
NOT_AGAINST = _("现在不能申请复核。“初审”结果是转办或不予受理的，才可以申请。")
SCREENED_AS_TYPED = _(
    "只有还没有初审的可以更正或撤销录入。已经按这些话初审、合并或拆分的，请用“答复”说明情况；电话写错的，请“更正联系方式”。"
)
SCREENED = (W, V, T, N, A, State.SETTLED)
ANSWERABLE = (V, T, N, A, State.SETTLED)
CONTACTABLE = (R, W, State.SETTLED, V, T, N, A, State.MERGED, State.SPLIT)

LIFECYCLE = Lifecycle(
    State,
    R,
    transition("suggestion.screen", [R, W], V, _("初审有效")),
    transition("suggestion.screen", [R, W], W, _("初审退回补充")),
    transition("suggestion.screen", [R, W], T, _("初审转办")),
    transition("suggestion.screen", [R, W], N, _("初审不予受理，说明理由")),
    transition(
        "suggestion.screen_again",
        [V, W, T, N],
        R,
        _("初审结果录错了，撤回，重新初审"),
        otherwise=_("只有刚初审过、还没有往下办的可以重新初审。申请了复核的，请“复核”。"),
    ),
    transition("suggestion.settle", [R], State.SETTLED, _("当场解决并答复"), otherwise=ANSWER_IT),
    transition("suggestion.supplement", [W], R, _("补充材料"), otherwise=NOT_ASKED),
    transition("suggestion.lapse", [W], N, _("期满没有补充，办结")),
    transition("suggestion.appeal", [T, N], A, _("不服结果，申请复核"), otherwise=NOT_AGAINST),
    transition("suggestion.decide_appeal", [A], V, _("复核改为有效")),
    transition("suggestion.decide_appeal", [A], N, _("复核维持原结果，说明理由")),
    *stays("suggestion.answer", ANSWERABLE, _("答复"), otherwise=NOT_SCREENED),
    *stays("suggestion.answer_interim", [V], _("阶段答复"), otherwise=NOT_OPEN),
    *stays("suggestion.pass_on", [T], _("再转办"), otherwise=NOT_PASSED_ON),
    *stays("suggestion.note_reply", (T, N, A), _("登记承接单位答复"), otherwise=NOT_PASSED_ON),
    *stays("suggestion.send_back", (T, N, A), _("承接单位退回"), otherwise=NOT_PASSED_ON),
    *stays("suggestion.classify", SCREENED, _("分类分级"), otherwise=NOT_CLASSED),
    *stays("suggestion.set_special", (R, V), _("归入紧急或特殊事项"), otherwise=NOT_OPEN),
    *stays("suggestion.assign", SCREENED, _("确定责任人"), otherwise=NOT_CLASSED),
    *stays("suggestion.merge", MERGEABLE, _("作主案"), otherwise=NOT_MERGEABLE),
    transition("suggestion.merge", MERGEABLE, State.MERGED, _("同项合并"), along=True),
    transition("suggestion.unmerge", [State.MERGED], R, _("撤销合并，回到初审")),
    transition("suggestion.unmerge", [State.MERGED], V, _("撤销合并，恢复有效")),
    transition("suggestion.split", MERGEABLE, State.SPLIT, _("一事一件，拆分")),
    transition(
        "suggestion.unsplit", [State.SPLIT], R, _("撤销拆分"), otherwise=_("这一条没有拆分过，不用“撤销拆分”。")
    ),
    transition("suggestion.unsplit", [State.SPLIT], V, _("撤销拆分，恢复有效")),
    transition("suggestion.unsplit", MERGEABLE, State.STRUCK, _("撤销拆分，拆出的部分作废"), along=True),
    *stays("suggestion.correct", (R, W), _("更正录入"), otherwise=SCREENED_AS_TYPED),
    *stays("suggestion.correct_contact", CONTACTABLE, _("更正联系方式")),
    transition("suggestion.strike", [R, W], State.STRUCK, _("录入有误，撤销"), otherwise=SCREENED_AS_TYPED),
    transition("import.undo", [R, W], State.STRUCK, _("整批导入有误，撤销"), along=True),
    usual={
        R: "suggestion.screen",
        W: "suggestion.supplement",
        V: ("suggestion.answer", "suggestion.classify"),
        A: "suggestion.decide_appeal",
    },
)
