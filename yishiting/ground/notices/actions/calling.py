"""Whoever no message reaches is rung by the desk, and that is written down. Who was told is read from the rows."""

from datetime import date
from typing import Annotated

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.parameters import Day, OneOf, line
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.notices.models import Call, HowCalled
from yishiting.ground.notices.permissions import MAY

HOW = OneOf(_("怎样告知的"), HowCalled)
ON = Day(_("告知日期"), past=True, hint=_("不填就是今天。"))
NOTE = line(_("备注"), most=200, hint=_("例如：家人代接，答应转告；来不了，请假。"))


@verb(
    "call.note",
    _("登记已告知"),
    MAY,
    before=lambda call: call.body,
    done=lambda call: _("已登记：%(how)s。") % {"how": HowCalled(call.how).label},
)
def note_call(
    call: Call,
    *,
    by: Person,
    how: Annotated[str, HOW],
    called_on: Annotated[date | None, ON] = None,
    note: Annotated[str, NOTE] = "",
) -> Call:
    """Write down that somebody whom no message reaches was rung or spoken to; noting it again puts it right."""
    day = called_on or timezone.localdate()
    if day < timezone.localdate(call.created_at):
        raise Refused(_("告知日期早于这件事的日期，请核对。"), field="called_on")
    call.how, call.called_on, call.called_by, call.note = how, day, by, note
    call.save(update_fields=["how", "called_on", "called_by", "note"])
    write_entry(call, how=str(how), on=day.isoformat(), private={"note": note} if note else None)
    return call
