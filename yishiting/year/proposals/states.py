"""The lifecycle of a proposal."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.lifecycle import Lifecycle, stays, transition


class State(models.TextChoices):
    """Where a proposal stands."""

    DRAFTED = "drafted", _("草拟")
    TABLED = "tabled", _("已提请审议")
    ADOPTED = "adopted", _("已通过")
    PENDING = "pending", _("待定")
    DECLINED = "declined", _("未通过，已说明理由")
    REPORTED_UP = "reported_up", _("已报送上级，等待答复")
    TAKEN_ON = "taken_on", _("由上级办理")
    PASSED_ON = "passed_on", _("已转办")
    HANDED_DOWN = "handed_down", _("上级交办，等本地同意")
    NOT_NOW = "not_now", _("暂不办理，列明条件")
    NOT_FEASIBLE = "not_feasible", _("上级答复不可行，已说明理由")


S = State

#: It lies with the place above.
ABOVE = (S.REPORTED_UP, S.TAKEN_ON)

ONLY_ADOPTED = _("审议通过、还没有办的建议案才能转办。属于上级职责的，请“报送街乡”。")
NOT_PASSED_ON = _("这件建议案没有转给别的单位。要转的，请先“转办”。")
ONLY_A_DRAFT = _("只有草拟中的建议案可以移出来源。已经提请审议的，请先“从议程撤下”。")

LIFECYCLE = Lifecycle(
    State,
    S.DRAFTED,
    transition("proposal.amend", [S.DRAFTED], S.DRAFTED, _("修改文本")),
    transition("proposal.amend", [S.TABLED], S.TABLED, _("表决前修改文本，差异留痕")),
    transition("proposal.amend", [S.PENDING], S.PENDING, _("待定期间修改文本")),
    transition("proposal.add_source", [S.DRAFTED], S.DRAFTED, _("补充来源建议")),
    transition("proposal.remove_source", [S.DRAFTED], S.DRAFTED, _("移出来源"), otherwise=ONLY_A_DRAFT),
    transition(
        "proposal.table", [S.DRAFTED, S.PENDING, S.NOT_NOW, S.TABLED], S.TABLED, _("列入会议议程；改期的列入下一次")
    ),
    transition("proposal.take_off", [S.TABLED], S.DRAFTED, _("从议程撤下")),
    transition("proposal.take_off", [S.TABLED], S.PENDING, _("从议程撤下，仍然待定")),
    transition("proposal.take_off", [S.TABLED], S.NOT_NOW, _("从议程撤下，仍然暂不办理")),
    transition("proposal.decide", [S.TABLED], S.ADOPTED, _("表决通过，编决议号")),
    transition("proposal.decide", [S.TABLED], S.PENDING, _("分歧较大，列为待定")),
    transition("proposal.decide", [S.TABLED], S.DECLINED, _("表决未通过，说明理由")),
    *stays("proposal.visit", [one for one in S if one != S.DECLINED], _("记录踏勘")),
    *stays("proposal.hear", [one for one in S if one != S.DECLINED], _("记录提出人意见")),
    *stays("proposal.ask_proposers", [S.DRAFTED, S.PENDING], _("请提出人看草案")),
    *stays("proposal.ask_council", [S.DRAFTED, S.PENDING], _("请社区议事协商会讨论")),
    *stays("proposal.consult", [S.TABLED, S.PENDING], _("请大家表态")),
    *stays("project.open", [S.ADOPTED], _("立项")),
    *stays("project.take_up", [S.ADOPTED, S.TAKEN_ON], _("科室立项")),
    *stays("project.open_together", [S.ADOPTED], _("合并立项")),
    *stays("project.open_another", [S.ADOPTED], _("再立一个项目")),
    *stays("agreement.make", [S.ADOPTED], _("立为公约")),
    transition("project.enter", [S.DRAFTED], S.ADOPTED, _("随在办项目登记"), along=True),
    transition(
        "proposal.report_up",
        [S.ADOPTED, S.NOT_FEASIBLE],
        S.REPORTED_UP,
        _("社区不能解决，报送街乡；有了新情况，再次报送"),
    ),
    transition(
        "proposal.pass_on", [S.ADOPTED], S.PASSED_ON, _("归有关单位或者别的地方办的，转办"), otherwise=ONLY_ADOPTED
    ),
    *(
        transition(code, [S.PASSED_ON], to, words, otherwise=NOT_PASSED_ON)
        for code in ("proposal.note_reply", "proposal.reply")
        for to, words in (
            (S.PASSED_ON, _("承接单位答复：已经办好，或者列入计划")),
            (S.ADOPTED, _("承接单位只说明情况，本地接着办")),
        )
    ),
    transition("proposal.send_back", [S.PASSED_ON], S.ADOPTED, _("承接单位退回，本地接着办"), otherwise=NOT_PASSED_ON),
    transition("proposal.take_on", ABOVE, S.TAKEN_ON, _("上级答复由上级办理，交科室立项")),
    transition(
        "needs_report.send_list",
        [S.DRAFTED, S.ADOPTED, S.NOT_FEASIBLE],
        S.REPORTED_UP,
        _("随报区清单报送区里"),
        along=True,
    ),
    transition("listed_matter.give_back", [S.REPORTED_UP], S.DRAFTED, _("区里退回，还没有审议过"), along=True),
    transition("listed_matter.give_back", [S.REPORTED_UP], S.ADOPTED, _("区里退回，已经审议通过"), along=True),
    transition("proposal.bring_back", ABOVE, S.HANDED_DOWN, _("上级答复由社区办理，等社区同意")),
    transition("proposal.bring_back", ABOVE, S.REPORTED_UP, _("区里答复由街乡办理，街乡再答复")),
    transition("proposal.agree", [S.HANDED_DOWN], S.ADOPTED, _("社区同意承办")),
    transition("proposal.agree", [S.HANDED_DOWN], S.DRAFTED, _("同意承办，还没有审议过的先提请审议")),
    transition("proposal.return_up", [S.HANDED_DOWN], S.REPORTED_UP, _("社区不能承办，退回上级")),
    transition("proposal.forward", ABOVE, S.REPORTED_UP, _("街乡不能解决，转报区里")),
    transition("proposal.defer", ABOVE, S.NOT_NOW, _("上级答复暂不办理，列明条件")),
    transition("proposal.explain", ABOVE, S.NOT_FEASIBLE, _("上级答复不可行，说明理由")),
    transition("proposal.hear_above", ABOVE, S.TAKEN_ON, _("随区级事项，由区里办理")),
    transition("proposal.hear_above", ABOVE, S.NOT_FEASIBLE, _("随区级事项，说明不可行")),
    transition("proposal.hear_above", ABOVE, S.HANDED_DOWN, _("随区级事项退回，由本地办理")),
    transition("proposal.hear_above", ABOVE, S.REPORTED_UP, _("随区级事项退回，由街乡再答复")),
    transition("proposal.answer_joined", ABOVE, S.TAKEN_ON, _("随合并后的建议案，由上级办理")),
    transition("proposal.answer_joined", ABOVE, S.NOT_NOW, _("随合并后的建议案，暂不办理")),
    transition("proposal.look_again", [S.NOT_NOW], S.REPORTED_UP, _("到了日期或者具备条件，上级再研究")),
    transition(
        "proposal.put_off",
        [S.ADOPTED, S.PENDING, S.DRAFTED, S.NOT_NOW],
        S.NOT_NOW,
        _("暂不办理，写明条件和再研究的日期"),
    ),
    *stays("proposal.answer_sources", list(S), _("答复来源建议")),
    usual={
        S.DRAFTED: "proposal.table",
        S.PENDING: "proposal.table",
        S.TABLED: ("proposal.decide", "proposal.table"),
        S.REPORTED_UP: "proposal.bring_back",
        S.HANDED_DOWN: ("proposal.agree", "proposal.return_up"),
        S.TAKEN_ON: "project.take_up",
        S.PASSED_ON: ("proposal.note_reply", "proposal.send_back"),
        S.NOT_NOW: ("proposal.look_again", "proposal.table"),
        S.ADOPTED: ("project.open", "project.take_up", "proposal.report_up"),
    },
)
