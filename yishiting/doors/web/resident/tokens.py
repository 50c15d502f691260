"""接口令牌: with which a program acts in a member of staff's name."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _

from yishiting.doors.web.resident.information import crumbs
from yishiting.doors.web.shared import shown_once
from yishiting.doors.web.shared.declared import button, buttons
from yishiting.doors.web.shared.doors import signed_in
from yishiting.doors.web.shared.requests import Request, person_of
from yishiting.doors.web.shared.shapes import Button
from yishiting.ground.common.predicates import Question
from yishiting.ground.common.refused import NotAllowed
from yishiting.ground.common.verbs import VERBS
from yishiting.ground.entrance.models import AccessToken


@signed_in
def tokens(request: Request) -> HttpResponse:
    """My tokens; the text of a new one is shown once."""
    person, today = person_of(request), timezone.localdate()
    if refusal := VERBS["token.issue"].may.why_not(Question(person, person)):
        raise NotAllowed(refusal)
    rows = person.tokens.select_related("person")
    shown = {
        "rows": [(one, _says(one, today), _revoke(request, one, today)) for one in rows],
        "new": shown_once.take(request),
        "verbs": buttons(request, person, "token.issue", room="me"),
        "crumbs": crumbs(_("接口令牌")),
    }
    return render(request, "resident/tokens.html", shown)


def _says(token: AccessToken, today: date) -> str:
    if token.revoked_at:
        return _("已撤销")
    return _("有效") if token.expires_on >= today else _("已过期")


def _revoke(request: Request, token: AccessToken, today: date) -> Button | None:
    live = token.revoked_at is None and token.expires_on >= today
    return button(request, "token.revoke", token, room="me") if live else None


urlpatterns = [path("tokens/", tokens, name="my-tokens")]
