"""Whether a candidate meets the conditions; stepping back, and coming again."""

from typing import Annotated

from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.parameters import Text
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.notices.actions import tell
from yishiting.ground.seasons.queries import rules_for
from yishiting.year.councils.actions.candidates import why_too_young
from yishiting.year.councils.models import Candidate, Representative
from yishiting.year.councils.permissions import MAY
from yishiting.year.councils.states import CANDIDATE_LIFECYCLE, CandidateState, State


def _is_nominating(candidate: Candidate) -> Sentence | None:
    if candidate.whole.state == State.NOMINATING:  # both lifecycles use the same word
        return None
    return _("资格审查在提名推荐阶段办理。名单公示以后要改的，请先重新开放提名。")


def _is_old_enough(candidate: Candidate) -> Sentence | None:
    return why_too_young(candidate.birth_year, candidate)


def _agrees(candidate: Candidate) -> Sentence | None:
    if candidate.consents_to_publication:
        return None
    return _("还没有登记本人同意公示，不能通过审查。请先征求本人意见，“登记公示意愿”。")


@verb(
    "candidate.qualify",
    _("资格审查通过"),
    MAY,
    done=_("资格审查已通过。"),
    conditions=(_is_nominating, _is_old_enough, _agrees),
)
def qualify_candidate(
    candidate: Candidate,
    *,
    by: Actor,
    note: Annotated[str, Text(_("审查意见"), rows=3, hint=_("例如：户口簿已核对。"))] = "",
) -> Candidate:
    """Find that a candidate meets the conditions: old enough, and willing to be published."""
    CANDIDATE_LIFECYCLE.advance(candidate, "candidate.qualify")
    _save_review(candidate, note)
    write_entry(candidate, rules=rules_for(candidate.place).label, private={"note": note})
    return candidate


def _is_on_no_ballot(candidate: Candidate) -> Sentence | None:
    if not candidate.rounds.filter(declared_on=None).exists():
        return None
    return _("这位候选人已经列入选票。请先宣布这一轮的结果，或者重新开放提名。")


def _is_not_seated(candidate: Candidate) -> Sentence | None:
    seated = candidate.state == CandidateState.ELECTED and Representative.objects.filter(candidate=candidate).exists()
    return _("这位候选人已经就任议事代表。不再担任的，请在代表名册里办理离任。") if seated else None


TURNED_DOWN = Text(_("原因"), rows=3, hint=_("记入记录，并告诉当事人。"), missing=_("请写明哪一条资格不符、依据什么。"))


@verb(
    "candidate.disqualify",
    _("资格审查不通过"),
    MAY,
    done=_("已记录资格不符和理由。"),
    kind="danger",
    conditions=(_is_on_no_ballot, _is_not_seated),
)
def disqualify_candidate(candidate: Candidate, *, by: Actor, reason: Annotated[str, TURNED_DOWN]) -> Candidate:
    """Find that a candidate does not meet the conditions, and say why to them."""
    CANDIDATE_LIFECYCLE.advance(candidate, "candidate.disqualify")
    _save_review(candidate, reason)
    write_entry(candidate, rules=rules_for(candidate.place).label, private={"reason": reason})
    if candidate.person is not None:
        body = f"您在{candidate.constituency}的候选人资格审查没有通过。理由：{reason}"
        once = f"candidate.disqualify:{candidate.pk}"
        tell(candidate.person, once=once, template="candidate.disqualify", subject="候选人资格审查结果", body=body)
    return candidate


@verb(
    "candidate.withdraw",
    _("退出参选"),
    MAY,
    done=_("已记录退出。"),
    kind="danger",
    conditions=(_is_on_no_ballot, _is_not_seated),
)
def withdraw_candidate(
    candidate: Candidate, *, by: Actor, reason: Annotated[str, Text(_("原因"), rows=3)] = ""
) -> Candidate:
    """Step back from the candidacy."""
    CANDIDATE_LIFECYCLE.advance(candidate, "candidate.withdraw")
    _save_review(candidate, reason)
    write_entry(candidate, private={"reason": reason})
    return candidate


def _has_particulars(candidate: Candidate) -> Sentence | None:
    return None if candidate.birth_year else _("投票时另选的人没有登记表。本人愿意参选的，请重新登记候选人。")


@verb(
    "candidate.reinstate",
    _("恢复候选人登记"),
    MAY,
    done=_("候选人登记已恢复，请重新审查资格。"),
    conditions=(_is_nominating, _has_particulars),
)
def reinstate_candidate(
    candidate: Candidate,
    *,
    by: Actor,
    reason: Annotated[str, Text(_("原因"), rows=3, hint=_("例如：补交了居住证明；本人改变主意，愿意参选。"))],
) -> Candidate:
    """Enter somebody again who was turned down or stepped back; they are reviewed anew."""
    CANDIDATE_LIFECYCLE.advance(candidate, "candidate.reinstate")
    _save_review(candidate, reason)
    write_entry(candidate, rules=rules_for(candidate.place).label, private={"reason": reason})
    return candidate


def _save_review(candidate: Candidate, note: str) -> None:
    candidate.review_note = note
    candidate.save(update_fields=["state", "review_note"])
