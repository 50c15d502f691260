"""What the place above answers to what was reported up: it does it, hands it down, forwards it, not now, not feasible.

Each answer stays in the file beside those before it, and after each one something waits for somebody by a day.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Annotated

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.days import chinese
from yishiting.ground.common.locks import hold
from yishiting.ground.common.parameters import A, Day, Ref, Text
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.organisations.models import Organisation
from yishiting.ground.organisations.queries import leaders_at
from yishiting.ground.places.models import Place
from yishiting.ground.seasons.due_days import due_after
from yishiting.ground.seasons.queries import rules_for
from yishiting.year.dossiers.actions import answer_hop, call_in, refer
from yishiting.year.dossiers.models import Outcome, Referral, ReferralKind
from yishiting.year.dossiers.queries import last_way_up
from yishiting.year.proposals.actions.telling import (
    answer_all,
    answer_own,
    one_step,
    tell_all,
    tell_heads_here,
    tell_responsible,
    tell_those_above,
    tell_those_who_reported,
    told_above,
    told_words,
)
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.permissions import MAY
from yishiting.year.proposals.queries import mains_of
from yishiting.year.proposals.states import ABOVE, LIFECYCLE, State
from yishiting.year.suggestions.models import AnswerKind
from yishiting.year.suggestions.queries.screening import sections

ANSWER = Text(
    _("答复"),
    rows=5,
    hint=_("会告诉社区和提建议的人。"),
    missing=_("请写明答复。答复会告诉社区和提建议的人。"),
)


def place_above(proposal: Proposal) -> Place:
    """Who has it: the place it was sent up to last."""
    sent = last_way_up(proposal.dossier)
    above = sent.to_place if sent is not None else proposal.place.parent
    if above is None:
        raise Refused(_("没有上级可以答复。"))
    return above


def _why_reported(proposal: Proposal) -> str:
    sent = last_way_up(proposal.dossier)
    return f"{sent.from_place}：{sent.reason}" if sent is not None else ""


def answered(proposal: Proposal, outcome: Outcome, words: str) -> Referral:
    """Write the answer to the hop it waits in, or beside the one before; a section that had it in hand has it no longer."""
    sent = last_way_up(proposal.dossier)
    if sent is None:
        raise Refused(_("这件建议案没有报送上级。"))
    today = timezone.localdate()
    rules_for(sent.to_place)  # whichever day the answer names, it goes by the limits of whoever gives it
    proposal.joined_in.filter(proposal__state=State.DRAFTED).update(live=False)
    hold(*mains_of(proposal))  # what is answered is held after its sources and before its file, as everywhere
    call_in(proposal.dossier, today)
    return answer_hop(sent, answer=words, outcome=outcome, today=today)


def _told(step: str, words: Sentence) -> Callable[[Proposal], Sentence]:
    return lambda one: str(words) + told_words(one, step)


SECTION = Ref(
    _("由哪个科室或单位办理"),
    lambda proposal: sections(place_above(proposal)).filter(place=place_above(proposal)),
    hint=_("没有登记的，先在“组织登记”里登记。"),
)
LEADER = Ref(_("责任领导"), lambda proposal: leaders_at(place_above(proposal)), called=lambda one: one.name)
TAKEN_UP_BY = Day(_("哪一天以前立项"), ahead=True, hint=_("空着按规则的时限算。到了这一天还没有立项，会显示超期。"))


@verb(
    "proposal.take_on",
    _("由本级办理"),
    MAY,
    before=_why_reported,
    done=_told("take_on", _("已答复，等承办科室立项。")),
)
def take_on(
    proposal: Proposal,
    *,
    by: Actor,
    answer: Annotated[str, ANSWER],
    section: Annotated[A[Organisation], SECTION],
    responsible: Annotated[A[Person], LEADER],
    until: Annotated[date | None, TAKEN_UP_BY] = None,
) -> Proposal:
    """Answer that the place above does it: a section has it in hand until there is a project, and a leader answers for it."""
    LIFECYCLE.advance(proposal, "proposal.take_on")
    proposal.responsible, proposal.conditions, proposal.look_again_on = responsible, "", None
    proposal.save(update_fields=["state", "responsible", "conditions", "look_again_on"])
    here, today = answered(proposal, Outcome.TAKEN_ON, answer).to_place, timezone.localdate()
    due = until or due_after(today, rules_for(here).number("proposal.take_up_workdays"))
    refer(
        proposal.dossier,
        ReferralKind.INSIDE,
        here,
        here=here,
        reason=answer,
        today=today,
        due=due,
        unit=section,
        receiver=section.name,
    )
    write_entry(proposal, outcome=str(State.TAKEN_ON), due=due.isoformat(), private={"answer": answer})
    by_when = chinese(due, "plain")
    told = f"建议案“{proposal.title}”由{here}办理，{section.name}承办，{by_when}以前立项。答复：{answer}"
    with one_step():
        answer_own(proposal, by, AnswerKind.PLANNED, "take_on", told)
        tell_those_who_reported(proposal, "take_on", told)
        tell_responsible(proposal, section, due)
        answer_joined(proposal, by, told)
    return proposal


AGREED_BY = Day(_("哪一天以前回复"), ahead=True, hint=_("空着按规则的时限算。"))


def _handed_back(one: Proposal) -> Sentence:
    return str(_("已答复，等对方回复是否承办。")) + told_words(one, "bring_back")


@verb("proposal.bring_back", _("由报送的地方办理"), MAY, before=_why_reported, done=_handed_back)
def bring_back(
    proposal: Proposal,
    *,
    by: Actor,
    answer: Annotated[str, ANSWER],
    until: Annotated[date | None, AGREED_BY] = None,
) -> Proposal:
    """Answer that the place that reported it carries it out: with its consent, or it comes up again with the reason.

    What was forwarded from further below lies with the place that forwarded it, which answers those below itself.
    """
    LIFECYCLE.advance(proposal, "proposal.bring_back", to=state_handed_back(proposal))
    hand_back(proposal, by, answer, until)
    write_entry(proposal, outcome=str(proposal.state), private={"answer": answer})
    return proposal


def _came_further(proposal: Proposal) -> bool:
    sent = last_way_up(proposal.dossier)
    return sent is not None and sent.from_place_id != proposal.place_id


def state_handed_back(proposal: Proposal) -> State:
    """Where it stands when it is handed back: with whoever forwarded it, or with the place that reported it."""
    return State.REPORTED_UP if _came_further(proposal) else State.HANDED_DOWN


def hand_back(proposal: Proposal, by: Actor, answer: str, until: date | None = None) -> None:
    """Hand it back to whoever sent it up last, and tell everybody whose words it rests on."""
    further = _came_further(proposal)
    proposal.conditions, proposal.look_again_on = "", None
    proposal.save(update_fields=["state", "conditions", "look_again_on"])
    hop = answered(proposal, Outcome.SENT_BACK, answer)
    if further:
        back = _send(proposal, hop.from_place, proposal.place, answer, until)
        told = f"建议案“{proposal.title}”有了{hop.to_place}的答复：{answer}由{hop.from_place}办理，等它再答复。"
        tell_those_above(proposal, back)
        tell_all(proposal, "bring_back", told)
    else:
        hand_down(proposal, hop, answer, until)
        told = f"建议案“{proposal.title}”有了上级答复：{answer}交{proposal.place.word}办理，等{proposal.place.word}回复是否承办。"
        answer_all(proposal, by, AnswerKind.PLANNED, "bring_back", told)


def hand_down(proposal: Proposal, hop: Referral, reason: str, until: date | None = None) -> Referral:
    """Hand it to the place that reported it, which says by the day named whether it carries it out."""
    above, here, today = hop.to_place, proposal.place, timezone.localdate()
    due = until or due_after(today, rules_for(above).number("proposal.hand_down_workdays"))
    sent = refer(proposal.dossier, ReferralKind.DOWN, here, here=above, reason=reason, today=today, due=due)
    tell_heads_here(proposal, sent)
    return sent


def _send(proposal: Proposal, there: Place, here: Place, reason: str, until: date | None = None) -> Referral:
    """Send it up to a place, which answers by the day its rules name."""
    today = timezone.localdate()
    due = until or due_after(today, rules_for(there).number("proposal.report_answer_workdays"))
    return refer(proposal.dossier, ReferralKind.UP, there, here=here, reason=reason, today=today, due=due)


WHY_FORWARDED = Text(
    _("为什么要由上一级解决，办理建议"),
    rows=4,
    hint=_("例如：道路归区里管，建议区城市管理委今年列入大修。社区和提建议的人会看到。"),
    missing=_("请写明为什么要由上一级解决。"),
)


def _somebody_is_higher(proposal: Proposal) -> Sentence | None:
    sent = last_way_up(proposal.dossier)
    higher = sent is None or sent.to_place.parent_id is not None
    return None if higher else _("没有更高的一级可以转报。请“由本级办理”，或者“暂不办理，列明条件”。")


@verb(
    "proposal.forward",
    _("转报上级"),
    MAY,
    before=_why_reported,
    conditions=(_somebody_is_higher,),
    done=lambda one: str(_("已转报。")) + told_above(one, "forward"),
)
def forward(proposal: Proposal, *, by: Actor, reason: Annotated[str, WHY_FORWARDED]) -> Proposal:
    """Answer that it goes on to the level above, with the reason: it waits there by a day, under the same number."""
    LIFECYCLE.advance(proposal, "proposal.forward")
    proposal.save(update_fields=["state"])
    here = answered(proposal, Outcome.FORWARDED, reason).to_place
    if here.parent is None:
        raise Refused(_("没有更高的一级可以转报。请“由本级办理”，或者“暂不办理，列明条件”。"))
    sent = _send(proposal, here.parent, here, reason)
    write_entry(proposal, to=sent.to_place.code, private={"reason": reason})
    by_when = chinese(sent.due, "plain") if sent.due else ""
    told = f"建议案“{proposal.title}”{here}不能解决，已转报{sent.to_place}，{by_when}以前答复。{reason}"
    tell_those_above(proposal, sent)
    tell_those_who_reported(proposal, "forward", told)
    tell_all(proposal, "forward", told)
    return proposal


CONDITIONS = Text(
    _("具备什么条件时办理"),
    rows=3,
    hint=_("例如：东侧围墙拆除后。这张清单对外公开。"),
    missing=_("请写明具备什么条件时办理。这张清单对外公开。"),
    initial=lambda proposal: "",
)
LOOK_AGAIN_ON = Day(_("最迟哪一天再研究"), ahead=True, hint=_("到了这一天，会回到工作台上再研究。空着按规则的期限算。"))


def day_to_look_again(place: Place, day: date | None) -> date:
    """The day named, or the one the rules give: nothing is put off without one."""
    return day or timezone.localdate() + timedelta(days=rules_for(place).number("proposal.look_again_days"))


@verb(
    "proposal.defer",
    _("暂不办理，列明条件"),
    MAY,
    before=_why_reported,
    done=_told("defer", _("已答复，并列入公开的清单。")),
)
def defer(
    proposal: Proposal,
    *,
    by: Actor,
    answer: Annotated[str, ANSWER],
    conditions: Annotated[str, CONDITIONS],
    look_again_on: Annotated[date | None, LOOK_AGAIN_ON] = None,
) -> Proposal:
    """Answer that it is not done now, under which conditions it will be, and on which day it is looked at again."""
    LIFECYCLE.advance(proposal, "proposal.defer")
    hop = answered(proposal, Outcome.NOT_NOW, f"{answer}；{conditions}")
    proposal.conditions, proposal.look_again_on = conditions, day_to_look_again(hop.to_place, look_again_on)
    proposal.save(update_fields=["state", "conditions", "look_again_on"])
    write_entry(
        proposal,
        outcome=str(State.NOT_NOW),
        look_again_on=proposal.look_again_on.isoformat(),
        private={"answer": answer, "conditions": conditions},
    )
    again = chinese(proposal.look_again_on, "plain")
    told = f"建议案“{proposal.title}”有了{hop.to_place}的答复：{answer}办理条件：{conditions}最迟{again}再研究。"
    with one_step():
        answer_own(proposal, by, AnswerKind.NOT_NOW, "defer", told)
        tell_those_who_reported(proposal, "defer", told)
        answer_joined(proposal, by, told, conditions)
    return proposal


WHY_NOT = Text(
    _("为什么不可行"),
    rows=4,
    hint=_("实事求是写明依据，例如：地下有燃气管线，规范不准开挖。社区和提建议的人会看到。"),
    missing=_("请写明为什么不可行，社区和提建议的人会看到。"),
)


@verb(
    "proposal.explain",
    _("不可行，说明理由"),
    MAY,
    before=_why_reported,
    done=_told("explain", _("已答复，理由已说明。")),
    kind="danger",
)
def explain(proposal: Proposal, *, by: Actor, reason: Annotated[str, WHY_NOT]) -> Proposal:
    """Answer that it cannot be done and why; with new facts the community may report it once more."""
    LIFECYCLE.advance(proposal, "proposal.explain")
    say_why_not(proposal, by, reason)
    write_entry(proposal, outcome=str(State.NOT_FEASIBLE), private={"reason": reason})
    return proposal


def say_why_not(proposal: Proposal, by: Actor, reason: str) -> None:
    """Write the reason to the hop it waits in, and tell everybody whose words it rests on."""
    hop = answered(proposal, Outcome.EXPLAINED, reason)
    proposal.decision_reason, proposal.conditions, proposal.look_again_on = reason, "", None
    proposal.save(update_fields=["state", "decision_reason", "conditions", "look_again_on"])
    told = (
        f"建议案“{proposal.title}”，{hop.to_place}答复不可行：{reason}有新情况的，可以请{proposal.place.word}再次报送。"
    )
    answer_all(proposal, by, AnswerKind.EXPLAINED, "explain", told)
    tell_those_who_reported(proposal, "explain", told)


def _was_deferred_above(proposal: Proposal) -> Sentence | None:
    sent = last_way_up(proposal.dossier)
    if sent is not None and sent.outcome == Outcome.NOT_NOW:
        return None
    return _("这是本地暂不办理的。到了日期，请再次“提请审议”，或者重新写明条件和日期。")


WHAT_HAS_CHANGED = Text(
    _("现在有什么变化"),
    rows=3,
    hint=_("例如：东侧围墙已经拆除。"),
    missing=_("请写明条件具备了没有，有什么变化。"),
)


@verb(
    "proposal.look_again",
    _("再研究"),
    MAY,
    before=lambda one: one.conditions,
    conditions=(_was_deferred_above,),
    done=_told("look_again", _("已重新列入等待答复，请按期答复。")),
)
def look_again(proposal: Proposal, *, by: Actor, reason: Annotated[str, WHAT_HAS_CHANGED]) -> Proposal:
    """Take up again what was not done then, because its day or its condition has come: it waits to be answered anew."""
    LIFECYCLE.advance(proposal, "proposal.look_again")
    proposal.look_again_on = None
    proposal.save(update_fields=["state", "look_again_on"])
    last = last_way_up(proposal.dossier)
    if last is None:
        raise Refused(_("这件建议案没有报送上级。"))
    sent = _send(proposal, last.to_place, last.from_place, reason)
    write_entry(proposal, to=sent.to_place.code, private={"reason": reason})
    by_when = chinese(sent.due, "plain") if sent.due else ""
    told = f"建议案“{proposal.title}”重新研究：{reason}{sent.to_place}在{by_when}以前再答复。"
    tell_all(proposal, "look_again", told)
    tell_those_who_reported(proposal, "look_again", told)
    return proposal


@verb("proposal.answer_joined", _("随合并后的建议案答复"), MAY, internal="由答复合并后的建议案一并办理")
def answer_with_joint(proposal: Proposal, *, by: Actor, answer: str, conditions: str, day: date | None) -> Proposal:
    """Answer one that was joined with what becomes of the proposal that joined it."""
    target = State.NOT_NOW if conditions else State.TAKEN_ON
    LIFECYCLE.advance(proposal, "proposal.answer_joined", to=target)
    sent = last_way_up(proposal.dossier)
    if sent is not None:
        call_in(proposal.dossier, timezone.localdate())
        words = "；".join(one for one in (answer, conditions) if one)
        outcome = Outcome.NOT_NOW if conditions else Outcome.TAKEN_ON
        answer_hop(sent, answer=words, outcome=outcome, today=timezone.localdate())
    above = place_above(proposal)
    proposal.conditions = conditions
    proposal.look_again_on = day_to_look_again(above, day) if conditions else None
    proposal.save(update_fields=["state", "conditions", "look_again_on"])
    write_entry(proposal, outcome=str(target), private={"answer": answer, "conditions": conditions})
    end = f"办理条件：{conditions}" if conditions else f"由{above}办理。"
    told = f"建议案“{proposal.title}”有了上级答复：{answer}{end}"
    kind = AnswerKind.NOT_NOW if conditions else AnswerKind.PLANNED
    with one_step():
        answer_own(proposal, by, kind, "answer_joined", told)
        tell_those_who_reported(proposal, "answer_joined", told)
        answer_joined(proposal, by, told, conditions, day)
    return proposal


def answer_joined(proposal: Proposal, by: Actor, answer: str, conditions: str = "", day: date | None = None) -> None:
    """What becomes of a proposal is the answer to those from below that it joins: taken on, or not now, under conditions."""
    rows = Proposal.objects.filter(joined_in__proposal=proposal, joined_in__live=True, state__in=ABOVE)
    for one in rows.select_related("place").order_by("pk"):
        answer_with_joint(one, by=by, answer=answer, conditions=conditions, day=day)
