"""问政会: the hearings of a place, who came, what was taken in, what is still to be answered."""

from django.utils.translation import gettext_lazy as _

from yishiting.doors.lists.columns import Column, Kind
from yishiting.doors.lists.declared import List
from yishiting.doors.lists.filters import Choice, Days, Search
from yishiting.ground.organisations.permissions import reads_here
from yishiting.year.hearings.queries import hearings_of
from yishiting.year.hearings.states import State

TONES: dict[str, str] = {
    State.ANNOUNCED: "waiting",
    State.HELD: "open",
    State.PUBLISHED: "done",
    State.CALLED_OFF: "refused",
}

HEARINGS = List(
    "desk-hearings",
    _("问政会登记表"),
    hearings_of,
    (
        Column("starts_at", _("时间"), kind=Kind.MOMENT, sort="starts_at"),
        Column("title", _("名称"), head=True, width=36),
        Column("venue", _("地点")),
        Column("came", _("到会人数"), kind=Kind.NUMBER, sort="came"),
        Column("spoke", _("发言"), kind=Kind.NUMBER, sort="spoke"),
        Column("taken", _("收为建议"), kind=Kind.NUMBER, sort="taken"),
        Column("unanswered", _("待答复"), kind=Kind.NUMBER, sort="unanswered"),
        Column("state", _("状态"), kind=Kind.STATE, tones=TONES, sort="state"),
    ),
    needs=reads_here,
    related=("parent",),
    filters=(
        Search("q", _("查找"), within=("title", "venue", "about")),
        Choice("state", _("状态"), among=State),
        Days("held", _("日期"), by="starts_at__date"),
    ),
    counted=("state",),
    opens="desk-hearing",
    empty=_("还没有问政会。先“通知召开问政会”，写明时间、地点、请哪些人；开过以后在这里记录谁说了什么。"),
)
