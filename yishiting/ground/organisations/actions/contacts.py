"""How everyone reaches the offices: telephone, address and hours, one by one or as a table."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from typing import Annotated, Any

from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.parameters import Lines, line
from yishiting.ground.common.people_parameters import Phone
from yishiting.ground.common.phones import takes_texts
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.organisations.actions.directory import NAME, still_here
from yishiting.ground.organisations.actions.naming import kind_called
from yishiting.ground.organisations.models import Organisation, OrganisationKind
from yishiting.ground.organisations.permissions import MAY
from yishiting.ground.places.models import Place


@dataclass(frozen=True, slots=True)
class OfficeLine(Phone):
    """A line of an office: everybody may see it, so it is nobody's own mobile."""

    _: KW_ONLY
    private: bool = False

    def clean(self, value: Any, thing: Any) -> str:
        """A landline or a hotline."""
        number = Phone.clean(self, value, thing)
        if takes_texts(number):
            raise Refused(_("请写单位的座机或热线，不要写手机号：手机号不在公开页面上显示。"))
        return number


TELEPHONE = OfficeLine(_("对外电话"), hint=_("居民打这个电话找得到人，例如：010-65001234。不写手机号。"))
ADDRESS = line(_("地址"), most=120, hint=_("写到楼和门，例如：枣营北里甲3号楼1层。"))
HOURS = line(_("办公时间"), most=120, hint=_("例如：周一至周五 9:00—17:30，周六 9:00—12:00 有人值班。"))
REMARK = line(_("备注"), most=120, hint=_("例如：轮椅从东门进。居民看得到。"))


@dataclass(frozen=True, slots=True)
class Table(Lines):
    """Rows pasted from a spreadsheet, parted by tabs; typed ones by commas."""

    _: KW_ONLY
    most: int = 1000

    def read(self, text: str, thing: Any) -> list[Any]:
        """A line for each row; a heading that names the columns is left out."""
        rows = [re.split(r"\t" if "\t" in one else r"[,，]", one.strip("\r\n ")) for one in text.splitlines()]
        wide = [tuple(part.strip() for part in row) for row in rows if any(part.strip() for part in row)]
        heading = [str(column.label) for column in self.columns.values()]
        return self.clean([row for row in wide if row[0] != heading[0]], thing)


ROWS = Table(
    _("各单位"),
    {
        "where": line(_("地方"), most=60),
        "name": line(_("名称"), most=80),
        "telephone": line(_("对外电话"), most=40),
        "address": line(_("地址"), most=120),
        "hours": line(_("办公时间"), most=120),
        "remark": line(_("备注"), most=120),
    },
    needs=3,
    rows=12,
    hint=_(
        "从表格里整块复制过来就行，六列：地方（社区、街乡的名称或区划代码）、单位名称、对外电话、地址、办公时间、备注。"
        "一行一个；已经登记的单位更新，没有登记的新登记。"
    ),
    missing=_("请把表格粘贴到这里。"),
)


@verb(
    "organisation.announce",
    _("公布电话和地址"),
    MAY,
    done=_("已公布，本地的页面、回执和关怀版都看得到。"),
    before=_("这些内容在公开页面上，谁都看得到。都不填就是不再公布。"),
    conditions=(still_here,),
)
def announce_contact(
    organisation: Organisation,
    *,
    by: Actor,
    telephone: Annotated[str, TELEPHONE] = "",
    address: Annotated[str, ADDRESS] = "",
    hours: Annotated[str, HOURS] = "",
    remark: Annotated[str, REMARK] = "",
) -> Organisation:
    """Say publicly how an organisation is reached: telephone, address, hours."""
    told = {"telephone": telephone, "address": address, "hours": hours, "remark": remark}
    _tell(organisation, told)
    organisation.save(update_fields=[*told])
    write_entry(organisation, private=told)
    return organisation


def _tell(organisation: Organisation, told: Mapping[str, str]) -> None:
    """What is said of it from now on; hours and a remark alone lead nobody there."""
    if any(told.values()) and not (told["telephone"] or told["address"]):
        raise Refused(_("请写电话或地址，只有办公时间和备注，居民找不到。"), field="telephone")
    for name, words in told.items():
        setattr(organisation, name, words)


@verb(
    "place.list_contacts",
    _("导入各单位的电话和地址"),
    MAY,
    done=lambda kept: _("已公布%(n)s个单位的电话和地址。") % {"n": len(kept)},
    holds=("place",),
)
def list_contacts(place: Place, *, by: Actor, rows: Annotated[Sequence[tuple[str, ...]], ROWS]) -> list[Organisation]:
    """Take in a table of offices with their telephones, addresses and hours; known ones are amended."""
    places: dict[str, list[Place]] = {}
    for found in Place.objects.under(place):
        for called in (found.code, found.name):
            places.setdefault(called, []).append(found)
    kept = [_kept(n, row, places) for n, row in enumerate(rows, start=1)]
    write_entry(place, organisations=len(kept), private={"names": "、".join(one.name for one in kept)[:4000]})
    return kept


def _kept(n: int, row: tuple[str, ...], places: Mapping[str, list[Place]]) -> Organisation:
    """One row, sound and in the database."""
    where, name, *told = row
    try:
        one = _organisation(NAME.clean(name, None), _place(where, places))
        words = dict(zip(("telephone", "address", "hours", "remark"), told, strict=True))
        number = TELEPHONE.clean(words["telephone"], one) if words["telephone"] else ""
        _tell(one, words | {"telephone": number})
    except Refused as refusal:
        raise Refused(_("第%(n)s行：%(sentence)s") % {"n": n, "sentence": refusal.sentence}, field="rows") from None
    one.save()
    return one


def _place(where: str, places: Mapping[str, list[Place]]) -> Place:
    found = places.get(where, [])
    if not found:
        raise Refused(_("本地没有“%(where)s”。请写区划代码，或社区、街乡的全名。") % {"where": where})
    if len(found) > 1:
        raise Refused(_("有%(n)s个地方都叫“%(where)s”，请写区划代码。") % {"n": len(found), "where": where})
    return found[0]


def _organisation(name: str, place: Place) -> Organisation:
    """The one of this name that takes part, or a new one."""
    known = Organisation.objects.filter(place=place, name=name).first()
    if known is None:
        return Organisation(place=place, name=name, kind=_kind_of(name))
    if sentence := still_here(known):
        raise Refused(sentence)
    return known


def _kind_of(name: str) -> OrganisationKind:
    if (kind := kind_called(name)) is not None:
        return kind
    raise Refused(_("看不出“%(name)s”是哪一类单位。请先在组织登记里登记它，再导入。") % {"name": name})
