"""Coming forward, being proposed, being reviewed, stepping back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.refused import Refused, WrongState
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.notices.actions import tell
from yishiting.ground.seasons.queries import rules_for
from yishiting.year.councils import rules
from yishiting.year.councils.models import ByElection, Candidate, Constituency, Publishable, Route
from yishiting.year.councils.permissions import MAY
from yishiting.year.councils.queries import Whole, candidates_of, nominating
from yishiting.year.councils.states import (
    CANDIDATE_LIFECYCLE,
    ByElectionState,
    CandidateState,
    State,
)

GONE = (CandidateState.DISQUALIFIED, CandidateState.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Particulars:
    """What is written on a nomination form."""

    name: str
    birth_year: int
    gender: str = ""
    unit: str = ""
    phone: str = ""
    introduction: str = ""
    identities: Sequence[str] = ()


@verb("candidate.nominate", "提名推荐候选人", MAY)
def nominate(
    constituency: Constituency,
    *,
    by: Actor,
    route: Route,
    who: Particulars,
    proposed_by: str = "",
    consents: bool = False,
    publishes: Sequence[str] = (),
) -> Candidate:
    """Write down a candidate proposed by the Party organisation or committee, by residents, or by themselves."""
    if route != Route.SELF_NOMINATION and not proposed_by.strip():
        raise Refused("请写明由谁提名或推荐，例如：社区党委、王桂兰等12名居民。", field="proposed_by")
    candidate = _put_forward(constituency, who, route, proposed_by.strip(), _account_of(who.phone))
    _consent(candidate, consents, publishes)
    candidate.save(force_insert=True)
    _record(candidate, route=str(route))
    return candidate


@verb("candidate.stand", "自荐", MAY)
def stand(
    constituency: Constituency, *, by: Actor, who: Particulars, consents: bool, publishes: Sequence[str] = ()
) -> Candidate:
    """Come forward oneself; the form carries the consent to publication, without which there is no candidacy."""
    if not isinstance(by, Person):
        raise Refused("请先登录，再报名自荐。")
    if not consents:
        raise Refused("候选人要公示姓名。不同意公示就不能报名；您随时可以退出。", field="consents")
    candidate = _put_forward(constituency, who, Route.SELF_NOMINATION, "", by)
    _consent(candidate, consents, publishes)
    candidate.save(force_insert=True)
    _record(candidate, route=str(Route.SELF_NOMINATION))
    return candidate


@verb("candidate.consent", "登记公示意愿", MAY)
def record_consent(candidate: Candidate, *, by: Actor, consents: bool, publishes: Sequence[str] = ()) -> Candidate:
    """Note whether the candidate agrees to be published, and what besides the name; it may be taken back."""
    on_the_list = candidate.state == CandidateState.QUALIFIED and _stage(candidate) != State.NOMINATING
    if on_the_list and not consents:
        raise Refused("候选人名单已经公示。不再同意公示的，请办理退出。", field="consents")
    _consent(candidate, consents, publishes)
    candidate.save(update_fields=["consents_to_publication", "publishes", "consented_on"])
    _record(candidate, consents=consents, publishes=candidate.publishes)
    return candidate


@verb("candidate.qualify", "资格审查通过", MAY)
def qualify_candidate(candidate: Candidate, *, by: Actor, note: str = "") -> Candidate:
    """Find that a candidate meets the conditions: old enough, and willing to be published."""
    _must_be_nominating(candidate)
    book = rules_for(candidate.place)
    _refuse(_why_too_young(candidate.birth_year, candidate), "note")
    if not candidate.consents_to_publication:
        raise Refused("还没有登记本人同意公示，不能通过审查。请先征求本人意见并登记。", field="note")
    CANDIDATE_LIFECYCLE.advance(candidate, "candidate.qualify", to=CandidateState.QUALIFIED)
    _save_review(candidate, note)
    write_entry(candidate, rules=book.label, private={"note": note})
    return candidate


@verb("candidate.disqualify", "资格审查不通过", MAY)
def disqualify_candidate(candidate: Candidate, *, by: Actor, reason: str) -> Candidate:
    """Find that a candidate does not meet the conditions, and say why to them."""
    if not reason.strip():
        raise Refused("请写明哪一条资格不符、依据什么。", field="reason")
    _must_not_be_on_a_ballot(candidate)
    CANDIDATE_LIFECYCLE.advance(candidate, "candidate.disqualify", to=CandidateState.DISQUALIFIED)
    _save_review(candidate, reason)
    write_entry(candidate, rules=rules_for(candidate.place).label, private={"reason": reason})
    if candidate.person is not None:
        body = f"您在{candidate.constituency}的候选人资格审查没有通过。理由：{reason}"
        once = f"candidate.disqualify:{candidate.pk}"
        tell(candidate.person, once=once, template="candidate.disqualify", subject="候选人资格审查结果", body=body)
    return candidate


@verb("candidate.withdraw", "候选人退出", MAY)
def withdraw_candidate(candidate: Candidate, *, by: Actor, reason: str = "") -> Candidate:
    """Step back from the candidacy."""
    _must_not_be_on_a_ballot(candidate)
    CANDIDATE_LIFECYCLE.advance(candidate, "candidate.withdraw", to=CandidateState.WITHDRAWN)
    _save_review(candidate, reason)
    write_entry(candidate, private={"reason": reason})
    return candidate


def _put_forward(
    constituency: Constituency, who: Particulars, route: Route, proposed_by: str, person: Person | None
) -> Candidate:
    whole = nominating(constituency)
    if whole is None:
        raise WrongState(f"{constituency}现在不在提名推荐阶段，不能登记候选人。")
    name = who.name.strip()
    _refuse(None if name else "请填写姓名。", "name")
    _refuse(_why_too_young(who.birth_year, constituency), "birth_year")
    _refuse(_why_not_again(whole, name, who.birth_year), "name")
    return Candidate(
        constituency=constituency,
        by_election=whole if isinstance(whole, ByElection) else None,
        place=constituency.place,
        person=person,
        name=name,
        gender=who.gender,
        birth_year=who.birth_year,
        unit=who.unit.strip(),
        phone=who.phone,
        introduction=who.introduction.strip(),
        identities=list(who.identities),
        route=route,
        proposed_by=proposed_by,
    )


def _why_not_again(whole: Whole, name: str, birth_year: int) -> str | None:
    """One candidacy for one person in one election, in whatever constituency."""
    standing = candidates_of(whole).filter(name=name, birth_year=birth_year).first()
    if standing is None:
        return None
    if standing.state in GONE and standing.constituency.pk:
        return f"{name}（{birth_year}年生）在{standing.constituency}已经{standing.get_state_display()}，不能再次登记。"
    return f"{name}（{birth_year}年生）已经是{standing.constituency}的候选人。一人只能在一个推选单位参选。"


def _why_too_young(birth_year: int | None, thing: Candidate | Constituency) -> str | None:
    if birth_year is None:
        return "还没有登记出生年份。请核实后补上，再审查资格。"
    age = rules_for(thing.place).number("election.age_min")
    return rules.why_not_old_enough(birth_year, timezone.localdate(), age)


def _consent(candidate: Candidate, consents: bool, publishes: Sequence[str]) -> None:
    candidate.consents_to_publication = consents
    candidate.publishes = [kind for kind in Publishable.values if consents and kind in publishes]
    candidate.consented_on = timezone.localdate() if consents else None


def _account_of(phone: str) -> Person | None:
    return Person.objects.with_phone(phone).first() if phone else None


def _stage(candidate: Candidate) -> str:
    """Where the election of a candidate stands; both lifecycles use the same words."""
    whole = candidate.by_election or candidate.constituency.term
    return str(whole.state)


def _must_be_nominating(candidate: Candidate) -> None:
    if _stage(candidate) not in (State.NOMINATING, ByElectionState.NOMINATING):
        raise WrongState("资格审查在提名推荐阶段办理。名单公示以后要改的，请先重新开放提名。")


def _must_not_be_on_a_ballot(candidate: Candidate) -> None:
    if candidate.rounds.filter(declared_on=None).exists():
        raise WrongState("这位候选人已经列入选票。请先宣布这一轮的结果，或者重新开放提名。")


def _save_review(candidate: Candidate, note: str) -> None:
    candidate.review_note = note.strip()
    candidate.save(update_fields=["state", "review_note"])


def _record(candidate: Candidate, **facts: Any) -> None:
    label = rules_for(candidate.place).label
    write_entry(candidate, rules=label, constituency=str(candidate.constituency_id), private=_said(candidate), **facts)


def _said(candidate: Candidate) -> dict[str, str]:
    return {"name": candidate.name, "proposed_by": candidate.proposed_by}


def _refuse(sentence: str | None, field: str) -> None:
    if sentence is not None:
        raise Refused(sentence, field=field)
