"""Coming in and going out."""

from collections.abc import Callable, Mapping

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yishiting.doors.common.stage import CAST, on_stage
from yishiting.doors.web.shared.account_forms import CodeForm, PasswordForm, PhoneForm, SecondFactorForm, StaffForm
from yishiting.doors.web.shared.doors import signed_in
from yishiting.doors.web.shared.drawings import qr
from yishiting.doors.web.shared.posting import act, perform
from yishiting.doors.web.shared.requests import Request
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.masking import mask_phone
from yishiting.ground.common.refused import Refused
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
from yishiting.ground.organisations.queries import offices_of
from yishiting.year.councils.queries import seats_of

BACKEND = "django.contrib.auth.backends.ModelBackend"
PHONE, SECRET, NEXT = "phone_entering", "secret_offered", "next"


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
    context = {"masked": mask_phone(phone), "demo_code": demo_code(phone)}
    form = CodeForm(request.POST or None)
    return attempt(
        request, form, lambda code: enter_code(phone, by=request.actor, code=code), "shared/enter_code.html", context
    )


def staff_sign_in(request: Request) -> HttpResponse:
    """Name, password and the authenticator's code."""
    remember_next(request)
    form = StaffForm(request.POST or None)

    def act(login: str, password: str, code: str) -> Attempt:
        return enter_password(login, by=request.actor, password=password, code=code)

    context = {"staff": True, "cast": cast_of_the_demo(), "onward": onward_of(request)}
    return attempt(request, form, act, "shared/sign_in.html", context)


def attempt(
    request: Request, form: BaseForm, act: Callable[..., Attempt], page: str, context: Mapping[str, object]
) -> HttpResponse:
    """Try to come in. A failed attempt is on record, so it is no refusal to be undone."""
    if request.method == "POST" and form.is_valid():
        try:
            tried = act(**form.cleaned_data)
        except Refused as refusal:
            tried = Attempt(sentence=refusal.sentence, field=refusal.field)
        if tried.person is not None:
            return let_in(request, tried.person)
        form.add_error(tried.field if tried.field in form.fields else None, str(tried.sentence))
    status = 422 if form.is_bound and form.errors else 200
    return render(request, page, {"form": form, **context}, status=status)


def let_in(request: Request, person: Person) -> HttpResponse:
    """Begin the session, and go where the person was going or to the room that is theirs."""
    onward = request.session.pop(NEXT, "")
    request.session.pop(PHONE, None)
    login(request, person, backend=BACKEND)
    if has_consented(person):
        return redirect(onward or home_of(person))
    request.session[NEXT] = onward
    return redirect("consent")


def home_of(person: Person) -> str:
    """Each person's home is what waits for them."""
    if person.administration:
        return "administration"
    if offices_of(person):
        return "desk-home"
    return "representative-home" if seats_of(person) else "my-home"


@signed_in
def consent(request: Request) -> HttpResponse:
    """The privacy notice in force, asked about at the first sign-in after it was published."""
    person: Person = request.person  # type: ignore[assignment]  # the door has seen to it
    notice, onward = notice_in_force(), request.session.get(NEXT) or home_of(person)
    if notice is None or has_consented(person):
        return redirect(onward)
    if request.method == "POST":
        request.session.pop(NEXT, None)
        return act(request, lambda: give_consent(person, by=person), to=onward, done=str(VERBS["privacy.consent"].done))
    return render(request, "shared/consent.html", {"notice": notice})


@require_POST
def sign_out(request: Request) -> HttpResponse:
    """Go out."""
    logout(request)
    messages.success(request, _("您已退出。"))
    return redirect("/")


@signed_in
def password(request: Request) -> HttpResponse:
    """Change one's own password; the first one must be changed."""
    person: Person = request.person  # type: ignore[assignment]  # the door has seen to it

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
        done=str(VERBS["account.change_password"].done),
        context=context,
    )


@signed_in
def bind(request: Request) -> HttpResponse:
    """Bind an authenticator: scan, then enter the first code."""
    person: Person = request.person  # type: ignore[assignment]  # the door has seen to it
    if person.totp_confirmed_at:
        return redirect(home_of(person))
    if SECRET not in request.session:
        request.session[SECRET] = sealer().seal(second_factor.new_secret())
    secret = sealer().unseal(request.session[SECRET])

    def act(code: str) -> None:
        confirm_second_factor(person, by=person, secret=secret, code=code)
        request.session.pop(SECRET)

    context = {"svg": qr(second_factor.address(secret, str(person.login))), "secret": secret}
    form = SecondFactorForm(request.POST or None)
    return perform(
        request,
        form,
        act,
        page="shared/bind.html",
        to=home_of(person),
        done=str(VERBS["account.confirm_second_factor"].done),
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


def onward_of(request: Request) -> str:
    """Where the person was going, as the address names it, if it is a page of ours."""
    onward = request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(onward, {request.get_host()}, request.is_secure())
    return onward if ours else ""


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


def cast_of_the_demo() -> list[tuple[Person, str]]:
    """In the demo one steps into each of the cast with one button; elsewhere there is no cast."""
    if not settings.DEMO:
        return []
    here = {person.login: person for person in on_stage()}
    return [(here[part.login], part.says) for part in CAST if part.login in here]


@require_POST
def step_in(request: Request) -> HttpResponse:
    """Come in as one of the cast; only in the demo."""
    remember_next(request)
    for person, _says in cast_of_the_demo():
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
    path("privacy/", privacy, name="privacy"),
    path("accessibility/", accessibility, name="accessibility"),
]
