"""A by-election, from its call to its vote: the steps of a term's election once more, for vacant seats."""

from typing import Annotated

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.parameters import Text
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.seasons.queries import rules_for
from yishiting.instruments.ballots.models import Method
from yishiting.year.councils.actions import election
from yishiting.year.councils.models import ByElection, Constituency
from yishiting.year.councils.permissions import MAY
from yishiting.year.councils.queries import vacancies
from yishiting.year.councils.states import ByElectionState, State

CLOSED = (ByElectionState.SEATED, ByElectionState.GIVEN_UP)


def _is_in_office(constituency: Constituency) -> Sentence | None:
    term = constituency.term
    if term.state == State.SEATED and term.ends is not None and timezone.localdate() <= term.ends:
        return None
    return _("%(term)s不在任期内，不能补选。空缺的席位在“筹备新一届”以后选举。") % {"term": term}


def _is_voted_on(constituency: Constituency) -> Sentence | None:
    if not constituency.is_sent:
        return None
    return _("%(name)s的代表由%(sender)s推派，不补选。空缺由那里“推派代表”。") % {
        "name": constituency,
        "sender": constituency.sender,
    }


def _has_a_vacancy(constituency: Constituency) -> Sentence | None:
    if _vacant(constituency):
        return None
    return _("%(name)s现在没有空缺，不需要补选。") % {"name": constituency}


def _none_is_under_way(constituency: Constituency) -> Sentence | None:
    if not constituency.by_elections.exclude(state__in=CLOSED).exists():
        return None
    return _("%(name)s的补选正在进行，不必再次决定。") % {"name": constituency}


@verb(
    "by_election.call",
    _("决定补选"),
    MAY,
    done=_("已决定补选，现在可以登记候选人。"),
    conditions=(_is_voted_on, _is_in_office, _has_a_vacancy, _none_is_under_way),
)
def call_by_election(
    constituency: Constituency,
    *,
    by: Actor,
    reason: Annotated[str, Text(_("原因"), rows=3, missing=_("请写明为什么补选，例如：代表迁出本社区。"))],
) -> ByElection:
    """Decide to fill the vacant seats of a constituency for the rest of the term."""
    term, seats = constituency.term, _vacant(constituency)
    by_election = ByElection.objects.create(
        term=term,
        constituency=constituency,
        place=term.place,
        seats=seats,
        reason=reason,
        called_on=timezone.localdate(),
    )
    write_entry(by_election, rules=rules_for(term.place).label, private={"reason": reason}, seats=seats)
    return by_election


@verb(
    "by_election.publicise",
    _("公示补选候选人"),
    MAY,
    before=election.as_published,
    done=election.PUBLICISED,
    conditions=(election.all_are_reviewed, election.is_contested, election.everybody_has_a_seat),
)
def publicise_by_election(
    by_election: ByElection,
    *,
    by: Actor,
    basis: Annotated[str, election.BASIS] = "",
    contact: Annotated[str, election.CONTACT] = "",
) -> ByElection:
    """Publish the qualified candidates of a by-election, for objections."""
    election.publicise(by_election, "by_election.publicise", by, basis, contact)
    return by_election


@verb(
    "by_election.start",
    _("开始补选投票"),
    MAY,
    done=election.STARTED,
    conditions=(election.somebody_votes, election.notice_is_clear, election.as_publicised, election.is_contested),
)
def start_by_election(by_election: ByElection, *, by: Actor, method: Annotated[Method, election.METHOD]) -> ByElection:
    """Prepare the vote of a by-election, once its notice has closed with every objection answered."""
    election.start(by_election, "by_election.start", by, method)
    return by_election


@verb(
    "by_election.reopen",
    _("重新开放补选提名"),
    MAY,
    done=election.REOPENED,
    kind="danger",
    conditions=(election.no_vote_is_open,),
)
def reopen_by_election(by_election: ByElection, *, by: Actor, reason: Annotated[str, election.WHY]) -> ByElection:
    """Take nominations for a by-election again."""
    election.call_off(by_election, "by_election.reopen", by, reason)
    return by_election


@verb(
    "by_election.give_up",
    _("不再补选"),
    MAY,
    done=_("已记录，不再补选。"),
    kind="danger",
    conditions=(election.no_vote_is_open,),
)
def give_up_by_election(by_election: ByElection, *, by: Actor, reason: Annotated[str, election.WHY]) -> ByElection:
    """Leave the seats vacant after all, with the reason."""
    election.call_off(by_election, "by_election.give_up", by, reason)
    return by_election


def _vacant(constituency: Constituency) -> int:
    """How many of its seats nobody holds today."""
    empty = vacancies(constituency.term, timezone.localdate())
    return next((seats for one, seats in empty if one.pk == constituency.pk), 0)
