"""What the district answers to those below with a matter of its own, or with the result of one."""

from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.year.dossiers.models import Outcome
from yishiting.year.proposals.actions.answers import answer_joined, answered, hand_back, say_why_not, state_handed_back
from yishiting.year.proposals.actions.telling import answer_own, tell_those_who_reported
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.permissions import MAY
from yishiting.year.proposals.states import LIFECYCLE, State
from yishiting.year.suggestions.models import AnswerKind

#: What its answer is to everybody whose words it rests on.
KINDS = {
    Outcome.TAKEN_ON: AnswerKind.PLANNED,
    Outcome.PLANNED: AnswerKind.PLANNED,
    Outcome.DONE: AnswerKind.SETTLED,
}


@verb("proposal.hear_above", _("随区级事项答复"), MAY, internal="随区级事项的决定和办理结果一并答复")
def hear_above(proposal: Proposal, *, by: Actor, answer: str, outcome: Outcome) -> Proposal:
    """Hear from the district: it does it, has done it, has planned it, sends it back, or explains that it cannot be."""
    if outcome == Outcome.SENT_BACK:
        LIFECYCLE.advance(proposal, "proposal.hear_above", to=state_handed_back(proposal))
        hand_back(proposal, by, answer)
    elif outcome == Outcome.EXPLAINED:
        LIFECYCLE.advance(proposal, "proposal.hear_above", to=State.NOT_FEASIBLE)
        say_why_not(proposal, by, answer)
    else:
        LIFECYCLE.advance(proposal, "proposal.hear_above", to=State.TAKEN_ON)
        proposal.save(update_fields=["state"])
        hop = answered(proposal, outcome, answer)
        told = f"建议案“{proposal.title}”有了{hop.to_place}的答复：{answer}"
        answer_own(proposal, by, KINDS[outcome], "hear_above", told)
        tell_those_who_reported(proposal, "hear_above", told)
        answer_joined(proposal, by, told)
    write_entry(proposal, outcome=str(outcome), private={"answer": answer})
    return proposal
