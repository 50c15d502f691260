"""管理: the rooms of the three administrators, who are apart; each opens on what waits there."""

import functools
import operator
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from yishiting.doors.web.shared.doors import says_what_it_needs, signed_in
from yishiting.doors.web.shared.requests import Request, person_of
from yishiting.doors.web.shared.shapes import Link, Stat
from yishiting.ground.accounts.models import Administration
from yishiting.ground.accounts.permissions import administers
from yishiting.ground.accounts.queries import staff_matching
from yishiting.ground.common.refused import NotAllowed
from yishiting.ground.entrance.queries import (
    entries_of_sign_in,
    inactive_staff,
    locked_staff,
    notice_in_force,
)
from yishiting.ground.ledger.queries import entries_matching
from yishiting.ground.notices.queries import outward_messages, standstill, troubled

View = Callable[..., HttpResponse]
Room = tuple[list[Stat], list[Link]]


def administrator(*kinds: Administration) -> Callable[[View], View]:
    """For pages of the administration: one of these administrators, no one else."""

    def make(view: View) -> View:
        @functools.wraps(view)
        @signed_in
        def enter(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
            if getattr(request.person, "administration", "") not in kinds:
                names = "、".join(str(kind.label) for kind in kinds)
                raise NotAllowed(_("这一页由%(who)s使用。") % {"who": names})
            return view(request, *args, **kwargs)

        return says_what_it_needs(enter, functools.reduce(operator.or_, (administers(one, one.label) for one in kinds)))

    return make


every_administrator = administrator(Administration.SYSTEM, Administration.SECURITY, Administration.AUDIT)


@every_administrator
def administration(request: Request) -> HttpResponse:
    """Each administrator's own numbers and lists."""
    stats, links = ROOMS[person_of(request).administration]()
    shown = {
        "title": person_of(request).get_administration_display(),
        "no_notice": notice_in_force() is None,
        "stats": stats,
        "links": links,
        "crumbs": crumbs(),
    }
    return render(request, "desk/administration.html", shown)


def _sending() -> str:
    """Empty while messages flow."""
    still = standstill(timezone.now())
    return _("%(n)s条早该发出，没有在发送") % {"n": still.waiting} if still else ""


def _of_the_system() -> Room:
    accounts = reverse("desk-accounts")
    open_ones = staff_matching("").filter(is_active=True)
    stats = [
        Stat(_("可以登录的账号"), open_ones.count(), f"{accounts}?state=open"),
        Stat(_("没有送达的消息"), troubled(outward_messages()).count(), reverse("administration-messages"), _sending()),
    ]
    links = [
        Link(_("开通账号"), reverse("account-open")),
        Link(_("账号：停用、重置密码"), accounts),
        Link(_("组织登记"), reverse("administration-organisations")),
    ]
    return stats, links


def _of_security() -> Room:
    now, accounts = timezone.now(), reverse("desk-accounts")
    stats = [
        Stat(_("锁定的账号"), locked_staff(now).count(), f"{accounts}?state=locked"),
        Stat(_("90天没有登录的账号"), inactive_staff(now).count(), f"{accounts}?state=inactive"),
    ]
    links = [
        Link(_("任职和离任"), reverse("desk-appointments")),
        Link(_("账号：解锁、重置动态码"), accounts),
        Link(_("隐私告知"), reverse("privacy-versions")),
    ]
    return stats, links


def _of_audit() -> Room:
    today, ledger, entries = timezone.localdate(), reverse("audit-ledger"), reverse("audit-sign-ins")
    todays = entries_matching(since=today)
    stats = [
        Stat(_("今天的留痕"), todays.count(), f"{ledger}?since={today}"),
        Stat(
            _("今天没有进来的登录"),
            entries_of_sign_in(todays, let_in=False).count(),
            f"{entries}?result=no&since={today}",
        ),
    ]
    links = [
        Link(_("留痕检索和导出"), ledger),
        Link(_("超期事项"), reverse("audit-late")),
        Link(_("更正和撤回"), reverse("audit-corrections")),
        Link(_("个人信息的导出和交付"), reverse("audit-handed-out")),
        Link(_("登录记录"), entries),
        Link(_("每日存证"), reverse("audit-checkpoints")),
        Link(_("账号和任职"), reverse("desk-accounts")),
    ]
    return stats, links


ROOMS: dict[str, Callable[[], Room]] = {
    Administration.SYSTEM: _of_the_system,
    Administration.SECURITY: _of_security,
    Administration.AUDIT: _of_audit,
}


def crumbs(*more: Link) -> list[Link]:
    """From the administration to the page."""
    return [Link(_("管理"), reverse("administration")), *more]


urlpatterns = [path("administration/", administration, name="administration")]
