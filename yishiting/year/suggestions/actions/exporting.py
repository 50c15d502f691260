"""Handing out suggestions with the names and telephone numbers of their proposers: a right, a reason, a ledger row."""

import json
from collections.abc import Mapping
from typing import Annotated

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.parameters import Given, Text
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.places.models import Place
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.suggestions.permissions import MAY
from yishiting.year.suggestions.queries.bank import visible_to

EXPORTED_MOST = 50_000
WHICH = Given(_("哪些建议"))
WHY = Text(
    _("导出理由"),
    hint=_("写明做什么用、谁来用、用完怎么处理。例如：电话回访30户，由刘芳保管，回访完删除。"),
    missing=_("请写明为什么要导出姓名和电话、做什么用；这次导出会记入记录。"),
    rows=3,
)


@verb("suggestion.export", _("导出未遮盖的建议"), MAY)
def export_suggestions(
    place: Place,
    *,
    by: Person,
    suggestions: Annotated["QuerySet[Suggestion]", WHICH],
    reason: Annotated[str, WHY],
    asked: Annotated[Mapping[str, str], WHICH],
) -> list[Suggestion]:
    """Hand out suggestions of a place with names and telephone numbers in full, for a stated reason."""
    rows = list(suggestions.filter(pk__in=visible_to(by).values("pk"))[: EXPORTED_MOST + 1])
    if len(rows) > EXPORTED_MOST:
        raise Refused(_("一次最多导出 %(n)s 条。请用筛选分几次导出。") % {"n": f"{EXPORTED_MOST:,}"})
    if not rows:
        raise Refused(_("没有符合条件的建议，不用导出。"))
    write_entry(place, private={"reason": reason, "asked": json.dumps(dict(asked), ensure_ascii=False)}, rows=len(rows))
    return rows
