"""留痕检索: the audit administrator reads what everyone did, the other administrators too, and changes nothing."""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.doors.common.entries import does, logins, where
from yishiting.doors.common.entries import who as acted
from yishiting.doors.lists.audit import CORRECTIONS, HANDED_OUT, LATE_ONES
from yishiting.doors.web.desk.administration import administrator, crumbs
from yishiting.doors.web.desk.audit_forms import LedgerFilters, SignInFilters
from yishiting.doors.web.shared.lists import Around, list_page
from yishiting.doors.web.shared.requests import Request, person_of
from yishiting.doors.web.shared.shapes import Link, Words
from yishiting.doors.web.shared.sheets import as_sheet, sheet_answer
from yishiting.ground.accounts.models import Administration, Person
from yishiting.ground.entrance.queries import entries_of_sign_in
from yishiting.ground.ledger.models import Checkpoint, Entry
from yishiting.ground.ledger.queries import entries_matching

PAGE = 50
EXPORTED_MOST = 100_000
HEADINGS = ("记录号", "时间", "事项", "经办职务", "经办人编号", "区划代码", "对象类别", "对象编号", "规则", "指纹")
WIDTHS = (10, 20, 20, 20, 38, 14, 16, 38, 14, 66)


@administrator(Administration.AUDIT)
def ledger(request: Request) -> HttpResponse:
    """Entries by place, by who, by what, by day; `?export=1` takes home what is found, without names."""
    filters = LedgerFilters(request.GET)
    given = filters.cleaned_data if filters.is_valid() else {}
    rows = entries_matching(
        place_code=given["place"].code if given.get("place") else "",
        actor_id=str(given["actor"].pk) if given.get("actor") else "",
        verb=given.get("verb", ""),
        since=given.get("since"),
        until=given.get("until"),
    )
    if request.GET.get("export"):
        return _sheet(request, rows)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    shown = {"filters": filters, "page": page, "rows": as_read(page), "crumbs": crumbs(Link(_("留痕检索"), ""))}
    return render(request, "desk/audit_ledger.html", shown)


def as_read(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """Entries with the words of the verb, the office, and the person, whose name only the auditor sees here."""
    listed = list(entries)
    people = logins(entry.actor_id for entry in listed)
    return [
        {
            "entry": entry,
            "number": entry.seq,
            "does": does(entry),
            "office": acted(entry),
            "person": people.get(entry.actor_id, ""),
            "place": where(entry),
            "let_in": entry.facts.get("let_in"),
        }
        for entry in listed
    ]


def _sheet(request: Request, rows: QuerySet[Entry]) -> HttpResponse:
    today = timezone.localdate()
    about = _("导出人：%(who)s　日期：%(day)s　条数：%(n)s") % {
        "who": person_of(request).login,
        "day": today.isoformat(),
        "n": min(rows.count(), EXPORTED_MOST),
    }
    lines = (_cells(entry) for entry in rows[:EXPORTED_MOST].iterator(chunk_size=2000))
    title = _("留痕检索")
    return sheet_answer(as_sheet(title, about, HEADINGS, WIDTHS, lines), f"{title}-{today}")


def _cells(entry: Entry) -> list[object]:
    at = timezone.localtime(entry.at).strftime("%Y-%m-%d %H:%M:%S")
    return [
        entry.seq, at, does(entry), acted(entry), entry.actor_id, entry.place_code,
        entry.subject_kind, entry.subject_id, entry.rules, entry.leaf,
    ]  # fmt: skip


@administrator(Administration.AUDIT)
def sign_ins(request: Request) -> HttpResponse:
    """Who came in and who was kept out, the newest first."""
    filters = SignInFilters(request.GET)
    given = filters.cleaned_data if filters.is_valid() else {}
    wanted = {"yes": True, "no": False}.get(given.get("result", ""))
    rows = entries_of_sign_in(entries_matching(since=given.get("since"), until=given.get("until")), let_in=wanted)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    shown = {"filters": filters, "page": page, "rows": _with_subjects(page), "crumbs": crumbs(Link(_("登录记录"), ""))}
    return render(request, "desk/audit_sign_ins.html", shown)


def _with_subjects(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """Whoever comes in is a visitor until they are in: the person is the subject of the entry."""
    listed = list(entries)
    people = logins(entry.subject_id for entry in listed if entry.subject_kind == "person")
    return [
        {
            "entry": entry,
            "number": entry.seq,
            "does": does(entry),
            "person": people.get(entry.subject_id, ""),
            "let_in": entry.facts.get("let_in"),
        }
        for entry in listed
    ]


@administrator(Administration.AUDIT)
def checkpoints(request: Request) -> HttpResponse:
    """The days that were signed."""
    page = Paginator(Checkpoint.objects.order_by("-day"), PAGE).get_page(request.GET.get("page"))
    return render(request, "desk/audit_checkpoints.html", {"page": page, "crumbs": crumbs(Link(_("每日存证"), ""))})


def _around(title: Words) -> Callable[[Request, Person], Around]:
    return lambda _request, _person: Around(title, crumbs(Link(title, "")))


urlpatterns = [
    path("administration/late/", list_page(LATE_ONES, _around(gettext_lazy("超期事项"))), name="audit-late"),
    path(
        "administration/corrections/",
        list_page(CORRECTIONS, _around(gettext_lazy("更正和撤回"))),
        name="audit-corrections",
    ),
    path(
        "administration/handed-out/",
        list_page(HANDED_OUT, _around(gettext_lazy("个人信息的导出和交付"))),
        name="audit-handed-out",
    ),
    path("administration/ledger/", ledger, name="audit-ledger"),
    path("administration/sign-ins/", sign_ins, name="audit-sign-ins"),
    path("administration/checkpoints/", checkpoints, name="audit-checkpoints"),
]
