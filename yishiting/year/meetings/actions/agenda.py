"""The agenda: adding, changing, ordering and taking off items; reports and what is put off."""

from typing import Annotated

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.models import BaseRecord
from yishiting.ground.common.parameters import FromWithin, OneOf, Text, Whole, YesNo, line
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import forbidden, labelled, verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.instruments.ballots.actions import void_poll
from yishiting.instruments.ballots.states import LIFECYCLE as POLL_LIFECYCLE
from yishiting.year.meetings.models import AgendaItem, ItemKind, Meeting
from yishiting.year.meetings.permissions import MAY
from yishiting.year.meetings.queries import agenda
from yishiting.year.meetings.rules import moved
from yishiting.year.meetings.states import ITEM_LIFECYCLE, ItemState, State

#: While items change places their numbers are lifted out of the way of each other.
ASIDE = 1000


OWN_KINDS = (ItemKind.REPORT, ItemKind.DELIBERATE)
KIND = OneOf(
    _("类别"),
    ItemKind,
    offered=OWN_KINDS,
    notes={
        ItemKind.REPORT: _("听取情况，不表决。"),
        ItemKind.DELIBERATE: _("讨论后提请表决。建议案请从建议案页面列入。"),
    },
)
TITLE = line(_("议题"), missing=_("请写明议题。"))
TEXT = Text(_("文本"), rows=6)
LAW = YesNo(_("涉及法律问题，应请律师列席"))
NO_LAWYER = Text(_("不请律师的理由"), rows=2)


@verb("item.add", _("列入议题"), MAY, done=_("已列入议程。"))
def add_item(
    meeting: Meeting,
    *,
    by: Actor,
    kind: Annotated[ItemKind, KIND],
    title: Annotated[str, TITLE],
    text: Annotated[str, TEXT] = "",
    touches_law: Annotated[bool, LAW] = False,
    lawyer_reason: Annotated[str, NO_LAWYER] = "",
    subject: Annotated[BaseRecord | None, FromWithin(_("所议的事"))] = None,
) -> AgendaItem:
    """Put an item on the agenda, at its end; once notice is given, only reports may still be added."""
    if kind != ItemKind.REPORT and meeting.state != State.PLANNED:
        raise Refused(
            _("会议已经通知，临时增加的事项只能通报，不能表决。请列入下一次会议，或改期后重新通知。"), field="kind"
        )
    last = meeting.items.exclude(state=ItemState.WITHDRAWN).aggregate(last=Max("position"))["last"] or 0
    item = AgendaItem.objects.create(
        meeting=meeting,
        place=meeting.place,
        position=last + 1,
        kind=kind,
        title=title,
        text=text,
        subject_kind=labelled(subject) if subject is not None else "",
        subject_id=str(subject.pk) if subject is not None else "",
        touches_law=touches_law,
        lawyer_reason=lawyer_reason,
    )
    about = [item.subject_kind, item.subject_id]
    write_entry(
        item, meeting=str(meeting.pk), position=item.position, kind=str(kind), about=about, touches_law=touches_law
    )
    return item


WHY_AMENDED = Text(_("为什么修改"), rows=2, hint=_("还没有发会议通知的不用填。已经通知的，修改前后会并排显示。"))


def _saved(item: AgendaItem) -> Sentence:
    if item.parted and notice_given(item.meeting):
        return _("已保存。这一项和会议通知里写的不一样了，要先“重新通知议题”，才能提请表决。")
    return _("已保存。")


def notice_given(meeting: Meeting) -> bool:
    """Whether people have notice of the meeting as it stands; one put on another day is announced anew."""
    return meeting.state in (State.CONVENED, State.OPEN)


@verb("item.amend", _("修改议题"), MAY, done=_saved)
def amend_item(
    item: AgendaItem,
    *,
    by: Actor,
    title: Annotated[str | None, TITLE] = None,
    text: Annotated[str | None, TEXT] = None,
    touches_law: Annotated[bool | None, LAW] = None,
    lawyer_reason: Annotated[str | None, NO_LAWYER] = None,
    reason: Annotated[str, WHY_AMENDED] = "",
) -> AgendaItem:
    """Change the words of an item before the vote; what notice was given of is announced again before it is voted on."""
    given = {"title": title, "text": text, "touches_law": touches_law, "lawyer_reason": lawyer_reason}
    changes = {name: value for name, value in given.items() if value is not None}
    if changes.get("title") == "":
        raise Refused(TITLE.missing, field="title")
    for name, value in changes.items():
        setattr(item, name, value)
    if refusal := forbidden("item.reword", item):
        raise Refused(refusal)
    if item.parted and notice_given(item.meeting) and not reason:
        raise Refused(_("会议已经通知。请写明为什么修改，与会的人会看到修改前后。"), field="reason")
    item.save(update_fields=[*changes])
    write_entry(item, changed=sorted(changes), private={"text": item.text, "reason": reason})
    return item


@verb("item.move", _("调整议题次序"), MAY, done=_("已移动。"))
def move_item(
    item: AgendaItem, *, by: Actor, position: Annotated[int, Whole(_("第几项"), least=0, most=999)]
) -> AgendaItem:
    """Move an item to another number; the others move along."""
    items = {one.pk: one for one in agenda(item.meeting)}
    _number([items[pk] for pk in moved(list(items), item.pk, position)])
    item.refresh_from_db(fields=["position"])
    write_entry(item, meeting=str(item.meeting_id), position=item.position)
    return item


@verb("item.remove", _("撤下议题"), MAY, done=_("已撤下。"), kind="danger")
def remove_item(item: AgendaItem, *, by: Actor, reason: Annotated[str, Text(_("原因"), rows=3)] = "") -> AgendaItem:
    """Take an item off the agenda before it is dealt with; it stays on record, the others close up."""
    ITEM_LIFECYCLE.advance(item, "item.remove")
    item.outcome = reason
    item.save(update_fields=["state", "outcome"])
    _number(agenda(item.meeting))
    write_entry(item, meeting=str(item.meeting_id), private={"reason": reason})
    return item


def while_open(item: AgendaItem) -> Sentence | None:
    """Items are dealt with at the meeting."""
    return (
        None
        if item.meeting.state == State.OPEN
        else _("会议还没有开始或已经散会。还没有开始的，请先“开会”，议题在会上办理。")
    )


def _only_heard(item: AgendaItem) -> Sentence | None:
    voted = item.kind == ItemKind.DELIBERATE
    return _("这一项提请审议表决，不能只作通报。暂不表决的，请改期再议并写明原因。") if voted else None


SAID = Text(_("发言要点"), rows=6)
CAME_TO = Text(_("结果"), rows=2, hint=_("不填就写“会议听取了通报。”"), initial=lambda item: "")


@verb("item.note", _("听取通报"), MAY, done=_("已记录。"), conditions=(while_open, _only_heard))
def note_item(
    item: AgendaItem,
    *,
    by: Actor,
    discussion: Annotated[str, SAID] = "",
    outcome: Annotated[str, CAME_TO] = "",
) -> AgendaItem:
    """Hear a report; nothing is voted on."""
    ITEM_LIFECYCLE.advance(item, "item.note")
    item.discussion, item.outcome = discussion or item.discussion, outcome or "会议听取了通报。"
    item.save(update_fields=["state", "discussion", "outcome"])
    write_entry(item, meeting=str(item.meeting_id), private={"discussion": item.discussion, "outcome": item.outcome})
    return item


WHY_OFF = Text(_("原因"), rows=3, missing=_("请写明为什么改期再议。"))


@verb("item.put_off", _("改期再议"), MAY, done=_("已改期再议。"), conditions=(while_open,))
def put_off_item(item: AgendaItem, *, by: Actor, reason: Annotated[str, WHY_OFF]) -> AgendaItem:
    """Put an item off to another meeting, with the reason; a vote under way is void."""
    ITEM_LIFECYCLE.advance(item, "item.put_off")
    if item.poll is not None and POLL_LIFECYCLE.why_not(item.poll, "poll.void") is None:
        void_poll(item.poll, by=by, reason=f"改期再议：{reason}")
    item.outcome = f"改期再议。{reason}"
    item.save(update_fields=["state", "outcome"])
    write_entry(item, meeting=str(item.meeting_id), private={"reason": reason})
    return item


def _number(items: list[AgendaItem]) -> None:
    for lifted in (ASIDE, 0):
        for n, one in enumerate(items, start=1):
            one.position = n + lifted
        AgendaItem.objects.bulk_update(items, ["position"])
