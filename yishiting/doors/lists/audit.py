"""For the auditors: what is late anywhere, what was put right afterwards, what was handed out of what is private."""

from collections.abc import Callable, Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.doors.common.entries import in_words, logins
from yishiting.doors.lists.columns import Column, Kind, private
from yishiting.doors.lists.declared import Label, List
from yishiting.doors.lists.filters import AtPlace, Choice, Days, Options
from yishiting.ground.accounts.models import Administration, Person
from yishiting.ground.accounts.permissions import administers
from yishiting.ground.common.masking import mask_name
from yishiting.ground.common.verbs import VERBS
from yishiting.ground.ledger.models import Entry
from yishiting.overview.cycle.late import LATE, Late, late_anywhere

an_auditor = administers(Administration.AUDIT, Administration.AUDIT.label)
#: How the verbs begin by which something that was done is put right.
CORRECTING = (
    "correct", "amend", "withdraw", "reverse", "void", "undo", "redo", "take_back", "reopen", "reinstate", "discard", "drop",
    "unmerge", "unsplit", "unjoin", "unlink", "revoke", "take_off", "screen_again", "strike", "black_out", "renumber", "revise", "give_up", "remove", "reject", "cancel",
)  # fmt: skip


def corrects(code: str) -> bool:
    """Whether a verb puts right what was done before."""
    return code.partition(".")[2].startswith(CORRECTING)


def hands_out(code: str) -> bool:
    """Whether a verb hands out what is private: names and telephones in full, a first password, a token."""
    return code == "suggestion.export" or VERBS[code].reveals is not None


def _options(which: Callable[[str], bool]) -> Callable[[Any], Options]:
    return lambda _person: [(code, one.label) for code, one in VERBS.items() if which(code)]


def _told(entries: Sequence[Any]) -> Sequence[Any]:
    people = logins(entry.actor_id for entry in entries)
    for entry, told in zip(entries, in_words(entries), strict=True):
        entry.told, entry.person = told, people.get(entry.actor_id, "")
    return entries


def _of_entries(name: str, label: Label, which: Callable[[str], bool], empty: Label) -> List:
    return List(
        name,
        label,
        lambda _person: Entry.objects.filter(verb__in=[code for code in VERBS if which(code)]).order_by("-seq"),
        (
            Column("number", _("记录号"), "seq", Kind.NUMBER, head=True, sort="seq"),
            Column("at", _("时间"), kind=Kind.MOMENT, sort="at"),
            Column("verb", _("事项"), kind=Kind.CHOICE, words=lambda entry: entry.told.does, width=24),
            Column("office", _("经办职务"), "told.who", width=20),
            Column("person", _("经办人"), mask=mask_name, width=14),
            Column("place", _("地方"), "told.place", width=18),
            private("noted", _("内容"), "told.noted", width=44),
            Column("subject", _("对象编号"), "subject_id", page=False, width=38),
        ),
        of=None,
        needs=an_auditor,
        filters=(
            Choice("verb", _("事项"), among=_options(which)),
            AtPlace("place", _("地方"), by=lambda rows, place: rows.filter(place_code__startswith=place.code)),
            Days("done", _("时间"), by="at", moments=True),
        ),
        prepare=_told,
        opens=lambda entry: reverse("record-entry", args=[entry.seq]),
        beside=False,
        page=50,
        empty=empty,
    )


CORRECTIONS = _of_entries("audit-corrections", _("更正和撤回登记表"), corrects, _("没有这样的更正或撤回。"))
HANDED_OUT = _of_entries(
    "audit-handed-out", _("个人信息导出和交付登记表"), hands_out, _("没有导出过未遮盖的个人信息。")
)


def _late(_person: Person) -> list[Late]:
    return late_anywhere(timezone.localdate())


LATE_ONES = List(
    "audit-late",
    _("超期事项登记表"),
    _late,
    (
        private("says", _("事项"), head=True, width=44),
        Column("verb", _("等待办理"), kind=Kind.CHOICE, words=lambda one: VERBS[one.verb].label, width=20),
        Column("place", _("地方"), "place.name", sort="place.code", width=20),
        Column("due", _("期限"), kind=Kind.DUE, sort="due"),
        Column("number", _("编号"), page=False, width=22),
    ),
    of=None,
    needs=an_auditor,
    filters=(
        Choice(
            "verb",
            _("等待办理"),
            among=lambda _person: [(code, VERBS[code].label) for code in dict.fromkeys(one.verb for one in LATE)],
            by=lambda rows, code: [one for one in rows if one.verb == code],
        ),
        AtPlace("place", _("地方"), by=lambda rows, place: [one for one in rows if place.contains(one.place)]),
    ),
    page=50,
    empty=_("现在没有超过期限的事项。"),
)
