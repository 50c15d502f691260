"""A hearing as a page shows it: what was announced, who came, who spoke on what and what was answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from yishiting.doors.web.shared.shapes import Button, Fact
from yishiting.doors.web.shared.templatetags.yishiting_ui import cn_date
from yishiting.year.hearings.models import Hearing, Speech
from yishiting.year.hearings.states import State
from yishiting.year.suggestions.actions.sessions import KINDS


@dataclass(frozen=True, slots=True)
class Spoken:
    """One who spoke: who that was by category, and what may be done with it at the desk."""

    speech: Speech
    speaker: str
    url: str = ""
    buttons: tuple[Button, ...] = ()


def in_words(counted: Mapping[str, int]) -> str:
    """How many of which kinds, in one line."""
    return "、".join(_("%(kind)s%(n)s人") % {"kind": KINDS.get(kind, kind), "n": n} for kind, n in counted.items())


def speaker_of(speech: Speech) -> str:
    """The kind of person who spoke, in words."""
    return str(KINDS.get(speech.speaker, speech.speaker))


def facts_of(hearing: Hearing, room: Literal["desk", "public"]) -> list[Fact]:
    """When, where, what about, who was asked to come and who came."""
    facts = [
        Fact(_("时间"), cn_date(timezone.localtime(hearing.starts_at), "time")),
        Fact(_("地点"), hearing.venue),
        Fact(_("议什么"), hearing.about),
        Fact(_("邀请"), in_words(hearing.invited)),
        Fact(_("通知日期"), cn_date(hearing.announced_on)),
        Fact(_("现在"), hearing.get_state_display()),
    ]
    held = hearing.session if hearing.state in (State.HELD, State.PUBLISHED) else None
    if held is not None:
        url = reverse("desk-session", args=[held.pk]) if room == "desk" else ""
        facts.append(Fact(_("到会"), _("%(n)s人") % {"n": held.participant_count}, url))
        facts.append(Fact(_("其中"), in_words(held.participants)))
        if held.host and room == "desk":
            facts.append(Fact(_("主持人"), held.host))
    if hearing.called_off_because:
        facts.append(Fact(_("取消原因"), hearing.called_off_because))
    return facts
