"""The lifecycles of a sitting of the directors' meeting, of its report and of its plan of works."""

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


class ReportState(models.TextChoices):
    """Where a 《街乡问需工作报告》 stands."""

    DRAFTED = "drafted", _("起草中")
    ADOPTED = "adopted", _("主任办公会已通过")
    PUBLISHED = "published", _("已公开")
    DROPPED = "dropped", _("不用了")


R = ReportState

REPORT_LIFECYCLE = Lifecycle(
    ReportState,
    R.DRAFTED,
    *stays("needs_report.word", [R.DRAFTED], _("写综述")),
    *stays("needs_report.list_matters", [R.DRAFTED], _("列出要报区里办理的事")),
    *stays("needs_report.take_off", [R.DRAFTED], _("从报区清单撤下")),
    transition("needs_report.adopt", [R.DRAFTED], R.ADOPTED, _("主任办公会通过，留存这一版")),
    transition("needs_report.drop", [R.DRAFTED], R.DROPPED, _("不用这一稿，写明原因")),
    *stays("needs_report.send_list", [R.ADOPTED, R.PUBLISHED], _("把报区清单报送归口的区委工委")),
    *stays("needs_report.receive_list", [R.ADOPTED, R.PUBLISHED], _("区委工委收下清单")),
    transition("needs_report.publish", [R.ADOPTED], R.PUBLISHED, _("向居民公开")),
    usual={
        R.DRAFTED: "needs_report.adopt",
        R.ADOPTED: ("needs_report.send_list", "needs_report.publish"),
    },
)


class PlanState(models.TextChoices):
    """Where a 《为民办实事项目实施计划书》 stands."""

    DRAFTED = "drafted", _("编制中")
    DECIDED = "decided", _("主任办公会已决定")
    PUBLICISED = "publicised", _("已公示")
    DROPPED = "dropped", _("不用了")


P = PlanState

PLAN_LIFECYCLE = Lifecycle(
    PlanState,
    P.DRAFTED,
    *stays("works_plan.arrange", [P.DRAFTED], _("排次序；和协商会次序不同的，逐项写明理由")),
    transition("works_plan.decide", [P.DRAFTED], P.DECIDED, _("主任办公会决定")),
    transition("works_plan.publicise", [P.DECIDED], P.PUBLICISED, _("在辖区公示，听取异议")),
    transition("works_plan.revise", [P.DECIDED, P.PUBLICISED], P.DRAFTED, _("异议成立或情况有变，重新编制")),
    transition("works_plan.drop", [P.DRAFTED], P.DROPPED, _("不用这一稿，写明原因")),
    usual={P.DRAFTED: "works_plan.decide", P.DECIDED: "works_plan.publicise"},
)
