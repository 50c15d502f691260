"""From the list of candidates to the day of the vote, for a whole term or for vacant seats."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils import timezone

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.refused import Refused, WrongState
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import later, write_entry
from yishiting.ground.seasons.queries import rules_for
from yishiting.instruments.ballots.actions import void_poll
from yishiting.instruments.ballots.models import Method
from yishiting.instruments.ballots.states import State as PollState
from yishiting.instruments.publicity.actions import post_notice, withdraw_notice
from yishiting.instruments.publicity.models import NoticeKind, PublicNotice
from yishiting.instruments.publicity.queries import why_not_clear
from yishiting.instruments.publicity.states import State as NoticeState
from yishiting.methods.errors import Unusable
from yishiting.year.councils import rules
from yishiting.year.councils.actions.rounds import prepare_round
from yishiting.year.councils.models import Assembly, ByElection, Constituency, Outcome, RoundKind, Term
from yishiting.year.councils.permissions import MAY
from yishiting.year.councils.published import candidates_table
from yishiting.year.councils.queries import (
    Whole,
    candidates_of,
    contested,
    open_seats,
    rounds_of,
    term_of,
    undeclared,
    vacancies,
)
from yishiting.year.councils.states import BY_ELECTION_LIFECYCLE, LIFECYCLE, ByElectionState, CandidateState, State

TELLER_ROLES = {"chief": "总监票人", "watcher": "监票人", "counter": "计票人", "caller": "唱票人", "writer": "代书人"}
NEEDED_ROLES = ("watcher", "counter")


@verb("term.publicise_candidates", "公示候选人", MAY)
def publicise_candidates(term: Term, *, by: Actor, basis: str = "", contact: str = "") -> Term:
    """Publish the qualified candidates of a term by the strokes of their names, for objections."""
    notice = _publicise(term, by, basis, contact)
    LIFECYCLE.advance(term, "term.publicise_candidates", to=State.PUBLICISING)
    term.notice = notice
    term.save(update_fields=["state", "notice"])
    _record(term, notice=later(notice, "number"))
    return term


@verb("term.reopen_nominations", "重新开放提名", MAY)
def reopen_nominations(term: Term, *, by: Actor, reason: str) -> Term:
    """Take nominations again after an upheld objection or for want of candidates; rounds not yet held are dropped."""
    _call_off(term, by, reason)
    LIFECYCLE.advance(term, "term.reopen_nominations", to=State.NOMINATING)
    term.save(update_fields=["state"])
    _record(term, private={"reason": reason})
    return term


@verb("term.start_election", "开始选举", MAY)
def start_election(term: Term, *, by: Actor, method: Method) -> Term:
    """Prepare the vote in every constituency, once the notice has closed with every objection answered."""
    _prepare_rounds(term, by, method)
    LIFECYCLE.advance(term, "term.start_election", to=State.ELECTING)
    term.save(update_fields=["state"])
    _record(term, method=str(method))
    return term


@verb("by_election.call", "决定补选", MAY)
def call_by_election(constituency: Constituency, *, by: Actor, reason: str) -> ByElection:
    """Decide to fill the vacant seats of a constituency for the rest of the term."""
    term, today = constituency.term, timezone.localdate()
    if not reason.strip():
        raise Refused("请写明为什么补选，例如：代表迁出本社区。", field="reason")
    if term.state != State.SEATED or term.ends is None or today > term.ends:
        raise WrongState(f"{term}不在任期内，不能补选。")
    vacant = {one.pk: seats for one, seats in vacancies(term, today)}.get(constituency.pk, 0)
    if not vacant:
        raise Refused(f"{constituency}现在没有空缺，不需要补选。")
    closed = (ByElectionState.SEATED, ByElectionState.GIVEN_UP)
    if constituency.by_elections.exclude(state__in=closed).exists():
        raise Refused(f"{constituency}的补选正在进行，不必再次决定。")
    by_election = ByElection.objects.create(
        term=term, constituency=constituency, place=term.place, seats=vacant, reason=reason.strip(), called_on=today
    )
    _record(by_election, seats=vacant, private={"reason": reason})
    return by_election


@verb("by_election.publicise", "公示补选候选人", MAY)
def publicise_by_election(by_election: ByElection, *, by: Actor, basis: str = "", contact: str = "") -> ByElection:
    """Publish the qualified candidates of a by-election, for objections."""
    notice = _publicise(by_election, by, basis, contact)
    BY_ELECTION_LIFECYCLE.advance(by_election, "by_election.publicise", to=ByElectionState.PUBLICISING)
    by_election.notice = notice
    by_election.save(update_fields=["state", "notice"])
    _record(by_election, notice=later(notice, "number"))
    return by_election


@verb("by_election.reopen", "重新开放补选提名", MAY)
def reopen_by_election(by_election: ByElection, *, by: Actor, reason: str) -> ByElection:
    """Take nominations for a by-election again."""
    _call_off(by_election, by, reason)
    BY_ELECTION_LIFECYCLE.advance(by_election, "by_election.reopen", to=ByElectionState.NOMINATING)
    by_election.save(update_fields=["state"])
    _record(by_election, private={"reason": reason})
    return by_election


@verb("by_election.start", "开始补选投票", MAY)
def start_by_election(by_election: ByElection, *, by: Actor, method: Method) -> ByElection:
    """Prepare the vote of a by-election, once its notice has closed with every objection answered."""
    _prepare_rounds(by_election, by, method)
    BY_ELECTION_LIFECYCLE.advance(by_election, "by_election.start", to=ByElectionState.ELECTING)
    by_election.save(update_fields=["state"])
    _record(by_election, method=str(method))
    return by_election


@verb("by_election.give_up", "不再补选", MAY)
def give_up_by_election(by_election: ByElection, *, by: Actor, reason: str) -> ByElection:
    """Leave the seats vacant after all, with the reason."""
    _call_off(by_election, by, reason)
    BY_ELECTION_LIFECYCLE.advance(by_election, "by_election.give_up", to=ByElectionState.GIVEN_UP)
    by_election.save(update_fields=["state"])
    _record(by_election, private={"reason": reason})
    return by_election


@verb("assembly.convene", "召集居民代表会议", MAY)
def convene_assembly(
    whole: Whole, *, by: Actor, held_on: date, venue: str, roll: str, chair: str = "", recorder: str = ""
) -> Assembly:
    """Write down who is entitled to vote on an election day, and where and when they meet."""
    if whole.state not in (State.PUBLICISING, State.ELECTING):
        raise WrongState("候选人公示以后，才能召集居民代表会议。")
    try:
        people = rules.read_roll(roll)
    except Unusable as wrong:
        raise Refused(wrong.chinese, field="roll") from None
    assembly = Assembly.objects.create(
        term=term_of(whole),
        by_election=whole if isinstance(whole, ByElection) else None,
        place=whole.place,
        held_on=held_on,
        venue=venue.strip(),
        chair=chair.strip(),
        recorder=recorder.strip(),
        voters=[{"key": str(n), "name": name, "unit": unit, "present": False} for n, (name, unit) in _numbered(people)],
    )
    write_entry(assembly, held_on=held_on.isoformat(), entitled=len(people), private={"roll": roll})
    return assembly


@verb("assembly.sign_in", "登记到会", MAY)
def sign_in_voters(assembly: Assembly, *, by: Actor, present: Sequence[str]) -> Assembly:
    """Note who of the entitled has come."""
    came = set(present)
    assembly.voters = [{**voter, "present": voter["key"] in came} for voter in assembly.voters]
    assembly.save(update_fields=["voters"])
    write_entry(assembly, entitled=len(assembly.voters), present=assembly.present)
    return assembly


@verb("assembly.appoint_tellers", "推定监票计票人员", MAY)
def appoint_tellers(assembly: Assembly, *, by: Actor, tellers: Mapping[str, Sequence[str]]) -> Assembly:
    """Appoint those who watch, call and count the votes; no candidate may be among them."""
    named = {role: [n.strip() for n in tellers.get(role, ()) if n.strip()] for role in TELLER_ROLES}
    missing = [TELLER_ROLES[role] for role in NEEDED_ROLES if not named[role]]
    if missing:
        raise Refused(f"还没有推定{'、'.join(missing)}。", field=NEEDED_ROLES[0])
    whole = assembly.by_election or assembly.term
    standing = candidates_of(whole).filter(state=CandidateState.QUALIFIED).values_list("name", flat=True)
    both = rules.candidates_standing_as_tellers([n for names in named.values() for n in names], standing)
    if both:
        who = "、".join(both)
        raise Refused(
            f"{who}是候选人，不能监票、计票、唱票或代书。请换人；确是同名的另一人，请在姓名后注明楼号。",
            field="watcher",
        )
    assembly.tellers = named
    assembly.save(update_fields=["tellers"])
    write_entry(assembly, tellers={role: len(names) for role, names in named.items()}, private={"tellers": str(named)})
    return assembly


def _numbered(people: Sequence[tuple[str, str]]) -> list[tuple[int, tuple[str, str]]]:
    return list(enumerate(people, start=1))


def _publicise(whole: Whole, by: Actor, basis: str, contact: str) -> PublicNotice:
    """The notice of the candidates, if every one has been reviewed and every constituency is contested."""
    waiting = candidates_of(whole).filter(state=CandidateState.NOMINATED).count()
    if waiting:
        raise Refused(f"还有{waiting}名候选人没有审查资格。请先逐一审查，再公示。")
    _must_be_contested(whole)
    title = f"{whole.place.name}议事协商会{_called(whole)}议事代表候选人公示"
    body = (
        "经提名推荐和资格审查，下列人员为议事代表候选人，各推选单位内按姓氏笔画为序。"
        "对候选人有异议的，请在公示期内提出；异议处理以前不进行选举。"
    )
    table = candidates_table(candidates_of(whole).filter(state=CandidateState.QUALIFIED))
    return post_notice(
        whole.place,
        by=by,
        kind=NoticeKind.CANDIDATES,
        title=title,
        body=body,
        basis=basis,
        table=table,
        subject=whole,
        contact=contact,
    )


def _must_be_contested(whole: Whole) -> None:
    extra = rules_for(whole.place).number("election.extra_candidates_min")
    refusal = rules.why_not_contested(contested(whole), extra)
    if refusal is not None:
        raise Refused(refusal)


def _call_off(whole: Whole, by: Actor, reason: str) -> None:
    """Drop what was prepared: the notice still posted, and the rounds not yet opened."""
    if not reason.strip():
        raise Refused("请写明原因，这会记入记录。", field="reason")
    waiting = list(undeclared(whole))
    busy = [one for one in waiting if one.poll.state != PollState.PREPARED]
    if busy:
        raise WrongState(f"{busy[0].constituency}的投票已经开始。请先计票、宣布这一轮的结果。")
    for one in waiting:
        void_poll(one.poll, by=by, reason=reason)
        one.declared_on, one.outcome = timezone.localdate(), Outcome.CALLED_OFF
        one.save(update_fields=["declared_on", "outcome"])
    if whole.notice is not None and whole.notice.state == NoticeState.POSTED:
        withdraw_notice(whole.notice, by=by, reason=reason)


def _prepare_rounds(whole: Whole, by: Actor, method: Method) -> None:
    refusal = why_not_clear(whole.notice, timezone.localdate())
    if refusal is not None:
        raise Refused(refusal)
    _must_be_contested(whole)
    standing = list(candidates_of(whole).filter(state=CandidateState.QUALIFIED))
    for constituency, seats in open_seats(whole):
        own = [one for one in standing if one.constituency_id == constituency.pk]
        if seats:
            prepare_round(whole, constituency, own, seats=seats, kind=_first(whole, constituency), method=method, by=by)


def _first(whole: Whole, constituency: Constituency) -> RoundKind:
    """Where voters have judged before and seats stayed open, a later vote is a supplementary one."""
    judged = (Outcome.SUPPLEMENTARY, Outcome.RUNOFF, Outcome.VACANT)
    if rounds_of(whole).filter(constituency=constituency, outcome__in=judged).exists():
        return RoundKind.SUPPLEMENTARY
    return RoundKind.BY_ELECTION if isinstance(whole, ByElection) else RoundKind.FIRST


def _called(whole: Whole) -> str:
    return f"第{term_of(whole).number}届{'补选' if isinstance(whole, ByElection) else ''}"


def _record(whole: Whole, private: Mapping[str, str] | None = None, **facts: object) -> None:
    write_entry(whole, rules=rules_for(whole.place).label, private=private, **facts)
