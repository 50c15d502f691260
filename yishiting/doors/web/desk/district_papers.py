"""Papers of a district matter to print: 交办单 for a unit, 督办单, 进度跟踪单."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from yishiting.doors.web.desk.printing import Titled
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Fact
from yishiting.doors.web.shared.templatetags.yishiting_ui import cn_date
from yishiting.ground.places.organs import office_of
from yishiting.year.matters.choices import Role
from yishiting.year.matters.models import Dispatch, Matter, Reminder
from yishiting.year.matters.permissions import reads_matter
from yishiting.year.matters.queries import RELATED, dispatches_of, handling_of, plan_of

PART = ("place", "matter__place", "matter__dossier")


def _paper(request: Request, paper: Titled, lines: list[Fact], matter: Matter, **more: object) -> HttpResponse:
    back = reverse("desk-matter", args=[matter.pk])
    rows = [(one, not one.value) for one in lines]
    return render(request, "desk/paper_table.html", {"paper": paper, "lines": rows, "back": back, **more})


def _whose(matter: Matter) -> list[Fact]:
    """Number, matter, lead and co-organisers."""
    units = list(dispatches_of(matter))
    names = {role: _("、").join(one.unit.name for one in units if one.role == role) for role in Role.values}
    return [
        Fact(_("编号"), matter.number),
        Fact(_("事项"), matter.title),
        Fact(_("主办单位"), names[Role.LEAD]),
        Fact(_("协办单位"), names[Role.SUPPORT] or _("无")),
    ]


def _standard(matter: Matter) -> list[Fact]:
    """By when and to what standard: by the plan of the lead unit, before there is one by what was decided."""
    plan = plan_of(matter) or handling_of(matter)
    return [
        Fact(_("完成时限"), cn_date(matter.due) if matter.due else ""),
        Fact(_("完成标准"), plan.standard if plan is not None else ""),
        Fact(_("责任人"), plan.person if plan is not None else ""),
    ]


@door(Dispatch, needs=reads_matter, related=PART)
def dispatch_paper(request: Request, dispatch: Dispatch) -> HttpResponse:
    """交办单: what a unit is given, by when it countersigns, by when it is done."""
    matter = dispatch.matter
    lines = [
        Fact(_("承办单位"), dispatch),
        *_whose(matter),
        *_standard(matter),
        Fact(_("会签期限"), cn_date(dispatch.due)),
        Fact(_("会签意见、会签人和日期"), ""),
    ]
    paper = Titled(_("交办单"), office_of(matter.place, dispatch.sent_on), dispatch.sent_on, matter.number)
    return _paper(request, paper, lines, matter)


@door(Reminder, needs=reads_matter, related=PART)
def reminder_paper(request: Request, reminder: Reminder) -> HttpResponse:
    """督办单: how late, what the leader wants, by when; the unit writes why and signs."""
    matter, due = reminder.matter, reminder.was_due
    late = max((reminder.sent_on - due).days, 0) if due is not None else 0
    before = matter.reminders.filter(created_at__lte=reminder.created_at).count()
    lines = [
        *_whose(matter),
        *_standard(matter)[1:],
        Fact(_("原定期限"), cn_date(due) if due else ""),
        Fact(_("超期天数"), _("%(n)s天") % {"n": late} if late else _("没有超期")),
        Fact(_("督办意见"), reminder.text),
        Fact(_("要求办结的日期"), cn_date(reminder.new_date) if reminder.new_date else ""),
        Fact(_("承办单位说明原因、签收人和日期"), ""),
    ]
    number = _("%(number)s　第%(n)s次督办") % {"number": matter.number, "n": before}
    paper = Titled(_("督办单"), office_of(matter.place, reminder.sent_on), reminder.sent_on, number)
    return _paper(request, paper, lines, matter)


@door(Matter, needs=reads_matter, related=RELATED)
def progress_paper(request: Request, matter: Matter) -> HttpResponse:
    """进度跟踪单: every entry so far, with room for the next."""
    steps = matter.steps.filter(withdrawn_on=None).select_related("unit")
    rows = [
        [cn_date(one.happened_on), f"{one.percent}%", one.done, one.trouble, one.next_step, one.unit or ""]
        for one in steps
    ]
    more = {
        "signing": [*rows, [""] * 6, [""] * 6],
        "signing_title": _("进展"),
        "signing_heads": [_("日期"), _("进度"), _("做了什么"), _("困难"), _("下一步"), _("单位")],
    }
    paper = Titled(_("进度跟踪单"), office_of(matter.place, None), None, matter.number)
    return _paper(request, paper, [*_whose(matter), *_standard(matter)], matter, **more)


urlpatterns = [
    path("dispatches/<uuid:pk>/papers/dispatch/", dispatch_paper, name="paper-dispatch"),
    path("reminders/<uuid:pk>/papers/reminder/", reminder_paper, name="paper-reminder"),
    path("matters/<uuid:pk>/papers/progress/", progress_paper, name="paper-progress"),
]
