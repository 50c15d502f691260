"""Staff come in with a password and a second factor."""

from typing import Annotated

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.parameters import Given
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.entrance.actions.factors import RESTING, limits_of, take_recovery_code
from yishiting.ground.entrance.actions.throttling import count_wrong_try, forgive, minutes_left
from yishiting.ground.entrance.attempts import Attempt
from yishiting.ground.entrance.permissions import AT_THE_ENTRANCE, MAY
from yishiting.ground.entrance.queries import has_second_factor
from yishiting.ground.entrance.rules import SIGN_IN
from yishiting.ground.entrance.second_factor import step_of
from yishiting.ground.ledger.actions import write_entry

WRONG = _("登录名或密码不对。连续输错%(n)s次，要等%(m)s分钟才能再试。")
WRONG_CODE = _("动态码不对。请看认证器上当前的6位数字，每个数字只能用一次。")


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
    if minutes := minutes_left(SIGN_IN, limits_of(name)):
        raise Refused(RESTING % {"n": minutes})
    person = Person.objects.select_for_update(no_key=True).filter(login=name).first() if name else None
    tried = _tried(person, password, code.strip())
    if person is None or tried.sentence:
        count_wrong_try(SIGN_IN, limits_of(name))
        write_entry(person, let_in=False)
        return tried
    if tried.waiting is not None:
        write_entry(person, way="password")
        return tried
    forgive(SIGN_IN, name)
    person.last_login = timezone.now()
    person.save(update_fields=["last_login", "totp_last_step"])
    if tried.codes_left is None:
        write_entry(person, let_in=True, way="password")
    else:
        write_entry(person, let_in=True, way="recovery", left=tried.codes_left)
    return tried


def _tried(person: Person | None, password: str, code: str) -> Attempt:
    if person is None:
        make_password(password)  # as long as a check takes, so that the clock does not tell which names there are
    if person is None or not (person.check_password(password) and person.is_active):
        wrong = WRONG % {"n": settings.LOCKOUT_ATTEMPTS, "m": settings.LOCKOUT_MINUTES}
        return Attempt(sentence=wrong, field="password")
    return _with_code(person, code) if code else _without_code(person)


def _with_code(person: Person, code: str) -> Attempt:
    """The authenticator's code, or a printed one; where nothing is set up yet, none is looked at."""
    if not has_second_factor(person):
        return Attempt(person=person)
    step = step_of(person.totp_secret, code, after=person.totp_last_step) if person.totp_confirmed_at else None
    if step is not None:
        person.totp_last_step = step
        return Attempt(person=person)
    left = take_recovery_code(person, code)
    return Attempt(sentence=WRONG_CODE, field="code") if left is None else Attempt(person=person, codes_left=left)


def _without_code(person: Person) -> Attempt:
    """A passkey is asked next by whoever has one; whoever has set up nothing comes in to do so."""
    if person.passkeys.filter(removed_at=None).exists():
        return Attempt(waiting=person)
    return Attempt(sentence=WRONG_CODE, field="code") if person.totp_confirmed_at else Attempt(person=person)
