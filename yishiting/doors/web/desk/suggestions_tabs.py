"""The lists about suggestions, each one click from the others."""

from django.urls import reverse
from django.utils.translation import gettext as _

from yishiting.doors.web.shared.shapes import Link
from yishiting.ground.places.models import Place


def tabs(place: Place, here: str) -> list[Link]:
    """From the slips to the report, in the order of the work; `here` is the name of the page one is on."""
    names = {
        "desk-suggestions": _("建议"),
        "desk-slips": _("录入"),
        "desk-screening": _("初审"),
        "desk-merging": _("同项合并"),
        "desk-appeals": _("申请复核"),
        "desk-sessions": _("征集场次"),
        "desk-imports": _("批量导入"),
        "desk-solicitation-report": _("征集报告"),
    }
    return [Link(label, reverse(name, args=[place.code]), name == here) for name, label in names.items()]


def crumbs(place: Place, *more: Link) -> list[Link]:
    """Desk, place's suggestions, and on."""
    lists = Link(_("%(place)s的建议") % {"place": place.name}, reverse("desk-suggestions", args=[place.code]))
    return [Link(_("工作台"), reverse("desk-home")), lists, *more]
