"""What becomes of it: reported up and answered, or put off with conditions."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.year.proposals.actions.telling import tell_all, tell_those_above
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.permissions import MAY
from yishiting.year.proposals.rules import community_may_lead
from yishiting.year.proposals.states import LIFECYCLE, State
from yishiting.year.suggestions.models import ResponsibleLevel


@verb("proposal.report_up", "报送上级", MAY)
def report_up(
    proposal: Proposal, *, by: Actor, reason: str, responsible_level: ResponsibleLevel | None = None
) -> Proposal:
    """Report to the subdistrict what the council adopted and the community cannot solve; it waits there."""
    level = responsible_level or proposal.responsible_level
    if community_may_lead(level):
        raise Refused(_("报送上级，请写明这件事属于哪一级的职责。"), field="responsible_level")
    if proposal.place.parent is None:
        raise Refused(_("没有上级可以报送。"))
    if not reason.strip():
        raise Refused(_("请写明社区为什么不能解决。"), field="reason")
    LIFECYCLE.advance(proposal, "proposal.report_up")
    proposal.responsible_level, proposal.report_reason = level, reason.strip()
    proposal.reported_to, proposal.reported_on = proposal.place.parent, timezone.localdate()
    proposal.save(update_fields=["state", "responsible_level", "report_reason", "reported_to", "reported_on"])
    write_entry(proposal, to=proposal.reported_to.code, level=str(level), private={"reason": reason})
    tell_those_above(proposal)
    told = f"建议案“{proposal.title}”社区不能解决，已报送{proposal.reported_to.name}，等待答复。"
    tell_all(proposal, "report_up", told)
    return proposal


@verb("proposal.bring_back", "上级答复", MAY)
def bring_back(proposal: Proposal, *, by: Actor, answer: str, conditions: str = "") -> Proposal:
    """Answer what was reported up: the community carries it out, or it waits for the conditions named."""
    if not answer.strip():
        raise Refused(_("请写明答复。答复会告诉社区和提建议的人。"), field="answer")
    target = State.NOT_NOW if conditions.strip() else State.ADOPTED
    LIFECYCLE.advance(proposal, "proposal.bring_back", to=target)
    proposal.answer_from_above, proposal.answered_on = answer.strip(), timezone.localdate()
    proposal.conditions = conditions.strip()
    if target == State.ADOPTED:
        proposal.responsible_level = ResponsibleLevel.COMMUNITY
    proposal.save(update_fields=["state", "answer_from_above", "answered_on", "conditions", "responsible_level"])
    write_entry(proposal, outcome=str(target), private={"answer": answer, "conditions": conditions})
    end = f"办理条件：{proposal.conditions}" if proposal.conditions else "由社区组织办理。"
    tell_all(proposal, "bring_back", f"建议案“{proposal.title}”有了上级答复：{proposal.answer_from_above}{end}")
    return proposal


@verb("proposal.put_off", "暂不办理", MAY)
def put_off_proposal(proposal: Proposal, *, by: Actor, conditions: str, reason: str = "") -> Proposal:
    """Put a proposal on the public list of what is not done now, naming the conditions under which it will be."""
    if not conditions.strip():
        raise Refused(_("请写明具备什么条件时办理。这张清单对外公开。"), field="conditions")
    LIFECYCLE.advance(proposal, "proposal.put_off")
    proposal.conditions = conditions.strip()
    proposal.decision_reason = reason.strip() or proposal.decision_reason
    proposal.decided_on = proposal.decided_on or timezone.localdate()
    proposal.save(update_fields=["state", "conditions", "decision_reason", "decided_on"])
    write_entry(proposal, private={"conditions": conditions, "reason": reason})
    tell_all(proposal, "put_off", f"建议案“{proposal.title}”暂不办理。具备以下条件时再办：{proposal.conditions}")
    return proposal
