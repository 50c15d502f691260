"""Entries of the ledger as people read them: who in what office did what, and when. No names, no private words."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.doors.web.shared.shapes import Seal, TimelineEntry
from yishiting.ground.common.verbs import VERBS
from yishiting.ground.ledger.models import Entry
from yishiting.ground.organisations.models import Office

KINDS = {
    "visitor": gettext_lazy("居民"),
    "clock": gettext_lazy("系统按日期"),
    "operator": gettext_lazy("系统维护"),
    "person": gettext_lazy("居民"),
}


def timeline(entries: Iterable[Entry]) -> list[TimelineEntry]:
    """The timeline, oldest first; what one office did several times in a row on a day stands once, with its count."""
    return [_together(list(same)) for _key, same in groupby(entries, key=_alike)]


def _alike(entry: Entry) -> tuple[str, str, date]:
    return entry.verb, who(entry), timezone.localdate(entry.at)


def _together(same: list[Entry]) -> TimelineEntry:
    first = same[0]
    times = _("%(what)s（%(n)s次）") % {"what": does(first), "n": len(same)} if len(same) > 1 else does(first)
    return TimelineEntry(timezone.localtime(first.at), times, who(first), url=reverse("record-entry", args=[first.seq]))


def does(entry: Entry) -> str:
    """What was done, in the word of the verb."""
    known = VERBS.get(entry.verb)
    return str(known.label) if known else entry.verb


def who(entry: Entry) -> str:
    """The office that acted; where none did, what kind of actor."""
    if entry.office in Office.values:
        return str(Office(entry.office).label)
    return str(KINDS.get(entry.actor_kind, entry.actor_kind))


def seal_of(entry: Entry) -> Seal:
    """The seal: the number of the entry and where to check it."""
    return Seal(entry.seq + 1, reverse("record-entry", args=[entry.seq]), timezone.localtime(entry.at), entry.leaf)
