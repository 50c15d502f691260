"""A new table of the national statistics beside the places there are: what differs, and the verb that would change it.

Loading a table again overwrites nothing. Each difference is decided on its paper, one by one.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from yishiting.ground.common.refused import Refused
from yishiting.ground.places import rules
from yishiting.ground.places.actions import rows_of
from yishiting.ground.places.models import Kind, Level, Place
from yishiting.ground.places.rules import Division

STREETS = ("code", "name")
COMMUNITIES = ("code", "name", "streetCode")


@dataclass(frozen=True, slots=True)
class Difference:
    """One place that the table has otherwise: what differs, the verb, at which place, with what already filled in."""

    says: str
    verb: str
    place: Place
    given: Mapping[str, str]

    @property
    def command(self) -> str:
        """How the same is done from the command line; the day and the paper are still to be said."""
        words = [f"{name}={value}" for name, value in self.given.items()]
        return " ".join(["yishiting do", self.verb, self.place.code, *words, "takes_effect=… document=…"])


def read_rows(content: bytes, wanted: Sequence[str], *, field: str = "") -> list[dict[str, str]]:
    """The rows of a table, which must have these columns."""
    try:
        found = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    except (UnicodeDecodeError, csv.Error):
        raise Refused(_("读不懂这个文件。请存成 UTF-8 编码的 CSV。"), field=field) from None
    missing = [name for name in wanted if not found or not found[0].get(name)]
    if missing:
        raise Refused(_("表里缺少这些列：%(names)s。") % {"names": "、".join(missing)}, field=field)
    return found


def divisions(
    district: Place, streets: Iterable[Mapping[str, str]], communities: Iterable[Mapping[str, str]]
) -> list[Division]:
    """The places of the two tables; of communities alone, the townships are those there are."""
    found = [rules.street(row, district.code) for row in streets]
    rural = {one.code for one in found if one.line == "rural"}
    if not found:
        rural = set(district.children.filter(line="rural").values_list("code", flat=True))
    return found + [rules.community(row, rural=row["streetCode"] in rural) for row in communities]


def table_of(district: str, top: Place) -> list[Division]:
    """The table that comes with the software."""
    return divisions(top, rows_of(district, "streets"), rows_of(district, "villages"))


def differences(district: Place, table: Sequence[Division]) -> list[Difference]:
    """What the table has otherwise than the places that are there today, level by level."""
    today, levels = timezone.localdate(), {one.level for one in table}
    rows = Place.objects.under(district).filter(level__in=levels).select_related("parent", "run_by")
    known = {one.code: one for one in rows.order_by("code")}
    there = {code: one for code, one in known.items() if one.run_by_id is None}
    above = {one.code: one for one in Place.objects.under(district).there_on(today)}
    found = [
        difference
        for one in table
        if one.code in there
        for difference in _changed(there[one.code], one, above.get(one.parent_code))
    ]
    found += [_new(one, above[one.parent_code]) for one in table if one.code not in known and one.parent_code in above]
    gone = set(there) - {one.code for one in table}
    return found + [_gone(there[code]) for code in sorted(gone)]


def _changed(place: Place, row: Division, above: Place | None) -> list[Difference]:
    found, names = [], {"was": place.name, "name": row.name}
    if (place.kind, row.kind) == (Kind.VILLAGE, Kind.COMMUNITY):
        says = _("%(was)s：新表里是社区，名称是%(name)s") % names
        found.append(Difference(says, "place.become_community", place, {"name": row.name}))
    elif place.name != row.name:
        says = _("%(was)s：新表里的名称是%(name)s") % names
        found.append(Difference(says, "place.rename", place, {"name": row.name}))
    if place.level == Level.COMMUNITY and above is not None and place.parent_id != above.pk:
        says = _("%(was)s：新表里属于%(above)s") % {**names, "above": above.name}
        found.append(Difference(says, "place.move", place, {"under": above.code}))
    return found


def _new(row: Division, above: Place) -> Difference:
    says = _("%(name)s（%(code)s）：新表里有，这里没有") % {"name": row.name, "code": row.code}
    return Difference(says, "place.found", above, {"name": row.name, "code": row.code, "kind": row.kind})


def _gone(place: Place) -> Difference:
    says = _("%(name)s：新表里没有了。并入别处的，写明并入哪里；没有承接地的，办“撤销，没有承接地”")
    return Difference(says % {"name": place.name}, "place.merge", place, {})
