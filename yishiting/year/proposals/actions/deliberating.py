"""On the agenda, off it, and what the vote decided."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.days import chinese
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.year.meetings.actions import add_item, remove_item
from yishiting.year.meetings.models import ItemKind, Meeting
from yishiting.year.meetings.states import ItemState
from yishiting.year.proposals.actions.telling import tell_all
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.permissions import MAY
from yishiting.year.proposals.queries import words_of
from yishiting.year.proposals.rules import whole_text, why_not_outcome
from yishiting.year.proposals.states import LIFECYCLE, State


@verb("proposal.table", "提请审议", MAY)
def table_proposal(proposal: Proposal, *, by: Actor, meeting: Meeting, touches_law: bool = False) -> Proposal:
    """Put a proposal on the agenda of a meeting; its text is what will be voted on."""
    if meeting.place_id != proposal.place_id:
        raise Refused(_("只能列入本地的会议。"), field="meeting")
    again = proposal.state == State.TABLED
    if again and proposal.agenda_item is not None and proposal.agenda_item.state != ItemState.PUT_OFF:
        raise Refused(_("这一案已经在议程上。要换会议，请先从议程撤下。"))
    if not again:
        proposal.tabled_from = proposal.state
    LIFECYCLE.advance(proposal, "proposal.table")
    proposal.agenda_item = add_item(
        meeting,
        by=by,
        kind=ItemKind.DELIBERATE,
        title=proposal.title,
        text=whole_text(words_of(proposal)),
        subject=proposal,
        touches_law=touches_law,
    )
    proposal.save(update_fields=["state", "tabled_from", "agenda_item"])
    write_entry(proposal, meeting=str(meeting.pk), item=str(proposal.agenda_item_id))
    tell_all(
        proposal,
        "table",
        f"建议案“{proposal.title}”将在{chinese(meeting.day, 'weekday')}的“{meeting.title}”上审议表决。",
    )
    return proposal


@verb("proposal.take_off", "从议程撤下", MAY)
def take_off_proposal(proposal: Proposal, *, by: Actor, reason: str) -> Proposal:
    """Take a proposal off the agenda before the vote, with the reason; what was pending stays pending."""
    if not reason.strip():
        raise Refused(_("请写明为什么撤下。"), field="reason")
    item = proposal.agenda_item
    if item is not None and item.state in (ItemState.VOTING, ItemState.DECIDED):
        raise Refused(_("这一案已经提请表决，不能撤下。请按表决结果办理。"))
    LIFECYCLE.advance(proposal, "proposal.take_off", to=proposal.tabled_from or State.DRAFTED)
    proposal.agenda_item = None
    proposal.save(update_fields=["state", "agenda_item"])
    if item is not None and item.state == ItemState.LISTED:
        remove_item(item, by=by, reason=reason)
    write_entry(proposal, private={"reason": reason})
    return proposal


@verb("proposal.decide", "登记审议结果", MAY)
def decide_proposal(proposal: Proposal, *, by: Actor, to: State | None = None, reason: str = "") -> Proposal:
    """Note what the council decided: adopted by the vote, or pending or declined with the reason."""
    item = proposal.agenda_item
    if item is None or item.state != ItemState.DECIDED or item.poll is None:
        raise Refused(_("会议还没有宣布这一案的表决结果。"))
    outcome = to or (State.ADOPTED if item.carried else State.DECLINED)
    wrong = why_not_outcome(item.carried, outcome, reason)
    if wrong is not None:
        raise Refused(wrong[1], field=wrong[0])
    LIFECYCLE.advance(proposal, "proposal.decide", to=outcome)
    proposal.decided_on, proposal.decision_reason = timezone.localdate(), reason.strip()
    proposal.resolution_number, proposal.rules_label = item.resolution_number, item.poll.rules_label
    proposal.save(update_fields=["state", "decided_on", "decision_reason", "resolution_number", "rules_label"])
    write_entry(
        proposal,
        rules=proposal.rules_label,
        outcome=str(outcome),
        poll=str(item.poll_id),
        resolution=proposal.resolution_number,
        private={"reason": proposal.decision_reason},
    )
    tell_all(proposal, "decide", _decided(proposal, item.outcome))
    return proposal


def _decided(proposal: Proposal, sentence: str) -> str:
    ends = {
        State.ADOPTED: f"已通过，决议编号{proposal.resolution_number}。",
        State.PENDING: f"列为待定，还要继续商量。理由：{proposal.decision_reason}",
        State.DECLINED: f"没有通过。理由：{proposal.decision_reason}",
    }
    return f"建议案“{proposal.title}”经社区协商会表决，{ends[State(proposal.state)]}（{sentence}）"
