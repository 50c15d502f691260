"""Consent, and each person's right to see, correct and erase what is kept about them."""

from datetime import date, timedelta
from typing import Annotated

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Language, Person
from yishiting.ground.common.locks import hold_word
from yishiting.ground.common.parameters import Day, OneOf, Text
from yishiting.ground.common.people_parameters import Email, Name
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.entrance.actions.throttling import forget_tries
from yishiting.ground.entrance.actions.tokens import end_tokens
from yishiting.ground.entrance.models import AccountJoin, Consent, OneTimeCode, PrivacyNotice
from yishiting.ground.entrance.permissions import BY_THE_CLOCK, MAY, ONES_OWN
from yishiting.ground.entrance.queries import notice_in_force
from yishiting.ground.entrance.rules import TO_FILL_IN
from yishiting.ground.entrance.signals import person_erased
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.notices.actions import forget_addresses, forget_messages

CODES_KEPT = timedelta(days=7)


TEXT = Text(_("告知内容"), rows=16, hint=_("写明：谁在收集、收集什么、为什么、怎么用、保存多久、您有哪些权利、找谁。"))
IN_FORCE_FROM = Day(_("施行日期"), initial=lambda _text: timezone.localdate())
NAME = Name(_("姓名"), hint=_("可以不填。填了，社区联系您时知道怎么称呼。"))
EMAIL = Email(_("电子邮箱"), hint=_("可以不填。填了，结果也会发到邮箱。"))
LANGUAGE = OneOf(_("语言"), Language)


def something_to_agree_to(_person: Person) -> Sentence | None:
    """There is a notice in force."""
    return None if notice_in_force() else _("现在没有需要同意的隐私告知。")


def has_agreed(person: Person) -> Sentence | None:
    """What was not given is not taken back."""
    given = Consent.objects.filter(person=person, withdrawn_at__isnull=True).exists()
    return None if given else _("您现在没有同意过的隐私告知，不用撤回。")


def is_a_resident(person: Person) -> Sentence | None:
    """What members of staff decided stays under their names."""
    return _("工作人员的账号由系统管理员停用；办理记录依法保存。") if person.is_staff_member else None


def _notice_text(_person: Person) -> str:
    notice = notice_in_force()
    return notice.text if notice else ""


@verb(
    "privacy.publish",
    _("发布隐私告知"),
    MAY,
    done=_("新版本已发布，施行以后每个人登录时会看到并确认。"),
    by_page=_("要看着全文发布，程序不代办。"),
)
def publish_privacy_notice(text: str, *, by: Actor, in_force_from: Annotated[date, IN_FORCE_FROM]) -> PrivacyNotice:
    """Publish a new version of the privacy notice; everyone is asked again."""
    text = TEXT.asked_for("text", text, None)
    if TO_FILL_IN in text:
        raise Refused(_("告知里还有“【请填写…】”没有填。请填好是谁在收集、怎么联系，再发布。"), field="text")
    hold_word("privacy notice")  # two at once are numbered one after the other
    last = PrivacyNotice.objects.order_by("-version").first()
    notice = PrivacyNotice.objects.create(
        version=last.version + 1 if last else 1, text=text, in_force_from=in_force_from
    )
    write_entry(notice, version=notice.version, in_force_from=in_force_from.isoformat())
    return notice


@verb(
    "privacy.consent",
    _("同意隐私告知"),
    MAY,
    done=_("谢谢。您可以随时在“我的信息”里撤回。"),
    before=_notice_text,
    conditions=(something_to_agree_to,),
    by_page=ONES_OWN,
)
def consent(person: Person, *, by: Actor) -> Consent | None:
    """Agree to the notice in force."""
    notice: PrivacyNotice = notice_in_force()  # type: ignore[assignment]  # the condition has seen to it
    given, _made = Consent.objects.get_or_create(
        person=person, notice=notice, withdrawn_at=None, defaults={"given_at": timezone.now()}
    )
    write_entry(person, version=notice.version)
    return given


@verb(
    "privacy.withdraw",
    _("撤回同意"),
    MAY,
    done=_("已撤回同意。您仍可以浏览，也可以不留姓名提建议；要删除资料，请点“注销并删除”。"),
    conditions=(has_agreed,),
    by_page=ONES_OWN,
)
def withdraw_consent(person: Person, *, by: Actor) -> Person:
    """Take consent back; suggesting without a name stays possible."""
    Consent.objects.filter(person=person, withdrawn_at__isnull=True).update(withdrawn_at=timezone.now())
    write_entry(person)
    return person


@verb("account.correct", _("更正我的信息"), MAY, done=_("已更正。"), by_page=ONES_OWN)
def correct_information(
    person: Person,
    *,
    by: Actor,
    language: Annotated[str, LANGUAGE],
    name: Annotated[str, NAME] = "",
    email: Annotated[str, EMAIL] = "",
) -> Person:
    """Correct one's own name, e-mail address and language."""
    person.name, person.email, person.language = name, email, language
    person.save(update_fields=["name", "email", "language"])
    write_entry(person)
    return person


@verb(
    "account.erase",
    _("注销并删除我的信息"),
    MAY,
    done=_("已注销，您的姓名、电话和邮箱已经删除。"),
    kind="danger",
    conditions=(is_a_resident,),
    by_page=ONES_OWN,
)
def erase(person: Person, *, by: Actor) -> Person:
    """Erase what identifies a resident. Their suggestions stay without a name; decisions stay on record."""
    person_erased.send(sender=Person, person=person)
    forget_messages(person)
    _forget_joined(person)
    person.name = person.email = ""
    person.set_phone("")
    person.set_unusable_password()
    person.is_active, person.erased_at = False, timezone.now()
    person.save()
    end_tokens(person)
    write_entry(person)
    return person


def _forget_joined(person: Person) -> None:
    """The accounts that were joined to this one are forgotten with it."""
    for join in AccountJoin.objects.filter(person=person).select_related("former"):
        join.name = join.former_phone = join.note = ""
        join.save(update_fields=["name", "former_phone", "note"])
        if not join.undone_at:
            join.former.name = join.former.email = ""
            join.former.erased_at = timezone.now()
            join.former.save(update_fields=["name", "email", "erased_at"])


@verb("account.purge", _("清除过期验证码和旧消息的地址"), MAY, internal=BY_THE_CLOCK)
def purge(day: date, *, by: Actor) -> int:
    """Remove codes long past, and the addresses of messages long done with; part of the daily command."""
    removed, _each = OneTimeCode.objects.filter(expires_at__lt=timezone.now() - CODES_KEPT).delete()
    forget_tries(timezone.now())
    write_entry(None, day=day.isoformat(), removed=removed, addresses=forget_addresses())
    return removed
