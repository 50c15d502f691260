"""Coming in and going out."""

import re

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yishiting.doors.common.stage import CAST, on_stage
from yishiting.doors.web.shared.account_forms import CodeForm, PasswordForm, PhoneForm, SecondFactorForm, StaffForm
from yishiting.doors.web.shared.declared import said_after
from yishiting.doors.web.shared.doors import signed_in
from yishiting.doors.web.shared.drawings import qr
from yishiting.doors.web.shared.entering import BACKEND, PHONE, attempt, home_of, let_in, onward_of
from yishiting.doors.web.shared.passkeys import urlpatterns as passkey_pages
from yishiting.doors.web.shared.passkeys import wait_for_key
from yishiting.doors.web.shared.posting import act, perform
from yishiting.doors.web.shared.requests import NEXT, Request, person_of
from yishiting.doors.web.shared.sign_on import button_of_sign_on
from yishiting.doors.web.shared.sign_on import urlpatterns as sign_on_pages
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.masking import mask_phone
from yishiting.ground.common.secrets import sealer
from yishiting.ground.common.verbs import VERBS
from yishiting.ground.entrance import second_factor
from yishiting.ground.entrance.actions import (
    change_password,
    confirm_second_factor,
    enter_code,
    enter_password,
    send_code,
)
from yishiting.ground.entrance.actions import consent as give_consent
from yishiting.ground.entrance.attempts import Attempt
from yishiting.ground.entrance.models import PrivacyNotice
from yishiting.ground.entrance.queries import has_consented, notice_in_force
from yishiting.ground.places.models import Place

OFFERED = "secret_offered"


def sign_in(request: Request) -> HttpResponse:
    """A resident's phone number, to which a code is sent."""
    remember_next(request)

    def act(phone: str) -> None:
        send_code(phone, by=request.actor)
        request.session[PHONE] = sealer().seal(phone)

    onward = onward_of(request)
    context = {"staff": False, "privacy": notice_in_force(), "cast": cast_of_the_demo(), "onward": onward}
    return perform(
        request, PhoneForm(request.POST or None), act, page="shared/sign_in.html", to="enter-code", context=context
    )


def enter(request: Request) -> HttpResponse:
    """The code that came by message."""
    if PHONE not in request.session:
        return redirect("sign-in")
    phone = sealer().unseal(request.session[PHONE])
    form = CodeForm(request.POST or None)
    context = {"form": form, "masked": mask_phone(phone), "demo_code": demo_code(phone)}
    tried = attempt(request, form, lambda code: enter_code(phone, by=request.actor, code=code))
    if tried.begun_anew:
        messages.info(
            request,
            _(
                "这个号码原来的账号半年多没有登录，已经为您新开账号，原来的内容不显示。您就是原来的本人的，请到居委会核实。"
            ),
        )
    if tried.person is not None:
        return let_in(request, tried.person)
    return render(request, "shared/enter_code.html", context, status=422 if form.is_bound else 200)


def staff_sign_in(request: Request) -> HttpResponse:
    """Name, password and the authenticator's code."""
    remember_next(request)
    form = StaffForm(request.POST or None)

    def act(login: str, password: str, code: str) -> Attempt:
        return enter_password(login, by=request.actor, password=password, code=code)

    tried = attempt(request, form, act)
    if tried.person is not None:
        return let_in(request, tried.person, tried.codes_left)
    if tried.waiting is not None:
        return wait_for_key(request, tried.waiting)
    context = {"staff": True, "sign_on": button_of_sign_on(), "cast": cast_of_the_demo(), "onward": onward_of(request)}
    return render(request, "shared/sign_in.html", {"form": form, **context}, status=422 if form.is_bound else 200)


@signed_in
def consent(request: Request) -> HttpResponse:
    """The privacy notice in force, asked about at the first sign-in after it was published."""
    person = person_of(request)
    notice, onward = notice_in_force(), request.session.get(NEXT) or home_of(person)
    if notice is None or has_consented(person):
        return redirect(onward)
    if request.method == "POST":
        request.session.pop(NEXT, None)
        return act(
            request, lambda: give_consent(person, by=person), to=onward, done=said_after(VERBS["privacy.consent"], None)
        )
    return render(request, "shared/consent.html", {"notice": notice})


@require_POST
def sign_out(request: Request) -> HttpResponse:
    """Go out; what a staff member's browser keeps of pages and drafts goes with them."""
    staff = request.person is not None and request.person.is_staff_member
    logout(request)
    messages.success(request, _("您已退出。"))
    answer = redirect("/")
    if staff:
        answer["Clear-Site-Data"] = '"storage"'
    return answer


@signed_in
def password(request: Request) -> HttpResponse:
    """Change one's own password; the first one must be changed."""
    person = person_of(request)

    def act(old: str, new: str) -> None:
        change_password(person, by=person, old=old, new=new)
        login(request, person, backend=BACKEND)

    context = {"first": person.password_changed_at is None}
    form = PasswordForm(request.POST or None)
    return perform(
        request,
        form,
        act,
        page="shared/password.html",
        to=home_of(person),
        done=lambda result: said_after(VERBS["account.change_password"], result),
        context=context,
    )


@signed_in
def bind(request: Request) -> HttpResponse:
    """Bind an authenticator: scan, then enter the first code."""
    person = person_of(request)
    if person.totp_confirmed_at:
        return redirect(home_of(person))
    if OFFERED not in request.session:
        request.session[OFFERED] = sealer().seal(second_factor.new_secret())
    secret = sealer().unseal(request.session[OFFERED])

    def act(code: str) -> None:
        confirm_second_factor(person, by=person, secret=secret, code=code)
        request.session.pop(OFFERED)

    in_fours = " ".join(re.findall(".{1,4}", secret))
    context = {"svg": qr(second_factor.address(secret, str(person.login))), "in_fours": in_fours}
    form = SecondFactorForm(request.POST or None)
    return perform(
        request,
        form,
        act,
        page="shared/bind.html",
        to=home_of(person),
        done=lambda result: said_after(VERBS["account.confirm_second_factor"], result),
        context=context,
    )


def privacy(request: Request) -> HttpResponse:
    """The privacy notice in force and its earlier versions."""
    return render(
        request, "shared/privacy.html", {"notice": notice_in_force(), "versions": PrivacyNotice.objects.all()}
    )


def accessibility(request: Request) -> HttpResponse:
    """How the pages can be used, and by whom."""
    return render(request, "shared/accessibility.html")


def remember_next(request: Request) -> None:
    """Keep where the person was going; only once something is sent, so that looking leaves no session behind."""
    if request.method == "POST" and (onward := onward_of(request)):
        request.session[NEXT] = onward


def demo_code(phone: str) -> str:
    """In the demo there is no gateway: the code just sent is shown on the page."""
    if not settings.DEMO:
        return ""
    from yishiting.ground.notices.queries import last_text_message

    return last_text_message(phone)


def cast_of_the_demo() -> list[tuple[str, list[tuple[Person, str]]]]:
    """In the demo one steps into each of the cast with one button, by place and office; elsewhere there is no cast."""
    if not settings.DEMO:
        return []
    here = {person.login: person for person in on_stage()}
    places = dict(Place.objects.filter(code__in=[part.code for part in CAST]).values_list("code", "name"))
    found: dict[str, list[tuple[Person, str]]] = {}
    for part in (one for one in CAST if one.login in here):
        heading = places.get(part.code) or (_("系统管理") if part.administration else _("居民和议事代表"))
        found.setdefault(heading, []).append((here[part.login], part.says))
    return list(found.items())


@require_POST
def step_in(request: Request) -> HttpResponse:
    """Come in as one of the cast; only in the demo."""
    remember_next(request)
    for person in on_stage() if settings.DEMO else ():
        if str(person.pk) == request.POST.get("person"):
            return let_in(request, person)
    raise Http404


urlpatterns = [
    path("step-in/", step_in, name="step-in"),
    path("sign-in/", sign_in, name="sign-in"),
    path("code/", enter, name="enter-code"),
    path("staff/", staff_sign_in, name="staff-sign-in"),
    path("consent/", consent, name="consent"),
    path("sign-out/", sign_out, name="sign-out"),
    path("password/", password, name="password"),
    path("second-factor/", bind, name="second-factor"),
    *passkey_pages,
    *sign_on_pages,
    path("privacy/", privacy, name="privacy"),
    path("accessibility/", accessibility, name="accessibility"),
]
