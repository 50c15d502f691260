"""走访: where representatives have been, whom they met, what they heard. Part of the duty record, never a ranking."""

from datetime import date
from typing import Annotated

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.parameters import Day, OneOf, Text, Whole, line
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.year.councils.choices import OutreachKind
from yishiting.year.councils.models import Outreach, Representative
from yishiting.year.councils.permissions import MAY

MOST_PEOPLE = 5000
ON = Day(_("走访日期"), past=True, initial=lambda _thing: timezone.localdate())
KIND = OneOf(_("方式"), OutreachKind, initial=lambda _thing: OutreachKind.HOME)
WHERE = line(_("地点"), most=80, hint=_("只写到楼号，例如：3号楼。"))
PEOPLE = Whole(_("接触人数"), least=1, most=MOST_PEOPLE, initial=lambda _thing: 1)
HEARD = Text(
    _("听到的情况"),
    rows=4,
    hint=_("不写别人的姓名和电话。有要办的事，请另外提一条建议，才会有人办理和答复。"),
    missing=_("请写一两句听到的情况。"),
)


@verb("outreach.note", _("记一次走访"), MAY, done=_("已记入履职记录。"))
def note_outreach(
    representative: Representative,
    *,
    by: Actor,
    called_on: Annotated[date, ON],
    kind: Annotated[OutreachKind, KIND],
    where: Annotated[str, WHERE],
    people: Annotated[int, PEOPLE],
    heard: Annotated[str, HEARD],
) -> Outreach:
    """Note where a representative has been while in office, how many people were met, what was heard."""
    if not representative.serves(called_on):
        raise Refused(_("这一天不在任期之内，不记入履职记录。"), field="called_on")
    outreach = Outreach.objects.create(
        representative=representative,
        place=representative.place,
        called_on=called_on,
        kind=kind,
        where=where,
        people=people,
        heard=heard,
        noted_by=by if isinstance(by, Person) else None,
    )
    write_entry(outreach, day=called_on.isoformat(), people=people, private={"where": where, "heard": heard})
    return outreach


def _stands(outreach: Outreach) -> Sentence | None:
    return _("这一条已经撤销。要记的，请另外“记一次走访”。") if outreach.withdrawn_on else None


@verb("outreach.withdraw", _("撤销走访记录"), MAY, done=_("已撤销，记录还在。"), kind="danger", conditions=(_stands,))
def withdraw_outreach(
    outreach: Outreach,
    *,
    by: Actor,
    reason: Annotated[str, line(_("原因"), most=200, hint=_("例如：记错了日期，另记一条。"))],
) -> Outreach:
    """Take back what was noted by mistake; it no longer counts, and stays on record."""
    outreach.withdrawn_on, outreach.withdraw_reason = timezone.localdate(), reason
    outreach.save(update_fields=["withdrawn_on", "withdraw_reason"])
    write_entry(outreach, private={"reason": reason})
    return outreach
