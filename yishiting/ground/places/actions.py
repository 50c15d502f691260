"""Loading the tree of places."""

import csv
from pathlib import Path

from django.utils.translation import gettext as _
from pypinyin import Style, lazy_pinyin

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


@verb("place.load", "载入区划", MAY)
def load_places(district: str, *, by: Actor) -> Place:
    """Load a district with its subdistricts, townships, communities and villages; safe to repeat."""
    if district not in DISTRICTS:
        words = {"district": district, "known": "、".join(DISTRICTS)}
        raise Refused(_("没有“%(district)s”的区划表；现有：%(known)s。") % words)
    top = _keep(DISTRICTS[district], {})
    streets = [rules.street(row, top.code) for row in _rows(district, "streets")]
    rural = {division.code for division in streets if division.line == "rural"}
    kept = {top.code: top} | {division.code: _keep(division, {top.code: top}) for division in streets}
    for row in _rows(district, "villages"):
        _keep(rules.community(row, rural=row["streetCode"] in rural), kept)
    write_entry(top, places=Place.objects.under(top).count())
    return top


def _rows(district: str, table: str) -> list[dict[str, str]]:
    with (DATA / f"{district}_{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _keep(division: Division, parents: dict[str, Place]) -> Place:
    parent = parents.get(division.parent_code)
    place, _made = Place.objects.update_or_create(
        code=division.code,
        defaults={
            "name": division.name,
            "short_name": division.short_name,
            "initials": "".join(lazy_pinyin(division.name, style=Style.FIRST_LETTER))[:40].lower(),
            "level": Level(division.level),
            "kind": division.kind,
            "line": division.line,
            "parent": parent,
            "division_path": f"{parent.division_path if parent else ''}{division.code}/",
        },
    )
    return place
