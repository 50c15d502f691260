"""A new version of a class tree: made from the one before, every old class mapped to a new one."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any

from django.db import models
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.parameters import Day, OneOf, line
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.row_parameters import Row, Rows
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.places.models import Place
from yishiting.year.suggestions.models import Category, Scheme
from yishiting.year.suggestions.permissions import MAY
from yishiting.year.suggestions.queries.class_versions import in_force, versions_of


class Tree(models.TextChoices):
    """The two trees."""

    DISTRICT = "district", _("区级六类")
    STREET = "street", _("街乡六类十二方面")


def current_classes(_place: Place) -> list[dict[str, object]]:
    """The subdistricts' tree as it is in force, each class the successor of itself."""
    scheme = in_force(timezone.localdate()).get(Tree.STREET)
    rows = (
        Category.objects.filter(scheme=scheme, parent__isnull=False) if scheme is not None else Category.objects.none()
    )
    found = rows.select_related("parent", "maps_to").order_by("parent__position", "position")
    return [
        {
            "group": one.parent.name if one.parent else "",
            "name": one.name,
            "was": one.name,
            "maps_to": one.maps_to.name if one.maps_to else "",
        }
        for one in found
    ]


CLASSES = Rows(
    _("新版的类别"),
    {
        "group": line(_("大类"), most=40),
        "name": line(_("类别名称"), most=40),
        "was": line(_("由哪些旧类别来"), most=200),
        "maps_to": line(_("对应区级类别"), most=40),
    },
    most=80,
    spare=6,
    optional=("group", "was", "maps_to"),
    hint=_(
        "旧类别写名称，几个用顿号隔开；每个旧类别都要有去处，统计才能两版互相换算。区级类别不分大类，也不用写对应。"
    ),
    initial=current_classes,
)


@verb(
    "category.revise",
    _("修订分类"),
    MAY,
    done=_("新版分类已登记，从施行之日起使用；以前的事项仍是当时的类别。"),
    holds=("place",),
)
def revise_categories(
    place: Place,
    *,
    by: Actor,
    tree: Annotated[Tree, OneOf(_("哪一套分类"), Tree, initial=lambda _place: Tree.STREET)],
    in_force_from: Annotated[date, Day(_("施行日期"), ahead=True, hint=_("今天或以后。还没施行的一版可以再改。"))],
    document: Annotated[str, line(_("依据"), most=80, hint=_("文号或会议纪要。"))],
    classes: Annotated[Sequence[Row], CLASSES],
) -> Scheme:
    """Make a new version of a class tree from a day on, with what became of each class of the version before."""
    versions = versions_of(tree)
    today = timezone.localdate()
    if versions and versions[-1].in_force_from is not None and versions[-1].in_force_from > today:
        _take_away(versions.pop())
    last = versions[-1] if versions else None
    version, name = (last.version if last else 0) + 1, last.name if last else str(Tree(tree).label)
    scheme = Scheme.objects.create(key=tree, name=name, version=version, in_force_from=in_force_from, document=document)
    made = _made(scheme, classes, tree)
    _map(last, made, classes)
    write_entry(place, scheme=str(tree), version=scheme.version, in_force_from=in_force_from.isoformat())
    return scheme


def _take_away(scheme: Scheme) -> None:
    """A version that is not in force yet and that nothing uses is written anew."""
    Category.objects.filter(became__scheme=scheme).update(became=None)
    try:
        scheme.categories.filter(parent__isnull=False).delete()
        scheme.categories.all().delete()
        scheme.delete()
    except ProtectedError:
        raise Refused(_("上一版还没有施行，但已经有事项用了它的类别，不能再改。")) from None


def _made(scheme: Scheme, rows: Sequence[Row], tree: Tree) -> list[Category]:
    """The classes of the new version, in the order of the rows, under their groups."""
    district = in_force(timezone.localdate()).get(Tree.DISTRICT)
    known = {one.name: one for one in Category.objects.filter(scheme=district)} if tree == Tree.STREET else {}
    groups: dict[str, Category] = {}
    made = list[Category]()
    for n, row in enumerate(rows):
        group = _group(scheme, groups, row["group"]) if tree == Tree.STREET else None
        if tree == Tree.STREET and row["maps_to"] not in known:
            words = {"n": n + 1, "name": row["maps_to"]}
            raise Refused(_("第%(n)s行：区级分类里没有“%(name)s”。") % words, field="classes")
        path = f"{group.path}/{row['name']}" if group is not None else row["name"]
        if any(one.path == path for one in made):
            raise Refused(_("第%(n)s行：这个类别写了两次。") % {"n": n + 1}, field="classes")
        one = Category(scheme=scheme, parent=group, path=path, name=row["name"], position=n)
        one.maps_to = known.get(row["maps_to"])
        one.save()
        made.append(one)
    return made


def _group(scheme: Scheme, groups: dict[str, Category], name: str) -> Category:
    if not name:
        raise Refused(_("街乡的类别要写明属于哪个大类。"), field="classes")
    if name not in groups:
        groups[name] = Category.objects.create(scheme=scheme, path=name, name=name, position=len(groups))
    return groups[name]


def _map(last: Scheme | None, made: Sequence[Category], rows: Sequence[Row]) -> None:
    """Every class of the version before has one successor."""
    old = {one.name: one for one in _lowest(last)} if last is not None else {}
    left: dict[str, Category] = dict(old)
    for n, (one, row) in enumerate(zip(made, rows, strict=True), start=1):
        for name in _names(row):
            if name not in old:
                raise Refused(_("第%(n)s行：旧版里没有“%(name)s”。") % {"n": n, "name": name}, field="classes")
            if name not in left:
                raise Refused(_("旧类别“%(name)s”写了两个去处，只能有一个。") % {"name": name}, field="classes")
            category = left.pop(name)
            category.became = one
            category.save(update_fields=["became"])
    if left:
        raise Refused(_("这些旧类别还没有去处：%(names)s。") % {"names": "、".join(left)}, field="classes")
    _map_groups(last, made)


def _lowest(scheme: Scheme) -> Any:
    rows = Category.objects.filter(scheme=scheme)
    return rows.filter(parent__isnull=False) if scheme.key == Tree.STREET else rows


def _map_groups(last: Scheme | None, made: Sequence[Category]) -> None:
    """A group becomes the group of the same name, where there is one."""
    groups: Mapping[str, Category] = {one.parent.name: one.parent for one in made if one.parent is not None}
    for old in (
        Category.objects.filter(scheme=last, parent=None, name__in=groups) if last is not None and groups else ()
    ):
        old.became = groups[old.name]
        old.save(update_fields=["became"])


def _names(row: Row) -> list[str]:
    return [name.strip() for name in str(row["was"]).replace("，", "、").split("、") if name.strip()]
