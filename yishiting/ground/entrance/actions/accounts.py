"""Accounts of staff: opened by the system administrator, guarded by the security administrator."""

import secrets

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Administration, Person
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.entrance.actions.throttling import forgive_everyone
from yishiting.ground.entrance.actions.tokens import end_tokens
from yishiting.ground.entrance.permissions import MAY
from yishiting.ground.entrance.rules import SIGN_IN
from yishiting.ground.entrance.second_factor import step_of
from yishiting.ground.ledger.actions import write_entry


@verb("account.open", "开通账号", MAY)
def open_account(
    login: str, *, by: Actor, name: str, phone: str = "", email: str = "", administration: Administration | str = ""
) -> tuple[Person, str]:
    """Open an account for a member of staff; gives back its first password, which is shown once and must be changed."""
    if Person.objects.filter(login=login).exists():
        raise Refused(_("登录名“%(login)s”已经有人用了，请换一个。") % {"login": login}, field="login")
    if phone and Person.objects.with_phone(phone).exists():
        raise Refused(_("这个手机号已经登记在另一个账号上。"), field="phone")
    first_password = secrets.token_urlsafe(9)
    person = Person(login=login, name=name, email=email, administration=administration, is_staff_member=True)
    person.set_phone(phone)
    person.set_password(first_password)
    person.save()
    write_entry(person, administration=str(administration))
    return person, first_password


@verb("account.reset_password", "重置密码", MAY)
def reset_password(person: Person, *, by: Actor) -> str:
    """Give a member of staff a new first password, which is shown once and must be changed."""
    first_password = secrets.token_urlsafe(9)
    person.set_password(first_password)
    person.password_changed_at = None
    person.save(update_fields=["password", "password_changed_at"])
    write_entry(person, tokens=end_tokens(person))
    return first_password


@verb("account.close", "停用账号", MAY)
def close_account(person: Person, *, by: Actor, reason: str) -> Person:
    """Close an account; what the person did stays on record."""
    person.is_active = False
    person.save(update_fields=["is_active"])
    write_entry(person, private={"reason": reason}, tokens=end_tokens(person))
    return person


@verb("account.unlock", "解锁账号", MAY)
def unlock(person: Person, *, by: Actor) -> Person:
    """Let everybody who waits after wrong passwords try again at once."""
    forgive_everyone(SIGN_IN, person.login or "")
    write_entry(person)
    return person


@verb("account.reset_second_factor", "重置动态码", MAY)
def reset_second_factor(person: Person, *, by: Actor, reason: str) -> Person:
    """Forget a lost authenticator; the next sign-in sets up a new one."""
    person.totp_secret, person.totp_confirmed_at, person.totp_last_step = "", None, 0
    person.save(update_fields=["totp_secret", "totp_confirmed_at", "totp_last_step"])
    write_entry(person, private={"reason": reason}, tokens=end_tokens(person))
    return person


@verb("account.change_password", "修改密码", MAY)
def change_password(person: Person, *, by: Actor, old: str, new: str) -> Person:
    """Change one's own password."""
    if not person.check_password(old):
        raise Refused(_("原密码不对。"), field="old")
    if new == old:
        raise Refused(_("新密码不能和原密码一样。"), field="new")
    try:
        validate_password(new, person)
    except ValidationError as weak:
        raise Refused(" ".join(weak.messages), field="new") from None
    person.set_password(new)
    person.password_changed_at = timezone.now()
    person.save(update_fields=["password", "password_changed_at"])
    write_entry(person)
    return person


@verb("account.confirm_second_factor", "绑定动态码", MAY)
def confirm_second_factor(person: Person, *, by: Actor, secret: str, code: str) -> Person:
    """Bind an authenticator: it has shown the right code once."""
    if person.totp_confirmed_at:
        raise Refused(_("动态码已经绑定。要换认证器，请先请安全管理员重置。"))
    step = step_of(secret, code, after=0)
    if step is None:
        raise Refused(_("动态码不对，请看认证器上当前的6位数字；手机时间要准。"), field="code")
    person.totp_secret, person.totp_confirmed_at, person.totp_last_step = secret, timezone.now(), step
    person.save(update_fields=["totp_secret", "totp_confirmed_at", "totp_last_step"])
    write_entry(person)
    return person
