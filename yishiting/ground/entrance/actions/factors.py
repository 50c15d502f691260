"""Second factors that need no app on a private phone: printed recovery codes, passkeys and hardware keys."""

import secrets
from typing import Annotated

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.parameters import Given, line
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.secrets import sealer
from yishiting.ground.common.verbs import verb
from yishiting.ground.entrance.actions.throttling import ANYTHING, Limit, count_wrong_try, forgive, minutes_left
from yishiting.ground.entrance.attempts import Attempt
from yishiting.ground.entrance.models import Passkey, RecoveryCode
from yishiting.ground.entrance.passkeys import Ceremony, registered, signed
from yishiting.ground.entrance.permissions import AT_THE_ENTRANCE, MAY, ONES_OWN, SHOWN_ONCE
from yishiting.ground.entrance.queries import has_second_factor, recovery_codes_left
from yishiting.ground.entrance.rules import (
    ANY_NAME,
    PASSKEYS_MOST,
    RECOVERY_CODES,
    SIGN_IN,
    lockout,
    recovery_code_of,
    recovery_code_typed,
)
from yishiting.ground.ledger.actions import write_entry

RESTING = _("这里连续输错的次数多了，请%(n)s分钟后再试，或请安全管理员解锁。")
CALLED = line(_("给它起个名字"), most=40, hint=_("例如：办公室的安全密钥，或这台电脑的指纹。"))


def has_one(person: Person) -> Sentence | None:
    """Recovery codes stand in for another second factor."""
    bound = has_second_factor(person)
    return None if bound else _("恢复码是备用的。请先绑定动态码，或添加安全密钥。")


def has_room(person: Person) -> Sentence | None:
    """A few keys are enough for anybody."""
    if person.passkeys.filter(removed_at=None).count() < PASSKEYS_MOST:
        return None
    return _("最多登记%(n)s把安全密钥。请先移除不用的。") % {"n": PASSKEYS_MOST}


def is_kept(passkey: Passkey) -> Sentence | None:
    """A key is removed once."""
    return None if passkey.removed_at is None else _("这把安全密钥已经移除。")


@verb(
    "account.renew_recovery_codes",
    _("生成新的恢复码"),
    MAY,
    done=_("恢复码已生成，只显示这一次。请打印或抄下来，放在安全的地方。"),
    before=_("手边没有认证器和安全密钥时，用恢复码登录。一次给十个，每个只能用一次；以前的恢复码马上作废。"),
    conditions=(has_one,),
    by_page=SHOWN_ONCE,
    reveals=str,
)
def renew_recovery_codes(person: Person, *, by: Actor) -> str:
    """Give ten new recovery codes, shown once and kept as hashes; the old ones stop working."""
    codes = [recovery_code_of(secrets.randbits(64)) for _n in range(RECOVERY_CODES)]
    person.recovery_codes.all().delete()
    RecoveryCode.objects.bulk_create(RecoveryCode(person=person, code_hash=_hash(person, one)) for one in codes)
    write_entry(person)
    return "\n".join(codes)


@verb(
    "account.add_passkey",
    _("添加安全密钥"),
    MAY,
    done=_("安全密钥已添加，下次登录可以用它代替动态码。"),
    conditions=(has_room,),
    by_page=ONES_OWN,
)
def add_passkey(
    person: Person,
    *,
    by: Actor,
    name: Annotated[str, CALLED],
    ceremony: Annotated[Ceremony, Given(_("安全密钥"))],
) -> Passkey:
    """Register a passkey or a hardware key that has just answered."""
    made = registered(ceremony)
    if made is None:
        raise Refused(_("没有读到安全密钥。请插好或准备好密钥，再点一次；时间太久的话请刷新页面。"))
    if Passkey.objects.filter(credential_hash=made.credential_hash).exists():
        raise Refused(_("这把安全密钥已经登记过。请换一把。"))
    passkey = Passkey.objects.create(
        person=person, name=name, credential=made.credential, credential_hash=made.credential_hash, uses=made.uses
    )
    write_entry(passkey)
    return passkey


@verb(
    "passkey.remove",
    _("移除安全密钥"),
    MAY,
    done=_("安全密钥已移除。"),
    before=_("移除以后，不能再用它登录。没有别的第二重验证的，下次登录要重新绑定。"),
    kind="danger",
    conditions=(is_kept,),
    by_page=ONES_OWN,
)
def remove_passkey(passkey: Passkey, *, by: Actor) -> Passkey:
    """Remove a key that is lost or no longer used."""
    passkey.removed_at = timezone.now()
    passkey.save(update_fields=["removed_at"])
    write_entry(passkey)
    return passkey


@verb("account.enter_passkey", _("安全密钥登录"), MAY, by_page=AT_THE_ENTRANCE)
def enter_passkey(person: Person, *, by: Actor, ceremony: Annotated[Ceremony, Given(_("安全密钥"))]) -> Attempt:
    """Let a member of staff in whose password was right, by one of their keys."""
    if minutes := minutes_left(SIGN_IN, limits_of(person.login or "")):
        raise Refused(RESTING % {"n": minutes})
    found = signed(person, ceremony)
    if found is None or not person.is_active:
        count_wrong_try(SIGN_IN, limits_of(person.login or ""))
        write_entry(person, let_in=False, way="passkey")
        return Attempt(sentence=_("安全密钥没有通过。请用登记过的那一把，再试一次。"))
    key, uses = found
    key.uses, key.last_used_at = uses, timezone.now()
    person.last_login = key.last_used_at
    key.save(update_fields=["uses", "last_used_at"])
    person.save(update_fields=["last_login"])
    forgive(SIGN_IN, person.login or "")
    write_entry(person, let_in=True, way="passkey")
    return Attempt(person=person)


def limits_of(name: str) -> list[Limit]:
    """What wrong tries at a sign-in name count against."""
    return [(name, lockout(settings.LOCKOUT_ATTEMPTS, settings.LOCKOUT_MINUTES)), (ANYTHING, ANY_NAME)]


def take_recovery_code(person: Person, typed: str) -> int | None:
    """Use a recovery code up; how many are left, or None when it is none. Of several who bring it at once one has it."""
    rows = person.recovery_codes.filter(code_hash=_hash(person, typed), used_at=None)
    return recovery_codes_left(person) if rows.update(used_at=timezone.now()) else None


def forget_factors(person: Person) -> None:
    """Take all second factors away; part of the verb that resets them."""
    person.recovery_codes.all().delete()
    person.passkeys.filter(removed_at=None).update(removed_at=timezone.now())


def _hash(person: Person, code: str) -> str:
    return sealer().look_up(f"{person.pk}:{recovery_code_typed(code)}")
