"""Staff come in with a password and a second factor."""

from datetime import timedelta
from typing import Annotated

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.parameters import Given
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.entrance.actions.throttling import ANYTHING, Limit, count_wrong_try, forgive, minutes_left
from yishiting.ground.entrance.attempts import Attempt
from yishiting.ground.entrance.permissions import AT_THE_ENTRANCE, MAY
from yishiting.ground.entrance.rules import SIGN_IN, Slowing, lockout
from yishiting.ground.entrance.second_factor import step_of
from yishiting.ground.ledger.actions import write_entry

WRONG = _("登录名或密码不对。连续输错%(n)s次，要等%(m)s分钟才能再试。")
WRONG_CODE = _("动态码不对。请看认证器上当前的6位数字，每个数字只能用一次。")
RESTING = _("这里连续输错的次数多了，请%(n)s分钟后再试，或请安全管理员解锁。")
#: Whatever names one client tries: wrong ones in so many minutes.
ANY_NAME = Slowing(50, timedelta(minutes=5), timedelta(minutes=15), timedelta(minutes=15))


@verb("account.enter_password", _("密码登录"), MAY, by_page=AT_THE_ENTRANCE)
def enter_password(
    login: str,
    *,
    by: Actor,
    password: Annotated[str, Given(_("密码"))],
    code: Annotated[str, Given(_("动态码"))] = "",
) -> Attempt:
    """Let a member of staff in by password and, once they have set it up, the code of their authenticator.

    After wrong tries it is this client that must wait, at this name, whether there is such a name or not.
    """
    name = login.strip()
    if minutes := minutes_left(SIGN_IN, _limits(name)):
        raise Refused(RESTING % {"n": minutes})
    person = Person.objects.select_for_update(no_key=True).filter(login=name).first() if name else None
    refusal, field = _what_is_wrong(person, password, code)
    if refusal or person is None:
        count_wrong_try(SIGN_IN, _limits(name))
        write_entry(person, let_in=False)
        return Attempt(sentence=refusal, field=field)
    forgive(SIGN_IN, name)
    person.last_login = timezone.now()
    person.save(update_fields=["last_login", "totp_last_step"])
    write_entry(person, let_in=True, way="password")
    return Attempt(person=person)


def _limits(name: str) -> list[Limit]:
    return [(name, lockout(settings.LOCKOUT_ATTEMPTS, settings.LOCKOUT_MINUTES)), (ANYTHING, ANY_NAME)]


def _what_is_wrong(person: Person | None, password: str, code: str) -> tuple[str | Promise, str]:
    if person is None:
        make_password(password)  # as long as a check takes, so that the clock does not tell which names there are
        return _wrong(), "password"
    if not (person.check_password(password) and person.is_active):
        return _wrong(), "password"
    if not person.totp_confirmed_at:
        return "", ""
    step = step_of(person.totp_secret, code, after=person.totp_last_step)
    if step is None:
        return WRONG_CODE, "code"
    person.totp_last_step = step
    return "", ""


def _wrong() -> str:
    return str(WRONG % {"n": settings.LOCKOUT_ATTEMPTS, "m": settings.LOCKOUT_MINUTES})
