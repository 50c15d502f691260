"""On the agenda, off it, and what the vote decided."""

from datetime import timedelta
from typing import Annotated

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.days import chinese
from yishiting.ground.common.parameters import A, OneOf, Ref, Text, YesNo
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.seasons.queries import rules_for
from yishiting.year.meetings.actions import add_item, remove_item
from yishiting.year.meetings.models import ItemKind, Meeting
from yishiting.year.meetings.queries import meetings_ahead
from yishiting.year.meetings.states import ItemState
from yishiting.year.proposals.actions.answers import answer_joined
from yishiting.year.proposals.actions.telling import answer_all, answer_own, one_step, tell_all, told_words
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.permissions import MAY
from yishiting.year.proposals.queries import words_of
from yishiting.year.proposals.rules import whole_text, why_not_outcome
from yishiting.year.proposals.states import LIFECYCLE, State
from yishiting.year.suggestions.actions.answering import Promise
from yishiting.year.suggestions.models import AnswerKind


def _item_state(proposal: Proposal) -> str:
    return proposal.agenda_item.state if proposal.agenda_item is not None else ""


def _not_on_an_agenda(proposal: Proposal) -> Sentence | None:
    listed = proposal.state == State.TABLED and _item_state(proposal) not in ("", ItemState.PUT_OFF)
    return _("这一案已经在议程上。要换会议，请先从议程撤下。") if listed else None


def _there_is_a_meeting(proposal: Proposal) -> Sentence | None:
    there_is = meetings_ahead(proposal.place).exists()
    return None if there_is else _("还没有筹备中的会议。请先在“会议”里筹备一次，再提请审议。")


def _called(meeting: Meeting) -> str:
    return f"{meeting.title}（{meeting.day:%m-%d}，{meeting.get_state_display()}）"


MEETING = Ref(
    _("列入哪次会议"),
    lambda proposal: meetings_ahead(proposal.place),
    called=_called,
    missing=_("请选择列入哪次会议。"),
)


@verb(
    "proposal.table",
    _("提请审议"),
    MAY,
    done=lambda one: str(_("已列入议程。")) + told_words(one, "table"),
    conditions=(_not_on_an_agenda, _there_is_a_meeting),
)
def table_proposal(
    proposal: Proposal,
    *,
    by: Actor,
    meeting: Annotated[A[Meeting], MEETING],
    touches_law: Annotated[bool, YesNo(_("涉及法律问题，应请律师列席"))] = False,
) -> Proposal:
    """Put a proposal on the agenda of a meeting; its text is what will be voted on."""
    if proposal.state != State.TABLED:
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


def _not_put_to_the_vote(proposal: Proposal) -> Sentence | None:
    voted = proposal.state == State.TABLED and _item_state(proposal) in (ItemState.VOTING, ItemState.DECIDED)
    return _("这一案已经提请表决，不能撤下。请按表决结果办理。") if voted else None


WHY_OFF = Text(_("原因"), rows=3, missing=_("请写明为什么撤下。"))


@verb("proposal.take_off", _("从议程撤下"), MAY, done=_("已从议程撤下。"), conditions=(_not_put_to_the_vote,))
def take_off_proposal(proposal: Proposal, *, by: Actor, reason: Annotated[str, WHY_OFF]) -> Proposal:
    """Take a proposal off the agenda before the vote, with the reason; what was pending stays pending."""
    item = proposal.agenda_item
    LIFECYCLE.advance(proposal, "proposal.take_off", to=proposal.tabled_from or State.DRAFTED)
    proposal.agenda_item = None
    proposal.save(update_fields=["state", "agenda_item"])
    if item is not None and item.state == ItemState.LISTED:
        remove_item(item, by=by, reason=reason)
    write_entry(proposal, private={"reason": reason})
    return proposal


def _vote_is_announced(proposal: Proposal) -> Sentence | None:
    item = proposal.agenda_item
    announced = item is not None and item.state == ItemState.DECIDED and item.poll_id is not None
    return None if announced else _("会议还没有宣布这一案的表决结果。请先在会议里“宣布表决结果”。")


def _outcomes(proposal: Proposal) -> list[State]:
    item = proposal.agenda_item
    return [State.ADOPTED] if item is not None and item.carried else [State.PENDING, State.DECLINED]


OUTCOME = OneOf(
    _("结果"),
    _outcomes,
    missing=_("表决已经通过的，结果只能是“已通过”；没有通过的，请选“待定”或“未通过”，并写明理由。"),
    notes={
        State.PENDING: _("分歧较大，继续商量，以后再提请审议。"),
        State.DECLINED: _("会议不同意这件事，到此为止。"),
    },
    initial=lambda proposal: outcomes[0] if len(outcomes := _outcomes(proposal)) == 1 else None,
)
WHY_SO = Text(_("理由"), hint=_("会告诉提建议的人，并对外公开。"))


@verb(
    "proposal.decide",
    _("登记审议结果"),
    MAY,
    before=lambda proposal: proposal.agenda_item.outcome if proposal.agenda_item else "",
    done=lambda one: str(_("审议结果已登记。")) + told_words(one, "decide"),
    conditions=(_vote_is_announced,),
)
def decide_proposal(
    proposal: Proposal,
    *,
    by: Actor,
    to: Annotated[State | None, OUTCOME] = None,
    reason: Annotated[str, WHY_SO] = "",
) -> Proposal:
    """Note what the council decided: adopted by the vote, or pending or declined with the reason."""
    item = proposal.agenda_item
    if item is None or item.poll is None:
        raise Refused(_("会议还没有宣布这一案的表决结果。请先在会议里“宣布表决结果”。"))
    outcome = to or (State.ADOPTED if item.carried else State.DECLINED)
    wrong = why_not_outcome(item.carried, outcome, reason)
    if wrong is not None:
        raise Refused(wrong[1], field=wrong[0])
    LIFECYCLE.advance(proposal, "proposal.decide", to=outcome)
    proposal.decided_on, proposal.decision_reason = timezone.localdate(), reason
    proposal.resolution_number, proposal.rules_label = item.resolution_number, item.poll.rules_label
    proposal.save(update_fields=["state", "decided_on", "decision_reason", "resolution_number", "rules_label"])
    if outcome == State.DECLINED:
        proposal.sources.update(live=False)
    write_entry(
        proposal,
        rules=proposal.rules_label,
        outcome=str(outcome),
        poll=str(item.poll_id),
        resolution=proposal.resolution_number,
        private={"reason": proposal.decision_reason},
    )
    told = _decided(proposal, item.outcome)
    if outcome == State.ADOPTED:
        with one_step():
            answer_own(proposal, by, ANSWERED_AS[outcome], "decide", told)
            answer_joined(proposal, by, told)
    else:
        pending = _goes_on(proposal) if outcome == State.PENDING else None
        answer_all(proposal, by, ANSWERED_AS[outcome], "decide", told, pending)
    return proposal


#: What the decision of the council is to those whose words the proposal rests on.
ANSWERED_AS = {
    State.ADOPTED: AnswerKind.PLANNED,
    State.PENDING: AnswerKind.INTERIM,
    State.DECLINED: AnswerKind.NOT_NOW,
}


def _goes_on(proposal: Proposal) -> Promise:
    """What is pending goes on being talked over, as long as the rulebook lets it wait."""
    days = rules_for(proposal.place).number("proposal.pending_alert_days")
    return Promise(
        f"{proposal.place.name}议事协商会", "继续商量，再提请审议", timezone.localdate() + timedelta(days=days)
    )


def _decided(proposal: Proposal, sentence: str) -> str:
    ends = {
        State.ADOPTED: f"已通过，决议编号{proposal.resolution_number}。",
        State.PENDING: f"列为待定，还要继续商量。理由：{proposal.decision_reason}",
        State.DECLINED: f"没有通过。理由：{proposal.decision_reason}",
    }
    return f"建议案“{proposal.title}”经{proposal.place.word}议事协商会表决，{ends[State(proposal.state)]}（{sentence}）"
