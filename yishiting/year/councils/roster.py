"""The roster of a council in office, as it is pasted from a sheet or written line by line."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.names import clean_name, clean_unit
from yishiting.ground.common.parameters import Lines, line
from yishiting.ground.common.people_parameters import Name, Phone
from yishiting.ground.common.refused import Refused
from yishiting.ground.organisations.models import IdentityKind
from yishiting.year.councils.rules import VACANT

HEADINGS = ("姓名", "推选单位", "方面")
PHONE = Phone(_("手机号"))
#: Other words people write for a sector.
ALSO: dict[str, str] = {
    "居民": "resident",
    "村民": "resident",
    "居民代表": "resident",
    "村民代表": "resident",
    "驻地单位": "resident_unit",
    "业委会": "owners_committee",
    "流动人口": "migrant_resident",
    "特邀代表": "invited_member",
    "专家学者": "invited_member",
}


def sector_named(text: str) -> str:
    """The sector that is meant by a word or its name; refused with those there are."""
    word = text.strip()
    known = {
        **{str(kind.label): kind.value for kind in IdentityKind},
        **{k.value: k.value for k in IdentityKind},
        **ALSO,
    }
    if word not in known:
        offered = "、".join(str(kind.label) for kind in IdentityKind)
        raise Refused(_("没有“%(word)s”这个方面。可以写：%(offered)s。") % {"word": word, "offered": offered})
    return known[word]


@dataclass(frozen=True, slots=True)
class Sitting:
    """One seat of a council in office: who sends whom."""

    constituency: str
    sector: str
    name: str
    phone: str = ""
    unit: str = ""
    identities: tuple[str, ...] = ()

    @property
    def vacant(self) -> bool:
        """A seat that nobody holds."""
        return self.name == VACANT

    def row(self) -> tuple[str, ...]:
        """As it is written."""
        words = {kind.value: str(kind.label) for kind in IdentityKind}
        others = "、".join(words[kind] for kind in self.identities)
        return (self.constituency, words[self.sector], self.name, self.phone, self.unit, others)


COLUMNS = {
    "constituency": line(_("推选单位"), most=60),
    "sector": line(_("方面"), most=40),
    "name": Name(_("姓名")),
    "phone": line(_("手机号"), most=40),
    "unit": line(_("单位或楼院"), most=80),
    "identities": line(_("其他身份"), most=200),
}


@dataclass(frozen=True, slots=True)
class RosterLines(Lines):
    """A line for each seat; cells parted by tabs keep their places, also empty ones."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "columns", COLUMNS)
        object.__setattr__(self, "needs", 3)

    def clean(self, value: Any, thing: Any) -> list[Any]:
        """Every seat, its sector known, its number one that can be rung."""
        given = [one.row() if isinstance(one, Sitting) else one for one in value]
        rows: Sequence[tuple[str, ...]] = Lines.clean(self, given, thing)
        if not rows:
            raise Refused(self.missing)
        return [self._sitting(n, row, thing) for n, row in enumerate(rows, start=1)]

    def read(self, text: str, thing: Any) -> list[Any]:
        """As it is pasted; the line of headings is left out."""
        parted = [_cells(one) for one in text.splitlines() if one.strip()]
        return self.clean([cells for cells in parted if not set(HEADINGS) <= set(cells)], thing)

    def _sitting(self, n: int, row: tuple[str, ...], thing: Any) -> Sitting:
        group, sector, name, phone, unit, others = row
        try:
            kinds = tuple(sector_named(one) for one in others.replace("，", "、").split("、") if one.strip())
            number = PHONE.clean(phone, thing) if phone.strip() else ""
            return Sitting(group, sector_named(sector), clean_name(name), number, clean_unit(unit), kinds)
        except Refused as refusal:
            raise Refused(_("第%(n)s行：%(sentence)s") % {"n": n, "sentence": refusal.sentence}) from None


def _cells(text: str) -> tuple[str, ...]:
    if "\t" in text:
        cells = [cell.strip() for cell in text.split("\t")]
        return tuple([*cells, *[""] * len(COLUMNS)][: len(COLUMNS)])
    return tuple(text.replace("，", " ").replace(",", " ").split(None, len(COLUMNS) - 1))
