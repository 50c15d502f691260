"""A line of the roster put right: a wrong account is taken off it, a name is corrected or told apart from another."""

from typing import Annotated

from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.language import in_chinese
from yishiting.ground.common.names import same_name
from yishiting.ground.common.parameters import line
from yishiting.ground.common.people_parameters import Name, Phone
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.notices.actions import tell
from yishiting.ground.notices.models import Audience
from yishiting.ground.places.organs import council_of
from yishiting.year.councils.models import Representative
from yishiting.year.councils.permissions import MAY
from yishiting.year.councils.signals import roster_mended

PHONE = Phone(
    _("本人的手机号"),
    hint=_("知道的就填上，本人登录以后会关联。不知道的空着，原来留的号码不再使用。"),
    initial=lambda _one: "",
)
WHY = line(_("原因"), most=200, hint=_("例如：号码记错了，关联到了别人的账号"), missing=_("请写明原因，会留痕。"))


def _is_linked(representative: Representative) -> Sentence | None:
    if representative.person_id:
        return None
    return _("%(name)s没有关联账号。") % {"name": representative}


@verb(
    "representative.unlink",
    _("取消关联账号"),
    MAY,
    before=lambda one: (
        _("%(name)s的席位现在关联%(person)s的账号。取消以后，那个账号看不到这个席位，也不能再以代表身份办理。")
        % {
            "name": one,
            "person": one.person,
        }
    ),
    done=_("已取消关联。本人的账号开通以后，再办理“关联账号”。"),
    kind="danger",
    conditions=(_is_linked,),
)
def unlink_account(
    representative: Representative,
    *,
    by: Actor,
    phone: Annotated[str, PHONE] = "",
    reason: Annotated[str, WHY],
) -> Representative:
    """Take a wrong account off a seat; what was done with it stays on record, the number that led to it is replaced."""
    former, candidate = representative.person, representative.candidate
    if former is not None and phone and phone == former.phone:
        raise Refused(_("这正是要取消的那个账号的手机号。请填写本人的手机号，或者空着。"), field="phone")
    if candidate is not None:
        candidate.phone = phone
        candidate.save(update_fields=["phone"])
    representative.person = None
    representative.save(update_fields=["person"])
    roster_mended.send(sender=Representative, representative=representative)
    write_entry(representative, private={"person": str(former and former.pk), "phone": phone, "reason": reason})
    if former is not None:
        former.__dict__.pop("_seats", None)
        _tell(former, representative)
    return representative


@in_chinese
def _tell(former: Person, representative: Representative) -> None:
    """Whoever held the account hears that the seat is gone from it, and whom to ask."""
    place, council = representative.place, f"{council_of(representative.place, None)}{representative.term}"
    tell(
        former,
        once=f"representative.unlink:{representative.pk}:{representative.revision}",
        template="representative.unlink",
        subject="您的账号已不再关联议事代表席位",
        body=f"您的账号原来关联了{council}代表{representative.name}的席位，登记有误，现已取消。有疑问请联系{place.name}。",
        audience=Audience.REPRESENTATIVE,
        place_code=place.code,
    )


def _has_not_left(representative: Representative) -> Sentence | None:
    if not representative.end_kind:
        return None
    return _("%(name)s已经办理离任，名册不再改。") % {"name": representative}


NAME = Name(
    _("姓名"),
    hint=_("同名的，在姓名后用括号注明，例如：李明（3号楼）。"),
    initial=lambda one: one.name,
    missing=_("请填写姓名。"),
)
WHY_CORRECTED = line(
    _("原因"), most=200, hint=_("例如：姓名写错一个字；和另一位代表同名"), missing=_("请写明原因，会留痕。")
)


@verb(
    "representative.correct",
    _("更正代表姓名"),
    MAY,
    before=_("只用来改正写错的字，或者把同名的两个人区别开。换人的，请“办理离任”，再补选。"),
    done=_("已更正，以后的名册和通知用新的写法；以前的文书不变。"),
    conditions=(_has_not_left,),
)
def correct_representative(
    representative: Representative, *, by: Actor, name: Annotated[str, NAME], reason: Annotated[str, WHY_CORRECTED]
) -> Representative:
    """Put the name of a representative right, or tell two of one name apart; papers of the past stay as they are."""
    others = representative.term.representatives.filter(end_kind="").exclude(pk=representative.pk)
    if any(same_name(name, one.name) for one in others):
        sentence = _("本届还有一位代表也叫%(name)s。请在姓名后用括号注明，例如：李明（3号楼）。")
        raise Refused(sentence % {"name": name}, field="name")
    before, representative.name = representative.name, name
    if name == before:
        raise Refused(_("姓名没有变化，不用保存。"), field="name")
    representative.save(update_fields=["name"])
    roster_mended.send(sender=Representative, representative=representative)
    write_entry(representative, private={"before": before, "name": name, "reason": reason})
    return representative
