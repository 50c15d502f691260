"""预算表决 at the desk, over HTTP."""

import pytest
from django.urls import reverse

from tests.cast import Cast
from tests.doors.counting import queries_of
from tests.factories import budgeting as factory
from tests.factories.projects import seated_council
from yishiting.year.budgeting.actions import close_vote, enter_paper
from yishiting.year.budgeting.models import BudgetVote, Way
from yishiting.year.budgeting.rules import Bundle
from yishiting.year.budgeting.states import State


def page_of(vote: BudgetVote) -> str:
    return reverse("desk-budget-vote", args=[vote.pk])


def test_a_vote_is_opened_on_the_page(cast: Cast, sign_in) -> None:
    seated_council(cast)
    factory.offered(cast)
    desk = sign_in(cast.liu)
    address = reverse("budget-vote-open", args=[cast.zaobei.code])
    shown = desk.get(address).content.decode()
    assert "枣营北里社区2027年实事项目预算表决" in shown
    assert "第3件事" in shown
    given = {
        "title": "表决", "budget": "10万", "closes": "3月20日", "lot_source": "3D当期号码", "lot_day": "3月23日",
        "cost_0": "4万", "cost_1": "35000", "cost_2": "", "conflicts": "1 2", "roll": "张伟 3号楼\n李红",
    }  # fmt: skip
    page = desk.post(address, given, follow=True).content.decode()
    assert "从现在起不能改" in page
    vote = BudgetVote.objects.get()
    assert [one.cost for one in vote.options.all()] == [4_000_000, 3_500_000]
    assert (vote.conflicts, vote.voters.count()) == ([[1, 2]], 7)


def test_a_vote_without_costs_keeps_what_was_typed(cast: Cast, sign_in) -> None:
    seated_council(cast)
    factory.offered(cast)
    address = reverse("budget-vote-open", args=[cast.zaobei.code])
    page = sign_in(cast.liu).post(
        address, {"title": "表决", "budget": "10万", "closes": "3月20日", "lot_source": "3D", "lot_day": "3月23日"}
    )
    assert page.status_code == 422
    assert "至少给两份建议案填写费用" in page.content.decode()


def test_a_year_without_proposals_says_what_to_do(cast: Cast, sign_in) -> None:
    page = sign_in(cast.liu).get(reverse("budget-vote-open", args=[cast.zaobei.code])).content.decode()
    assert "还没有2027年拟办的建议案" in page


def test_paper_is_issued_on_the_register_and_keyed_twice(cast: Cast, sign_in) -> None:
    vote = factory.opened(cast)
    one = factory.voter(vote, "居民01")
    first, second = sign_in(cast.wang), sign_in(cast.zhou)
    register = reverse("budget-register", args=[vote.pk])
    assert "登记领取纸质选票" in first.get(register).content.decode()
    issued = first.post(
        reverse("do", args=["budget_ballot.issue", one.pk]), {"revision": one.token, "room": "desk"}, follow=True
    )
    assert "居民01已登记领取纸质选票" in issued.content.decode()
    assert issued.redirect_chain[-1][0] == register
    one.refresh_from_db()
    assert one.way == Way.PAPER
    address = reverse("budget-batch", args=[vote.pk])
    assert "看不懂" in first.post(address, {"number": 1, "ballots": "第一件"}).content.decode()
    assert "第一遍已录入" in first.post(address, {"number": 1, "ballots": "1 3"}, follow=True).content.decode()
    different = second.post(address, {"number": 1, "ballots": "1 2"}, follow=True).content.decode()
    assert "选1、3的：第一遍1张，第二遍0张。" in different
    assert "两遍一致，已计入" in second.post(address, {"number": 1, "ballots": "3,1"}, follow=True).content.decode()


def test_close_adjust_and_publish(cast: Cast, sign_in) -> None:
    vote = factory.on_paper(cast, factory.opened(cast), ((1, 2), 5), ((3,), 4))
    desk = sign_in(cast.wang)
    page = desk.post(reverse("do", args=["budget_vote.close", vote.pk]), follow=True).content.decode()
    assert "差25,000元" in page
    assert "就能入选（已重新计票核实）" in page
    changed = desk.post(
        reverse("do", args=["budget_vote.override", vote.pk]),
        {"winners": factory.keys(vote, 1, 3), "reason": "3号涉及安全"},
        follow=True,
    )
    assert "没有完全按表决结果办理" in changed.content.decode()
    assert desk.get(reverse("budget-vote-sheet", args=[vote.pk])).content[:2] == b"PK"
    vote.refresh_from_db()
    desk.post(reverse("do", args=["budget_vote.publish", vote.pk]), {"revision": vote.revision})
    vote.refresh_from_db()
    assert vote.state == State.PUBLISHED


def test_the_ballot_paper_lists_every_option(cast: Cast, sign_in) -> None:
    vote = factory.opened(cast)
    page = sign_in(cast.liu).get(reverse("budget-ballot-paper", args=[vote.pk])).content.decode()
    assert page.count('class="box"') == 3
    assert "最多选5项" in page


def test_the_lot_is_asked_for_where_it_decides(cast: Cast, sign_in, clock) -> None:
    vote = factory.on_paper(cast, factory.opened(cast, costs=(6_000_000, 6_000_000)), ((1,), 3), ((2,), 3))
    close_vote(vote, by=cast.liu)
    clock.to(factory.LOT_DAY)
    page = sign_in(cast.liu).post(
        reverse("do", args=["budget_vote.draw_lot", vote.pk]), {"numbers": "9 0 4"}, follow=True
    )
    assert "抽签定先后" in page.content.decode()


@pytest.mark.parametrize("who", ["qian", "lu"])
def test_strangers_stay_outside(cast: Cast, sign_in, who: str) -> None:
    vote = factory.opened(cast)
    browser = sign_in(getattr(cast, who))
    for name in ("desk-budget-vote", "budget-register", "budget-batch", "budget-vote-sheet", "budget-ballot-paper"):
        assert browser.get(reverse(name, args=[vote.pk])).status_code == 403


def test_lists_ask_as_often_for_three_rows_as_for_one(cast: Cast, sign_in) -> None:
    desk = sign_in(cast.liu)
    address = reverse("desk-budget-votes", args=[cast.zaobei.code])
    vote = factory.opened(cast, roll=())
    one = queries_of(desk, address)
    for _ in range(2):
        last = factory.opened(cast)
    assert queries_of(desk, address) == one
    few, many = (queries_of(desk, reverse("budget-register", args=[it.pk])) for it in (vote, last))
    assert few == many
    enter_paper(vote, by=cast.wang, number=1, bundle=Bundle.of([((1,), 1)]))
    first = queries_of(desk, page_of(vote))
    for number in (2, 3):
        enter_paper(vote, by=cast.wang, number=number, bundle=Bundle.of([((1,), 1)]))
    assert queries_of(desk, page_of(vote)) == first
