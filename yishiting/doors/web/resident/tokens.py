"""接口令牌: with which a program acts in a member of staff's name."""

from datetime import date, timedelta

from django.http import HttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yishiting.doors.web.resident.information import crumbs
from yishiting.doors.web.resident.tokens_forms import TokenForm
from yishiting.doors.web.shared import shown_once
from yishiting.doors.web.shared.doors import door, signed_in
from yishiting.doors.web.shared.posting import act, perform
from yishiting.doors.web.shared.requests import Request, person_of
from yishiting.doors.web.shared.shapes import Button
from yishiting.ground.common.refused import NotAllowed
from yishiting.ground.entrance.actions import issue_token, revoke_token
from yishiting.ground.entrance.models import AccessToken
from yishiting.ground.entrance.rules import TOKEN_DAYS


@signed_in
def tokens(request: Request) -> HttpResponse:
    """My tokens, and a form for a new one; its text is shown once."""
    person = person_of(request)
    if not person.is_staff_member:
        raise NotAllowed(_("接口令牌只给工作人员使用。"))

    def issue(name: str, expires_on: date) -> None:
        _token, text = issue_token(person, by=person, name=name, expires_on=expires_on)
        shown_once.keep(request, text)

    today = timezone.localdate()
    form = TokenForm(request.POST or None, initial={"expires_on": today + timedelta(days=TOKEN_DAYS)})
    shown = {
        "rows": [(one, _says(one, today), _revoke(one, today)) for one in person.tokens.all()],
        "new": shown_once.take(request) if request.method == "GET" else "",
        "submit": _("签发"),
        "crumbs": crumbs(_("接口令牌")),
    }
    here = reverse("my-tokens")
    return perform(request, form, issue, page="resident/tokens.html", to=here, done=_("令牌已签发。"), context=shown)


def _says(token: AccessToken, today: date) -> str:
    if token.revoked_at:
        return _("已撤销")
    return _("有效") if token.expires_on >= today else _("已过期")


def _revoke(token: AccessToken, today: date) -> Button | None:
    live = token.revoked_at is None and token.expires_on >= today
    return Button(_("撤销"), reverse("token-revoke", args=[token.pk]), "danger") if live else None


@require_POST
@door(AccessToken, needs="token.revoke")
def token_revoke(request: Request, token: AccessToken) -> HttpResponse:
    """Take a token back at once."""
    return act(request, lambda: revoke_token(token, by=request.actor), to=reverse("my-tokens"), done=_("令牌已撤销。"))


urlpatterns = [
    path("tokens/", tokens, name="my-tokens"),
    path("tokens/<uuid:pk>/revoke/", token_revoke, name="token-revoke"),
]
