"""Whoever no message reaches is rung by the desk, and that is written down. Who was told is read from the rows."""

from datetime import date
from typing import Annotated

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.parameters import Day, OneOf, line
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.notices.models import Call, HowCalled, Message, Way
from yishiting.ground.notices.permissions import MAY
from yishiting.ground.notices.queries import call_instead_of
from yishiting.ground.places.models import Place

HOW = OneOf(_("怎样告知的"), HowCalled)
ON = Day(_("告知日期"), past=True, hint=_("不填就是今天。"))
NOTE = line(_("备注"), most=200, hint=_("例如：家人代接，答应转告；来不了，请假。"))


#: What stands in place of the unit: the words are kept, so they are not translated.
NOT_ARRIVED: dict[str, str] = {Way.SMS: "短信没有送到", Way.EMAIL: "邮件没有送到"}
FIRST_WORDS = 40
BY_THE_SENDER = "短信、邮件发不到时由系统一并办理"


@verb("message.ring_instead", _("改为电话告知"), MAY, internal=BY_THE_SENDER)
def ring_instead(message: Message, *, by: Actor) -> Call:
    """Whom a message that was given up has not reached, nor any other of its step, is put on the list of those to ring."""
    phone = message.address if message.way == Way.SMS else message.to.phone if message.to else ""
    call = Call.objects.create(
        place=Place.objects.get(code=message.place_code),
        step=message.step,
        once=call_instead_of(message),
        name=message.to.name if message.to else "",
        unit=NOT_ARRIVED[message.way],
        phone=phone,
        subject=message.subject or message.body[:FIRST_WORDS],
        body=message.body,
    )
    write_entry(call, way=message.way, template=message.template)
    return call


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
