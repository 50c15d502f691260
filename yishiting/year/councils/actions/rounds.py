"""One round of voting: prepared, opened before those who came, declared, and followed by the next where seats stay open."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.days import chinese
from yishiting.ground.common.language import in_chinese
from yishiting.ground.common.names import name_key
from yishiting.ground.common.parameters import Ref
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.request_cache import cached
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.places.organs import council_of
from yishiting.instruments.ballots.actions import open_poll, prepare_poll
from yishiting.instruments.ballots.models import Method, PollKind
from yishiting.instruments.ballots.rules import Option, Voter
from yishiting.instruments.ballots.states import State as PollState
from yishiting.methods.elections import Kind as CountedAs
from yishiting.methods.strokes import by_strokes
from yishiting.year.councils.choices import Route
from yishiting.year.councils.models import Assembly, Candidate, Constituency, ElectionRound, Term
from yishiting.year.councils.permissions import MAY
from yishiting.year.councils.queries import Whole, candidates_of, term_of
from yishiting.year.councils.rules import ballot_labels, called_on_the_list, candidates_standing_as_tellers
from yishiting.year.councils.states import CANDIDATE_LIFECYCLE, CandidateState, Outcome, RoundKind

if TYPE_CHECKING:
    from django.db.models import QuerySet

#: By which rule each kind of round is counted.
COUNTED_AS = {
    RoundKind.FIRST: CountedAs.FIRST,
    RoundKind.BY_ELECTION: CountedAs.FIRST,
    RoundKind.RUNOFF: CountedAs.RUNOFF,
    RoundKind.SUPPLEMENTARY: CountedAs.SUPPLEMENTARY,
}
SETTLED = (Outcome.COMPLETE, Outcome.VACANT)


def _assemblies(election_round: ElectionRound) -> "QuerySet[Assembly]":
    """Those that may vote in this round, the newest first."""
    of = {"term": election_round.constituency.term_id, "by_election": election_round.by_election_id}
    return Assembly.objects.standing().filter(**of).select_related("place")


def _called(assembly: Assembly) -> str:
    return f"{chinese(assembly.held_on, 'plain')} {assembly.venue}"


def _is_prepared(election_round: ElectionRound) -> Sentence | None:
    if election_round.poll.state == PollState.PREPARED and election_round.declared_on is None:
        return None
    return _("这一轮的投票已经开始或已经结束，请“录入计票”、“宣布选举结果”。")


def _assembly_is_ready(election_round: ElectionRound) -> Sentence | None:
    return _why_not_ready(_newest(election_round))


def _newest(election_round: ElectionRound) -> Assembly | None:
    """The page of an election asks this for every round."""
    key = ("assembly", election_round.constituency.term_id, election_round.by_election_id)
    return cached(key, lambda: _assemblies(election_round).first())


def _why_not_ready(assembly: Assembly | None) -> Sentence | None:
    if assembly is None:
        return _("请先“召集居民代表会议”，登记应到名册。")
    if not assembly.present:
        return _("请先“登记到会”。")
    return None if assembly.tellers else _("请先“推定监票计票人员”。")


ASSEMBLY = Ref(_("居民代表会议"), _assemblies, hint=_("不选就由最近一次召集的会议投票。"), called=_called)


@verb(
    "election.open_round",
    _("开始一轮投票"),
    MAY,
    done=_("投票已开始，应到名单不再变动。收回选票后请录入计票。"),
    conditions=(_is_prepared, _assembly_is_ready),
)
def open_round(
    election_round: ElectionRound, *, by: Actor, assembly: Annotated[Assembly | None, ASSEMBLY] = None
) -> ElectionRound:
    """Open a round before the assembly: who is entitled and who has come is written down and no longer changes."""
    meeting = assembly or _assemblies(election_round)[0]
    _refuse_unready(election_round, meeting)
    voters = [
        Voter(one["key"], called_on_the_list(one, meeting.voters), one["present"] or bool(one.get("proxy")))
        for one in meeting.voters
    ]
    open_poll(election_round.poll, by=by, voters=voters)
    election_round.assembly = meeting
    election_round.save(update_fields=["assembly"])
    facts: dict[str, Any] = {"proxies": meeting.proxies} if meeting.proxies else {}
    write_entry(election_round, entitled=len(voters), present=meeting.present, **facts)
    return election_round


def _refuse_unready(election_round: ElectionRound, meeting: Assembly) -> None:
    """Where nobody counts, or a candidate would."""
    if refusal := _why_not_ready(meeting):
        raise Refused(refusal, field="assembly")
    names = [name for people in meeting.tellers.values() for name in people]
    both = candidates_standing_as_tellers(names, election_round.candidates.values_list("name", flat=True))
    if both:
        sentence = _("%(who)s是候选人，不能监票、计票、唱票或代书。请先换人。")
        raise Refused(sentence % {"who": "、".join(both)})


def _is_undeclared(election_round: ElectionRound) -> Sentence | None:
    return None if election_round.declared_on is None else _("这一轮的结果已经宣布。")


def _is_counted(election_round: ElectionRound) -> Sentence | None:
    if election_round.poll.state in (PollState.COUNTED, PollState.VOID):
        return None
    return _("计票还没有完成。请两个人各“录入计票”一遍，两遍一致以后再宣布结果。")


@verb(
    "election.declare",
    _("宣布选举结果"),
    MAY,
    done=_("结果已宣布。"),
    conditions=(_is_undeclared, _is_counted),
)
def declare_round(election_round: ElectionRound, *, by: Actor) -> ElectionRound:
    """Declare who is elected in a round; a tie or a shortage prepares the round that follows."""
    poll = election_round.poll
    elected = _of_names(election_round, poll.result.get("elected", []))
    for candidate in elected:
        _settle(candidate, CandidateState.ELECTED)
    outcome = Outcome(poll.result.get("outcome") or Outcome.VOIDED)
    election_round.declared_on, election_round.outcome = timezone.localdate(), outcome
    election_round.save(update_fields=["declared_on", "outcome"])
    _go_on(election_round, outcome, by)
    write_entry(
        election_round,
        rules=poll.rules_label,
        outcome=str(outcome),
        elected=[str(one.pk) for one in elected],
        needed=poll.result.get("needed", 0),
    )
    return election_round


def prepare_round(
    whole: Whole,
    constituency: Constituency,
    candidates: Sequence[Candidate],
    *,
    seats: int,
    kind: RoundKind,
    method: Method,
    by: Actor,
    nth: int = 1,
) -> ElectionRound:
    """A round with its poll, names on the paper by strokes. `nth` counts rounds towards the most the rulebook allows."""
    standing = sorted(candidates, key=lambda one: by_strokes(one.name))
    labels = ballot_labels([(one.name, one.unit, one.birth_year or 0) for one in standing])
    poll = prepare_poll(
        constituency.place,
        by=by,
        kind=PollKind.ELECTION,
        method=method,
        title=_poll_title(whole, constituency, kind),
        options=[Option(key_of(one), label) for one, label in zip(standing, labels, strict=True)],
        seats=seats,
        round_kind=COUNTED_AS[kind],
        round_number=nth,
    )
    prepared = ElectionRound.objects.create(
        constituency=constituency,
        by_election=None if isinstance(whole, Term) else whole,
        place=constituency.place,
        number=constituency.rounds.count() + 1,
        kind=kind,
        seats=seats,
        poll=poll,
    )
    prepared.candidates.set(standing)
    return prepared


@in_chinese
def _poll_title(whole: Whole, constituency: Constituency, kind: RoundKind) -> str:
    return f"{council_of(whole.place, None)}第{term_of(whole).number}届议事代表选举：{constituency}（{kind.label}）"


def key_of(candidate: Candidate) -> str:
    """Whom a name on the paper means: the person where there is an account, so that they may not key in the count."""
    return str(candidate.person_id or candidate.pk)


def _go_on(election_round: ElectionRound, outcome: Outcome, by: Actor) -> None:
    """What follows: the others are not elected, or vote again."""
    whole = election_round.whole
    if outcome in SETTLED:
        rest = candidates_of(whole).filter(constituency=election_round.constituency, state=CandidateState.QUALIFIED)
        for candidate in rest:
            _settle(candidate, CandidateState.NOT_ELECTED)
        return
    following = election_round.poll.result.get("next") or _the_same_again(election_round)
    standing = _of_names(election_round, following["candidates"])
    if standing:
        prepare_round(
            whole,
            election_round.constituency,
            standing,
            seats=following["seats"],
            kind=_kind(following["kind"], election_round),
            method=Method(election_round.poll.method),
            by=by,
            nth=following["number"],
        )


def _the_same_again(election_round: ElectionRound) -> dict[str, Any]:
    """A void vote is held again with the same names; it does not count as a round."""
    poll = election_round.poll
    return {
        "seats": election_round.seats,
        "candidates": [option["label"] for option in poll.options],
        "kind": poll.rule["round_kind"],
        "number": poll.rule["round_number"],
    }


def _kind(counted_as: str, election_round: ElectionRound) -> RoundKind:
    if counted_as != CountedAs.FIRST:
        return RoundKind(counted_as)
    return RoundKind.BY_ELECTION if election_round.by_election_id else RoundKind.FIRST


def _of_names(election_round: ElectionRound, labels: Sequence[str]) -> list[Candidate]:
    """The candidates the labels on the paper mean; a name the voters wrote themselves becomes a candidate."""
    keys = {option["label"]: option["key"] for option in election_round.poll.options}
    known = {key_of(one): one for one in election_round.candidates.select_related("constituency", "place")}
    written = _written_in(election_round, [label for label in labels if label not in keys])
    return [known[keys[label]] if label in keys else written[label] for label in labels]


def _written_in(election_round: ElectionRound, names: Sequence[str]) -> dict[str, Candidate]:
    whole = election_round.by_election or election_round.constituency.term
    here = {
        "constituency": election_round.constituency,
        "by_election": None if isinstance(whole, Term) else whole,
        "place": election_round.place,
        "route": Route.WRITTEN_IN,
    }
    there = {name_key(one.name): one for one in Candidate.objects.filter(**here)} if names else {}
    new = [
        Candidate(name=name, state=CandidateState.QUALIFIED, **here) for name in names if name_key(name) not in there
    ]
    there |= {name_key(one.name): one for one in Candidate.objects.bulk_create(new)}
    return {name: there[name_key(name)] for name in names}


def _settle(candidate: Candidate, to: CandidateState) -> None:
    CANDIDATE_LIFECYCLE.advance(candidate, "election.declare", to=to)
    candidate.save(update_fields=["state"])
