"""主任办公会: the sittings of a subdistrict, its reports and plans; for the district, the lists that were sent to it."""

from django.utils.translation import gettext_lazy as _

from yishiting.doors.lists.columns import Column, Kind
from yishiting.doors.lists.declared import List
from yishiting.doors.lists.filters import Choice, Days, Search, Year
from yishiting.ground.organisations.permissions import reads_here
from yishiting.year.directors.queries import lists_sent, plans_of, reports_of, sittings_of
from yishiting.year.directors.states import PlanState, ReportState, State

TONES: dict[str, str] = {
    State.CALLED: "open",
    State.OPEN: "waiting",
    State.ISSUED: "done",
    State.CANCELLED: "refused",
}

SITTINGS = List(
    "desk-sittings",
    _("主任办公会登记表"),
    sittings_of,
    (
        Column("title", _("会议"), str, head=True, width=40),
        Column("held_on", _("开会日期"), kind=Kind.DAY, sort="held_on"),
        Column("item_count", _("议题"), kind=Kind.NUMBER, sort="item_count"),
        Column("decided_count", _("已定"), kind=Kind.NUMBER, sort="decided_count"),
        Column("issued_on", _("印发日期"), kind=Kind.DAY, sort="issued_on"),
        Column("state", _("状态"), kind=Kind.STATE, tones=TONES, sort="state"),
    ),
    needs=reads_here,
    filters=(Choice("state", _("状态"), among=State), Days("held", _("开会日期"), by="held_on")),
    counted=("state",),
    opens="desk-sitting",
    empty=_("还没有主任办公会。初审有效、等着确定责任领导和科室的事，点“召集主任办公会”。"),
)

REPORT_TONES: dict[str, str] = {
    ReportState.DRAFTED: "open",
    ReportState.ADOPTED: "waiting",
    ReportState.PUBLISHED: "done",
    ReportState.DROPPED: "refused",
}
TITLE = Column("title", _("名称"), str, head=True, width=44)

REPORTS = List(
    "desk-needs-reports",
    _("问需工作报告登记表"),
    reports_of,
    (
        TITLE,
        Column("number", _("编号"), sort="number", width=26),
        Column("adopted_on", _("通过日期"), kind=Kind.DAY, sort="adopted_on"),
        Column("sent_on", _("清单报送日期"), kind=Kind.DAY, sort="sent_on"),
        Column("received_on", _("区委工委收下日期"), kind=Kind.DAY, sort="received_on"),
        Column("state", _("状态"), kind=Kind.STATE, tones=REPORT_TONES, sort="state"),
    ),
    needs=reads_here,
    filters=(Choice("state", _("状态"), among=ReportState), Year("year", _("年度"))),
    counted=("state",),
    opens="desk-needs-report",
    empty=_("还没有问需工作报告。点“起草问需工作报告”，数字会从记录里统计。"),
)

LISTS_SENT = List(
    "desk-lists-sent",
    _("街乡报送的报区清单"),
    lists_sent,
    (
        TITLE,
        Column("place", _("街乡"), "place.name", sort="place__code", width=18),
        Column("matter_count", _("事项"), kind=Kind.NUMBER, sort="matter_count"),
        Column("sent_on", _("报送日期"), kind=Kind.DAY, sort="sent_on"),
        Column("received_on", _("收下日期"), kind=Kind.DAY, sort="received_on"),
    ),
    needs=reads_here,
    filters=(Search("q", _("查找"), within=("place__name", "number")), Days("sent", _("报送日期"), by="sent_on")),
    opens="desk-needs-report",
    empty=_("现在没有报送来的清单。街乡的《问需工作报告》通过以后，报区清单会出现在这里。"),
)

PLAN_TONES: dict[str, str] = {
    PlanState.DRAFTED: "open",
    PlanState.DECIDED: "waiting",
    PlanState.PUBLICISED: "done",
    PlanState.DROPPED: "refused",
}

PLANS = List(
    "desk-works-plans",
    _("实施计划书登记表"),
    plans_of,
    (
        TITLE,
        Column("number", _("编号"), sort="number", width=26),
        Column("work_count", _("列入项目"), kind=Kind.NUMBER, sort="work_count"),
        Column("departing_count", _("和协商会次序不同"), kind=Kind.NUMBER, sort="departing_count"),
        Column("decided_on", _("决定日期"), kind=Kind.DAY, sort="decided_on"),
        Column("state", _("状态"), kind=Kind.STATE, tones=PLAN_TONES, sort="state"),
    ),
    needs=reads_here,
    filters=(Choice("state", _("状态"), among=PlanState), Year("year", _("实施年度"))),
    counted=("state",),
    opens="desk-works-plan",
    empty=_("还没有实施计划书。打分结果公布以后，点“编制实施计划书”。"),
)
