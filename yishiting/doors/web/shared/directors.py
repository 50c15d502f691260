"""Reports and plans of works as their pages show them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from yishiting.doors.web.shared.shapes import Fact
from yishiting.doors.web.shared.templatetags.yishiting_ui import cn_date
from yishiting.year.directors.models import WorksPlan


def plan_facts(plan: WorksPlan, room: str) -> list[Fact]:
    """What stands at the head of a plan: who scored, who decided, where it is public."""
    round_page = {"desk": "desk-score-round", "public": "public-score-round"}[room]
    notice = plan.notice
    found = [Fact(_("编号"), plan.number)] if plan.number else []
    found.append(Fact(_("协商会打分"), plan.score_round.title, reverse(round_page, args=[plan.score_round_id])))
    if plan.decided_on is not None and plan.sitting is not None:
        found.append(Fact(_("主任办公会决定"), cn_date(plan.decided_on, "plain")))
    if notice is not None:
        found.append(Fact(_("公示"), f"{notice.number}，{notice.standing}", reverse("notice", args=[notice.pk])))
    if plan.dropped_because:
        found.append(Fact(_("不用的原因"), plan.dropped_because))
    return found


def one_by_one(table: Mapping[str, Any]) -> list[tuple[str, list[Fact]]]:
    """The works of a plan one below the other, each with what the plan says of it: too much for the width of a page."""
    rows = [list(zip(table["columns"], row, strict=True)) for row in table["rows"]]
    return [(row[1][1], [Fact(name, cell) for name, cell in (row[0], *row[2:]) if cell]) for row in rows]


def drawn(tables: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Tables for a template: each cell with the name of its column, so that a phone can set them below each other."""
    return [
        {
            "title": one["title"],
            "columns": one["columns"],
            "rows": [list(zip(one["columns"], row, strict=True)) for row in one["rows"]],
        }
        for one in tables
    ]
