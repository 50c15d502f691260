"""Consent, and each person's right to see, correct and erase what is kept about them."""

from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.locks import hold_word
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.entrance.actions.throttling import forget_tries
from yishiting.ground.entrance.actions.tokens import end_tokens
from yishiting.ground.entrance.models import Consent, OneTimeCode, PrivacyNotice
from yishiting.ground.entrance.permissions import MAY
from yishiting.ground.entrance.queries import notice_in_force
from yishiting.ground.entrance.rules import TO_FILL_IN
from yishiting.ground.entrance.signals import person_erased
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.notices.actions import forget_addresses, forget_messages

CODES_KEPT = timedelta(days=7)


@verb("privacy.publish", "发布隐私告知", MAY)
def publish_privacy_notice(text: str, *, by: Actor, in_force_from: date) -> PrivacyNotice:
    """Publish a new version of the privacy notice; everyone is asked again."""
    if TO_FILL_IN in text:
        raise Refused(_("告知里还有“【请填写…】”没有填。请填好是谁在收集、怎么联系，再发布。"), field="text")
    hold_word("privacy notice")  # two at once are numbered one after the other
    last = PrivacyNotice.objects.order_by("-version").first()
    notice = PrivacyNotice.objects.create(
        version=last.version + 1 if last else 1, text=text, in_force_from=in_force_from
    )
    write_entry(notice, version=notice.version, in_force_from=in_force_from.isoformat())
    return notice


@verb("privacy.consent", "同意隐私告知", MAY)
def consent(person: Person, *, by: Actor) -> Consent | None:
    """Agree to the notice in force."""
    notice = notice_in_force()
    if notice is None:
        raise Refused(_("现在没有需要同意的隐私告知。"))
    given, _made = Consent.objects.get_or_create(
        person=person, notice=notice, withdrawn_at=None, defaults={"given_at": timezone.now()}
    )
    write_entry(person, version=notice.version)
    return given


@verb("privacy.withdraw", "撤回同意", MAY)
def withdraw_consent(person: Person, *, by: Actor) -> Person:
    """Take consent back; suggesting without a name stays possible."""
    Consent.objects.filter(person=person, withdrawn_at__isnull=True).update(withdrawn_at=timezone.now())
    write_entry(person)
    return person


@verb("account.correct", "更正我的信息", MAY)
def correct_information(person: Person, *, by: Actor, name: str, email: str, language: str) -> Person:
    """Correct one's own name, e-mail address and language."""
    person.name, person.email, person.language = name, email, language
    person.save(update_fields=["name", "email", "language"])
    write_entry(person)
    return person


@verb("account.erase", "注销并删除我的信息", MAY)
def erase(person: Person, *, by: Actor) -> Person:
    """Erase what identifies a resident. Their suggestions stay without a name; decisions stay on record."""
    if person.is_staff_member:
        raise Refused(_("工作人员的账号由系统管理员停用；办理记录依法保存。"))
    person_erased.send(sender=Person, person=person)
    forget_messages(person)
    person.name = person.email = ""
    person.set_phone("")
    person.set_unusable_password()
    person.is_active, person.erased_at = False, timezone.now()
    person.save()
    end_tokens(person)
    write_entry(person)
    return person


@verb("account.purge", "清除过期验证码和旧消息的地址", MAY)
def purge(day: date, *, by: Actor) -> int:
    """Remove codes long past, and the addresses of messages long done with; part of the daily command."""
    removed, _each = OneTimeCode.objects.filter(expires_at__lt=timezone.now() - CODES_KEPT).delete()
    forget_tries(timezone.now())
    write_entry(None, day=day.isoformat(), removed=removed, addresses=forget_addresses())
    return removed
