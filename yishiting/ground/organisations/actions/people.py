"""The register of people of a place: the contacts of its units, the residents' representatives, whoever else is named."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.names import name_key
from yishiting.ground.common.parameters import Day, OneOf, line
from yishiting.ground.common.people_parameters import Name, Phone
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.organisations.actions.directory import still_here
from yishiting.ground.organisations.actions.naming import RollHere, enter_people, roll_known
from yishiting.ground.organisations.models import LocalPerson, LocalRole, Organisation
from yishiting.ground.organisations.permissions import MAY
from yishiting.ground.organisations.queries import contacts_in_force
from yishiting.ground.places.models import Place

NAME = Name(_("姓名"), initial=lambda _thing: "")
SIGNS_IN_BY = Phone(
    _("手机号"),
    hint=_("不公开。本人用这个号码登录，就能代表单位办理；通知也发到这个号码。"),
    missing=_("请写手机号：联络人用它登录，代表单位办理。"),
)
SINCE = Day(_("从哪一天起"), past=True, initial=lambda _thing: timezone.localdate())
WHERE = line(_("楼院或单位"), most=80, hint=_("只写到楼号。"))


@verb(
    "organisation.name_contact",
    _("确定联络人"),
    MAY,
    before=_("联络人代表本单位提建议、推派代表、答复转办、认领项目。一个单位可以有几位。"),
    done=_("联络人已登记。本人用这个手机号登录，就能代表单位办理。"),
    conditions=(still_here,),
)
def name_contact(
    organisation: Organisation,
    *,
    by: Actor,
    name: Annotated[str, NAME],
    phone: Annotated[str, SIGNS_IN_BY],
    since: Annotated[date | None, SINCE] = None,
) -> LocalPerson:
    """Name somebody who acts for a unit: whoever signs in by this number."""
    contact = LocalPerson(place=organisation.place, organisation=organisation, name=name, role=LocalRole.UNIT_CONTACT)
    contact.since = since or timezone.localdate()
    contact.set_phone(phone)
    if any(one.phone_hash == contact.phone_hash for one in contacts_in_force(organisation)):
        raise Refused(_("这个手机号已经是这个单位的联络人，不用再登记。"), field="phone")
    contact.save(force_insert=True)
    write_entry(contact, organisation=str(organisation.pk), since=contact.since.isoformat(), private={"name": name})
    return contact


@verb("place.register_person", _("登记名册上的人"), MAY, done=_("已记入名册。"), holds=("place",))
def register_person(
    place: Place,
    *,
    by: Actor,
    name: Annotated[str, NAME],
    role: Annotated[LocalRole, OneOf(_("身份"), (LocalRole.RESIDENTS_REPRESENTATIVE, LocalRole.NAMED))],
    unit: Annotated[str, WHERE] = "",
    phone: Annotated[str, Phone(_("手机号"), hint=_("不公开。用来通知本人。"))] = "",
) -> LocalPerson:
    """Enter somebody into the register of people of a place."""
    same = LocalPerson.objects.filter(place=place, role=role, unit=unit).in_force(timezone.localdate())
    if any(name_key(one.name) == name_key(name) for one in same):
        raise Refused(_("%(name)s已经在名册上。确是另一个人的，请写明楼院。") % {"name": name}, field="name")
    person = LocalPerson(place=place, name=name, role=role, unit=unit, since=timezone.localdate())
    person.set_phone(phone)
    person.save(force_insert=True)
    write_entry(person, role=str(role), private={"name": name})
    return person


ROLL = RollHere(
    _("居民代表"),
    {"name": Name(_("姓名")), "unit": line(_("楼院"), most=80)},
    needs=1,
    rows=14,
    hint=_("每行一人：姓名、空格、楼院。可以从表格里复制粘贴。名单上没有的人，从今天起不再是居民代表。"),
    initial=roll_known,
)


@verb(
    "place.list_residents_representatives",
    _("登记居民代表名册"),
    MAY,
    done=lambda kept: _("名册上现在有%(n)s名居民代表。") % {"n": len(kept)},
    holds=("place",),
)
def list_residents_representatives(
    place: Place, *, by: Actor, roll: Annotated[Sequence[tuple[str, str]], ROLL]
) -> list[LocalPerson]:
    """Keep the roll of residents' representatives of a place; who is not on it leaves today."""
    rows = LocalPerson.objects.filter(place=place, role=LocalRole.RESIDENTS_REPRESENTATIVE)
    wanted = {name_key(name) for name, _unit in roll}
    today = timezone.localdate()
    for one in rows.in_force(today):
        if name_key(one.name) not in wanted:
            one.until = max(one.since, today)
            one.save(update_fields=["until"])
    enter_people(place, roll, LocalRole.RESIDENTS_REPRESENTATIVE)
    write_entry(place, people=len(roll), private={"roll": "、".join(name for name, _unit in roll)[:4000]})
    return list(rows.in_force(today))


def _is_on_it(person: LocalPerson) -> Sentence | None:
    gone = person.until is not None and person.until <= timezone.localdate()
    return _("这个人已经不在名册上。要再登记的，请重新“登记名册上的人”，或“确定联络人”。") if gone else None


WHY = line(_("原因"), most=200, hint=_("例如：换了联络人；写错了名字。"))


@verb("local_person.correct", _("更正名册"), MAY, done=_("已更正。"), conditions=(_is_on_it,))
def correct_person(
    person: LocalPerson,
    *,
    by: Actor,
    name: Annotated[str, Name(_("姓名"))],
    unit: Annotated[str, WHERE] = "",
    phone: Annotated[str, Phone(_("手机号"), hint=_("不公开。用来通知本人。"))] = "",
    reason: Annotated[str, WHY],
) -> LocalPerson:
    """Put right the name, the building or the number of somebody in the register."""
    if person.role == LocalRole.UNIT_CONTACT and not phone:
        raise Refused(_("联络人要有手机号，本人用它登录。"), field="phone")
    person.name, person.unit = name, unit
    person.set_phone(phone)
    person.save(update_fields=["name", "unit", "phone", "phone_hash"])
    write_entry(person, role=person.role, private={"name": name, "reason": reason})
    return person


@verb(
    "local_person.leave",
    _("从名册去掉"),
    MAY,
    done=_("已从名册去掉，记录还在。"),
    kind="danger",
    conditions=(_is_on_it,),
)
def leave_register(person: LocalPerson, *, by: Actor, reason: Annotated[str, WHY]) -> LocalPerson:
    """Take somebody off the register from today; a contact acts for the unit no longer."""
    person.until = max(person.since, timezone.localdate())
    person.save(update_fields=["until"])
    write_entry(person, role=person.role, until=person.until.isoformat(), private={"reason": reason})
    return person
