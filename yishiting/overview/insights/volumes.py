"""How much there was, and of what kind: what stands beside every rate, and is never scored."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from yishiting.overview.insights.counting import Counted, Period, Rows, Words, at_places
from yishiting.overview.insights.judged import NO_CASE
from yishiting.year.matters.choices import Role
from yishiting.year.matters.models import Dispatch, Opinion
from yishiting.year.matters.states import DispatchState, OpinionState
from yishiting.year.projects.models import Path, Project
from yishiting.year.proposals.models import Proposal
from yishiting.year.suggestions.models import SolicitationSession, Suggestion

Volumes = dict[str, int]
LABELS: dict[str, Words] = {
    "sessions": _("征集场次"),
    "suggestions": _("收到的建议"),
    "proposals": _("通过的建议案"),
    "self_governed": _("居民自治项目"),
    "department_run": _("部门承办项目"),
    "led": _("主办的区级事项"),
    "supported": _("协办的区级事项"),
    "opinions": _("出具论证意见的事项"),
}


def of_places(period: Period, paths: Iterable[str]) -> dict[str, Volumes]:
    """By path: what each place had in the period, with all that lies below it."""
    works = Project.objects.filter(year__range=(period.since.year, period.until.year))
    kinds: dict[str, Rows] = {
        "sessions": SolicitationSession.objects.filter(period.within("held_on"), withdrawn_on=None),
        "suggestions": Suggestion.objects.filter(period.within("received_on")).exclude(state__in=NO_CASE),
        "proposals": Proposal.objects.filter(period.within("decided_on")).exclude(resolution_number=""),
        "self_governed": works.filter(path=Path.SELF_GOVERNED),
        "department_run": works.filter(path=Path.DEPARTMENT_RUN),
    }
    known = list(paths)
    found: dict[str, Volumes] = {path: {} for path in known}
    for name, rows in kinds.items():
        parts = rows.order_by().values_list("place__division_path").annotate(n=Count("pk"))
        for path, one in at_places({owner: Counted(0, n) for owner, n in parts}, known).items():
            found[path][name] = one.total
    return found


def of_units(period: Period) -> dict[str, Volumes]:
    """By unit: what each department had in the period."""
    sent = Dispatch.objects.filter(period.within("sent_on")).exclude(state=DispatchState.REPLACED)
    asked = Opinion.objects.filter(period.within("asked_on")).exclude(state=OpinionState.WITHDRAWN)
    kinds: dict[str, Rows] = {
        "led": sent.filter(role=Role.LEAD),
        "supported": sent.filter(role=Role.SUPPORT),
        "opinions": asked,
    }
    found: dict[str, Volumes] = defaultdict(lambda: dict.fromkeys(kinds, 0))
    for name, rows in kinds.items():
        for owner, n in rows.order_by().values_list("unit").annotate(n=Count("pk")):
            found[str(owner)][name] = n
    return dict(found)
