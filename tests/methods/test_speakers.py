"""The speakers' list: nobody speaks twice while a first-time speaker waits, and the sides take turns."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yishiting.methods import Unusable
from yishiting.methods.speakers import Request, SpeakingRule, Speech, Stance, queue

RULE = SpeakingRule(2, 120)
PEOPLE = ["陆阿姨", "李明", "王芳", "赵强", "孙丽", "周平"]
FOR, AGAINST, NEITHER = Stance.FOR, Stance.AGAINST, Stance.NEITHER


def asking(*who: tuple[str, Stance], place="甲社区") -> list[Request]:
    return [Request(person, place, stance, k) for k, (person, stance) in enumerate(who)]


def names(requests, speeches=(), rule=RULE):
    return [turn.person for turn in queue(requests, speeches, rule).turns]


def test_for_and_against_alternate_and_questions_come_between():
    requests = asking(("陆阿姨", FOR), ("李明", FOR), ("王芳", AGAINST), ("赵强", AGAINST), ("孙丽", NEITHER))
    assert names(requests) == ["陆阿姨", "王芳", "李明", "赵强", "孙丽"]
    assert names(requests[:2] + requests[4:], [Speech("周平", "", FOR, 60)]) == ["孙丽", "陆阿姨", "李明"]


def test_who_has_not_spoken_goes_before_the_other_side():
    requests = asking(("陆阿姨", AGAINST), ("李明", FOR))
    spoken = [Speech("陆阿姨", "甲社区", AGAINST, 10), Speech("周平", "乙社区", FOR, 90)]
    assert names(requests, spoken) == ["李明", "陆阿姨"]


def test_then_who_has_used_least_time_then_whose_constituency():
    spoken = [Speech("陆阿姨", "甲社区", NEITHER, 100), Speech("李明", "乙社区", NEITHER, 50)]
    both = [Request("陆阿姨", "甲社区", FOR, 1), Request("李明", "乙社区", FOR, 2)]
    assert names(both, spoken) == ["李明", "陆阿姨"]
    fresh = [Request("王芳", "甲社区", FOR, 1), Request("赵强", "乙社区", FOR, 2), Request("孙丽", "乙社区", FOR, 3)]
    assert names(fresh, spoken)[:1] == ["赵强"]


def test_who_has_used_up_the_speeches_is_named_and_waits_no_more():
    spoken = [Speech("陆阿姨", "", FOR, 10)] * 2
    found = queue(asking(("陆阿姨", FOR), ("李明", FOR)), spoken, RULE)
    assert (found.used_up, [turn.person for turn in found.turns]) == (("陆阿姨",), ["李明"])
    assert names(asking(("陆阿姨", FOR)), spoken, SpeakingRule(None, 120)) == ["陆阿姨"]


def test_the_reason_is_said_and_the_queue_is_json():
    found = queue(asking(("李明", AGAINST)), [Speech("陆阿姨", "甲社区", FOR, 90)], RULE)
    assert found.next.reason == "本项尚未发言；反对，接上一位赞成意见；甲社区已用 90 秒。"
    assert json.loads(json.dumps(found.as_dict()))["turns"][0]["stance"] == "against"
    assert queue([], [], RULE).next is None


REQUESTS = st.lists(
    st.tuples(st.sampled_from(PEOPLE), st.sampled_from(["甲社区", "乙社区", ""]), st.sampled_from(Stance)),
    unique_by=lambda row: row[0],
    max_size=6,
).map(lambda rows: [Request(*row, k) for k, row in enumerate(rows)])
SPEECHES = st.lists(
    st.builds(
        Speech,
        st.sampled_from(PEOPLE),
        st.sampled_from(["甲社区", "乙社区", ""]),
        st.sampled_from(Stance),
        st.integers(0, 200),
    ),
    max_size=12,
)
RULES = st.builds(SpeakingRule, st.none() | st.integers(1, 4), st.integers(10, 300))


@given(REQUESTS, SPEECHES, RULES)
def test_everybody_waits_exactly_once_or_has_used_up(requests, speeches, rule):
    found = queue(requests, speeches, rule)
    assert sorted([*(turn.person for turn in found.turns), *found.used_up]) == sorted(r.person for r in requests)


@given(REQUESTS, SPEECHES, RULES, st.randoms())
def test_the_order_of_the_list_does_not_matter(requests, speeches, rule, chance):
    assert queue(chance.sample(requests, len(requests)), speeches, rule) == queue(requests, speeches, rule)


@given(REQUESTS, SPEECHES, RULES)
def test_the_sides_take_turns_wherever_they_can(requests, speeches, rule):
    found = queue(requests, speeches, rule)
    sided = [speech.stance for speech in speeches if speech.stance is not NEITHER]
    if found.next and sided and found.next.stance is sided[-1]:
        equal = [turn for turn in found.turns if turn.speeches == found.next.speeches]
        assert all(turn.stance is sided[-1] for turn in equal)


@st.composite
def meetings(draw):
    """A meeting: hands go up and the first in the queue speaks, in any order of events."""
    return draw(
        st.lists(
            st.tuples(st.sampled_from(PEOPLE), st.sampled_from(Stance), st.booleans(), st.integers(0, 200)), max_size=40
        )
    )


@given(meetings(), RULES)
def test_nobody_speaks_twice_while_a_first_time_speaker_waits(events, rule):
    waiting, spoken = {}, []
    for k, (person, stance, speak, seconds) in enumerate(events):
        waiting.setdefault(person, Request(person, person[:1], stance, k))
        turn = queue(list(waiting.values()), spoken, rule).next if speak else None
        if turn is None:
            continue
        heard = {speech.person for speech in spoken}
        assert turn.person not in heard or all(other in heard for other in waiting)
        times = [sum(speech.person == other for speech in spoken) for other in waiting]
        assert turn.speeches == min(times)
        assert rule.most_speeches is None or turn.speeches < rule.most_speeches
        request = waiting.pop(turn.person)
        spoken.append(Speech(request.person, request.constituency, request.stance, seconds))


@pytest.mark.parametrize(
    ("requests", "speeches", "part"),
    [
        ([Request("李明", "", FOR, 1), Request("李明", "", FOR, 2)], [], "李明有两个"),
        ([Request("李明", "", FOR, 1), Request("王芳", "", FOR, 1)], [], "序号同为 1"),
        ([], [Speech("李明", "", FOR, -1)], "为负"),
    ],
)
def test_what_cannot_be_is_refused(requests, speeches, part):
    with pytest.raises(Unusable, match=part):
        queue(requests, speeches, RULE)
