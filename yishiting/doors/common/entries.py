"""Entries of the ledger as people read them: who in what office did what where, and what of it was noted."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.doors.common.entry_facts import told
from yishiting.doors.common.entry_pages import pages_of
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.days import said
from yishiting.ground.common.verbs import VERBS
from yishiting.ground.ledger.models import Entry
from yishiting.ground.organisations.models import Office
from yishiting.ground.places.queries import name_of

KINDS = {
    "visitor": gettext_lazy("居民"),
    "clock": gettext_lazy("系统按日期"),
    "operator": gettext_lazy("系统维护"),
    "person": gettext_lazy("居民"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One entry in words: `facts` are what it noted, each with its name; `page` shows the matter, where it has one."""

    entry: Entry
    does: str
    who: str
    place: str
    facts: list[tuple[str, str]]
    page: str

    @property
    def noted(self) -> str:
        """What it noted, on one line."""
        return _("；").join(_("%(label)s：%(value)s") % {"label": label, "value": value} for label, value in self.facts)

    @property
    def sentence(self) -> str:
        """All of it in one sentence."""
        here = {"who": self.who, "place": self.place, "does": self.does, "noted": self.noted}
        here["day"] = said(timezone.localtime(self.entry.at), "time")
        form = _("%(day)s，%(place)s，%(who)s：%(does)s") if self.place else _("%(day)s，%(who)s：%(does)s")
        return form % here + (_("（%(noted)s）") % here if self.noted else "") + _("。")


def in_words(entries: Iterable[Entry]) -> list[Told]:
    """Entries in words, in a number of queries that does not grow with them."""
    listed = list(entries)
    pages = pages_of(listed)
    return [Told(one, does(one), who(one), where(one), told(one), pages.get(one.seq, "")) for one in listed]


def does(entry: Entry) -> str:
    """What was done, in the word of the verb."""
    known = VERBS.get(entry.verb)
    return str(known.label) if known else entry.verb


def who(entry: Entry) -> str:
    """The office that acted; where none did, what kind of actor."""
    if entry.office in Office.values:
        return str(Office(entry.office).label)
    return str(KINDS.get(entry.actor_kind, entry.actor_kind))


def logins(keys: Iterable[str]) -> dict[str, str]:
    """The accounts with these keys, by the name they sign in with."""
    known = {UUID(one) for one in keys if one}
    return {str(one.pk): one.login or str(one) for one in Person.objects.filter(pk__in=known)}


def where(entry: Entry) -> str:
    """The place, as it was called on the day of the entry."""
    return name_of(entry.place_code, timezone.localdate(entry.at)) if entry.place_code else ""
