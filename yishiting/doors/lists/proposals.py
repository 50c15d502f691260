"""建议案: those of a place, and those communities have reported up."""

from django.utils.translation import gettext_lazy as _

from yishiting.doors.lists.columns import Column, Kind, private
from yishiting.doors.lists.declared import List
from yishiting.doors.lists.filters import Choice, Days, Search, Year
from yishiting.ground.organisations.permissions import at_desk, reads_here
from yishiting.ground.places.models import ResponsibleLevel
from yishiting.year.proposals.queries import proposals_of_place, reported_to
from yishiting.year.proposals.states import State

TONES: dict[str, str] = {
    State.ADOPTED: "done",
    State.DECLINED: "refused",
    State.PENDING: "waiting",
    State.NOT_FEASIBLE: "refused",
    State.TAKEN_ON: "waiting",
    State.PASSED_ON: "waiting",
    State.REPORTED_UP: "waiting",
    State.HANDED_DOWN: "waiting",
    State.TABLED: "open",
}
TITLE = private("title", _("案由"), head=True, width=44)
LEVEL = Column("responsible_level", _("责任层级"), kind=Kind.CHOICE, sort="responsible_level")
SOURCES = Column("source_count", _("来源建议"), kind=Kind.NUMBER, sort="source_count")

PROPOSALS = List(
    "desk-proposals",
    _("建议案登记表"),
    proposals_of_place,
    (
        Column("number", _("编号"), sort=("for_year", "created_at"), width=22),
        TITLE,
        private("measures", _("办理建议"), page=False, width=44),
        LEVEL,
        SOURCES,
        Column("meeting_on", _("会议"), "agenda_item.meeting.day", Kind.DAY, sort="agenda_item__meeting__starts_at"),
        Column("state", _("状态"), kind=Kind.STATE, tones=TONES, sort="state"),
        Column("for_year", _("拟办年度"), kind=Kind.NUMBER, page=False),
        Column("resolution_number", _("决议编号"), page=False, width=22),
        Column("decided_on", _("决定日期"), kind=Kind.DAY, page=False),
        private("reason", _("理由或条件"), lambda one: one.conditions or one.decision_reason, page=False, width=36),
    ),
    needs=reads_here,
    filters=(
        Search("q", _("查找"), within=("number", "title", "measures")),
        Choice("state", _("状态"), among=State),
        Choice("responsible_level", _("责任层级"), among=ResponsibleLevel),
        Year("for_year", _("拟办年度")),
    ),
    counted=("state",),
    opens="desk-proposal",
    bulk=("proposal.table",),
    empty=_("没有符合条件的建议案。有效建议可以从上面“草拟建议案”形成建议案。"),
)

REPORTED = List(
    "desk-reported",
    _("社区报送的建议案"),
    reported_to,
    (
        Column("number", _("编号"), page=False, width=22),
        Column("place", _("社区（村）"), "place.name", sort="place__code", width=18),
        TITLE,
        LEVEL,
        SOURCES,
        Column("reported_on", _("报送日期"), kind=Kind.DAY, sort="reported_on"),
        private("report_reason", _("报送理由"), page=False, width=40),
    ),
    needs=at_desk,
    filters=(
        Search("q", _("查找"), within=("number", "title", "place__name")),
        Choice("responsible_level", _("责任层级"), among=ResponsibleLevel),
        Days("reported", _("报送日期"), by="reported_on"),
    ),
    opens="desk-proposal",
    empty=_("现在没有等您答复的建议案。社区报送的会出现在这里。"),
)
