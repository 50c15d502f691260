"""What becomes of it: reported up and answered, or put off with conditions."""

from datetime import date
from typing import Annotated

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.days import chinese
from yishiting.ground.common.parameters import OneOf, Text
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.places.models import Level, Place, ResponsibleLevel
from yishiting.ground.places.rules import higher, may_lead
from yishiting.ground.seasons.due_days import due_after
from yishiting.ground.seasons.queries import rules_for
from yishiting.year.dossiers.actions import refer
from yishiting.year.dossiers.models import Outcome, Referral, ReferralKind
from yishiting.year.dossiers.queries import last_way_up
from yishiting.year.proposals.actions.answers import CONDITIONS, LOOK_AGAIN_ON, answer_joined, day_to_look_again
from yishiting.year.proposals.actions.telling import (
    answer_all,
    answer_own,
    one_step,
    tell_all,
    tell_those_above,
    told_above,
    told_words,
)
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.permissions import MAY
from yishiting.year.proposals.queries import mains_of
from yishiting.year.proposals.states import LIFECYCLE, State
from yishiting.year.suggestions.actions.answering import ANSWER as ANSWER_TO_ALL
from yishiting.year.suggestions.actions.answering import ONE_KIND
from yishiting.year.suggestions.models import AnswerKind
from yishiting.year.suggestions.words import clean

ABOVE = [duty for duty in ResponsibleLevel if not may_lead(Level.COMMUNITY, duty)]
WHOSE = OneOf(
    _("属于哪一级的职责"),
    ABOVE,
    missing=_("报送上级，请写明这件事属于哪一级的职责。"),
    initial=lambda proposal: proposal.responsible_level,
)
WHY_NOT_HERE = Text(
    _("社区为什么不能解决"),
    hint=_("例如：道路由街道管理，社区没有权限和经费。"),
    missing=_("请写明社区为什么不能解决。"),
)


NOBODY_ABOVE = _("没有上级可以报送。现在办不了的，请“暂不办理”，列明条件。")


def _somebody_is_above(proposal: Proposal) -> Sentence | None:
    return None if proposal.place.parent_id is not None else NOBODY_ABOVE


def _above(proposal: Proposal) -> Place:
    """The place it is reported to; the condition has seen that there is one."""
    if proposal.place.parent is None:
        raise Refused(NOBODY_ABOVE)
    return proposal.place.parent


def send_up(proposal: Proposal, reason: str) -> Referral:
    """Send it to the place above, which answers by the day its rules name and is told."""
    above, today = _above(proposal), timezone.localdate()
    due = due_after(today, rules_for(above).number("proposal.report_answer_workdays"))
    sent = refer(proposal.dossier, ReferralKind.UP, above, here=proposal.place, reason=reason, today=today, due=due)
    tell_those_above(proposal, sent)
    return sent


@verb(
    "proposal.report_up",
    _("报送街乡"),
    MAY,
    done=lambda one: str(_("已报送。")) + told_above(one),
    conditions=(_somebody_is_above,),
)
def report_up(
    proposal: Proposal,
    *,
    by: Actor,
    responsible_level: Annotated[ResponsibleLevel | None, WHOSE] = None,
    reason: Annotated[str, WHY_NOT_HERE],
) -> Proposal:
    """Report to the subdistrict what the council adopted and the community cannot solve; it waits there."""
    level = WHOSE.asked_for("responsible_level", responsible_level or proposal.responsible_level, proposal)
    if higher(proposal.responsible_level, level):
        told = {"was": proposal.get_responsible_level_display()}
        raise Refused(_("这件事已经定为%(was)s的职责，报送时不能改低。") % told, field="responsible_level")
    LIFECYCLE.advance(proposal, "proposal.report_up")
    proposal.responsible_level = level
    proposal.save(update_fields=["state", "responsible_level"])
    above = send_up(proposal, reason).to_place
    write_entry(proposal, to=above.code, level=str(level), private={"reason": reason})
    tell_all(proposal, "report_up", f"建议案“{proposal.title}”{proposal.place.word}不能解决，已报送{above}，等待答复。")
    return proposal


def _was_put_off_here(proposal: Proposal) -> Sentence | None:
    sent = last_way_up(proposal.dossier) if proposal.state == State.NOT_NOW else None
    if sent is None or sent.outcome != Outcome.NOT_NOW:
        return None
    return _("这是上级答复暂不办理的，条件和日期由上级写明。到了日期，上级会“再研究”。")


@verb(
    "proposal.put_off",
    _("暂不办理"),
    MAY,
    done=lambda one: str(_("已列入清单并公开。")) + told_words(one, "put_off"),
    conditions=(_was_put_off_here,),
)
def put_off_proposal(
    proposal: Proposal,
    *,
    by: Actor,
    conditions: Annotated[str, CONDITIONS],
    reason: Annotated[str, Text(_("现在为什么不办"), rows=3)] = "",
    look_again_on: Annotated[date | None, LOOK_AGAIN_ON] = None,
) -> Proposal:
    """Put a proposal on the public list of what is not done now, naming the conditions under which it will be."""
    LIFECYCLE.advance(proposal, "proposal.put_off")
    proposal.conditions = conditions
    proposal.decision_reason = reason or proposal.decision_reason
    proposal.decided_on = proposal.decided_on or timezone.localdate()
    proposal.look_again_on = day_to_look_again(proposal.place, look_again_on)
    proposal.save(update_fields=["state", "conditions", "decision_reason", "decided_on", "look_again_on"])
    again = proposal.look_again_on
    write_entry(proposal, look_again_on=again.isoformat(), private={"conditions": conditions, "reason": reason})
    told = f"建议案“{proposal.title}”暂不办理。具备以下条件时再办：{proposal.conditions}最迟{chinese(again, 'plain')}再研究。"
    with one_step():
        answer_own(proposal, by, AnswerKind.NOT_NOW, "put_off", told)
        answer_joined(proposal, by, told, conditions, again)
    return proposal


def _who_is_told(proposal: Proposal) -> Sentence:
    titles = mains_of(proposal).values_list("title", flat=True)
    return "\n".join([str(_("写入这份建议案的%(n)s条建议，每一位提出人都会收到：") % {"n": len(titles)}), *titles])


@verb(
    "proposal.answer_sources",
    _("答复来源建议"),
    MAY,
    before=_who_is_told,
    done=lambda one: str(_("来源建议已一并答复。")) + told_words(one, "answer_sources"),
)
def answer_sources(
    proposal: Proposal,
    *,
    by: Actor,
    kind: Annotated[AnswerKind, ONE_KIND],
    text: Annotated[str, ANSWER_TO_ALL],
) -> Proposal:
    """Answer everybody whose words a proposal rests on, all at once and alike."""
    said = clean(text)
    answers = answer_all(proposal, by, AnswerKind(kind), "answer_sources", f"建议案“{proposal.title}”：{said}")
    write_entry(proposal, kind=str(kind), suggestions=len(answers), private={"answer": said})
    return proposal
