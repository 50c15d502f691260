"""我的信息: everything kept about me, to see, take home, correct, and have erased."""

import json

from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yishiting.doors.web.resident.information_forms import CorrectionForm, ErasureForm
from yishiting.doors.web.resident.kept import everything, heaps_of
from yishiting.doors.web.shared.doors import signed_in
from yishiting.doors.web.shared.posting import act, perform
from yishiting.doors.web.shared.requests import Request, person_of
from yishiting.doors.web.shared.shapes import Button, Fact, Link
from yishiting.doors.web.shared.templatetags.yishiting_ui import cn_date
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.masking import mask_phone
from yishiting.ground.entrance.actions import correct_information, erase, withdraw_consent
from yishiting.ground.entrance.models import Consent
from yishiting.ground.entrance.queries import consents_of


@signed_in
def information(request: Request) -> HttpResponse:
    """All that is kept, and what I may do about it."""
    person = person_of(request)
    consent = consents_of(person).first()
    shown = {
        "facts": [*_facts(person), *_consent_facts(consent)],
        "verbs": _verbs(person, consent),
        "heaps": heaps_of(person),
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


def _consent_facts(consent: Consent | None) -> list[Fact]:
    if consent is None:
        return [Fact(_("隐私告知"), _("还没有同意过"), reverse("privacy"))]
    says = _("第%(n)s版，已撤回同意") if consent.withdrawn_at else _("第%(n)s版，已同意")
    return [Fact(_("隐私告知"), says % {"n": consent.notice.version}, reverse("privacy"))]


def _verbs(person: Person, consent: Consent | None) -> list[Button]:
    found = [
        Button(_("更正"), reverse("my-information-correct"), "primary", "get"),
        Button(_("下载一份"), reverse("my-information-download"), method="get"),
    ]
    if consent is not None and consent.withdrawn_at is None:
        found.append(Button(_("撤回同意"), reverse("my-information-withdraw")))
    why_not = _("工作人员的账号由系统管理员停用。") if person.is_staff_member else None
    return [*found, Button(_("注销并删除"), reverse("my-information-erase"), "danger", "get", why_not)]


@require_safe
@signed_in
def download(request: Request) -> HttpResponse:
    """Everything kept about me, in a file a program can read too."""
    text = json.dumps(everything(person_of(request)), ensure_ascii=False, indent=2)
    answer = HttpResponse(text, content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="my-information-{timezone.localdate()}.json"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@signed_in
def correct(request: Request) -> HttpResponse:
    """Correct my name, address and language."""
    person, title = person_of(request), _("更正我的信息")
    form = CorrectionForm(
        request.POST or None, initial={"name": person.name, "email": person.email, "language": person.language}
    )
    return perform(
        request,
        form,
        lambda **words: correct_information(person, by=person, **words),
        page="resident/information_form.html",
        to=reverse("my-information"),
        done=_("已更正。"),
        context={"title": title, "submit": _("保存"), "back": reverse("my-information"), "crumbs": crumbs(title)},
    )


@require_POST
@signed_in
def withdraw(request: Request) -> HttpResponse:
    """Take my consent back."""
    person = person_of(request)
    done = _("已撤回同意。您仍可以浏览，也可以不留姓名提建议；要删除资料，请点“注销并删除”。")
    return act(request, lambda: withdraw_consent(person, by=person), to=reverse("my-information"), done=done)


@signed_in
def erase_me(request: Request) -> HttpResponse:
    """Question once more, then erase what identifies me and go out."""
    person, title = person_of(request), _("注销并删除我的信息")

    def forget(sure: bool) -> None:
        erase(person, by=person)
        logout(request)

    context = {
        "title": title,
        "erasing": True,
        "submit": _("注销并删除"),
        "kind": "danger",
        "back": reverse("my-information"),
        "crumbs": crumbs(title),
    }
    return perform(
        request,
        ErasureForm(request.POST or None),
        forget,
        page="resident/information_form.html",
        to="/",
        done=_("已注销，您的姓名、电话和邮箱已经删除。"),
        context=context,
    )


def crumbs(*more: str) -> list[Link]:
    """From my room to the page."""
    start = [Link(_("我的"), reverse("my-home")), Link(_("我的信息"), reverse("my-information"))]
    return [*start, *(Link(title, "") for title in more)]


urlpatterns = [
    path("information/", information, name="my-information"),
    path("information/download/", download, name="my-information-download"),
    path("information/correct/", correct, name="my-information-correct"),
    path("information/withdraw/", withdraw, name="my-information-withdraw"),
    path("information/erase/", erase_me, name="my-information-erase"),
]
