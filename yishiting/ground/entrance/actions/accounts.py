"""Accounts of staff: opened by the system administrator, guarded by the security administrator."""

import re
import secrets
from typing import Annotated

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Administration, Person
from yishiting.ground.common.parameters import Given, OneOf, Text, line
from yishiting.ground.common.people_parameters import Email, Name, Phone
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.entrance.actions.factors import forget_factors
from yishiting.ground.entrance.actions.throttling import forgive_everyone
from yishiting.ground.entrance.actions.tokens import end_tokens
from yishiting.ground.entrance.permissions import MAY, ONES_OWN, SHOWN_ONCE
from yishiting.ground.entrance.queries import has_second_factor
from yishiting.ground.entrance.rules import SIGN_IN
from yishiting.ground.entrance.second_factor import step_of
from yishiting.ground.ledger.actions import write_entry

LOGIN = line(_("登录名"), most=40, hint=_("用字母和数字，例如姓名全拼 wangjianguo。"))
NAME = Name(_("姓名"))
PHONE = Phone(_("手机号"))
EMAIL = Email(_("电子邮箱"))
DUTY = OneOf(
    _("管理职责"), Administration, hint=_("三员分开，不担任业务职务。业务职务由安全管理员另行任命。"),
    offered=[one for one in Administration if one],
)  # fmt: skip
WHY_CLOSED = Text(_("原因"), most=200, rows=3, hint=_("例如：调离本单位。"))
WHY_LOST = Text(_("原因"), most=200, rows=3, hint=_("例如：手机更换，已当面核对本人。"))
SLUG = re.compile(r"[-a-zA-Z0-9_]+")
#: What is told by telephone and copied by hand: nothing that looks or sounds like another.
PLAIN_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def _first_password() -> str:
    """Three groups of four, as kx7m-p3vd-9rwt."""
    return "-".join("".join(secrets.choice(PLAIN_LETTERS) for _n in range(4)) for _group in range(3))


def of_staff(person: Person) -> Sentence | None:
    """Accounts of residents are their own; nobody administers them."""
    return None if person.is_staff_member else _("这是居民自己的账号，不由管理员办理。")


def is_open(person: Person) -> Sentence | None:
    """A closed account is opened again before anything else."""
    return None if person.is_active else _("这个账号已经停用。要再用，请系统管理员先恢复账号。")


def is_closed(person: Person) -> Sentence | None:
    """Only what was closed is opened again."""
    return _("这个账号没有停用，可以登录。") if person.is_active else None


def is_bound(person: Person) -> Sentence | None:
    """There is something to forget."""
    bound = has_second_factor(person)
    return None if bound else _("动态码还没有绑定，本人下次登录时绑定。")


def is_not_bound(person: Person) -> Sentence | None:
    """A second authenticator is bound only after the first was forgotten."""
    return _("动态码已经绑定。要换认证器，请先请安全管理员重置。") if person.totp_confirmed_at else None


@verb("account.open", _("开通账号"), MAY, done=_("账号已开通。"), by_page=SHOWN_ONCE)
def open_account(
    login: str,
    *,
    by: Actor,
    name: Annotated[str, NAME],
    phone: Annotated[str, PHONE] = "",
    email: Annotated[str, EMAIL] = "",
    administration: Annotated[str, DUTY] = "",
) -> tuple[Person, str]:
    """Open an account for a member of staff; gives back its first password, which is shown once and must be changed."""
    login = LOGIN.asked_for("login", login, None)
    if not SLUG.fullmatch(login):
        raise Refused(_("登录名只能用字母、数字、下划线和短横。"), field="login")
    if Person.objects.filter(login=login).exists():
        raise Refused(_("登录名“%(login)s”已经有人用了，请换一个。") % {"login": login}, field="login")
    if phone and Person.objects.with_phone(phone).exists():
        raise Refused(_("这个手机号已经登记在另一个账号上。"), field="phone")
    first_password = _first_password()
    person = Person(login=login, name=name, email=email, administration=administration, is_staff_member=True)
    person.set_phone(phone)
    person.set_password(first_password)
    person.save()
    write_entry(person, administration=str(administration))
    return person, first_password


@verb(
    "account.reset_password",
    _("重置密码"),
    MAY,
    done=_("密码已重置。"),
    conditions=(of_staff, is_open),
    by_page=SHOWN_ONCE,
    reveals=str,
)
def reset_password(person: Person, *, by: Actor) -> str:
    """Give a member of staff a new first password, which is shown once and must be changed."""
    first_password = _first_password()
    person.set_password(first_password)
    person.password_changed_at = None
    person.save(update_fields=["password", "password_changed_at"])
    write_entry(person, tokens=end_tokens(person))
    return first_password


@verb("account.close", _("停用账号"), MAY, done=_("账号已停用。"), kind="danger", conditions=(of_staff, is_open))
def close_account(person: Person, *, by: Actor, reason: Annotated[str, WHY_CLOSED]) -> Person:
    """Close an account; what the person did stays on record."""
    person.is_active = False
    person.save(update_fields=["is_active"])
    write_entry(person, private={"reason": reason}, tokens=end_tokens(person))
    return person


@verb(
    "account.reopen",
    _("恢复账号"),
    MAY,
    done=_("账号已恢复。请再重置密码，把初始密码告诉本人。"),
    conditions=(of_staff, is_closed),
)
def reopen_account(person: Person, *, by: Actor) -> Person:
    """Open a closed account again; its old password is gone, a new one is given by resetting it."""
    person.is_active, person.password_changed_at = True, None
    person.set_unusable_password()
    person.save(update_fields=["is_active", "password", "password_changed_at"])
    write_entry(person)
    return person


@verb("account.unlock", _("解锁账号"), MAY, done=_("账号已解锁。"), conditions=(of_staff,))
def unlock(person: Person, *, by: Actor) -> Person:
    """Let everybody who waits after wrong passwords try again at once."""
    forgive_everyone(SIGN_IN, person.login or "")
    write_entry(person)
    return person


@verb(
    "account.reset_second_factor",
    _("重置动态码"),
    MAY,
    done=_("动态码已重置，本人下次登录时重新绑定。"),
    kind="danger",
    conditions=(of_staff, is_bound),
)
def reset_second_factor(person: Person, *, by: Actor, reason: Annotated[str, WHY_LOST]) -> Person:
    """Forget a lost authenticator, all keys and recovery codes; the next sign-in sets up a new one."""
    forget_factors(person)
    person.totp_secret, person.totp_confirmed_at, person.totp_last_step = "", None, 0
    person.save(update_fields=["totp_secret", "totp_confirmed_at", "totp_last_step"])
    write_entry(person, private={"reason": reason}, tokens=end_tokens(person))
    return person


@verb("account.change_password", _("修改密码"), MAY, done=_("密码已修改。"), by_page=ONES_OWN)
def change_password(
    person: Person, *, by: Actor, old: Annotated[str, Given(_("原密码"))], new: Annotated[str, Given(_("新密码"))]
) -> Person:
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


@verb(
    "account.confirm_second_factor",
    _("绑定动态码"),
    MAY,
    done=_("动态码已绑定，下次登录要用。"),
    conditions=(is_not_bound,),
    by_page=ONES_OWN,
)
def confirm_second_factor(
    person: Person, *, by: Actor, secret: Annotated[str, Given(_("密钥"))], code: Annotated[str, Given(_("动态码"))]
) -> Person:
    """Bind an authenticator: it has shown the right code once."""
    step = step_of(secret, code, after=0)
    if step is None:
        raise Refused(_("动态码不对，请看认证器上当前的6位数字；手机时间要准。"), field="code")
    person.totp_secret, person.totp_confirmed_at, person.totp_last_step = secret, timezone.now(), step
    person.save(update_fields=["totp_secret", "totp_confirmed_at", "totp_last_step"])
    write_entry(person)
    return person
