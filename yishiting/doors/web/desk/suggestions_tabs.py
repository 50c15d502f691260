"""The lists about suggestions, each one click from the others."""

from django.urls import reverse
from django.utils.translation import gettext as _

from yishiting.doors.web.shared.doors import open_links
from yishiting.doors.web.shared.shapes import Link
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.predicates import Actor
from yishiting.ground.places.models import Level, Place
from yishiting.year.suggestions.queries.bank import reach_of


def tabs(actor: Actor, place: Place, here: str) -> list[Link]:
    """From the slips to the report, in the order of the work, as far as they are open to the reader."""
    below = {} if place.level == Level.COMMUNITY else {"desk-area-suggestions": _("下级的建议")}
    names = {
        "desk-suggestions": _("建议"),
        **below,
        "desk-slips": _("录入"),
        "desk-screening": _("初审"),
        "desk-merging": _("同项合并"),
        "desk-appeals": _("申请复核"),
        "desk-sessions": _("征集场次"),
        "desk-hearings": _("问政会"),
        "desk-imports": _("批量导入"),
        "desk-solicitation-report": _("征集报告"),
    }
    bank = [Link(_("民情建议库"), reverse("desk-bank"))] if isinstance(actor, Person) and reach_of(actor) else []
    return [*open_links(actor, place, names, here), *bank]


def crumbs(place: Place, *more: Link) -> list[Link]:
    """Desk, place's suggestions, and on."""
    lists = Link(_("%(place)s的建议") % {"place": place.name}, reverse("desk-suggestions", args=[place.code]))
    return [Link(_("工作台"), reverse("desk-home")), lists, *more]
