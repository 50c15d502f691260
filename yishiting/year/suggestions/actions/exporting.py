"""Handing out suggestions with the names and telephone numbers of their proposers: a right, a reason, a ledger row."""

import json
from collections.abc import Mapping

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.places.models import Place
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.suggestions.permissions import MAY
from yishiting.year.suggestions.queries.bank import visible_to
from yishiting.year.suggestions.words import clean

EXPORTED_MOST = 50_000


@verb("suggestion.export", "导出未遮盖的建议", MAY)
def export_suggestions(
    place: Place, *, by: Person, suggestions: "QuerySet[Suggestion]", reason: str, asked: Mapping[str, str]
) -> list[Suggestion]:
    """Hand out suggestions of a place with names and telephone numbers in full, for a stated reason."""
    said = clean(reason)
    if not said:
        raise Refused(_("请写明为什么要导出姓名和电话、做什么用；这次导出会记入记录。"), field="reason")
    rows = list(suggestions.filter(pk__in=visible_to(by).values("pk"))[: EXPORTED_MOST + 1])
    if len(rows) > EXPORTED_MOST:
        raise Refused(_("一次最多导出 %(n)s 条。请用筛选分几次导出。") % {"n": f"{EXPORTED_MOST:,}"})
    if not rows:
        raise Refused(_("没有符合条件的建议，不用导出。"))
    write_entry(place, private={"reason": said, "asked": json.dumps(dict(asked), ensure_ascii=False)}, rows=len(rows))
    return rows
