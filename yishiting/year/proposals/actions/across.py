"""转办: an adopted proposal for which another unit or place of the level answers, and what comes back."""

from collections.abc import Callable
from typing import Annotated

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.organisations.actions.naming import WhoHere
from yishiting.ground.organisations.models import Organisation
from yishiting.ground.places.models import Place
from yishiting.year.dossiers.actions import answer_referral
from yishiting.year.dossiers.models import Outcome, Referral, ReferralKind
from yishiting.year.dossiers.queries import last_sent
from yishiting.year.proposals.actions.telling import answer_all, tell_all, tell_those_who_passed_on, told_words
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.permissions import MAY
from yishiting.year.proposals.states import LIFECYCLE, NOT_PASSED_ON, State
from yishiting.year.suggestions.actions.referring import (
    CAME_TO,
    KINDS,
    RECEIVER,
    REPLY,
    THERE,
    UNIT,
    UNITS_REPLY,
    WHY,
    WHY_BACK,
    pass_across,
    to_one_only,
    waits_nowhere,
)
from yishiting.year.suggestions.words import clean

ACROSS = ReferralKind.ACROSS


def _what_was_said(proposal: Proposal) -> Sentence:
    """The title, what is asked for, and why it was passed on."""
    sent = last_sent(proposal.dossier, ACROSS, proposal.place)
    why = str(_("转给%(who)s：%(why)s") % {"who": sent.where, "why": sent.reason}) if sent is not None else ""
    return "\n\n".join(one for one in (proposal.title, proposal.measures, why) if one)


def _keep(proposal: Proposal, answer: str, outcome: Outcome) -> Referral:
    """Keep what came back to what waits, or beside the answer before it."""
    here, today = proposal.place, timezone.localdate()
    sent = answer_referral(proposal.dossier, ACROSS, here, answer=answer, outcome=outcome, today=today)
    if sent is None:
        raise Refused(NOT_PASSED_ON)
    return sent


def _step(name: str, sent: Referral) -> str:
    """Each time it was sent and each answer is a step of its own, on whatever day."""
    return f"{name}.{sent.pk}"


def _told(name: str, words: Sentence) -> Callable[[Proposal], Sentence]:
    """What is said afterwards: the words, and which proposers were really told."""

    def said(proposal: Proposal) -> Sentence:
        sent = last_sent(proposal.dossier, ACROSS, proposal.place)
        return str(words) + (told_words(proposal, _step(name, sent)) if sent is not None else "")

    return said


@verb(
    "proposal.pass_on",
    _("转办"),
    MAY,
    before=_what_was_said,
    done=_told("pass_on", _("已转办，到期没有答复会提醒您。")),
    conditions=(waits_nowhere,),
)
def pass_on(
    proposal: Proposal,
    *,
    by: Actor,
    unit: Annotated[Organisation | None, UNIT] = None,
    receiver: Annotated[str, RECEIVER] = "",
    there: Annotated[Place | None, THERE] = None,
    reason: Annotated[str, WHY],
) -> Proposal:
    """Pass an adopted proposal on to a unit or to another place of the level, which answers by the day named."""
    to_one_only(unit, receiver, there)
    LIFECYCLE.advance(proposal, "proposal.pass_on")
    proposal.save(update_fields=["state"])
    said = clean(reason)
    name = unit.name if unit else receiver
    sent = pass_across(proposal, "一件建议案", said, receiver=name, unit=unit, there=there)
    due = (sent.due or sent.sent_on).isoformat()
    write_entry(proposal, due=due, private={"reason": said, "transferred_to": sent.where})
    tell_all(proposal, _step("pass_on", sent), f"建议案“{proposal.title}”已转给{sent.where}办理：{said}")
    return proposal


def _answered(proposal: Proposal, by: Actor, step: str, outcome: Outcome, text: str, answered_by: str = "") -> Proposal:
    """What was done or planned there stays there; what was only explained is gone on with here."""
    target = State.ADOPTED if outcome == Outcome.EXPLAINED else State.PASSED_ON
    LIFECYCLE.advance(proposal, f"proposal.{step}", to=target)
    proposal.save(update_fields=["state"])
    said = clean(text)
    sent = _keep(proposal, said, outcome)
    who = answered_by or sent.where
    write_entry(proposal, outcome=str(outcome), private={"answer": said, "answered_by": who})
    told = f"建议案“{proposal.title}”，{who}答复：{said}"
    answer_all(proposal, by, KINDS[outcome], _step(step, sent), told)
    tell_those_who_passed_on(proposal, step, told)
    return proposal


@verb(
    "proposal.note_reply",
    _("登记承接单位答复"),
    MAY,
    before=_what_was_said,
    done=_told("note_reply", _("答复已登记。")),
)
def note_reply(
    proposal: Proposal,
    *,
    by: Actor,
    outcome: Annotated[Outcome, CAME_TO],
    text: Annotated[str, REPLY],
    answered_by: Annotated[str, WhoHere(_("谁答复的"), hint=_("写单位或姓名。例如：街道城管科"))] = "",
) -> Proposal:
    """Note what was answered by whom a proposal was passed on to; a later answer stands beside the first."""
    return _answered(proposal, by, "note_reply", Outcome(outcome), text, answered_by)


@verb(
    "proposal.reply",
    _("答复转办"),
    MAY,
    before=_what_was_said,
    done=_told("reply", _("答复已登记。")),
)
def reply(
    proposal: Proposal, *, by: Person, outcome: Annotated[Outcome, CAME_TO], text: Annotated[str, UNITS_REPLY]
) -> Proposal:
    """Answer, for the unit that it was passed on to, what was done or will be done about a proposal."""
    return _answered(proposal, by, "reply", Outcome(outcome), text)


@verb(
    "proposal.send_back",
    _("承接单位退回"),
    MAY,
    before=_what_was_said,
    done=_told("send_back", _("已退回，可以再转办、立项或者报送上级。")),
    kind="danger",
)
def send_back(proposal: Proposal, *, by: Actor, reason: Annotated[str, WHY_BACK]) -> Proposal:
    """Send back what was passed on to the wrong unit, or what nobody answers or does; it lies where it came from again."""
    LIFECYCLE.advance(proposal, "proposal.send_back")
    proposal.save(update_fields=["state"])
    said = clean(reason)
    sent = _keep(proposal, said, Outcome.RETURNED)
    write_entry(proposal, outcome=str(Outcome.RETURNED), private={"reason": said, "transferred_to": sent.where})
    told = f"建议案“{proposal.title}”原来转给{sent.where}，已退回：{said}。{proposal.place}会接着办理。"
    tell_all(proposal, _step("send_back", sent), told)
    tell_those_who_passed_on(proposal, "send_back", told)
    return proposal
