"""Tokens for programs."""

import secrets
from datetime import date, timedelta
from operator import itemgetter
from typing import Annotated

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.parameters import Day, FromWithin, line
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.secrets import sealer
from yishiting.ground.common.verbs import verb
from yishiting.ground.entrance.models import AccessToken
from yishiting.ground.entrance.permissions import MAY
from yishiting.ground.entrance.rules import TOKEN_DAYS, TOKEN_DAYS_MOST
from yishiting.ground.ledger.actions import write_entry

NAME = line(
    _("给什么程序用"),
    most=60,
    hint=_("例如：街道数据平台每晚取数。"),
)
LAST_DAY = Day(
    _("有效期至"),
    hint=_("最长一年，到期自动失效。"),
    initial=lambda _person: timezone.localdate() + timedelta(days=TOKEN_DAYS),
)
OWN_TOKEN = FromWithin(_("接口令牌"))


def is_live(token: AccessToken) -> Sentence | None:
    """A token is taken back once."""
    return None if token.revoked_at is None else _("这个令牌已经撤销。需要的话，请再签发一个。")


@verb("token.issue", _("签发接口令牌"), MAY, done=_("令牌已签发。"), reveals=itemgetter(1))
def issue_token(
    person: Person,
    *,
    by: Actor,
    name: Annotated[str, NAME],
    expires_on: Annotated[date, LAST_DAY],
    with_token: Annotated[AccessToken | None, OWN_TOKEN] = None,
) -> tuple[AccessToken, str]:
    """Issue a token with which a program acts in one's own name; the text is shown once.

    A program that asks with a token of its own gets none that lasts longer than that.
    """
    if expires_on <= timezone.localdate():
        raise Refused(_("有效期要晚于今天。"), field="expires_on")
    if expires_on > timezone.localdate() + timedelta(days=TOKEN_DAYS_MOST):
        raise Refused(_("有效期最长一年，到期可以再签发一个。"), field="expires_on")
    if with_token is not None and expires_on > with_token.expires_on:
        last = with_token.expires_on.isoformat()
        raise Refused(_("用令牌签发的令牌，有效期不能超过它自己的（%(day)s）。") % {"day": last}, field="expires_on")
    text = secrets.token_urlsafe(32)
    token = AccessToken.objects.create(
        person=person, name=name, token_hash=sealer().look_up(text), expires_on=expires_on
    )
    write_entry(token, expires_on=expires_on.isoformat())
    return token, text


@verb("token.revoke", _("撤销接口令牌"), MAY, done=_("令牌已撤销。"), kind="danger", conditions=(is_live,))
def revoke_token(token: AccessToken, *, by: Actor) -> AccessToken:
    """Take a token back; it stops working at once."""
    token.revoked_at = timezone.now()
    token.save(update_fields=["revoked_at"])
    write_entry(token)
    return token


def end_tokens(person: Person) -> int:
    """Take back every token of a person; part of the verbs that take their ways of coming in away. Gives back how many."""
    return AccessToken.objects.filter(person=person, revoked_at__isnull=True).update(revoked_at=timezone.now())
