"""Staff who come in through the district's sign-on service: linked by security, never created."""

from typing import Annotated

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.parameters import Given, line
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.entrance.actions.accounts import is_open, of_staff
from yishiting.ground.entrance.attempts import Attempt
from yishiting.ground.entrance.models import SignOn
from yishiting.ground.entrance.permissions import AT_THE_ENTRANCE, MAY
from yishiting.ground.entrance.sign_on import provider
from yishiting.ground.ledger.actions import write_entry

SUBJECT = line(
    _("统一登录里的标识"),
    most=255,
    hint=_("统一登录服务给这个人的不变的标识（sub），由管理统一登录的单位提供，不是姓名。"),
)


def is_set_up(_thing: Person | str) -> Sentence | None:
    """There is a service to link with."""
    return None if provider() else _("这里没有设置统一登录。请安装维护人员先设置。")


def is_not_linked(person: Person) -> Sentence | None:
    """An account is linked once."""
    linked = SignOn.objects.filter(person=person).exists()
    return _("这个账号已经关联统一登录。要换，请先解除关联。") if linked else None


@verb(
    "account.link_sign_on",
    _("关联统一登录"),
    MAY,
    done=_("已关联，本人可以从统一登录进来。"),
    conditions=(is_set_up, of_staff, is_open, is_not_linked),
)
def link_sign_on(person: Person, *, by: Actor, subject: Annotated[str, SUBJECT]) -> SignOn:
    """Say whom the sign-on service means by a subject."""
    service = provider()
    link = SignOn.objects.create(person=person, issuer=service.issuer if service else "", subject=subject)
    write_entry(link, private={"subject": subject})
    return link


@verb(
    "sign_on.unlink",
    _("解除统一登录关联"),
    MAY,
    done=_("已解除关联，本人不能再从统一登录进来。"),
    before=_("解除以后，本人用登录名、密码和第二重验证登录。"),
    kind="danger",
)
def unlink_sign_on(link: SignOn, *, by: Actor) -> Person:
    """Take a link back."""
    person: Person = link.person
    write_entry(person)
    link.delete()
    return person


@verb("account.enter_sign_on", _("统一登录"), MAY, by_page=AT_THE_ENTRANCE)
def enter_sign_on(subject: str, *, by: Actor, issuer: Annotated[str, Given(_("统一登录服务"))]) -> Attempt:
    """Let in the member of staff to whom this subject is linked; nobody's account is made."""
    if not subject:
        raise Refused(_("统一登录没有说您是谁，请重新登录一次。"))
    link = SignOn.objects.select_related("person").filter(issuer=issuer, subject=subject).first()
    if link is None or not link.person.is_active:
        write_entry(link.person if link else None, let_in=False, way="sign_on")
        return Attempt(sentence=_("统一登录里的这个人，在这里没有关联的账号。请联系安全管理员关联。"))
    person: Person = link.person
    person.last_login = timezone.now()
    person.save(update_fields=["last_login"])
    write_entry(person, let_in=True, way="sign_on")
    return Attempt(person=person)
