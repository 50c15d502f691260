"""《建议案征集报告》 as a sheet: read on the screen, printed, signed."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Fact
from yishiting.doors.web.shared.templatetags.yishiting_ui import cn_date
from yishiting.ground.organisations.permissions import reads_here
from yishiting.ground.places.models import Place
from yishiting.year.suggestions.actions.sessions import KINDS
from yishiting.year.suggestions.queries.reports import Report, solicitation_report
from yishiting.year.suggestions.states import State


@door(Place, needs=reads_here, related=("parent",))
def report(request: Request, place: Place) -> HttpResponse:
    """The report of a year; every number is counted from the records."""
    today = timezone.localdate()
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == len("2026") else today.year
    found = solicitation_report(place, year)
    shown: dict[str, Any] = {
        "report": found,
        "facts": _facts(found),
        "participants": [(KINDS.get(kind, kind), n) for kind, n in found.participants.items()],
        "states": [(State(state).label, found.states[state]) for state in State.values if state in found.states],
        "today": today,
        "back": reverse("desk-suggestions", args=[place.code]),
        "years": [year - 1, year + 1] if year < today.year else [year - 1],
    }
    return render(request, "desk/solicitation_report.html", shown)


def _facts(found: Report) -> list[Fact]:
    period = f"{cn_date(found.opens, 'plain')}—{cn_date(found.closes, 'plain')}" if found.opens else _("没有设定")
    return [
        Fact(_("征集时间"), period),
        *(
            Fact(_("特殊征集"), f"{cn_date(one.opens, 'plain')}—{cn_date(one.closes, 'plain')}，{one.reason}")
            for one in found.special
        ),
        Fact(_("征集场次"), _("%(n)s 场，%(m)s 人次") % {"n": found.sessions, "m": found.people}),
        Fact(_("收到建议"), _("%(n)s 条，其中代录 %(m)s 条") % {"n": found.said, "m": found.on_behalf}),
        Fact(_("有效建议"), _("%(n)s 项，另有 %(m)s 条已并入同项") % {"n": found.valid, "m": found.merged}),
    ]


urlpatterns = [path("p/<str:code>/solicitation-report/", report, name="desk-solicitation-report")]
