"""账号: the system administrator opens and closes them, the security administrator guards them."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.doors.lists.administration import ACCOUNTS, STATE_TONES, STATE_WORDS, state_of
from yishiting.doors.web.desk.accounts_forms import OpenForm, PrivacyForm
from yishiting.doors.web.desk.administration import administrator, crumbs, every_administrator
from yishiting.doors.web.desk.appointments import verbs_of
from yishiting.doors.web.shared import shown_once
from yishiting.doors.web.shared.declared import button, buttons, said_after
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.lists import Around, list_page
from yishiting.doors.web.shared.nouns import Noun, know
from yishiting.doors.web.shared.posting import perform
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Button, Fact, Link
from yishiting.doors.web.shared.templatetags.yishiting_ui import cn_date
from yishiting.ground.accounts.models import Administration, Person
from yishiting.ground.common.masking import mask_phone
from yishiting.ground.common.verbs import VERBS
from yishiting.ground.entrance import actions
from yishiting.ground.entrance.models import AccessToken, Passkey, PrivacyNotice, SignOn
from yishiting.ground.entrance.queries import is_locked, recovery_codes_left
from yishiting.ground.entrance.rules import first_notice

#: What each administrator may do to an account; each sees their own alone.
VERBS_OF_AN_ACCOUNT = (
    "account.reset_password",
    "account.close",
    "account.reopen",
    "account.unlock",
    "account.reset_second_factor",
    "account.link_sign_on",
)
know(
    Noun(
        Person,
        pages={"administration": "desk-account"},
        lists={
            "administration": ("desk-accounts", gettext_lazy("账号")),
            "me": ("my-information", gettext_lazy("我的信息")),
        },
        by_hand={
            "account.erase": "my-information-erase",
            "account.add_passkey": "add-passkey",
            "account.change_phone": "my-new-number",
        },
    ),
    Noun(
        AccessToken,
        pages={"administration": "desk-account"},
        lists={"me": ("my-tokens", gettext_lazy("接口令牌"))},
        key="person",
        related=("person",),
        called=lambda token: str(token.name),
    ),
    Noun(SignOn, pages={"administration": "desk-account"}, key="person", related=("person",)),
    Noun(
        Passkey,
        pages={"administration": "desk-account"},
        lists={"me": ("my-information", gettext_lazy("我的信息"))},
        key="person",
        related=("person",),
    ),
)


def _around_list(request: Request, _person: Person) -> Around:
    """Accounts of staff, by name or state."""
    opening = Button(_("开通账号"), reverse("account-open"), "primary", "get")
    return Around(_("工作人员账号"), crumbs(Link(_("账号"), "")), verbs=[opening] if _opens(request) else [])


def _opens(request: Request) -> bool:
    return getattr(request.person, "administration", "") == Administration.SYSTEM


@administrator(Administration.SYSTEM)
def account_open(request: Request) -> HttpResponse:
    """Open an account, and show its first password once."""
    form = OpenForm(request.POST or None)

    def open_it(**_fields: Any) -> Person:
        given = form.told()
        person, first_password = actions.open_account(given.pop("login"), by=request.actor, **given)
        shown_once.keep(request, first_password)
        return person

    verb, title = VERBS["account.open"], _("开通账号")
    accounts = reverse("desk-accounts")
    crumbs_to = crumbs(Link(_("账号"), accounts), Link(title, ""))
    return perform(
        request,
        form,
        open_it,
        page="desk/form.html",
        to=lambda person: reverse("desk-account", args=[person.pk]),
        done=lambda result: said_after(verb, result),
        context={"title": title, "submit": title, "back": accounts, "crumbs": crumbs_to},
    )


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
        "tokens": _tokens(request, person),
        "keys": _keys(request, person),
        "new_password": shown_once.take(request) if request.method == "GET" else "",
        "offices": [(one, verbs_of(request, one)) for one in held],
        "crumbs": crumbs(Link(_("账号"), reverse("desk-accounts")), Link(str(person), "")),
    }
    return render(request, "desk/account.html", shown)


def _facts(person: Person) -> list[Fact]:
    return [
        Fact(_("登录名"), person.login),
        Fact(_("管理职责"), person.get_administration_display()),
        Fact(_("手机号"), mask_phone(person.phone) or _("没有留")),
        Fact(_("动态码"), _("已绑定") if person.totp_confirmed_at else _("还没有绑定")),
        *(
            [Fact(_("恢复码"), _("还剩%(n)s个") % {"n": recovery_codes_left(person)})]
            if person.totp_confirmed_at
            else []
        ),
        Fact(_("上次登录"), cn_date(person.last_login, "time") if person.last_login else _("从未登录")),
        Fact(_("开通时间"), cn_date(person.created_at, "plain")),
    ]


def _traces(request: Request, person: Person) -> list[Fact]:
    """The audit administrator goes on to what the person did."""
    if getattr(request.person, "administration", "") != Administration.AUDIT:
        return []
    return [Fact(_("办过的事"), _("查留痕"), f"{reverse('audit-ledger')}?actor={person.login or ''}")]


def _verbs(request: Request, person: Person) -> list[Button]:
    codes = [code for code in VERBS_OF_AN_ACCOUNT if code != "account.unlock" or is_locked(person)]
    link = SignOn.objects.filter(person=person).select_related("person").first()
    linked = buttons(request, link, "sign_on.unlink", asleep=False, room="administration") if link else []
    return [*buttons(request, person, *codes, asleep=False, room="administration"), *linked]


def _tokens(request: Request, person: Person) -> list[tuple[AccessToken, Button]]:
    """The tokens in force, which the security administrator may take back."""
    live = person.tokens.filter(revoked_at=None, expires_on__gte=timezone.localdate()).select_related("person")
    offered = [(one, button(request, "token.revoke", one, room="administration")) for one in live]
    return [(one, revoking) for one, revoking in offered if revoking.why_not is None]


def _keys(request: Request, person: Person) -> list[tuple[Passkey, Button]]:
    """Passkeys and hardware keys, which the security administrator may remove."""
    rows = person.passkeys.filter(removed_at=None).select_related("person")
    offered = [(one, button(request, "passkey.remove", one, room="administration")) for one in rows]
    return [(one, removing) for one, removing in offered if removing.why_not is None]


@administrator(Administration.SECURITY)
def privacy_versions(request: Request) -> HttpResponse:
    """The versions of the privacy notice, and the form for a new one, which starts from the newest."""
    versions = list(PrivacyNotice.objects.all())
    form = PrivacyForm(versions[0].text if versions else first_notice(), request.POST or None)

    def publish(**fields: Any) -> None:
        actions.publish_privacy_notice(fields.pop("text"), by=request.actor, **fields)

    title = _("隐私告知")
    shown = {"title": title, "versions": versions, "submit": _("发布新版本"), "crumbs": crumbs(Link(title, ""))}
    done = said_after(VERBS["privacy.publish"], None)
    here = reverse("privacy-versions")
    return perform(request, form, publish, page="desk/privacy_versions.html", to=here, done=done, context=shown)


urlpatterns = [
    path("administration/accounts/", list_page(ACCOUNTS, _around_list), name="desk-accounts"),
    path("administration/accounts/open/", account_open, name="account-open"),
    path("administration/accounts/<uuid:pk>/", account, name="desk-account"),
    path("administration/privacy/", privacy_versions, name="privacy-versions"),
]
