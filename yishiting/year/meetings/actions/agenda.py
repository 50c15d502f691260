"""The agenda: adding, changing, ordering and taking off items; reports and what is put off."""

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.models import BaseRecord
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import labelled, verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.instruments.ballots.actions import void_poll
from yishiting.instruments.ballots.states import LIFECYCLE as POLL_LIFECYCLE
from yishiting.year.meetings.models import AgendaItem, ItemKind, Meeting
from yishiting.year.meetings.permissions import MAY
from yishiting.year.meetings.queries import agenda
from yishiting.year.meetings.rules import moved
from yishiting.year.meetings.states import ITEM_LIFECYCLE, LIFECYCLE, ItemState, State

#: While items change places their numbers are lifted out of the way of each other.
ASIDE = 1000


@verb("item.add", "列入议题", MAY)
def add_item(
    meeting: Meeting,
    *,
    by: Actor,
    kind: ItemKind,
    title: str,
    text: str = "",
    subject: BaseRecord | None = None,
    touches_law: bool = False,
    lawyer_reason: str = "",
) -> AgendaItem:
    """Put an item on the agenda, at its end; once notice is given, only reports may still be added."""
    LIFECYCLE.advance(meeting, "item.add")
    announced = meeting.state == State.PLANNED
    if kind != ItemKind.REPORT and not announced:
        raise Refused(
            _("会议已经通知，临时增加的事项只能通报，不能表决。请列入下一次会议，或改期后重新通知。"), field="kind"
        )
    if not title.strip():
        raise Refused(_("请写明议题。"), field="title")
    last = meeting.items.exclude(state=ItemState.WITHDRAWN).aggregate(last=Max("position"))["last"] or 0
    item = AgendaItem.objects.create(
        meeting=meeting,
        place=meeting.place,
        position=last + 1,
        kind=kind,
        title=title.strip(),
        text=text,
        subject_kind=labelled(subject) if subject is not None else "",
        subject_id=str(subject.pk) if subject is not None else "",
        touches_law=touches_law,
        lawyer_reason=lawyer_reason,
        announced=announced,
    )
    about = [item.subject_kind, item.subject_id]
    write_entry(
        item, meeting=str(meeting.pk), position=item.position, kind=str(kind), about=about, touches_law=touches_law
    )
    return item


@verb("item.amend", "修改议题", MAY)
def amend_item(
    item: AgendaItem,
    *,
    by: Actor,
    title: str | None = None,
    text: str | None = None,
    touches_law: bool | None = None,
    lawyer_reason: str | None = None,
) -> AgendaItem:
    """Change the words of an item before it is put to the vote: the last text is what is voted on."""
    ITEM_LIFECYCLE.advance(item, "item.amend")
    given = {"title": title, "text": text, "touches_law": touches_law, "lawyer_reason": lawyer_reason}
    changes = {name: value for name, value in given.items() if value is not None}
    for name, value in changes.items():
        setattr(item, name, value)
    item.save(update_fields=[*changes])
    write_entry(item, changed=sorted(changes), private={"text": item.text})
    return item


@verb("item.move", "调整议题次序", MAY)
def move_item(item: AgendaItem, *, by: Actor, position: int) -> AgendaItem:
    """Move an item to another number; the others move along."""
    ITEM_LIFECYCLE.advance(item, "item.move")
    items = {one.pk: one for one in agenda(item.meeting)}
    _number([items[pk] for pk in moved(list(items), item.pk, position)])
    item.refresh_from_db(fields=["position"])
    write_entry(item, meeting=str(item.meeting_id), position=item.position)
    return item


@verb("item.remove", "撤下议题", MAY)
def remove_item(item: AgendaItem, *, by: Actor, reason: str = "") -> AgendaItem:
    """Take an item off the agenda before it is dealt with; it stays on record, the others close up."""
    ITEM_LIFECYCLE.advance(item, "item.remove")
    item.outcome = reason
    item.save(update_fields=["state", "outcome"])
    _number(agenda(item.meeting))
    write_entry(item, meeting=str(item.meeting_id), private={"reason": reason})
    return item


@verb("item.note", "听取通报", MAY)
def note_item(item: AgendaItem, *, by: Actor, discussion: str = "", outcome: str = "") -> AgendaItem:
    """Hear a report; nothing is voted on."""
    _while_open(item)
    if item.kind == ItemKind.DELIBERATE:
        raise Refused(_("这一项提请审议表决，不能只作通报。暂不表决的，请改期再议并写明原因。"))
    ITEM_LIFECYCLE.advance(item, "item.note")
    item.discussion, item.outcome = discussion or item.discussion, outcome or "会议听取了通报。"
    item.save(update_fields=["state", "discussion", "outcome"])
    write_entry(item, meeting=str(item.meeting_id), private={"discussion": item.discussion, "outcome": item.outcome})
    return item


@verb("item.put_off", "改期再议", MAY)
def put_off_item(item: AgendaItem, *, by: Actor, reason: str) -> AgendaItem:
    """Put an item off to another meeting, with the reason; a vote under way is void."""
    _while_open(item)
    if not reason.strip():
        raise Refused(_("请写明为什么改期再议。"), field="reason")
    ITEM_LIFECYCLE.advance(item, "item.put_off")
    if item.poll is not None and POLL_LIFECYCLE.why_not(item.poll, "poll.void") is None:
        void_poll(item.poll, by=by, reason=f"改期再议：{reason}")
    item.outcome = f"改期再议。{reason}"
    item.save(update_fields=["state", "outcome"])
    write_entry(item, meeting=str(item.meeting_id), private={"reason": reason})
    return item


def _while_open(item: AgendaItem) -> None:
    if item.meeting.state != State.OPEN:
        raise Refused(_("会议还没有开始或已经散会，议题在会上办理。"))


def _number(items: list[AgendaItem]) -> None:
    for lifted in (ASIDE, 0):
        for n, one in enumerate(items, start=1):
            one.position = n + lifted
        AgendaItem.objects.bulk_update(items, ["position"])
