"""千分制考核: the yearly assessments of a district."""

from django.utils.translation import gettext_lazy as _

from yishiting.doors.lists.columns import Column, Kind
from yishiting.doors.lists.declared import List
from yishiting.doors.lists.filters import Choice
from yishiting.overview.assessment.models import About
from yishiting.overview.assessment.permissions import reads_assessment
from yishiting.overview.assessment.queries import assessments_of
from yishiting.overview.assessment.states import State

TONES: dict[str, str] = {
    State.DRAFT: "waiting",
    State.SCORING: "open",
    State.ANNOUNCED: "open",
    State.PUBLISHED: "done",
    State.WITHDRAWN: "refused",
}

ASSESSMENTS = List(
    "desk-assessments",
    _("千分制考核"),
    assessments_of,
    (
        Column("title", _("考核"), str, head=True, width=36),
        Column("year", _("年度"), kind=Kind.NUMBER, sort="year"),
        Column("self_until", _("自评截止"), kind=Kind.DAY, sort="self_until"),
        Column("appeal_until", _("申诉截止"), kind=Kind.DAY, sort="appeal_until"),
        Column("published_on", _("公布日期"), kind=Kind.DAY, sort="published_on"),
        Column("state", _("状态"), kind=Kind.STATE, tones=TONES, sort="state"),
    ),
    needs=reads_assessment,
    filters=(Choice("state", _("状态"), among=State), Choice("about", _("考核谁"), among=About)),
    counted=("state",),
    opens="desk-assessment",
    empty=_("还没有考核。到了年末，点“拟定年度考核”，先核对规则表。"),
)
