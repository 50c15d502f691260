"""More ballots than people: wherever numbers are keyed, what is above those entitled or present is refused with the figure."""

from inspect import signature

import pytest
from django.db import IntegrityError
from django.test import Client

from tests.cast import Cast
from tests.conftest import Clock
from tests.doors.api.program import Program
from tests.factories import budgeting, consultations
from yishiting.doors.commands.management.commands.docs import load_everything
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import VERBS
from yishiting.instruments.ballots.judging import judge
from yishiting.instruments.ballots.rules import Kind, Option, Sheet
from yishiting.methods.errors import Unusable
from yishiting.year.budgeting import actions as votes
from yishiting.year.budgeting.actions.deciding import close_vote
from yishiting.year.budgeting.rules import Bundle
from yishiting.year.consultations.models import Filled, Response
from yishiting.year.proposals.models import Proposal

load_everything()

ENTITLED, PRESENT = 12, 10
PAPER = {"issued": 10, "returned": 10, "valid": 10, "invalid": 0}
ANSWERS = {
    Kind.DECISION: {"for": 10, "against": 0, "abstain": 0},
    Kind.SATISFACTION: {"satisfied": 10, "mostly": 0, "unsatisfied": 0},
    Kind.ELECTION: {"0:for": 10, "0:against": 0, "0:abstain": 0, "1:for": 0, "1:against": 10, "1:abstain": 0},
}


def sheet(kind: Kind, *, on_paper: bool) -> Sheet:
    options = (Option("a", "李明"), Option("b", "陈秀英")) if kind == Kind.ELECTION else ()
    return Sheet(kind, on_paper, options, 1, {}, ENTITLED, PRESENT)


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize(
    "keyed",
    [
        {"issued": 11, "returned": 11, "valid": 11},
        {"issued": 11},
        {"issued": 11, "returned": 12, "valid": 12},
        {"issued": 37, "returned": 38, "valid": 38},
    ],
)
def test_no_more_ballots_are_issued_than_people_are_there(kind: Kind, keyed: dict[str, int]) -> None:
    """Not even the rule that voids a vote with more returned than issued is asked before."""
    with pytest.raises(Unusable, match=f"发出{keyed['issued']}张，多于实到.*{PRESENT}人"):
        judge(sheet(kind, on_paper=True), {**PAPER, **ANSWERS[kind], **keyed})


@pytest.mark.parametrize("kind", list(Kind))
def test_no_more_hands_are_raised_than_people_are_there(kind: Kind) -> None:
    hands = {
        key: number for key, number in ANSWERS[kind].items() if not key.endswith("abstain") or kind == Kind.DECISION
    }
    first = next(iter(hands))
    with pytest.raises(Unusable, match=f"举手合计11人，多于实到有表决权的{PRESENT}人"):
        judge(sheet(kind, on_paper=False), {**hands, first: 11})


def test_no_more_paper_is_keyed_than_the_register_has_people_left(cast: Cast) -> None:
    vote = budgeting.opened(cast)
    people = vote.voters.count()
    voter = vote.voters.get(representative__person=cast.liming)
    votes.cast_ballot(voter, by=cast.liming, choices=[1])
    votes.enter_paper(vote, by=cast.liu, number=1, bundle=Bundle.of([([1], people - 2)]))
    with pytest.raises(Refused, match=f"连这一沓共{people}张.*{people - 1}人"):
        votes.enter_paper(vote, by=cast.liu, number=2, bundle=Bundle.of([([1], 1)], invalid=1))
    votes.enter_paper(vote, by=cast.liu, number=2, bundle=Bundle.of([([1], 1)]))
    votes.enter_paper(vote, by=cast.wang, number=1, bundle=Bundle.of([([1], people - 2)]))


#: Every verb that takes in numbers of ballots, hands or answers, and why it cannot take more than there are people.
KEYED = {
    "poll.enter_tally": "judge(): above, for every kind of poll, on paper and by hands",
    "budget_ballot.enter_paper": "the register less those who voted on the phone: above",
    "score_sheet.enter": "one sheet for each judge of the round",
    "questionnaire.answer": "open to whoever likes; once for each account: below",
}


def test_every_verb_that_takes_counts_or_sheets_stands_here() -> None:
    taking = {"counts", "bundle", "lines", "answers"}
    found = {code for code, one in VERBS.items() if one.in_person and taking & set(signature(one.function).parameters)}
    assert found == set(KEYED)


def test_a_questionnaire_is_answered_once_by_whatever_door(cast: Cast, clock: Clock) -> None:
    made = consultations.open_one(cast)
    answers = {"q1": "4至6号楼"}
    page = Client()
    page.force_login(cast.lu)
    page.post(f"/questionnaires/{made.pk}/", answers)
    assert Response.objects.count() == 1
    refused = Program(person=cast.lu).post(f"/questionnaires/{made.pk}/answers", 422, answers=answers)
    assert "您已经填过这份问卷" in str(refused)
    assert Response.objects.count() == 1
    key = Filled.objects.get().key
    with pytest.raises(IntegrityError):
        Filled.objects.create(questionnaire=made, key=key)


def test_a_budget_vote_is_not_closed_on_other_words_than_it_was_opened_on(cast: Cast, clock: Clock) -> None:
    vote = budgeting.opened(cast)
    option = vote.options.first()
    assert option is not None
    assert option.proposal.measures in option.text
    Proposal.objects.filter(pk=option.proposal_id).update(measures="换一种做法")
    with pytest.raises(Refused, match="文本和发起表决时的不一样"):
        close_vote(vote, by=cast.wang)
