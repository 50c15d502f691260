"""主任办公会: the sittings of a subdistrict, and what is on the agenda of one."""

from django.utils.translation import gettext_lazy as _

from yishiting.doors.lists.columns import Column, Kind
from yishiting.doors.lists.declared import List
from yishiting.doors.lists.filters import Choice, Days
from yishiting.ground.organisations.permissions import reads_here
from yishiting.year.directors.queries import sittings_of
from yishiting.year.directors.states import State

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
