"""The directory of a place: its organisations, and its estates, buildings and lanes."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from typing import Annotated

from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.parameters import Day, Lines, OneOf, line
from yishiting.ground.common.people_parameters import Name, Phone
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.organisations.models import Organisation, OrganisationKind
from yishiting.ground.organisations.permissions import MAY
from yishiting.ground.places.models import Estate, Level, Place

#: What the field holds.
LONGEST_ESTATE = 60
NAME = line(_("名称"), most=80, hint=_("写全称，例如：枣营北里第一物业服务中心。"))
CONTACT = Name(_("联系人"))
PHONE = Phone(_("联系电话"))


def still_here(organisation: Organisation) -> Sentence | None:
    """Why nothing is done with an organisation that no longer takes part."""
    gone = organisation.valid_to is not None and organisation.valid_to <= timezone.localdate()
    return _("这个组织已经停用。要再用，请先“恢复组织”。") if gone else None


def _to_be_closed(organisation: Organisation) -> Sentence | None:
    return None if organisation.valid_to else _("这个组织没有停用，不必恢复。")


@verb("organisation.register", _("登记组织"), MAY, done=_("组织已登记。"))
def register_organisation(
    place: Place,
    *,
    by: Actor,
    kind: Annotated[OrganisationKind, OneOf(_("类别"), OrganisationKind)],
    name: Annotated[str, NAME],
    contact_name: Annotated[str, CONTACT] = "",
    contact_phone: Annotated[str, PHONE] = "",
) -> Organisation:
    """Register an organisation of a place, with its kind and a contact."""
    _must_be_new(place, name)
    organisation = Organisation.objects.create(
        place=place, kind=kind, name=name, contact_name=contact_name, contact_phone=contact_phone
    )
    write_entry(organisation, kind=str(kind), private={"name": name})
    return organisation


@verb("organisation.amend", _("修改组织登记"), MAY, done=_("已修改。"), conditions=(still_here,))
def amend_organisation(
    organisation: Organisation,
    *,
    by: Actor,
    name: Annotated[str, NAME],
    contact_name: Annotated[str, CONTACT] = "",
    contact_phone: Annotated[str, PHONE] = "",
) -> Organisation:
    """Correct the name or the contact of an organisation."""
    _must_be_new(organisation.place, name, but=organisation)
    organisation.name, organisation.contact_name = name, contact_name
    organisation.contact_phone = contact_phone
    organisation.save(update_fields=["name", "contact_name", "contact_phone"])
    write_entry(organisation, private={"name": name})
    return organisation


@verb("organisation.close", _("停用组织"), MAY, done=_("组织已停用。"), kind="danger", conditions=(still_here,))
def close_organisation(
    organisation: Organisation,
    *,
    by: Actor,
    on: Annotated[date, Day(_("停用日期"), initial=lambda _one: timezone.localdate())],
    reason: Annotated[str, line(_("原因"), most=200, hint=_("例如：物业合同到期。"))],
) -> Organisation:
    """Note that an organisation no longer takes part from a day, and why."""
    organisation.valid_to = on
    organisation.save(update_fields=["valid_to"])
    write_entry(organisation, private={"reason": reason}, on=on.isoformat())
    return organisation


@verb("organisation.reopen", _("恢复组织"), MAY, done=_("组织已恢复。"), conditions=(_to_be_closed,))
def reopen_organisation(organisation: Organisation, *, by: Actor) -> Organisation:
    """Note that an organisation takes part after all, or again."""
    organisation.valid_to = None
    organisation.save(update_fields=["valid_to"])
    write_entry(organisation)
    return organisation


def _a_community(place: Place) -> Sentence | None:
    return None if place.level == Level.COMMUNITY else _("小区楼院登记在社区（村）名下。")


def _listed(place: Place) -> list[str]:
    return list(place.estates.values_list("name", flat=True))


@verb(
    "estate.list",
    _("登记小区楼院"),
    MAY,
    done=lambda kept: _("已登记%(n)s个小区楼院；建议里提到的不会删掉。") % {"n": len(kept)},
    conditions=(_a_community,),
    holds=("place",),
)
def list_estates(
    place: Place,
    *,
    by: Actor,
    names: Annotated[
        Sequence[str],
        Lines(
            _("小区、楼和院"),
            hint=_("一行一个，例如：3号楼，或枣营北里东院。居民和录入的人写地点时可以直接选。"),
            rows=14,
            longest=LONGEST_ESTATE,
            initial=_listed,
        ),
    ] = (),
) -> list[Estate]:
    """Keep the list of estates, buildings and lanes of a community; those that suggestions name stay on it."""
    wanted = list(dict.fromkeys(names))
    for gone in place.estates.exclude(name__in=wanted):
        with suppress(ProtectedError):  # somebody's words name it
            gone.delete()
    known = set(_listed(place))
    Estate.objects.bulk_create(Estate(place=place, name=name) for name in wanted if name not in known)
    write_entry(place, estates=len(wanted))
    return list(place.estates.all())


def _must_be_new(place: Place, name: str, *, but: Organisation | None = None) -> None:
    same = Organisation.objects.filter(place=place, name=name).first()
    if same is None or same == but:
        return
    words = {"place": place.name, "name": name}
    if still_here(same) is not None:
        raise Refused(_("%(place)s的“%(name)s”已经停用，请在组织登记里恢复它。") % words, field="name")
    raise Refused(_("%(place)s已经登记了“%(name)s”，不必再登记。") % words, field="name")
