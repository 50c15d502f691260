"""我的信息: everything kept about me, to see, take home, correct, and have erased."""

import json
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yishiting.doors.web.resident.information_forms import ErasureForm
from yishiting.doors.web.resident.kept import everything, heaps_of
from yishiting.doors.web.shared import shown_once
from yishiting.doors.web.shared.account import demo_code
from yishiting.doors.web.shared.account_forms import CodeForm, PhoneForm
from yishiting.doors.web.shared.declared import button, buttons, said_after
from yishiting.doors.web.shared.doors import door, signed_in
from yishiting.doors.web.shared.entering import attempt
from yishiting.doors.web.shared.posting import perform
from yishiting.doors.web.shared.requests import Request, person_of
from yishiting.doors.web.shared.shapes import Button, Fact, Link
from yishiting.doors.web.shared.templatetags.yishiting_ui import cn_date
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.masking import mask_phone
from yishiting.ground.common.secrets import sealer
from yishiting.ground.common.verbs import VERBS
from yishiting.ground.entrance.actions import change_phone, erase, send_code
from yishiting.ground.entrance.models import Consent
from yishiting.ground.entrance.queries import consents_of, has_consented, recovery_codes_left

#: Consent that was taken back can be given again.
ABOUT_MYSELF = ("account.correct", "account.change_phone", "privacy.withdraw", "privacy.consent")


@signed_in
def information(request: Request) -> HttpResponse:
    """All that is kept, and what I may do about it."""
    person = person_of(request)
    consent = consents_of(person).first()
    shown = {
        "facts": [*_facts(person), *_consent_facts(consent)],
        "verbs": _verbs(request, person),
        "heaps": heaps_of(person),
        "factors": _factors(request, person) if person.is_staff_member else None,
        "crumbs": crumbs(),
    }
    return render(request, "resident/information.html", shown)


def _facts(person: Person) -> list[Fact]:
    return [
        Fact(_("姓名"), person.name or _("没有填")),
        Fact(_("手机号"), mask_phone(person.phone) or _("没有留")),
        Fact(_("电子邮箱"), person.email or _("没有填")),
        Fact(_("开通时间"), cn_date(person.created_at, "plain")),
    ]


def _factors(request: Request, person: Person) -> dict[str, Any]:
    """The second factors of a member of staff; recovery codes just made are shown once."""
    keys = person.passkeys.filter(removed_at=None).select_related("person")
    left = recovery_codes_left(person)
    bound, printed = _("已绑定") if person.totp_confirmed_at else _("还没有绑定"), _("还剩%(n)s个") % {"n": left}
    return {
        "facts": [Fact(_("动态码"), bound), Fact(_("恢复码"), printed if left else _("没有，或都用完了"))],
        "keys": [(one, button(request, "passkey.remove", one, room="me")) for one in keys],
        "codes": shown_once.take(request),
        "verbs": buttons(request, person, "account.renew_recovery_codes", "account.add_passkey", room="me"),
    }


def _consent_facts(consent: Consent | None) -> list[Fact]:
    if consent is None:
        return [Fact(_("隐私告知"), _("还没有同意过"), reverse("privacy"))]
    says = _("第%(n)s版，已撤回同意") if consent.withdrawn_at else _("第%(n)s版，已同意")
    return [Fact(_("隐私告知"), says % {"n": consent.notice.version}, reverse("privacy"))]


def _verbs(request: Request, person: Person) -> list[Button]:
    agreed = has_consented(person)
    codes = [code for code in ABOUT_MYSELF if not (agreed and code == "privacy.consent")]
    first, *others = buttons(request, person, *codes, asleep=False, room="me")
    download = Button(_("下载一份"), reverse("my-information-download"), method="get")
    return [first, download, *others, *buttons(request, person, "account.erase", room="me")]


@require_safe
@signed_in
def download(request: Request) -> HttpResponse:
    """Everything kept about me, in a file a program can read too."""
    text = json.dumps(everything(person_of(request)), ensure_ascii=False, indent=2)
    answer = HttpResponse(text, content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="my-information-{timezone.localdate()}.json"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@door(Person, needs="account.erase")
def erase_me(request: Request, person: Person) -> HttpResponse:
    """Question once more, then erase what identifies me and go out."""
    verb = VERBS["account.erase"]

    def forget(sure: bool) -> None:
        erase(person, by=person)
        logout(request)

    context = {
        "title": verb.label,
        "submit": verb.label,
        "kind": "danger",
        "back": reverse("my-information"),
        "crumbs": crumbs(str(verb.label)),
    }
    form = ErasureForm(request.POST or None)
    return perform(
        request,
        form,
        forget,
        page="resident/erasing.html",
        to="/",
        done=lambda result: said_after(verb, result),
        context=context,
    )


NEW_NUMBER = "new_number"


@door(Person, needs="account.change_phone")
def new_number(request: Request, person: Person) -> HttpResponse:
    """Another telephone number of mine, to which a code is sent."""

    def act(phone: str) -> None:
        send_code(phone, by=person)
        request.session[NEW_NUMBER] = sealer().seal(phone)

    to = reverse("my-new-number-code", args=[person.pk])
    shown = _changing(reverse("my-information"), _("发送验证码"))
    return perform(request, PhoneForm(request.POST or None), act, page="resident/new_number.html", to=to, context=shown)


@door(Person, needs="account.change_phone")
def prove_number(request: Request, person: Person) -> HttpResponse:
    """The code that came to the new number; with it the number is mine."""
    if NEW_NUMBER not in request.session:
        return redirect("my-new-number", pk=person.pk)
    phone, form = sealer().unseal(request.session[NEW_NUMBER]), CodeForm(request.POST or None)
    tried = attempt(request, form, lambda code: change_phone(person, by=person, phone=phone, code=code))
    if tried.person is not None:
        del request.session[NEW_NUMBER]
        messages.success(request, said_after(VERBS["account.change_phone"], None))
        return redirect("my-information")
    shown = _changing(reverse("my-new-number", args=[person.pk]), str(VERBS["account.change_phone"].label))
    shown |= {"form": form, "masked": mask_phone(phone), "demo_code": demo_code(phone)}
    return render(request, "resident/new_number.html", shown, status=422 if form.is_bound else 200)


def _changing(back: str, submit: str) -> dict[str, Any]:
    title = str(VERBS["account.change_phone"].label)
    return {"title": title, "submit": submit, "back": back, "crumbs": crumbs(title)}


def crumbs(*more: str) -> list[Link]:
    """From my room to the page."""
    start = [Link(_("我的"), reverse("my-home")), Link(_("我的信息"), reverse("my-information"))]
    return [*start, *(Link(title, "") for title in more)]


urlpatterns = [
    path("information/", information, name="my-information"),
    path("information/download/", download, name="my-information-download"),
    path("information/<uuid:pk>/number/", new_number, name="my-new-number"),
    path("information/<uuid:pk>/number/code/", prove_number, name="my-new-number-code"),
    path("information/<uuid:pk>/erase/", erase_me, name="my-information-erase"),
]
