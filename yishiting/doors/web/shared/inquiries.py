"""An inquiry as its page shows it, in whichever room."""

from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from yishiting.doors.lists.inquiries import TONES
from yishiting.doors.web.shared.declared import buttons
from yishiting.doors.web.shared.nouns import Room, trail
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Fact
from yishiting.doors.web.shared.templatetags.yishiting_ui import cn_date
from yishiting.ground.seasons.by_level import entry_key
from yishiting.ground.seasons.labels import rules_called
from yishiting.ground.seasons.rules import KINDS
from yishiting.year.inquiries.models import Inquiry, RuleName
from yishiting.year.inquiries.queries import matter_called
from yishiting.year.inquiries.states import State


def inquiry_shown(request: Request, inquiry: Inquiry, room: Room) -> dict[str, Any]:
    """Everything said, in order, with what can be done next."""
    return {
        "inquiry": inquiry,
        "tone": TONES[inquiry.state],
        "facts": facts_of(inquiry, room),
        "said": list(inquiry.exchanges.all()),
        "verbs": buttons(request, inquiry, asleep=False, room=room),
        "crumbs": trail(request, inquiry, room),
    }


def facts_of(inquiry: Inquiry, room: Room) -> list[Fact]:
    """About what, from where to whom, until when."""
    found = [
        Fact(_("提出"), _("%(place)s，%(day)s") % {"place": inquiry.place.name, "day": cn_date(inquiry.asked_on)}),
        Fact(_("向哪里提出"), inquiry.asked_at.name),
    ]
    if inquiry.rule in RuleName.values:
        found.append(Fact(_("关于规则"), RuleName(inquiry.rule).label, _page_of_rule(inquiry, room)))
    if inquiry.dossier is not None:
        found.append(Fact(_("关于事项"), matter_called(inquiry.dossier)))
    if inquiry.state == State.ASKED:
        found.append(Fact(_("答复期限"), cn_date(inquiry.due)))
    if inquiry.answered_on is not None:
        found.append(Fact(_("公开"), _("对外公开") if inquiry.public else _("只给各级工作台看")))
    return [*found, Fact(_("依据规则"), rules_called(inquiry.rules_label))]


def _page_of_rule(inquiry: Inquiry, room: Room) -> str:
    """The rule as it was when the question was asked; at the desk, the page on which it is changed."""
    if room == "desk":
        entry = entry_key(inquiry.rule, inquiry.place.level if KINDS[inquiry.rule].by_level else "")
        return reverse("desk-rule", args=[inquiry.place.code, entry])
    page = reverse("public-rule", args=[inquiry.place.code, inquiry.rule])
    return f"{page}?{urlencode({'version': inquiry.rules_label})}"
