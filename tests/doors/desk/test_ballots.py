"""计票 on the desk's one page."""

from django.urls import reverse

from tests.cast import Cast
from tests.factories import ballots
from yishiting.instruments.ballots.actions import enter_tally
from yishiting.instruments.ballots.models import Poll
from yishiting.instruments.ballots.states import State

YES = {"for": 6, "against": 3, "abstain": 1}


def address(poll: Poll) -> str:
    return reverse("desk-tally", args=[poll.pk]) + "?next=/desk/back/"


def test_two_people_key_the_sheet_and_read_the_result(cast: Cast, sign_in) -> None:
    poll = ballots.hands(cast)
    first = sign_in(cast.wang).post(address(poll), YES, follow=True).content.decode()
    assert "第一遍您已经录入" in first
    second = sign_in(cast.liu).post(address(poll), YES, follow=True).content.decode()
    assert "赞成 6，反对 3，弃权 1；通过。" in second
    assert 'href="/desk/back/"' in second


def test_the_same_person_is_told_to_fetch_a_colleague(cast: Cast, sign_in) -> None:
    poll = ballots.hands(cast)
    enter_tally(poll, by=cast.wang, counts=YES)
    page = sign_in(cast.wang).post(address(poll), YES)
    assert page.status_code == 422
    assert poll.tallies.count() == 1


def test_differences_stand_side_by_side(cast: Cast, sign_in) -> None:
    poll = ballots.hands(cast)
    enter_tally(poll, by=cast.wang, counts=YES)
    page = sign_in(cast.liu).post(address(poll), {**YES, "for": 5, "abstain": 2}, follow=True).content.decode()
    table = page[page.index("两遍不一致的地方") :]
    assert table.index("王建国") < table.index("刘芳")
    assert table.index(">6<") < table.index(">5<")


def test_what_cannot_be_right_keeps_what_was_typed(cast: Cast, sign_in) -> None:
    poll = ballots.paper(cast)
    sheet = {"issued": 10, "returned": 10, "valid": 8, "invalid": 0, "for": 6, "against": 1, "abstain": 1}
    page = sign_in(cast.wang).post(address(poll), sheet)
    assert page.status_code == 422
    assert "与收回的10张对不上" in page.content.decode()
    assert 'value="8"' in page.content.decode()


def test_an_election_asks_for_each_name_and_for_others(cast: Cast, sign_in) -> None:
    poll = ballots.election(cast)
    desk = sign_in(cast.wang)
    assert '<legend class="unseen">李明</legend>' in desk.get(address(poll)).content.decode()
    sheet = {"issued": 10, "returned": 10, "valid": 10, "invalid": 0, "others": "赵六 1"}
    sheet |= {"0_for": 6, "0_against": 1, "0_abstain": 3, "1_for": 3, "1_against": 0, "1_abstain": 7}
    assert desk.post(address(poll), {**sheet, "others": "赵六"}).status_code == 422
    desk.post(address(poll), sheet)
    sign_in(cast.zhou).post(address(poll), sheet)
    poll.refresh_from_db()
    assert (poll.state, poll.result["elected_keys"]) == (State.COUNTED, ["key-李明"])


def test_a_vote_is_declared_void_with_a_reason(cast: Cast, sign_in) -> None:
    poll = ballots.hands(cast)
    desk, void = sign_in(cast.wang), reverse("do", args=["poll.void", poll.pk])
    assert desk.post(void, {"reason": ""}).status_code == 422
    page = desk.post(void, {"reason": "统计时灯灭了"}, follow=True).content.decode()
    assert "统计时灯灭了" in page


def test_a_stranger_is_turned_away_and_no_foreign_address_is_a_way_back(cast: Cast, sign_in) -> None:
    poll = ballots.hands(cast)
    assert sign_in(cast.qian).get(address(poll)).status_code == 403
    page = sign_in(cast.wang).get(reverse("desk-tally", args=[poll.pk]) + "?next=https://example.org/")
    assert 'href="https://example.org' not in page.content.decode()


def test_a_double_click_keys_once(cast: Cast, sign_in) -> None:
    poll = ballots.hands(cast)
    desk, once = sign_in(cast.wang), "6f0f5f0c-94a3-4b44-8a7e-0a8a52a1a3de"
    for _ in range(2):
        assert desk.post(address(poll), {**YES, "once": once}).status_code == 302
    assert poll.tallies.count() == 1
