"""账号: the system administrator opens and closes them, the security administrator guards them."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yishiting.doors.lists.administration import ACCOUNTS, STATE_TONES, STATE_WORDS, state_of
from yishiting.doors.web.desk.accounts_forms import OpenForm, PrivacyForm, ReasonForm
from yishiting.doors.web.desk.administration import administrator, crumbs, every_administrator
from yishiting.doors.web.shared import shown_once
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.lists import Around, list_page
from yishiting.doors.web.shared.posting import act, perform
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Button, Fact, Link
from yishiting.doors.web.shared.templatetags.yishiting_ui import cn_date
from yishiting.ground.accounts.models import Administration, Person
from yishiting.ground.common.masking import mask_phone
from yishiting.ground.common.verbs import VERBS
from yishiting.ground.entrance import actions
from yishiting.ground.entrance.models import PrivacyNotice
from yishiting.ground.entrance.permissions import security_administrator, system_administrator
from yishiting.ground.entrance.queries import is_locked
from yishiting.ground.entrance.rules import first_notice
from yishiting.ground.organisations.models import Appointment

#: verb → (name of its page, whether it asks more, how it looks); each administrator sees their own alone.
PAGES = {
    "account.reset_password": ("account-reset-password", False, "plain", system_administrator),
    "account.close": ("account-close", True, "danger", system_administrator),
    "account.unlock": ("account-unlock", False, "primary", security_administrator),
    "account.reset_second_factor": ("account-reset-second-factor", True, "danger", security_administrator),
}


def _around_list(request: Request, _person: Person) -> Around:
    """Accounts of staff, by name or state."""
    opening = Button(_("开通账号"), reverse("account-open"), "primary", "get")
    return Around(_("工作人员账号"), crumbs(Link(_("账号"), "")), verbs=[opening] if _opens(request) else [])


def _opens(request: Request) -> bool:
    return getattr(request.person, "administration", "") == Administration.SYSTEM


@administrator(Administration.SYSTEM)
def account_open(request: Request) -> HttpResponse:
    """Open an account, and show its first password once."""

    def open_it(**given: Any) -> Person:
        person, first_password = actions.open_account(given.pop("login"), by=request.actor, **given)
        shown_once.keep(request, first_password)
        return person

    title = _("开通账号")
    return perform(
        request,
        OpenForm(request.POST or None),
        open_it,
        page="desk/form.html",
        to=lambda person: reverse("desk-account", args=[person.pk]),
        done=_("账号已开通。"),
        context=_around(title),
    )


def _around(title: str, person: Person | None = None, **more: Any) -> dict[str, Any]:
    back = reverse("desk-account", args=[person.pk]) if person else reverse("desk-accounts")
    links = [Link(_("账号"), reverse("desk-accounts")), *([Link(str(person), back)] if person else []), Link(title, "")]
    return {
        "title": f"{title}：{person}" if person else title,
        "submit": title,
        "back": back,
        "crumbs": crumbs(*links),
        **more,
    }


@every_administrator
@door(Person)
def account(request: Request, person: Person) -> HttpResponse:
    """One account: who it is, in what state, which offices, and what this administrator may do."""
    held = person.appointments.select_related("place", "organisation").order_by("-since")
    shown = {
        "person": person,
        "state": (STATE_WORDS[state_of(person)], STATE_TONES[state_of(person)]),
        "facts": [*_facts(person), *_traces(request, person)],
        "verbs": _verbs(request, person),
        "new_password": shown_once.take(request) if request.method == "GET" else "",
        "offices": [(one, _end(request, one)) for one in held],
        "crumbs": crumbs(Link(_("账号"), reverse("desk-accounts")), Link(str(person), "")),
    }
    return render(request, "desk/account.html", shown)


def _facts(person: Person) -> list[Fact]:
    return [
        Fact(_("登录名"), person.login),
        Fact(_("管理职责"), person.get_administration_display()),
        Fact(_("手机号"), mask_phone(person.phone) or _("没有留")),
        Fact(_("动态码"), _("已绑定") if person.totp_confirmed_at else _("还没有绑定")),
        Fact(_("上次登录"), cn_date(person.last_login, "time") if person.last_login else _("从未登录")),
        Fact(_("开通时间"), cn_date(person.created_at, "plain")),
    ]


def _traces(request: Request, person: Person) -> list[Fact]:
    """The audit administrator goes on to what the person did."""
    if getattr(request.person, "administration", "") != Administration.AUDIT:
        return []
    return [Fact(_("办过的事"), _("查留痕"), f"{reverse('audit-ledger')}?actor={person.login or ''}")]


def _verbs(request: Request, person: Person) -> list[Button]:
    found = []
    for code, (name, asks, kind, whose) in PAGES.items():
        if not person.is_active or (code == "account.unlock" and not is_locked(person)):
            continue
        if code == "account.reset_second_factor" and not person.totp_confirmed_at:
            continue
        if whose.test(_asked(request, person)):
            url = reverse(name, args=[person.pk])
            label = VERBS[code].label
            found.append(Button(label, url, kind, "get" if asks else "post", fields={"revision": person.token}))  # type: ignore[arg-type]  # the table above names known kinds
    return found


def _asked(request: Request, person: Person) -> Any:
    from yishiting.ground.common.predicates import Question

    return Question(request.actor, person)


def _end(request: Request, appointment: Appointment) -> Button | None:
    gone = appointment.until is not None and appointment.until < timezone.localdate()
    if gone or not security_administrator.test(_asked(request, appointment.person)):
        return None
    return Button(_("离任"), reverse("appointment-end", args=[appointment.pk]), "quiet", "get")


@require_POST
@door(Person, needs="account.reset_password")
def account_reset_password(request: Request, person: Person) -> HttpResponse:
    """Give a new first password and show it once."""

    def reset() -> None:
        shown_once.keep(request, actions.reset_password(person, by=request.actor))

    return act(request, reset, to=reverse("desk-account", args=[person.pk]), done=_("密码已重置。"))


@require_POST
@door(Person, needs="account.unlock")
def account_unlock(request: Request, person: Person) -> HttpResponse:
    """Open sign-in again."""
    here = reverse("desk-account", args=[person.pk])
    return act(request, lambda: actions.unlock(person, by=request.actor), to=here, done=_("账号已解锁。"))


@door(Person, needs="account.close")
def account_close(request: Request, person: Person) -> HttpResponse:
    """Close an account, with the reason."""
    form = ReasonForm(request.POST or None, hint=_("例如：调离本单位。"))
    return perform(
        request,
        form,
        lambda reason: actions.close_account(person, by=request.actor, reason=reason),
        page="desk/form.html",
        to=reverse("desk-account", args=[person.pk]),
        done=_("账号已停用。"),
        context=_around(_("停用账号"), person, kind="danger", revision=person.token),
    )


@door(Person, needs="account.reset_second_factor")
def account_reset_second_factor(request: Request, person: Person) -> HttpResponse:
    """Forget a lost authenticator, with the reason."""
    form = ReasonForm(request.POST or None, hint=_("例如：手机更换，已当面核对本人。"))
    return perform(
        request,
        form,
        lambda reason: actions.reset_second_factor(person, by=request.actor, reason=reason),
        page="desk/form.html",
        to=reverse("desk-account", args=[person.pk]),
        done=_("动态码已重置，本人下次登录时重新绑定。"),
        context=_around(_("重置动态码"), person, kind="danger", revision=person.token),
    )


@administrator(Administration.SECURITY)
def privacy_versions(request: Request) -> HttpResponse:
    """The versions of the privacy notice, and the form for a new one, which starts from the newest."""
    versions = list(PrivacyNotice.objects.all())
    initial = {"text": versions[0].text if versions else first_notice(), "in_force_from": timezone.localdate()}

    def publish(text: str, in_force_from: date) -> None:
        actions.publish_privacy_notice(text, by=request.actor, in_force_from=in_force_from)

    title = _("隐私告知")
    shown = {"title": title, "versions": versions, "submit": _("发布新版本"), "crumbs": crumbs(Link(title, ""))}
    done = _("新版本已发布，施行以后每个人登录时会看到并确认。")
    form = PrivacyForm(request.POST or None, initial=initial)
    here = reverse("privacy-versions")
    return perform(request, form, publish, page="desk/privacy_versions.html", to=here, done=done, context=shown)


urlpatterns = [
    path("administration/accounts/", list_page(ACCOUNTS, _around_list), name="desk-accounts"),
    path("administration/accounts/open/", account_open, name="account-open"),
    path("administration/accounts/<uuid:pk>/", account, name="desk-account"),
    path("administration/accounts/<uuid:pk>/reset-password/", account_reset_password, name="account-reset-password"),
    path("administration/accounts/<uuid:pk>/close/", account_close, name="account-close"),
    path("administration/accounts/<uuid:pk>/unlock/", account_unlock, name="account-unlock"),
    path(
        "administration/accounts/<uuid:pk>/reset-second-factor/",
        account_reset_second_factor,
        name="account-reset-second-factor",
    ),
    path("administration/privacy/", privacy_versions, name="privacy-versions"),
]
