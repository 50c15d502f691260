"""Loading the tree of places."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.places import rules
from yishiting.ground.places.models import Level, Place
from yishiting.ground.places.permissions import MAY
from yishiting.ground.places.rules import Division

DATA = Path(__file__).parent / "data"
DISTRICTS = {"chaoyang": Division("110105", "朝阳区", "朝阳", "district", "district", "urban", "")}


@verb("place.load", _("载入区划"), MAY, internal="安装系统时由命令办理")
def load_places(district: str, *, by: Actor) -> Place:
    """Load a district with its subdistricts, townships, communities and villages, where they are not there yet.

    A place that is there stays as it is: what a newer table has otherwise is shown by `comparing`, and changed by the
    verbs of places, each with its day and its paper.
    """
    if district not in DISTRICTS:
        words = {"district": district, "known": "、".join(DISTRICTS)}
        raise Refused(_("没有“%(district)s”的区划表；现有：%(known)s。") % words)
    (top,) = _keep([DISTRICTS[district]], {})
    streets = [rules.street(row, top.code) for row in rows_of(district, "streets")]
    rural = {division.code for division in streets if division.line == "rural"}
    above = {place.code: place for place in (top, *_keep(streets, {top.code: top}))}
    _keep([rules.community(row, rural=row["streetCode"] in rural) for row in rows_of(district, "villages")], above)
    write_entry(top, places=Place.objects.under(top).count())
    return top


def rows_of(district: str, table: str) -> list[dict[str, str]]:
    """A table that comes with the software."""
    with (DATA / f"{district}_{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _keep(divisions: Sequence[Division], above: Mapping[str, Place]) -> list[Place]:
    """Places of one level: those that are there already, and the new ones of a district that has none of this level."""
    known = list(Place.objects.filter(code__in=[one.code for one in divisions]))
    if known:
        return known

    def place(division: Division) -> Place:
        parent = above.get(division.parent_code)
        return Place(
            code=division.code,
            name=division.name,
            short_name=division.short_name,
            initials=rules.initials(division.name),
            level=Level(division.level),
            kind=division.kind,
            line=division.line,
            parent=parent,
            division_path=f"{parent.division_path if parent else ''}{division.code}/",
        )

    rows = [place(division) for division in divisions]
    return Place.objects.bulk_create(rows)
