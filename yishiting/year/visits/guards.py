"""Where the rulebook says so, a draft is put to the council only after those who proposed it were asked about it."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.days import said
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.verbs import guards
from yishiting.ground.seasons.queries import rules_for
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.queries import mains_of
from yishiting.year.proposals.states import State
from yishiting.year.visits.queries import not_replied, questions_of, sent_as_it_reads
from yishiting.year.visits.states import QuestionState


@guards("proposal.table")
def proposers_not_asked(proposal: Proposal) -> Sentence | None:
    """The sentence that says what is missing; None where nobody need be asked, or everybody was."""
    first_time = proposal.state in (State.DRAFTED, State.PENDING, State.NOT_NOW)
    if not first_time or not rules_for(proposal.place).values["proposal.ask_proposers"]:
        return None
    if not mains_of(proposal).exists():
        return None
    draft = sent_as_it_reads(proposal)
    if draft is None:
        return _("请先“请提出人看草案”。按规则，提出人看过现在的文本，才列入会议议程。")
    if timezone.localdate() > draft.due or not (left := not_replied(draft)):
        return None
    words = {"n": len(left), "day": said(draft.due, "plain")}
    return _("还有%(n)s位提出人没有答复草案，等到%(day)s。电话或当面问到的，请“代录提出人意见”。") % words


@guards("proposal.table")
def councils_not_heard(proposal: Proposal) -> Sentence | None:
    """What the council of a community was asked is waited for, until its day."""
    today = timezone.localdate()
    left = [one for one in questions_of(proposal).filter(state=QuestionState.ASKED) if today <= one.due]
    if not left:
        return None
    words = {"names": "、".join(one.asked_at.name for one in left), "day": said(max(one.due for one in left), "plain")}
    return _("还在等%(names)s议事协商会的意见，等到%(day)s。不用等的，请在建议案页“不再征求”。") % words
