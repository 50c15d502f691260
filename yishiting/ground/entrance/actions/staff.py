"""Staff come in with a password and a second factor."""

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.entrance.attempts import Attempt
from yishiting.ground.entrance.permissions import MAY
from yishiting.ground.entrance.rules import Lockout
from yishiting.ground.entrance.second_factor import step_of
from yishiting.ground.ledger.actions import write_entry

WRONG = _("登录名或密码不对。连续输错%(n)s次会锁定%(m)s分钟。")
WRONG_CODE = _("动态码不对。请看认证器上当前的6位数字，每个数字只能用一次。")


@verb("account.enter_password", "密码登录", MAY)
def enter_password(login: str, *, by: Actor, password: str, code: str = "") -> Attempt:
    """Let a member of staff in by password and, once they have set it up, the code of their authenticator."""
    person = Person.objects.select_for_update(no_key=True).filter(login=login.strip()).first()
    if person is None:
        make_password(password)  # as long as a check takes, so that the clock does not tell which names there are
        raise Refused(_wrong(), field="password")
    refusal, field = _what_is_wrong(person, password, code)
    if refusal:
        _count_failure(person)
        write_entry(person, let_in=False, failures=person.failed_attempts)
        return Attempt(sentence=refusal, field=field)
    person.failed_attempts, person.locked_until, person.last_login = 0, None, timezone.now()
    person.save(update_fields=["failed_attempts", "locked_until", "last_login", "totp_last_step"])
    write_entry(person, let_in=True, way="password")
    return Attempt(person=person)


def _what_is_wrong(person: Person, password: str, code: str) -> tuple[str | Promise, str]:
    if person.is_locked():
        return _("输错次数太多，暂时锁定。请稍后再试，或请安全管理员解锁。"), ""
    if not (person.check_password(password) and person.is_active):
        return _wrong(), "password"
    if not person.totp_confirmed_at:
        return "", ""
    step = step_of(person.totp_secret, code, after=person.totp_last_step)
    if step is None:
        return WRONG_CODE, "code"
    person.totp_last_step = step
    return "", ""


def _count_failure(person: Person) -> None:
    if person.is_locked():
        return
    person.failed_attempts += 1
    lockout = Lockout(settings.LOCKOUT_ATTEMPTS, settings.LOCKOUT_MINUTES)
    person.locked_until = lockout.until(person.failed_attempts, timezone.now())
    if person.locked_until:
        person.failed_attempts = 0
    person.save(update_fields=["failed_attempts", "locked_until"])


def _wrong() -> str:
    return str(WRONG % {"n": settings.LOCKOUT_ATTEMPTS, "m": settings.LOCKOUT_MINUTES})
