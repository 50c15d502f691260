"""Councils, terms, candidates and elections, made by the verbs."""

from collections.abc import Mapping
from datetime import date, timedelta

from tests.cast import Cast
from tests.conftest import Clock
from tests.put_back import kept
from yishiting.instruments.ballots.actions import enter_tally
from yishiting.instruments.ballots.models import Method, Poll
from yishiting.instruments.publicity.actions import close_notice
from yishiting.year.councils.actions import (
    appoint_tellers,
    begin_term,
    convene_assembly,
    convene_by_election,
    declare_round,
    enter_term,
    fix_seats,
    found_council,
    nominate,
    open_round,
    publicise_candidates,
    qualify_candidate,
    seat_term,
    set_seat_plan,
    sign_in_voters,
    start_election,
)
from yishiting.year.councils.choices import Publishable, Route
from yishiting.year.councils.models import Assembly, ByElection, Candidate, Constituency, Council, ElectionRound, Term
from yishiting.year.councils.queries import undeclared
from yishiting.year.councils.rules import Planned

LINES = (
    Planned("一号楼群", "resident", 600, 4),
    Planned("二号楼群", "resident", 400, 3),
    Planned("两委一站", "two_committees_one_station", 20, 3),
)
VOTERS = 40
ROLL = "\n".join(f"代表{n:02d} {n}号楼" for n in range(1, VOTERS + 1))
TELLERS = {"chief": ["总监"], "watcher": ["监甲", "监乙"], "counter": ["计甲"], "caller": ["唱甲"]}


@kept
def a_council(cast: Cast) -> Council:
    return found_council(cast.zaobei, by=cast.wang, purpose="协商社区公共事务。", founded_on=date(2020, 3, 1))


@kept
def an_entered_term(cast: Cast, council: Council | None = None) -> Term:
    """The term that was in office before the place joined, waiting to be confirmed."""
    leader = cast.wang if council is None else cast.qian
    return enter_term(
        council or a_council(cast),
        by=leader,
        number=3,
        begins=date(2024, 4, 1),
        ends=date(2027, 3, 31),
        basis="2024年3月28日居民代表会议选举产生。",
        roster=[("一号楼群", "居民", "李明", cast.liming.phone), ("两委一站", "两委一站", "刘强")],
        consents=True,
    )


@kept
def a_planned_term(cast: Cast, council: Council | None = None) -> Term:
    term = begin_term(council or a_council(cast), by=cast.wang, number=None if council else 3)
    return set_seat_plan(term, by=cast.liu, lines=LINES)


@kept
def a_nominating_term(cast: Cast, council: Council | None = None) -> Term:
    return fix_seats(a_planned_term(cast, council), by=cast.wang)


@kept
def a_candidate(cast: Cast, constituency: Constituency, name: str, **particulars: str) -> Candidate:
    return nominate(
        constituency,
        by=cast.liu,
        route=Route.RECOMMENDATION,
        name=name,
        birth_year=1960,
        gender="女",
        unit="2号楼",
        **particulars,
        proposed_by="12名居民",
        consents=True,
        publishes=Publishable.values,
    )


def names_for(term: Term) -> dict[str, list[str]]:
    """One more name than seats in each constituency."""
    return {
        one.name: [f"{one.name[0]}{'甲乙丙丁戊己'[n]}" for n in range(one.seats + 1)]
        for one in term.constituencies.all()
    }


@kept
def fill_candidates(cast: Cast, term: Term) -> Term:
    """Everyone nominated and qualified; 李明 stands in the first constituency with his phone."""
    for one in term.constituencies.all():
        for name in names_for(term)[one.name]:
            mine = {"phone": cast.liming.phone} if name == "一甲" else {}
            qualify_candidate(a_candidate(cast, one, name, **mine), by=cast.liu)
    return term


@kept
def a_publicised_term(cast: Cast, council: Council | None = None) -> Term:
    return publicise_candidates(fill_candidates(cast, a_nominating_term(cast, council)), by=cast.wang)


@kept
def an_electing_term(cast: Cast, clock: Clock, council: Council | None = None) -> Term:
    term = a_publicised_term(cast, council)
    clock.to(term.notice.last_day + timedelta(days=1))
    close_notice(term.notice, by=cast.wang)
    return start_election(term, by=cast.wang, method=Method.PAPER)


@kept
def an_assembly(cast: Cast, whole: Term | ByElection, present: int = VOTERS) -> Assembly:
    convene = convene_by_election if isinstance(whole, ByElection) else convene_assembly
    assembly = convene(whole, by=cast.liu, held_on=date(2026, 3, 20), venue="社区活动室", roll=ROLL, chair="王建国")
    sign_in_voters(assembly, by=cast.liu, present=[str(n) for n in range(1, present + 1)])
    return appoint_tellers(assembly, by=cast.liu, **TELLERS)


def counts_for(poll: Poll, votes: Mapping[str, int], ballots: int = VOTERS, invalid: int = 0) -> dict[str, int]:
    """The whole sheet: everyone not voted for is abstained on."""
    valid = ballots - invalid
    counts = {"issued": ballots, "returned": ballots, "valid": valid, "invalid": invalid}
    for n, option in enumerate(poll.options):
        in_favour = votes.get(option["label"], 0)
        counts |= {f"{n}:for": in_favour, f"{n}:against": 0, f"{n}:abstain": valid - in_favour}
    return counts


@kept
def key_in(cast: Cast, poll: Poll, counts: Mapping[str, int]) -> None:
    """Two people, apart."""
    poll.refresh_from_db()
    for someone in (cast.liu, cast.zhou):
        enter_tally(poll, by=someone, counts=counts)


@kept
def vote(
    cast: Cast, election_round: ElectionRound, assembly: Assembly, votes: Mapping[str, int], **sheet: int
) -> ElectionRound:
    """Open, count twice, declare."""
    open_round(election_round, by=cast.liu, assembly=assembly)
    key_in(cast, election_round.poll, counts_for(election_round.poll, votes, **sheet))
    return declare_round(election_round, by=cast.liu)


def clear_votes(election_round: ElectionRound, most: int = 30) -> dict[str, int]:
    """As many winners as seats, and the last name beaten."""
    labels = sorted(option["label"] for option in election_round.poll.options)
    order = sorted(labels, key=lambda label: "甲乙丙丁戊己".index(label[1]))
    return {label: most - n if n < election_round.seats else 5 for n, label in enumerate(order)}


@kept
def hold_election(cast: Cast, term: Term) -> Term:
    assembly = an_assembly(cast, term)
    for election_round in undeclared(term):
        vote(cast, election_round, assembly, clear_votes(election_round))
    return term


@kept
def a_seated_term(cast: Cast, clock: Clock, council: Council | None = None) -> Term:
    return seat_term(hold_election(cast, an_electing_term(cast, clock, council)), by=cast.wang)
