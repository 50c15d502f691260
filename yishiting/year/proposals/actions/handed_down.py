"""交办: what the place above answers that the community does is done with its consent, or goes up again."""

from typing import Annotated

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.parameters import Text
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.seasons.queries import rules_for
from yishiting.year.dossiers.actions import answer_referral
from yishiting.year.dossiers.models import Outcome, ReferralKind
from yishiting.year.dossiers.queries import waiting_referral
from yishiting.year.proposals.actions.afterwards import send_up
from yishiting.year.proposals.actions.telling import tell_all, told_words
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.permissions import MAY
from yishiting.year.proposals.states import LIFECYCLE, State

HOW = Text(
    _("承办办法"),
    rows=2,
    hint=_("例如：居委会组织铺装，街道城管科供沥青。提建议的人会看到。"),
    missing=_("请写明承办办法，提建议的人会看到。"),
)
WHY_NOT = Text(
    _("为什么不能承办"),
    rows=2,
    hint=_("例如：要破路施工，社区没有资质。提建议的人会看到。"),
    missing=_("请写明为什么不能承办，提建议的人会看到。"),
)


def _what_was_said(proposal: Proposal) -> Sentence:
    """What the place above answered, and by when it wants to hear."""
    above = proposal.place.parent
    sent = waiting_referral(proposal.dossier, ReferralKind.DOWN, above) if above is not None else None
    return f"{sent.from_place}：{sent.reason}" if sent is not None else ""


def _answer(proposal: Proposal, words: str, outcome: Outcome) -> None:
    above, today = proposal.place.parent, timezone.localdate()
    if above is not None:
        rules_for(above)  # the limit was that of the place that handed it down
        answer_referral(proposal.dossier, ReferralKind.DOWN, above, answer=words, outcome=outcome, today=today)


@verb(
    "proposal.agree",
    _("同意承办"),
    MAY,
    before=_what_was_said,
    done=lambda one: str(_("已同意承办，请接着立项。")) + told_words(one, "agree"),
)
def agree(proposal: Proposal, *, by: Actor, how: Annotated[str, HOW]) -> Proposal:
    """Agree to carry out what the place above has handed down; it lies here again."""
    decided = bool(proposal.resolution_number)  # what went up from a report has not been before the council yet
    LIFECYCLE.advance(proposal, "proposal.agree", to=State.ADOPTED if decided else State.DRAFTED)
    proposal.save(update_fields=["state"])
    _answer(proposal, how, Outcome.AGREED)
    write_entry(proposal, outcome=str(proposal.state), private={"answer": how})
    tell_all(proposal, "agree", f"建议案“{proposal.title}”由{proposal.place}承办：{how}")
    return proposal


@verb(
    "proposal.return_up",
    _("不能承办，退回上级"),
    MAY,
    before=_what_was_said,
    done=lambda one: str(_("已退回上级，等待再次答复。")) + told_words(one, "return_up"),
    kind="danger",
)
def return_up(proposal: Proposal, *, by: Actor, reason: Annotated[str, WHY_NOT]) -> Proposal:
    """Return what was handed down and cannot be carried out here; it waits above once more."""
    LIFECYCLE.advance(proposal, "proposal.return_up")
    proposal.save(update_fields=["state"])
    _answer(proposal, reason, Outcome.RETURNED)
    above = send_up(proposal, reason).to_place
    write_entry(proposal, outcome=str(proposal.state), private={"reason": reason})
    tell_all(proposal, "return_up", f"建议案“{proposal.title}”{proposal.place.word}不能承办，已退回{above}：{reason}")
    return proposal
