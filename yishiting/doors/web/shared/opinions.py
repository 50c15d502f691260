"""What a consultation came to, as sentences: common ground first, where people differ, what the few say, the groups."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from yishiting.doors.web.shared.shapes import Words


@dataclass(frozen=True, slots=True)
class View:
    """One statement and what is said of it."""

    number: int
    text: str
    says: Words


@dataclass(frozen=True, slots=True)
class Section:
    """Statements under one heading; `empty` is said where there are none."""

    title: Words
    views: Sequence[View] = field(default_factory=list)
    empty: Words = ""


def sections_of(result: dict[str, Any]) -> list[Section]:
    """The sections of a result with a map; none where only counts are shown."""
    drawn = result.get("map")
    if not drawn:
        return []
    texts = {str(row["number"]): row["text"] for row in result["counts"]}
    names = {group["id"]: group["name"] for group in drawn["groups"]}
    return [
        Section(
            _("共同看法"),
            [_counted(row, texts) for row in drawn["common_ground"]],
            _("没有一条看法在每个组里都过半。"),
        ),
        Section(
            _("各组不同的看法"),
            [_apart(row, texts, names) for row in drawn["differences"]],
            _("没有一条看法让两个组意见相反。"),
        ),
        Section(
            _("少数人的看法"),
            [_few(row, texts, names) for row in drawn["minority_views"]],
            _("没有和多数人不同的看法。"),
        ),
        *(_group(group, texts) for group in drawn["groups"] if len(drawn["groups"]) > 1),
    ]


def side(name: str) -> str:
    """The word of a side."""
    return _("同意") if name == "agree" else _("不同意")


def _says(row: dict[str, Any]) -> str:
    return _("%(seen)s人表态，%(count)s人%(side)s") % {
        "seen": row["seen"], "count": row["count"], "side": side(row["side"]),
    }  # fmt: skip


def _view(row: dict[str, Any], texts: dict[str, str], says: Words) -> View:
    return View(int(row["statement"]), texts.get(row["statement"], ""), says)


def _counted(row: dict[str, Any], texts: dict[str, str]) -> View:
    against = _("，%(n)s人相反") % {"n": row["against"]} if row["against"] else ""
    return _view(row, texts, _says(row) + against)


def _apart(row: dict[str, Any], texts: dict[str, str], names: dict[str, str]) -> View:
    for_it = "、".join(names[one] for one in row["agreeing"])
    against = "、".join(names[one] for one in row["disagreeing"])
    says = _("%(for)s多数同意，%(against)s多数不同意") % {"for": for_it, "against": against}
    return _view(row, texts, says)


def _few(row: dict[str, Any], texts: dict[str, str], names: dict[str, str]) -> View:
    who = f"{names[row['group']]}：" if row["group"] else ""
    return _view(row, texts, who + _says(row))


def _group(group: dict[str, Any], texts: dict[str, str]) -> Section:
    title = _("%(name)s（%(n)s人）有代表性的看法") % {"name": group["name"], "n": group["people"]}
    return Section(title, [_view(row, texts, _says(row)) for row in group["representative"]], _("没有突出的看法。"))
