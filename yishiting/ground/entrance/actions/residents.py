"""Residents come in with their phone and a one-time code."""

import secrets
from datetime import datetime, timedelta
from typing import Annotated

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.client import client_address
from yishiting.ground.common.locks import hold_word
from yishiting.ground.common.parameters import Given
from yishiting.ground.common.phones import phone_digits, read_number
from yishiting.ground.common.reading import plain
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.secrets import sealer
from yishiting.ground.common.verbs import verb
from yishiting.ground.entrance import rules
from yishiting.ground.entrance.attempts import Attempt
from yishiting.ground.entrance.models import NumberPassed, OneTimeCode
from yishiting.ground.entrance.permissions import AT_THE_ENTRANCE, MAY, ONES_OWN
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.notices.actions import text_message

GONE = _("这个验证码已经失效，请重新获取。")


@verb("account.send_code", _("发送验证码"), MAY, by_page=AT_THE_ENTRANCE)
def send_code(phone: str, *, by: Actor) -> OneTimeCode:
    """Send a one-time code to a phone; not more often than once a minute and five times an hour."""
    phone = _mobile(phone)
    looked_up, client = sealer().look_up(phone), sealer().look_up(client_address())
    hold_word(f"code:{looked_up}")  # two requests at once are not both the first
    if client:
        hold_word(f"client:{client}")
    now = timezone.now()
    if wait := _must_wait(looked_up, client, now):
        seconds = int(wait.total_seconds()) + 1
        raise Refused(_("验证码发得太频繁，请在%(n)s秒后再试。") % {"n": seconds}, field="phone")
    digits = "".join(secrets.choice("0123456789") for _n in range(rules.CODE_LENGTH))
    code = OneTimeCode.objects.create(
        phone_hash=looked_up,
        client_hash=client,
        code_hash=sealer().look_up(f"{looked_up}:{digits}"),
        expires_at=now + timedelta(minutes=rules.CODE_MINUTES),
    )
    body = _("验证码%(code)s，%(minutes)s分钟内有效，用于登录议事厅。请勿告诉他人。")
    text_message(
        phone, once=f"code:{code.pk}", template="code", body=body % {"code": digits, "minutes": rules.CODE_MINUTES}
    )
    write_entry(code)
    return code


@verb("account.enter_code", _("验证码登录"), MAY, by_page=AT_THE_ENTRANCE)
def enter_code(phone: str, *, by: Actor, code: Annotated[str, Given(_("短信验证码"))]) -> Attempt:
    """Let a resident in with the code sent to their phone; the first time opens their account."""
    phone = phone_digits(phone)
    if failed := _not_proven(phone, code):
        return failed
    former = _former_owner(phone)
    person = Person.objects.with_phone(phone).first() or _new_resident(phone)
    if former is not None:
        NumberPassed.objects.create(person=person, former=former)
    private = {"former": str(former.pk)} if former is not None else None
    write_entry(person, let_in=person.is_active and not person.is_staff_member, way="code", private=private)
    if person.is_staff_member:
        return Attempt(sentence=_("您是工作人员，请从“工作人员登录”进入，用登录名、密码和动态码。"))
    if not person.is_active:
        return Attempt(sentence=_("这个账号已经停用。需要恢复请联系所在社区。"))
    person.last_login = timezone.now()
    person.save(update_fields=["last_login"])
    return Attempt(person=person, begun_anew=former is not None)


@verb(
    "account.change_phone",
    _("更换手机号"),
    MAY,
    done=_("手机号已更换，下次请用新号码登录。"),
    by_page=ONES_OWN,
)
def change_phone(
    person: Person,
    *,
    by: Person,
    phone: Annotated[str, Given(_("新手机号"))],
    code: Annotated[str, Given(_("短信验证码"))],
) -> Attempt:
    """Put another number of one's own in the place of the old one, once the code sent to it is told."""
    phone = phone_digits(phone)
    if failed := _not_proven(phone, code):
        return failed
    former = _former_owner(phone)
    if Person.objects.with_phone(phone).exclude(pk=person.pk).exists():
        raise Refused(_("这个手机号另有一个账号。请用它登录；要把两个账号合在一起，请到社区（村）办理。"), field="code")
    if former is not None and former.pk != person.pk:
        NumberPassed.objects.create(person=person, former=former)
    person.set_phone(phone)
    person.save(update_fields=["phone", "phone_hash"])
    write_entry(person)
    return Attempt(person=person)


def _not_proven(phone: str, code: str) -> Attempt | None:
    """Use up the code that was sent to this number; the failure, which is counted and kept, where it is not the one."""
    looked_up = sealer().look_up(phone)
    sent = OneTimeCode.objects.filter(phone_hash=looked_up).order_by("-created_at")
    last = sent.select_for_update(no_key=True).first()
    if last is None:
        raise Refused(_("请先获取验证码。"), field="phone")
    sentence = _what_is_wrong(last, sealer().look_up(f"{looked_up}:{plain(code)}"))
    if not sentence and _take(last):
        return None
    _count(last)
    write_entry(last, let_in=False, tries=last.tries)
    return Attempt(sentence=sentence or GONE, field="code")


def _mobile(phone: str) -> str:
    """The number a code can be sent to."""
    number = read_number(phone)
    if not number.digits:
        raise Refused(_("请检查手机号：应是11位数字，以1开头。"), field="phone")
    if not number.takes_texts:
        raise Refused(
            _("这个号码收不到短信验证码。请填写11位的手机号；没有手机的，可以不登录提建议，或到居委会办理。"),
            field="phone",
        )
    return number.digits


def _must_wait(phone: str, client: str, now: datetime) -> timedelta | None:
    """Until this phone may be sent another code, and this client may have another one sent, whichever is later."""
    lately = OneTimeCode.objects.filter(created_at__gte=now - timedelta(hours=1))
    wait = rules.must_wait(list(lately.filter(phone_hash=phone).values_list("created_at", flat=True)), now)
    if not client:
        return wait
    asked = list(lately.filter(client_hash=client).values_list("created_at", flat=True))
    return max(filter(None, (wait, rules.client_must_wait(asked, now, settings.CODES_PER_CLIENT))), default=None)


def _take(code: OneTimeCode) -> bool:
    """Use the code up; of several who bring it at once the database lets one have it."""
    return bool(OneTimeCode.objects.filter(pk=code.pk, used_at=None).update(used_at=timezone.now()))


def _count(code: OneTimeCode) -> None:
    rows = OneTimeCode.objects.filter(pk=code.pk, tries__lt=rules.CODE_TRIES)
    code.tries += rows.update(tries=F("tries") + 1)


def _what_is_wrong(last: OneTimeCode, offered: str) -> str | Promise:
    if last.used_at or last.expires_at < timezone.now() or last.tries >= rules.CODE_TRIES:
        return GONE
    return "" if secrets.compare_digest(last.code_hash, offered) else _("验证码不对，请核对短信里的6位数字。")


def _former_owner(phone: str) -> Person | None:
    """The resident whose number this was so long ago that it may be another's now; the number is taken off."""
    since = timezone.now() - timedelta(days=rules.NUMBER_KEPT_DAYS)
    unused = Q(last_login__lt=since) | Q(last_login=None, created_at__lt=since)
    idle = Person.objects.with_phone(phone).filter(unused, is_staff_member=False, is_active=True)
    former = idle.select_for_update(no_key=True).first()  # one at most has this number
    if former is not None:
        former.set_phone("")
        former.save(update_fields=["phone", "phone_hash"])
    return former


def _new_resident(phone: str) -> Person:
    person = Person()
    person.set_phone(phone)
    person.set_unusable_password()
    with transaction.atomic():
        person.save()
    return person
