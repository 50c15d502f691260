"""The sentence that says where a matter stands, and the steps of its path."""

from typing import Any

import pytest

from tests.cast import Cast
from tests.factories import proposals
from tests.factories.suggestions import ALL_PASS, a_refused_one, a_suggestion, a_valid_one
from yishiting.doors.web.shared import standing
from yishiting.doors.web.shared.matters import matter_of
from yishiting.doors.web.shared.paths import steps, summary
from yishiting.ground.accounts.actors import Visitor
from yishiting.year.projects.states import State as ProjectState
from yishiting.year.proposals.states import State as ProposalState
from yishiting.year.suggestions.actions import appeal, decide_appeal, screen_suggestion
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.suggestions.states import State as SuggestionState


def walked(one: Suggestion) -> list[tuple[str, str]]:
    return [(str(step.title), step.walked) for step in steps(matter_of(one), one.received_on)]


def appealed(cast: Cast) -> Suggestion:
    one = a_refused_one(cast)
    appeal(one, by=Visitor(), text="是整个楼门的事", tail="0021")
    return one


@pytest.mark.parametrize(
    ("said", "states"),
    [
        (standing.OF_A_SUGGESTION, SuggestionState),
        (standing.OF_A_PROPOSAL, ProposalState),
        (standing.OF_A_PROJECT, ProjectState),
    ],
)
def test_there_are_words_for_every_state(said: dict[Any, Any], states: Any) -> None:
    assert set(said) == set(states)
    assert not any("现在是" in str(words) or str(words).endswith("。") for words in said.values())


def test_the_sentence_goes_on_from_its_beginning(cast: Cast) -> None:
    assert summary(matter_of(a_suggestion(cast))) == "这件事来自一条建议，正在等待初审。"
    assert summary(matter_of(appealed(cast))) == "这件事来自一条建议，提出人不同意初审结果，正在复核。"


def test_an_appeal_is_a_step_of_its_own_behind_the_result_it_is_about(cast: Cast) -> None:
    one = appealed(cast)
    assert walked(one)[1:4] == [("初审：不予受理", "done"), ("申请复核", "done"), ("复核", "now")]
    decide_appeal(one, by=cast.wang, valid=False, decision="属于两家之间的纠纷")
    assert walked(one)[1:] == [
        ("初审：不予受理", "done"),
        ("申请复核", "done"),
        ("复核：维持原来的结果", "stopped"),
    ]


def test_an_appeal_that_was_right_leads_on(cast: Cast) -> None:
    one = appealed(cast)
    decide_appeal(one, by=cast.wang, valid=True, decision="确是公共事务")
    assert walked(one)[3:5] == [("复核：改为有效建议", "done"), ("议事协商会审议", "now")]


def test_a_suggestion_sent_back_waits_for_more(cast: Cast) -> None:
    marks = ALL_PASS | {"factual": "more_work"}
    one = screen_suggestion(a_suggestion(cast), by=cast.liu, **marks, result="more_work", reason="哪一盏灯")
    past, now = steps(matter_of(one), one.received_on)[1:3]
    assert (str(past.title), past.walked, past.why) == ("初审：待补充", "done", "哪一盏灯")
    assert (str(now.title), now.walked, str(now.next)) == ("补充材料", "now", "提出人补充材料，再次初审")


def test_a_valid_one_is_done_with_screening(cast: Cast) -> None:
    assert walked(a_valid_one(cast))[1] == ("初审：有效建议", "done")


def test_what_is_pending_is_not_at_its_end(cast: Cast, clock: Any) -> None:
    one = proposals.decided(cast, clock, to=ProposalState.PENDING, reason="意见分歧较大，下次会议再议。")
    step = next(step for step in steps(matter_of(one), one.decided_on) if step.walked == "now")
    assert (str(step.title), str(step.next)) == ("议事协商会审议", "继续协商，再次提请审议")
    assert summary(matter_of(one)).endswith("建议案列为待定，还要继续协商。")


def test_what_is_next_walks_in_the_lane_of_the_place_that_does_it(cast: Cast) -> None:
    one = a_suggestion(cast)
    one.place = cast.maizidian
    one.save(update_fields=["place"])
    ahead = [step for step in steps(matter_of(Suggestion.objects.get(pk=one.pk)), one.received_on) if not step.on]
    assert {step.lane for step in ahead} == {"subdistrict"}
    assert str(ahead[0].next) == "街道对照四项标准初审"
