"""Entries of the ledger as people read them: who in what office did what, and when. No names, no private words."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from yishiting.doors.common.entries import does, who
from yishiting.doors.web.shared.shapes import Seal, TimelineEntry
from yishiting.ground.ledger.models import Entry
from yishiting.methods import merkle


def timeline(entries: Iterable[Entry]) -> list[TimelineEntry]:
    """The timeline, oldest first; what one office did several times in a row on a day stands once, with its count."""
    return [_together(list(same)) for _key, same in groupby(entries, key=_alike)]


def _alike(entry: Entry) -> tuple[str, str, date]:
    return entry.verb, who(entry), timezone.localdate(entry.at)


def _together(same: list[Entry]) -> TimelineEntry:
    first = same[0]
    acts = len({entry.at for entry in same})  # one act on several things has an entry for each, of one moment
    times = _("%(what)s（%(n)s次）") % {"what": does(first), "n": acts} if acts > 1 else does(first)
    return TimelineEntry(timezone.localtime(first.at), times, who(first), url=reverse("record-entry", args=[first.seq]))


def seal_of(entry: Entry) -> Seal:
    """The seal: the number of the entry, where to check it, and whether it still says what it said when written."""
    url, on = reverse("record-entry", args=[entry.seq]), timezone.localtime(entry.at)
    return Seal(entry.seq, url, on, entry.leaf, sound=is_sound(entry))


def is_sound(entry: Entry) -> bool:
    """Whether the entry still gives the fingerprint it was written with."""
    return merkle.event_hash(entry.event()).hex() == entry.leaf
